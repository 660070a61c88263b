"""What comes before a council: drafts with their terms, rapporteurs, and silence that is consent (LLA art. 20)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.access import Actor
from app.audit import record
from app.consultations.lifecycle import State as DraftState
from app.consultations.models import DraftAct
from app.councils.models import Council, Member
from app.councils.queries import concerned
from app.db import db
from app.duties import queries as duty_queries
from app.duties import services as duties
from app.duties.models import Duty, DutyKind
from app.errors import Forbidden, InvalidInput
from app.law import calendar_now, consultation_rules_version, council_rules_in_force, working_days_left
from app.outbox import publish
from app.recommendations.services import listing
from app.sittings import policies, queries
from app.sittings.errors import NotificationTooLate
from app.sittings.events import (
    AgendaItemDropped,
    ConsentBySilence,
    CouncilNotified,
    RapporteurAssigned,
    TermEndsSoon,
)
from app.sittings.lifecycle import ExaminationState, ItemState, VotingState
from app.sittings.lifecycle import State as SittingState
from app.sittings.models import AgendaItem, Examination, Sitting, Voting
from app.sittings.services.transitions import lock

# While a draft is in one of these, a council's recommendations can still change it.
EXAMINED = frozenset({DraftState.ANNOUNCED, DraftState.OPEN, DraftState.CLOSED, DraftState.UNDER_REVIEW})


class NotThisCouncils(InvalidInput):
    """The rapporteur is not a member of the council today."""


def notify_concerned(draft: DraftAct, *, now: datetime) -> list[Examination]:
    """Notifies the council of the body that develops the draft, or of its territory; [] where there is none."""
    if draft.state not in EXAMINED:
        return []
    return [
        examination
        for council in concerned.councils_of_body(draft.agency)
        if (examination := _notify(council, draft, now=now)) is not None
    ]


def notify(council: Council, draft: DraftAct, *, actor: Actor, now: datetime) -> Examination | None:
    """The developing body asks one more council; None if it was notified before. NotificationTooLate when the draft
    is past the point at which recommendations could change it."""
    if draft.agency_id not in actor.agency_ids:
        raise Forbidden(action="notify_council")
    if draft.state not in EXAMINED:
        raise NotificationTooLate(state=draft.state)
    examination = _notify(council, draft, now=now)
    if examination is not None:
        record(actor, "notify_council", subject=f"draft:{draft.number}", now=now, council=council.slug)
    return examination


def _notify(council: Council, draft: DraftAct, *, now: datetime) -> Examination | None:
    # A draft that is being withdrawn in this moment waits, so that its withdrawal finds this council.
    db.session.flush()
    db.session.refresh(draft, with_for_update={"read": True, "of": DraftAct})
    if draft.state not in EXAMINED or queries.examination(council.id, draft.id) is not None:
        return None
    rules = council_rules_in_force(clock.today(now))
    rank = (
        consultation_rules_version(draft.rules_version).kind(draft.kind).rank if draft.rules_version else None
    )
    duty = duties.start(
        DutyKind.COUNCIL_RECOMMENDATIONS,
        council=council,
        subject_kind="draft",
        subject_number=draft.number,
        deadline=rules.draft_term(rank or "by_law", draft.is_emergency),
        rules_version=rules.id,
        started_on=clock.today(now),
    )
    added = db.session.scalar(
        insert(Examination)
        .values(
            council_id=council.id,
            draft_id=draft.id,
            duty_id=duty.id,
            state=ExaminationState.WAITING,
            notified_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Examination.id)
    )
    if added is None:
        # Another job notified it in the same moment: its duty counts.
        db.session.delete(duty)
        return None
    publish(CouncilNotified(examination_id=added))
    return db.session.get(Examination, added)


def assign(examination: Examination, member: Member, *, actor: Actor, now: datetime) -> None:
    """Names the member who reports on the draft; naming another one is told to that one."""
    if not policies.may_assign(actor, examination):
        raise Forbidden(action="assign")
    if member.council_id != examination.council_id or not member.sits_on(clock.today(now)):
        raise NotThisCouncils(field="member")
    if examination.rapporteur_id != member.id:
        examination.rapporteur_id = member.id
        record(actor, "assign_rapporteur", subject=f"examination:{examination.id}", now=now, member=member.id)
        publish(RapporteurAssigned(examination_id=examination.id, member_id=member.id))


def end(examination: Examination, state: ExaminationState, *, now: datetime) -> bool:
    """Whether it ended now: a term that ran out while the ruling was being signed stays what it was."""
    db.session.flush()
    db.session.refresh(examination, with_for_update={"of": Examination})
    if examination.state is not ExaminationState.WAITING:
        return False
    examination.state, examination.ended_at = state, now
    return True


def end_terms(*, now: datetime, limit: int = 500) -> int:
    """Examinations whose last day is over without a ruling: the council has agreed by silence. How many."""
    found = db.session.scalars(
        select(Examination)
        .join(Duty, Duty.id == Examination.duty_id)
        .where(
            Examination.state == ExaminationState.WAITING,
            duty_queries.IS_OPEN,
            clock.today(now) > duty_queries.LAST_DAY,
        )
        .order_by(Examination.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Examination)
    ).all()
    for examination in found:
        examination.state, examination.ended_at = ExaminationState.TACIT, now
        duties.lapse(examination.duty, now=now)
        publish(ConsentBySilence(examination_id=examination.id))
    return len(found)


def warn(*, now: datetime, limit: int = 500) -> int:
    """Tells, once, that a term ends within the days that the rules call soon."""
    today, calendar = clock.today(now), calendar_now()
    soon = council_rules_in_force(today).limits.due_soon_working_days
    waiting = db.session.scalars(
        select(Examination)
        .join(Duty, Duty.id == Examination.duty_id)
        .where(
            Examination.state == ExaminationState.WAITING, duty_queries.IS_OPEN, Duty.reminded_at.is_(None)
        )
        .order_by(duty_queries.LAST_DAY)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Duty)
    ).all()
    near = [e for e in waiting if 0 <= working_days_left(today, e.duty.last_day, calendar) <= soon]
    for examination in near:
        examination.duty.reminded_at = now
        publish(TermEndsSoon(examination_id=examination.id))
    return len(near)


def draft_withdrawn(draft: DraftAct, *, reason: str, now: datetime) -> None:
    """Nothing is owed on a draft that is no more: terms end, agenda items are dropped and say so, an open vote is
    annulled, and answers to recommendations on it are owed no longer. A vote that was closed before stays closed."""
    for item in db.session.scalars(
        select(AgendaItem)
        .join(Sitting, Sitting.id == AgendaItem.sitting_id)
        .where(
            AgendaItem.draft_id == draft.id,
            AgendaItem.state == ItemState.WAITING,
            Sitting.state.in_((SittingState.PREPARING, SittingState.CALLED, SittingState.IN_SESSION)),
        )
        .order_by(AgendaItem.sitting_id)
    ).all():
        drop(item, reason=reason, now=now)
    # Sittings before examinations, as whoever signs a ruling takes them.
    for examination in queries.examinations_of(draft):
        if end(examination, ExaminationState.WITHDRAWN, now=now):
            duties.cancel(examination.duty, now=now)
    listing.withdraw_of_subject("draft", draft.number, now=now)


def drop(item: AgendaItem, *, reason: str, now: datetime) -> None:
    """What the item is about is no more; it stays on the agenda, struck out, with the reason. Nothing happens to one
    that was decided or heard in the same moment."""
    lock(item.sitting)
    db.session.refresh(item)
    if item.state is not ItemState.WAITING:
        return
    item.state, item.note = ItemState.DROPPED, reason
    voting = queries.open_voting(item)
    if voting is not None:
        annul(voting, reason=reason, now=now)
    publish(AgendaItemDropped(sitting_id=item.sitting_id, item_id=item.id))


def annul(voting: Voting, *, reason: str, now: datetime) -> None:
    voting.state, voting.annulment_reason, voting.closed_at = VotingState.ANNULLED, reason, now
