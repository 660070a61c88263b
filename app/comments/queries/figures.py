"""The public meter: how much was said, how much of it is answered, and in time. Read from counts, never counted here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from sqlalchemy import func, select

from app.comments.models import AnchorCount, Thread, ThreadFigures
from app.db import db


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one thread, or of all threads of a body. In comments; `people` and `texts` say how many spoke, and how many
    different things were said. `formal` answers are word for word those of more than a third of the others.
    """

    comments: int = 0
    replies: int = 0
    people: int = 0
    texts: int = 0
    answered: int = 0
    answered_people: int = 0
    answered_texts: int = 0
    on_time: int = 0
    late: int = 0
    formal: int = 0

    @property
    def unanswered(self) -> int:
        return self.comments - self.answered

    @property
    def unanswered_texts(self) -> int:
        return self.texts - self.answered_texts


NAMES = tuple(field.name for field in fields(Figures))
COLUMNS = tuple(getattr(ThreadFigures, name) for name in NAMES)


def of(thread: Thread) -> Figures:
    """As counted last; zeros for a thread that was not counted yet."""
    return of_threads([thread]).get(thread.id, Figures())


def kept_by(thread: Thread) -> Figures:
    """The same, of a thread whose row of counts was loaded with it."""
    row = thread.counted
    return Figures(*(getattr(row, name) for name in NAMES)) if row is not None else Figures()


def of_threads(threads: Iterable[Thread]) -> Mapping[int, Figures]:
    """By the thread's id, for a list in one query; a thread that was not counted yet is missing."""
    return of_ids(thread.id for thread in threads)


def of_ids(thread_ids: Iterable[int]) -> Mapping[int, Figures]:
    """The same for lists that hold ids."""
    ids = list(thread_ids)
    if not ids:
        return {}
    rows = db.session.execute(
        select(ThreadFigures.thread_id, *COLUMNS).where(ThreadFigures.thread_id.in_(ids))
    )
    return {thread_id: Figures(*counts) for thread_id, *counts in rows}


def by_agency(agency_ids: Iterable[int] | None = None) -> Mapping[int, Figures]:
    """Sums per body over the threads in which it owes answers; of all bodies without `agency_ids`.

    `people` adds up threads: who spoke in two of them counts twice.
    """
    query = (
        select(Thread.agency_id, *(func.sum(column) for column in COLUMNS))
        .join(ThreadFigures, ThreadFigures.thread_id == Thread.id)
        .where(Thread.duty_id.is_not(None))
        .group_by(Thread.agency_id)
    )
    if agency_ids is not None:
        query = query.where(Thread.agency_id.in_(list(agency_ids)))
    return {agency_id: Figures(*map(int, counts)) for agency_id, *counts in db.session.execute(query)}


def anchor_counts(thread: Thread) -> dict[str, int]:
    """How many comments stand at each place of the subject; places without any are missing."""
    rows = db.session.execute(
        select(AnchorCount.anchor_key, AnchorCount.comments).where(AnchorCount.thread_id == thread.id)
    )
    return dict(rows.all())
