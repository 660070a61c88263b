"""Everything that stands on the page of an act, and its questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Select, func, select

from app import clock
from app.access import Actor
from app.control.lifecycle import MEETINGS, Purpose, Role, State
from app.control.models import ControlAct, ControlFile, Participant, Question, QuestionSupport
from app.db import db
from app.duties.models import ClockState
from app.duties.queries import Clock, clock_of
from app.gatherings import queries as gatherings
from app.gatherings.models import Guest
from app.web.pagination import Page, keyset

FIRST_QUESTIONS = 5
PAGE_SIZE = 30


class Happening(StrEnum):
    """What happened to an act, or is still to come."""

    ANNOUNCED = "announced"
    MOVED = "moved"
    VISITED = "visited"
    HELD = "held"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"
    ANSWERED = "answered"
    MEETS = "meets"
    DOCUMENT_DUE = "document_due"
    ANSWER_DUE = "answer_due"


EXPECTED = frozenset({Happening.MEETS, Happening.DOCUMENT_DUE, Happening.ANSWER_DUE})


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    at: date | datetime
    what: Happening
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActPage:
    """`clock` is the term of the final document; `questions` those that most want asked."""

    guest: Guest | None
    clock: Clock | None
    events: Sequence[Event]
    questions: Sequence[Question]
    question_count: int
    supported: frozenset[int]
    documents: Sequence[ControlFile]
    photographs: Sequence[ControlFile]
    people: Sequence[tuple[Role, Sequence[Participant]]]


def everything_on(act: ControlAct, *, actor: Actor, now: datetime) -> ActPage:
    """What a reader sees of the act at `now`."""
    today = clock.today(now)
    top = _questions(act).order_by(Question.supports.desc(), Question.id.desc()).limit(FIRST_QUESTIONS)
    questions = db.session.scalars(top).all() if act.form in MEETINGS else []
    return ActPage(
        guest=gatherings.guest_of(actor, act.gathering),
        clock=document_clock(act, today=today),
        events=events_of(act),
        questions=questions,
        question_count=count_questions(act) if act.form in MEETINGS else 0,
        supported=supported_by(actor, questions),
        documents=[one for one in public_files(act) if one.purpose is not Purpose.PHOTO],
        photographs=[one for one in act.files if one.purpose is Purpose.PHOTO],
        people=people_of(act),
    )


def document_clock(act: ControlAct, *, today: date) -> Clock | None:
    """The term in which the final document is sent; None before it runs."""
    if act.document_duty is None:
        return None
    found = clock_of(act.document_duty, today=today)
    return None if found.state in (ClockState.CANCELLED, ClockState.LAPSED) else found


def public_files(act: ControlAct) -> Sequence[ControlFile]:
    """The documents that everybody may read: the final one only once it is signed."""
    return [one for one in act.files if is_public_file(one)]


def is_public_file(kept: ControlFile) -> bool:
    return kept.purpose is not Purpose.FINAL or kept.act.state is State.CONCLUDED


def people_of(act: ControlAct) -> Sequence[tuple[Role, Sequence[Participant]]]:
    """Who takes part, by what they do."""
    found = [(role, [one for one in act.participants if one.role is role]) for role in Role]
    return [(role, people) for role, people in found if people]


def events_of(act: ControlAct) -> Sequence[Event]:
    """The history, oldest first, then what is still to come."""
    happened: list[Event] = []
    if act.announced_at is not None:
        happened.append(Event(act.announced_at, Happening.ANNOUNCED))
    happened += [Event(move.at, Happening.MOVED, move.reason) for move in act.gathering.moves]
    happened += [Event(visit.on, Happening.VISITED, visit.place) for visit in act.visits]
    if act.held_on is not None:
        happened.append(Event(act.held_on, Happening.HELD))
    if act.concluded_at is not None:
        happened.append(Event(act.concluded_at, Happening.CONCLUDED))
    if act.state is State.CANCELLED and act.gathering.cancelled_at is not None:
        happened.append(Event(act.gathering.cancelled_at, Happening.CANCELLED, act.cancellation_reason or ""))
    listed = act.recommendations
    if listed is not None and listed.answered_at is not None:
        happened.append(Event(listed.answered_at, Happening.ANSWERED))
    happened.sort(key=lambda event: (_day(event), list(Happening).index(event.what)))
    return [*happened, *_expected(act)]


def _expected(act: ControlAct) -> list[Event]:
    if act.state is State.ANNOUNCED:
        return [Event(act.gathering.starts_at, Happening.MEETS)]
    if act.state is State.HELD and act.document_duty is not None:
        return [Event(act.document_duty.last_day, Happening.DOCUMENT_DUE)]
    listed = act.recommendations
    if (
        act.state is State.CONCLUDED
        and listed is not None
        and listed.duty is not None
        and listed.duty.is_open
    ):
        return [Event(listed.duty.last_day, Happening.ANSWER_DUE)]
    return []


def _day(event: Event) -> date:
    return clock.today(event.at) if isinstance(event.at, datetime) else event.at


# Questions


def _questions(act: ControlAct) -> Select[Question]:
    return select(Question).where(Question.act_id == act.id, Question.hidden_at.is_(None))


def questions(act: ControlAct, *, position: str | None, size: int = PAGE_SIZE) -> Page[Question]:
    """All questions, those that most want asked first; hidden ones too, as stubs."""
    query = select(Question).where(Question.act_id == act.id)
    return keyset(query, order=(Question.supports, Question.id), position=position, size=size)


def count_questions(act: ControlAct) -> int:
    """How many questions stand on the page."""
    found = _questions(act).with_only_columns(func.count())
    return int(db.session.scalar(found) or 0)


def supported_by(actor: Actor, rows: Sequence[Question]) -> frozenset[int]:
    """Which of these questions the actor wants asked."""
    if actor.account_id is None or not rows:
        return frozenset()
    return frozenset(
        db.session.scalars(
            select(QuestionSupport.question_id).where(
                QuestionSupport.account_id == actor.account_id,
                QuestionSupport.question_id.in_([row.id for row in rows]),
                QuestionSupport.withdrawn_at.is_(None),
            )
        )
    )
