"""From an adopted vote to a published ruling, and to the answer that is owed to it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.access import Actor
from app.agencies.models import Agency
from app.audit import record
from app.consultations.lifecycle import State as DraftState
from app.councils import policies as councils
from app.councils.models import Member
from app.db import db
from app.duties import services as duties
from app.law import council_rules_version
from app.outbox import publish
from app.recommendations.services import listing
from app.recommendations.services.listing import RowWords
from app.sittings import policies, queries
from app.sittings.actions import Action
from app.sittings.errors import (
    ItemDropped,
    NotPutToVote,
    OneLanguageMissing,
    RecommendationsMissing,
    StaleRuling,
)
from app.sittings.events import RulingPublished
from app.sittings.lifecycle import ExaminationState, ItemKind, ItemState, RulingState, VotingState
from app.sittings.models import AgendaItem, Ruling, Voting
from app.sittings.models.ruling import NUMBERS
from app.sittings.services import examining
from app.sittings.services.transitions import account_of, lock
from app.sittings.services.voting import subject_of
from app.text.normalize import shown

LANGUAGES = ("kk", "ru")
# The rules' deadline in which the body answers, by what the ruling is about; a matter names its own.
DEADLINES = {ItemKind.DRAFT: "council_agreed_reply"}
ANY_OTHER = "ruling_answer_other"


def addressee(item: AgendaItem) -> Agency | None:
    """The body that answers: a draft's developer, a petition's addressee, for all else the council's own body."""
    if item.draft is not None:
        return item.draft.agency
    if item.petition is not None and item.petition.addressee is not None:
        return item.petition.addressee
    return item.sitting.council.agency


def deadline(item: AgendaItem) -> str:
    """The name of the deadline of the answer, in the rules that the sitting is held under."""
    if item.matter is not None:
        return council_rules_version(item.sitting.rules_version).matter(item.matter).answer.name
    return DEADLINES.get(item.kind, ANY_OTHER)


def begin(voting: Voting, *, actor: Actor, now: datetime) -> Ruling:
    """The ruling that an adopted vote is written down as; asked again, the same."""
    item = voting.item
    sitting = lock(item.sitting)
    policies.check(Action.DRAFT_RULING, actor, sitting)
    known = queries.ruling_of(item)
    if known is not None:
        return known
    if item.state is ItemState.DROPPED:
        raise ItemDropped(reason=item.note)
    if voting.state is not VotingState.CLOSED or not voting.is_adopted or voting.outcome is None:
        raise NotPutToVote(state=item.state)
    number = db.session.execute(select(NUMBERS.next_value())).scalar_one()
    recommendations = listing.draft_list(
        source_kind="ruling",
        source_number=number,
        agency=addressee(item),
        council=sitting.council,
        subject_kind=item.kind.value if item.kind in THINGS else None,
        subject_number=_number(item),
    )
    ruling = Ruling(
        number=number,
        council=sitting.council,
        item=item,
        voting=voting,
        outcome=voting.outcome,
        state=RulingState.PREPARING,
        recommendations=recommendations,
        saved_by=actor.account_id,
        saved_at=now,
    )
    db.session.add(ruling)
    db.session.flush()
    return ruling


THINGS = frozenset({ItemKind.DRAFT, ItemKind.PETITION, ItemKind.PROPOSAL})


def _number(item: AgendaItem) -> int | None:
    thing = item.draft or item.petition or item.proposal
    return thing.number if thing is not None else None


def save(
    ruling: Ruling,
    *,
    texts: dict[str, str],
    rows: Sequence[RowWords],
    revision: int,
    actor: Actor,
    now: datetime,
) -> Ruling:
    """The text and the recommendations as they are now; half of it may be missing until it is signed. StaleRuling if
    somebody else saved meanwhile."""
    policies.check(Action.DRAFT_RULING, actor, lock(ruling.item.sitting))
    db.session.refresh(ruling, with_for_update={"of": Ruling})
    if ruling.state is not RulingState.PREPARING or ruling.revision != revision:
        raise StaleRuling(revision=ruling.revision, state=ruling.state)
    said = {language: shown(texts.get(language, "")) for language in LANGUAGES}
    ruling.texts = {language: text for language, text in said.items() if text}
    listing.set_rows(ruling.recommendations, rows, now=now)
    ruling.revision += 1
    ruling.saved_by, ruling.saved_at = account_of(actor), now
    db.session.flush()
    return ruling


def missing(ruling: Ruling) -> list[str]:
    """The languages in which the text or a recommendation is missing."""
    return [
        language
        for language in LANGUAGES
        if not ruling.texts.get(language)
        or any(not row.texts.get(language) for row in ruling.recommendations.rows)
    ]


def sign(ruling: Ruling, *, revision: int | None = None, actor: Actor, now: datetime) -> Ruling:
    """The chair signs, or whoever presided; that publishes the ruling and issues its recommendations.

    StaleRuling if it was saved since `revision` was read: nobody signs what they have not read. OneLanguageMissing without Kazakh and Russian (LLA art. 20), RecommendationsMissing where the outcome is nothing
    without them, ItemDropped if the draft was withdrawn meanwhile.
    """
    item = ruling.item
    sitting = lock(item.sitting)
    policies.check(Action.SIGN_RULING, actor, sitting)
    db.session.refresh(ruling, with_for_update={"of": Ruling})
    if ruling.state is RulingState.PUBLISHED:
        return ruling
    if revision is not None and ruling.revision != revision:
        raise StaleRuling(revision=ruling.revision, state=ruling.state)
    if item.state is ItemState.DROPPED:
        raise ItemDropped(reason=item.note)
    if lacking := missing(ruling):
        raise OneLanguageMissing(languages=lacking)
    rules = council_rules_version(sitting.rules_version)
    outcome = rules.outcome(subject_of(item), ruling.outcome)
    if outcome.needs_recommendations and not ruling.recommendations.rows:
        raise RecommendationsMissing(outcome=ruling.outcome)
    ruling.signer = _signer(ruling, actor)
    ruling.state, ruling.signed_at, ruling.published_at = RulingState.PUBLISHED, now, now
    _end_examination(item, now=now)
    listing.issue(ruling.recommendations, deadline=deadline(item), on=clock.today(now), now=now)
    if item.draft is not None and item.draft.state is DraftState.WITHDRAWN:
        # Adopted before the draft was withdrawn, signed after it: nobody owes an answer on what is no more.
        listing.withdraw(ruling.recommendations, now=now)
    publish(RulingPublished(ruling_id=ruling.id))
    record(actor, Action.SIGN_RULING.value, subject=f"ruling:{ruling.number}", now=now)
    db.session.flush()
    return ruling


def _signer(ruling: Ruling, actor: Actor) -> Member | None:
    """The actor's seat; of whoever presided, the one they held then."""
    sitting = ruling.item.sitting
    return councils.seat_of(actor, sitting.council) or sitting.presiding


def _end_examination(item: AgendaItem, *, now: datetime) -> None:
    """The council has spoken; where the term had ended in silence before, that stays so."""
    examination = item.examination
    if item.draft is not None and examination is None:
        examination = queries.examination(item.sitting.council_id, item.draft.id)
    if examination is not None and examining.end(examination, ExaminationState.RULED, now=now):
        duties.fulfil(examination.duty, now=now)
