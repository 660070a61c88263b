"""Reads of promises."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, cast, extract, func, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.promises.lifecycle import State
from app.promises.models import Promise
from app.web.pagination import Page, keyset

PAGE, MANY = 20, 500
# Descending like every order of the pages: what is due first comes first.
NEAREST: ColumnElement[int] = -cast(extract("julian", Promise.due_on), Integer)


class Facet(StrEnum):
    """How readers ask for promises. Late ones are open, and their day is over."""

    ALL = "all"
    OPEN = "open"
    LATE = "late"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Wish:
    facet: Facet = Facet.ALL
    agency_id: int | None = None
    council_id: int | None = None

    @property
    def order(self) -> tuple[ColumnElement[int], ...]:
        if self.facet in (Facet.OPEN, Facet.LATE):
            return (NEAREST, Promise.id.expression)
        return (Promise.id.expression,)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one body, or of all. `open` counts those whose day is still to come, `late` those whose day is over;
    `done_late` are among `done`."""

    open: int = 0
    late: int = 0
    done: int = 0
    done_late: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        return self.open + self.late + self.done + self.dropped

    def of(self, facet: Facet) -> int:
        return self.total if facet is Facet.ALL else int(getattr(self, facet.value))


def by_number(number: int) -> Promise | None:
    return db.session.scalar(select(Promise).where(Promise.number == number))


def by_id(promise_id: int) -> Promise | None:
    return db.session.get(Promise, promise_id)


def of_source(kind: str, number: int) -> Sequence[Promise]:
    """What was entered from one text, in the order of the due days."""
    return of_sources(kind, [number]).get(number, [])


def of_sources(kind: str, numbers: Iterable[int]) -> dict[int, list[Promise]]:
    """The same for several texts of one kind, in one query, by their numbers."""
    wanted = list(numbers)
    found: dict[int, list[Promise]] = {}
    if wanted:
        query = _listed().where(Promise.source_kind == kind, Promise.source_number.in_(wanted))
        for promise in db.session.scalars(query):
            found.setdefault(promise.source_number, []).append(promise)
    return found


def of_subject(kind: str, number: int) -> Sequence[Promise]:
    """Everything that was promised about one draft, petition …"""
    return db.session.scalars(
        _listed().where(Promise.subject_kind == kind, Promise.subject_number == number)
    ).all()


def page_of(wish: Wish, *, today: date, position: str | None, size: int = PAGE) -> Page[Promise]:
    return keyset(
        _of(wish, select(Promise), today=today).options(joinedload(Promise.council)),
        order=wish.order,
        position=position,
        size=size,
    )


def figures(wish: Wish, *, today: date) -> Figures:
    """Of everything that the wish leaves, whatever its facet is."""
    wide = Wish(agency_id=wish.agency_id, council_id=wish.council_id)
    counts: Any = select(*_counts(today))
    row: Sequence[int] = db.session.execute(_of(wide, counts, today=today)).one()
    return Figures(*row)


def figures_by_agency(*, today: date, council_id: int | None = None) -> Mapping[int, Figures]:
    """By the id of the body, in one query; a body that promised nothing is missing."""
    query: Any = select(Promise.agency_id, *_counts(today)).group_by(Promise.agency_id)
    if council_id is not None:
        query = query.where(Promise.council_id == council_id)
    return {row[0]: Figures(*row[1:]) for row in db.session.execute(query)}


def _listed() -> Select[Promise]:
    return select(Promise).order_by(Promise.due_on, Promise.id)


def _counts(today: date) -> list[ColumnElement[int]]:
    is_open, is_done = Promise.state == State.OPEN, Promise.state == State.DONE
    conditions: Iterable[ColumnElement[bool]] = (
        is_open & (Promise.due_on >= today),
        is_open & (Promise.due_on < today),
        is_done,
        is_done & (Promise.done_on > Promise.due_on),
        Promise.state == State.DROPPED,
    )
    return [func.count(case((condition, 1))) for condition in conditions]


def _of(wish: Wish, query: Select[Any], *, today: date) -> Select[Any]:
    if wish.agency_id is not None:
        query = query.where(Promise.agency_id == wish.agency_id)
    if wish.council_id is not None:
        query = query.where(Promise.council_id == wish.council_id)
    match wish.facet:
        case Facet.OPEN:
            query = query.where(Promise.state == State.OPEN, Promise.due_on >= today)
        case Facet.LATE:
            query = query.where(Promise.state == State.OPEN, Promise.due_on < today)
        case Facet.DONE | Facet.DROPPED:
            query = query.where(Promise.state == State(wish.facet.value))
        case Facet.ALL:
            pass
    return query
