"""Everything that stands on a draft's public page; as many queries for ten comments as for fifty thousand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app import clock
from app.access import Actor
from app.comments.queries import figures
from app.comments.queries.figures import Figures
from app.consultations import queries
from app.consultations.actions import Action
from app.consultations.lifecycle import PUBLIC_STATES, State
from app.consultations.models import Attitude, DraftAct, DraftTransition, DraftVersion
from app.consultations.queries import listing, reading
from app.consultations.queries.reading import TextPage
from app.db import db
from app.duties.models import ClockState, Duty
from app.duties.queries import Clock, clock_of
from app.law import Calendar, calendar_now
from app.law.calendar import working_days_left

# Notes that were written for everybody.
PUBLIC_NOTES = frozenset({Action.PROLONG, Action.WITHDRAW})
# What the public history leaves out.
HIDDEN = frozenset({Action.EDIT, Action.PREPARE_VERSION, Action.DISCARD, Action.SETTLE_ANCHORS})


class Coming(StrEnum):
    """What is still expected of the clock or of the body."""

    OPENING = "opening"
    CLOSING = "closing"
    ANSWERS = "answers"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the public history: an `action` that was taken, or what is `coming`."""

    at: date | datetime
    action: str | None = None
    coming: Coming | None = None
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> date:
        return clock.today(self.at) if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True, slots=True)
class OpenClock:
    """A clock that everybody watches; `late_by` working days if what was owed came late."""

    clock: Clock
    late_by: int = 0


@dataclass(frozen=True, slots=True)
class DraftPage:
    """`clock` runs until comments are taken no more, then until they are answered; `report` until the report."""

    versions: Sequence[DraftVersion]
    version: DraftVersion | None
    text: TextPage | None
    figures: Figures
    counts: Mapping[str, int]
    clock: OpenClock | None
    report: OpenClock | None
    events: Sequence[Event]
    has_table: bool
    followed_by: DraftAct | None
    attitude: bool | None

    @property
    def is_newest(self) -> bool:
        return self.version is None or self.version is self.versions[-1]


def everything_on(
    draft: DraftAct, *, version: int | None, language: str, actor: Actor, now: datetime
) -> DraftPage | None:
    """What a reader sees of the draft at `now`, with the first part of its text; None if there is no such version."""
    versions = queries.published_versions(draft)
    chosen = versions[-1] if versions else None
    if version is not None:
        chosen = next((one for one in versions if one.number == version), None)
        if chosen is None:
            return None
    calendar, today = calendar_now(), clock.today(now)
    return DraftPage(
        versions=versions,
        version=chosen,
        text=reading.text_page(chosen, language) if chosen else None,
        figures=figures.of(draft.thread) if draft.thread else Figures(),
        counts=figures.anchor_counts(draft.thread) if draft.thread else {},
        clock=clock_on(draft, today=today, calendar=calendar),
        report=_report_clock(draft, today=today, calendar=calendar),
        events=events_of(draft, today=today),
        has_table=reading.has_table(chosen) if chosen else False,
        followed_by=followed_by(draft),
        attitude=attitude_of(draft, actor),
    )


def clock_on(draft: DraftAct, *, today: date, calendar: Calendar) -> OpenClock | None:
    """The clock of the discussion while it runs, afterwards that of the answers; it stays once they are given."""
    if draft.state is State.OPEN:
        found = listing.clock_on(draft, today=today, calendar=calendar)
        return OpenClock(found) if found else None
    if draft.answers_duty is None or draft.state is State.WITHDRAWN:
        return None
    return _shown(clock_of(draft.answers_duty, today=today, calendar=calendar), calendar)


def _report_clock(draft: DraftAct, *, today: date, calendar: Calendar) -> OpenClock | None:
    if draft.report_duty is None or draft.state not in (State.CLOSED, State.UNDER_REVIEW):
        return None
    return _shown(clock_of(draft.report_duty, today=today, calendar=calendar), calendar)


def _shown(found: Clock, calendar: Calendar) -> OpenClock | None:
    if found.state is ClockState.CANCELLED:
        return None
    if found.state is ClockState.ANSWERED_LATE and found.fulfilled_on:
        return OpenClock(found, late_by=-working_days_left(found.fulfilled_on, found.last_day, calendar))
    return OpenClock(found)


def events_of(draft: DraftAct, *, today: date) -> Sequence[Event]:
    """The history, oldest first, then what is still to come."""
    rows = db.session.scalars(
        select(DraftTransition).where(DraftTransition.draft_id == draft.id).order_by(DraftTransition.id)
    )
    happened = [
        Event(
            row.at,
            action=row.action,
            note=(row.note or "") if row.action in PUBLIC_NOTES else "",
            details=row.details,
        )
        for row in rows
        if row.action not in HIDDEN
    ]
    return [*happened, *sorted(_expected(draft), key=lambda event: event.on)]


def _expected(draft: DraftAct) -> list[Event]:
    coming: list[tuple[Coming, date | None]] = []
    if draft.state is State.ANNOUNCED:
        coming = [(Coming.OPENING, draft.opens_on), (Coming.CLOSING, draft.closes_on)]
    if draft.state is State.OPEN:
        coming = [(Coming.CLOSING, draft.closes_on)]
    if draft.state in (State.OPEN, State.CLOSED, State.UNDER_REVIEW):
        owed = ((Coming.ANSWERS, draft.answers_duty), (Coming.REPORT, draft.report_duty))
        coming += [(what, duty.last_day) for what, duty in owed if duty is not None and _is_owed(duty)]
    return [Event(day, coming=what) for what, day in coming if day is not None]


def _is_owed(duty: Duty) -> bool:
    return duty.fulfilled_on is None and duty.cancelled_at is None


def followed_by(draft: DraftAct) -> DraftAct | None:
    """The public draft that came out of this one: after rework, or out of a consultative document."""
    return db.session.scalar(
        select(DraftAct)
        .where(DraftAct.previous_id == draft.id, DraftAct.state.in_(PUBLIC_STATES))
        .order_by(DraftAct.id.desc())
        .limit(1)
    )


def attitude_of(draft: DraftAct, actor: Actor) -> bool | None:
    """Whether this person likes the draft; None if they said nothing, or took it back."""
    if actor.account_id is None:
        return None
    return db.session.scalar(
        select(Attitude.likes).where(Attitude.draft_id == draft.id, Attitude.account_id == actor.account_id)
    )
