"""What the addressee does with a proposal: takes it up, sends it on, declines it, says what came of it."""

from datetime import datetime

from app import clock
from app.access import Actor
from app.agencies.models import Agency
from app.comments.services.reasons import require_reason
from app.councils.models import Council
from app.duties import services as duties
from app.law import calendar_now, council_rules_in_force
from app.law.calendar import is_working_day
from app.outbox import publish
from app.proposals.errors import AddresseeMissing, SameAddressee, TooLong
from app.proposals.events import (
    ProposalDeclined,
    ProposalDone,
    ProposalForwarded,
    ProposalOverdue,
    ProposalTakenUp,
)
from app.proposals.lifecycle import Action
from app.proposals.models import Proposal
from app.proposals.queries import desk
from app.proposals.services.proposing import owe, require_at_work
from app.proposals.services.transitions import move
from app.text.normalize import shown


def take_up(proposal: Proposal, *, words: str, language: str, actor: Actor, now: datetime) -> Proposal:
    """The addressee goes on with it; `words` say what happens next. The duty to answer is done."""
    return _answer(
        proposal, Action.TAKE_UP, words, language, fact=ProposalTakenUp, field="words", actor=actor, now=now
    )


def decline(proposal: Proposal, *, reason: str, language: str, actor: Actor, now: datetime) -> Proposal:
    """The addressee does not go on with it, and says why. The duty to answer is done."""
    return _answer(
        proposal, Action.DECLINE, reason, language, fact=ProposalDeclined, field="words", actor=actor, now=now
    )


def _answer(
    proposal: Proposal,
    action: Action,
    words: str,
    language: str,
    *,
    fact: type[ProposalTakenUp] | type[ProposalDeclined],
    field: str,
    actor: Actor,
    now: datetime,
) -> Proposal:
    words = reasoned(words, field=field, now=now)
    columns = {"answer": words, "answer_language": language, "answered_at": now}
    move(proposal, action, actor=actor, now=now, fact=fact, words=words, columns=columns)
    duties.fulfil(proposal.duty, now=now)
    return proposal


def forward(
    proposal: Proposal,
    *,
    to_council: Council | None = None,
    to_agency: Agency | None = None,
    words: str,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """Sends it, once, to whoever is competent, and says why. What the sender owed is done; the new addressee has a
    term of its own."""
    if (to_council is None) == (to_agency is None):
        raise AddresseeMissing(field="addressee")
    require_at_work(to_council, to_agency, field="addressee")
    words = reasoned(words, field="words", now=now)
    if (to_council and to_council.id == proposal.council_id) or (
        to_agency and to_agency.id == proposal.agency_id
    ):
        raise SameAddressee(field="addressee")
    places = {
        "from_council_id": proposal.council_id,
        "from_agency_id": proposal.agency_id,
        "to_council_id": to_council.id if to_council else None,
        "to_agency_id": to_agency.id if to_agency else None,
    }
    # The state stays: who may act is asked with the old addressee, and only then there is a new one.
    move(
        proposal,
        Action.FORWARD,
        actor=actor,
        now=now,
        fact=ProposalForwarded,
        words=words,
        places=places,
    )
    duties.fulfil(proposal.duty, now=now)
    proposal.duty = owe(proposal.number, council=to_council, agency=to_agency, now=now)
    proposal.council, proposal.agency = to_council, to_agency
    return proposal


def report_result(
    proposal: Proposal, *, words: str, link: str | None, actor: Actor, now: datetime
) -> Proposal:
    """What came of a proposal that was taken up, with the address of a page that shows it, if there is one."""
    words = reasoned(words, field="words", now=now)
    columns = {"result": words, "result_link": link or None}
    return move(
        proposal, Action.REPORT_RESULT, actor=actor, now=now, fact=ProposalDone, words=words, columns=columns
    )


def announce_overdue(*, now: datetime) -> int:
    """Tells, once per addressee and on a working day, that an answer is owed and late; how many."""
    today = clock.today(now)
    if not is_working_day(today, calendar_now()):
        return 0
    late = desk.newly_overdue(today=today)
    for proposal in late:
        proposal.duty.reminded_at = now
        publish(ProposalOverdue(proposal_id=proposal.id, duty_id=proposal.duty_id))
    return len(late)


def reasoned(text: str, *, field: str, now: datetime) -> str:
    """The words as they are kept; refused if they are too short to say anything, or too long."""
    text = shown(text)
    require_reason(text, field=field)
    longest = council_rules_in_force(clock.today(now)).limits.answer_characters
    if len(text) > longest:
        raise TooLong(field=field, limit=longest, length=len(text))
    return text
