"""Desks and statistics of duties."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from app.db import db
from app.duties.models import ClockState, Duty, DutyKind
from app.law import Calendar, calendar_now, rules_in_force
from app.law.calendar import working_days_left

LAST_DAY: ColumnElement[date] = func.coalesce(Duty.extended_to, Duty.due_on)
IS_OPEN = Duty.fulfilled_at.is_(None) & Duty.cancelled_at.is_(None) & Duty.lapsed_at.is_(None)
# What the agencies' table counts: answers to citizens. Checks and registrations are steps inside the house.
ANSWERS = (
    DutyKind.REVIEW,
    DutyKind.LETTER_ANSWER,
    DutyKind.COMMENT_ANSWERS,
    DutyKind.DISCUSSION_REPORT,
    DutyKind.RECOMMENDATION_ANSWERS,
    DutyKind.PROPOSAL_ANSWER,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """What the public clock of one duty shows: `days_left` working days, negative when overdue, None when closed."""

    state: ClockState
    last_day: date
    days_left: int | None
    fulfilled_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    agency_id: int
    on_time: int
    late: int
    unanswered: int
    overdue: int

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.unanswered


def clock_of(duty: Duty, *, today: date, calendar: Calendar | None = None) -> Clock:
    """What the clock of `duty` says; a list hands its `calendar` in, so that each row asks for none."""
    if duty.cancelled_at is not None:
        return Clock(ClockState.CANCELLED, duty.last_day, None)
    if duty.lapsed_at is not None:
        return Clock(ClockState.LAPSED, duty.last_day, None)
    if duty.fulfilled_on is not None:
        state = ClockState.ANSWERED_ON_TIME if duty.was_on_time else ClockState.ANSWERED_LATE
        return Clock(state, duty.last_day, None, duty.fulfilled_on)
    left = working_days_left(today, duty.last_day, calendar or calendar_now())
    if today > duty.last_day:
        return Clock(ClockState.OVERDUE, duty.last_day, left)
    soon = rules_in_force(today).limits.due_soon_working_days
    return Clock(ClockState.DUE_SOON if left <= soon else ClockState.ON_TIME, duty.last_day, left)


def with_ids(ids: Iterable[int]) -> dict[int, Duty]:
    """Duties by their ids, for lists that hold ids."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {duty.id: duty for duty in db.session.scalars(select(Duty).where(Duty.id.in_(wanted)))}


def open_duties(
    *, agency_ids: Iterable[int] | None = None, kinds: Sequence[DutyKind] = (), limit: int = 200
) -> Sequence[Duty]:
    """Open duties, what is late first; of all agencies without `agency_ids`."""
    query = select(Duty).where(IS_OPEN).order_by(LAST_DAY, Duty.id).limit(limit)
    if agency_ids is not None:
        query = query.where(Duty.agency_id.in_(list(agency_ids)))
    if kinds:
        query = query.where(Duty.kind.in_(kinds))
    return db.session.scalars(query).all()


def figures_by_agency(*, today: date, agency_ids: Iterable[int] | None = None) -> dict[int, AgencyFigures]:
    """On time, late, unanswered (of these overdue) per agency, in one query; of all without `agency_ids`."""
    done = Duty.fulfilled_on.is_not(None)
    on_time = func.count(case((done & (Duty.fulfilled_on <= LAST_DAY), 1)))
    late = func.count(case((done & (Duty.fulfilled_on > LAST_DAY), 1)))
    unanswered = func.count(case((IS_OPEN, 1)))
    overdue = func.count(case((IS_OPEN & (today > LAST_DAY), 1)))
    query = (
        select(Duty.agency_id, on_time, late, unanswered, overdue)
        .where(Duty.kind.in_(ANSWERS), Duty.cancelled_at.is_(None), Duty.agency_id.is_not(None))
        .group_by(Duty.agency_id)
    )
    if agency_ids is not None:
        query = query.where(Duty.agency_id.in_(list(agency_ids)))
    return {
        agency_id: AgencyFigures(agency_id, *figures)
        for agency_id, *figures in db.session.execute(query)
        if agency_id is not None
    }


def late(*, kind: DutyKind, before: date, limit: int = 500) -> Sequence[Duty]:
    """Open duties of `kind` whose last day is over, locked, skipping those that another job is at."""
    return db.session.scalars(
        select(Duty)
        .where(IS_OPEN, Duty.kind == kind, before > LAST_DAY)
        .order_by(LAST_DAY)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Duty)
    ).all()
