"""Everything that stands on a petition's public page, in as few queries as its state needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app import clock
from app.duties.models import ClockState, Duty
from app.duties.queries import Clock, clock_of
from app.law import Calendar, calendar_now
from app.law.calendar import working_days_left
from app.petitions import queries
from app.petitions.actions import Action
from app.petitions.lifecycle import WITH_ADDRESSEE, State, allows
from app.petitions.models import (
    Decision,
    DemandAnswer,
    Document,
    DocumentKind,
    Petition,
    Step,
    StepState,
    TransitionRow,
)
from app.petitions.queries import RatingFigures, counts
from app.petitions.queries.counts import Counted, Fall

# What the public history leaves out: private to the author, or said elsewhere on the page.
HIDDEN = frozenset({Action.EDIT, Action.INVITE, Action.CORRECT, Action.WITHDRAW})
# Notes that were written for everybody.
PUBLIC_NOTES = frozenset({Action.EXTEND, Action.CLOSE, Action.INVALIDATE})
NO_RATINGS: Mapping[int, RatingFigures] = {}


class Coming(StrEnum):
    """What is still expected of somebody."""

    CLOSING = "closing"
    REGISTRATION = "registration"
    DECISION = "decision"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the public history; exactly one of `action`, `step` and `coming` says what it is.

    `action` is the text of the log's verb: besides the verbs of `Action` it holds `first_support`.
    """

    at: date | datetime
    action: str | None = None
    step: Step | None = None
    coming: Coming | None = None
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    is_expected: bool = False

    @property
    def recorded_at(self) -> datetime:
        if self.step is not None:
            return self.step.recorded_at
        return self.at if isinstance(self.at, datetime) else clock.start_of(self.at)

    @property
    def on(self) -> date:
        return clock.today(self.at) if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True, slots=True)
class OpenClock:
    """The clock of an answer that is owed or was given, with its duty; `late_by` working days if it came late."""

    duty: Duty
    clock: Clock
    late_by: int = 0


@dataclass(frozen=True, slots=True)
class PetitionPage:
    counted: Counted
    days: Sequence[tuple[date, int]]
    falls: Sequence[Fall]
    events: Sequence[Event]
    steps: Sequence[Step]
    documents: Sequence[Document]
    clock: OpenClock | None
    decision: Decision | None
    answers: Mapping[int, DemandAnswer]
    ratings: Mapping[int, RatingFigures]
    days_left: int | None
    closes_on: date | None
    may_be_signed: bool


def everything_on(petition: Petition, *, now: datetime) -> PetitionPage:
    """What a reader sees of the petition at `now`: at most seven queries, two of them only where counts fell."""
    today = clock.today(now)
    counted = counts.counted_of(petition)
    steps = queries.steps_of(petition) if petition.state in WITH_ADDRESSEE else []
    decision = queries.published_decision_of(petition) if petition.state is State.DECIDED else None
    closes_on = clock.today(petition.closes_at - timedelta(seconds=1)) if petition.closes_at else None
    is_open = petition.state is State.PUBLISHED and closes_on is not None
    return PetitionPage(
        counted=counted,
        days=up_to(today if is_open else None, counts.days_of(petition)),
        falls=counts.falls_of(petition) if counted.invalidated else [],
        events=events_of(petition, steps=steps, closes_on=closes_on, today=today),
        steps=steps,
        documents=[
            document
            for document in queries.documents_of(petition)
            if document.kind is not DocumentKind.DECISION or decision is not None
        ],
        clock=clock_on(petition, today=today),
        decision=decision,
        answers={answer.demand_id: answer for answer in decision.answers} if decision else {},
        ratings=queries.ratings_of(decision) if decision else NO_RATINGS,
        days_left=max(0, (closes_on - today).days) if is_open and closes_on else None,
        closes_on=closes_on,
        may_be_signed=allows(Action.SIGN, petition.state)
        and petition.closes_at is not None
        and now < petition.closes_at,
    )


def up_to(today: date | None, days: Sequence[tuple[date, int]]) -> Sequence[tuple[date, int]]:
    """The same days with today at their end, where signing goes on: a quiet week is a flat line, not a gap."""
    if today is None or not days or days[-1][0] >= today:
        return days
    return [*days, (today, days[-1][1])]


def answering_duty(petition: Petition) -> Duty | None:
    """The duty whose clock the public watches: the decision, the answer to the letter, else the registration."""
    return petition.review_duty or petition.letter_duty or petition.register_duty


def clock_on(petition: Petition, *, today: date, calendar: Calendar | None = None) -> OpenClock | None:
    """The public clock; None while nothing is owed to the citizens, and once nothing is owed any more."""
    duty = answering_duty(petition)
    if duty is None:
        return None
    shown = clock_of(duty, today=today)
    if shown.state is ClockState.CANCELLED:
        return None
    if shown.state is ClockState.ANSWERED_LATE and shown.fulfilled_on:
        days = calendar or calendar_now()
        return OpenClock(duty, shown, late_by=-working_days_left(shown.fulfilled_on, shown.last_day, days))
    return OpenClock(duty, shown)


def events_of(
    petition: Petition, *, steps: Sequence[Step], closes_on: date | None, today: date
) -> Sequence[Event]:
    """The history, oldest first: the log of transitions, the dated steps of the review, then what is still to come."""
    happened = [
        Event(row.at, action=row.action, note=_public_note(row), details=row.details)
        for row in queries.timeline_of(petition)
        if row.action not in HIDDEN
    ]
    taken = [
        Event(step.on, step=step, is_expected=step.state is StepState.ANNOUNCED and step.on >= today)
        for step in steps
    ]
    expected = _expected(petition, closes_on)
    # Within a day in the order in which things were recorded; what is only expected comes after them.
    return sorted(
        [*happened, *taken, *([expected] if expected else [])],
        key=lambda event: (event.on, event.is_expected, event.recorded_at),
    )


def _public_note(row: TransitionRow) -> str:
    return (row.note or "") if row.action in PUBLIC_NOTES else ""


def _expected(petition: Petition, closes_on: date | None) -> Event | None:
    if petition.state is State.PUBLISHED and closes_on:
        return Event(closes_on, coming=Coming.CLOSING, is_expected=True)
    owed = {
        State.FORWARDED: (petition.register_duty, Coming.REGISTRATION),
        State.UNDER_REVIEW: (petition.review_duty, Coming.DECISION),
        State.RETURNED: (petition.letter_duty, Coming.LETTER),
    }.get(petition.state)
    if owed is None or owed[0] is None:
        return None
    return Event(owed[0].last_day, coming=owed[1], is_expected=True)
