"""Proposing a matter, and taking the proposal back."""

from datetime import datetime

from sqlalchemy import select

from app import clock
from app.access import Actor
from app.accounts.models import Account
from app.agencies.models import Agency
from app.councils.models import Council
from app.db import db
from app.duties import services as duties
from app.duties.models import Duty, DutyKind
from app.errors import Forbidden
from app.law import council_rules_in_force
from app.outbox import publish
from app.proposals import queries
from app.proposals.errors import AddresseeGone, AddresseeMissing, ProposedAlready, TextMissing, TooLong
from app.proposals.events import ProposalMade
from app.proposals.lifecycle import Action
from app.proposals.models import NUMBERS, Proposal, ProposalStep
from app.proposals.services.transitions import move
from app.territories import queries as territories
from app.text import topics
from app.text.normalize import folded, shown, shown_line
from app.text.search import document_text, search_vector

SUBJECT_KIND = "proposal"
SUBMIT = "submit"
DEADLINE = "proposal_answer"


def propose(
    *,
    title: str,
    text: str,
    language: str,
    topic: str,
    region_code: str | None,
    council: Council | None = None,
    agency: Agency | None = None,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """A new proposal to one council or one body, whose term for an answer begins.

    APPC art. 76(1): the general term of an administrative procedure; it is read for councils too.
    ProposedAlready if the same person has put the same words before anybody.
    """
    if actor.person_tag is None or actor.account_id is None:
        raise Forbidden(action=SUBMIT)
    if (council is None) == (agency is None):
        raise AddresseeMissing(field="addressee")
    require_at_work(council, agency, field="addressee")
    limits = council_rules_in_force(clock.today(now)).limits
    title = _checked(shown_line(title), field="title", longest=limits.proposal_title_characters)
    text = _checked(shown(text), field="text", longest=limits.proposal_text_characters)
    # Two windows of one person wait for each other here, so that the second one meets the first one's proposal.
    author = db.session.scalars(
        select(Account).where(Account.id == actor.account_id).with_for_update(key_share=True)
    ).one()
    if (first := queries.same_words(author.id, title=title, text=text)) is not None:
        raise ProposedAlready(field="title", number=first.number)
    number = db.session.scalars(select(NUMBERS.next_value())).one()
    proposal = Proposal(
        number=number,
        author=author,
        author_name=author.public_name,
        council=council,
        agency=agency,
        duty=owe(number, council=council, agency=agency, now=now),
        title=title,
        text=text,
        language=language,
        topic=topic if topics.topic(topic) else "other",
        region_code=region_code if region_code in territories.region_codes() else None,
        created_at=now,
        search_title=folded(title),
        search_vector=search_vector(document_text(title, [text])),
        steps=[
            ProposalStep(
                action=SUBMIT,
                at=now,
                by=author.id,
                to_council_id=council.id if council else None,
                to_agency_id=agency.id if agency else None,
            )
        ],
    )
    db.session.add(proposal)
    db.session.flush()
    publish(ProposalMade(proposal_id=proposal.id))
    return proposal


def withdraw(proposal: Proposal, *, actor: Actor, now: datetime) -> Proposal:
    """The author takes it back before it is answered: nobody owes anything any more, its page stays."""
    move(proposal, Action.WITHDRAW, actor=actor, now=now)
    duties.cancel(proposal.duty, now=now)
    return proposal


def owe(number: int, *, council: Council | None, agency: Agency | None, now: datetime) -> Duty:
    """The addressee says by the rules' day what it did with the proposal of that number."""
    today = clock.today(now)
    rules = council_rules_in_force(today)
    return duties.start(
        DutyKind.PROPOSAL_ANSWER,
        agency=agency,
        council=council,
        subject_kind=SUBJECT_KIND,
        subject_number=number,
        deadline=rules.deadline(DEADLINE),
        rules_version=rules.id,
        started_on=today,
    )


def require_at_work(council: Council | None, agency: Agency | None, *, field: str) -> None:
    """AddresseeGone for a council or body that does not work (any more): nobody would answer."""
    addressee = council or agency
    if addressee is not None and not addressee.is_active:
        raise AddresseeGone(field=field)


def _checked(text: str, *, field: str, longest: int) -> str:
    if not text:
        raise TextMissing(field=field)
    if len(text) > longest:
        raise TooLong(field=field, limit=longest, length=len(text))
    return text
