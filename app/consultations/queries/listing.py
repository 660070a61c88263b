"""Lists of draft acts that everybody may see: by state, stage, body, topic, days left and words, in pages by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, exists, func, literal, select, type_coerce, union_all
from sqlalchemy.orm import joinedload

from app import clock
from app.agencies.models import Agency
from app.comments.models import Thread
from app.comments.queries import figures
from app.comments.queries.figures import Figures
from app.consultations.lifecycle import PUBLIC_STATES, WITH_TEXT, State
from app.consultations.models import DraftAct, DraftTransition
from app.db import db
from app.duties.models import ClockState
from app.duties.queries import Clock, clock_of
from app.law import Calendar, calendar_now, consultation_rules_in_force
from app.law.calendar import working_days_left
from app.text.search import matches
from app.web.pagination import Page, keyset

PAGE_SIZE = 20
# Beyond this nobody counts: "more than 1,000".
COUNT_LIMIT = 1000
# What closes within these days is said to close soon.
SOON_DAYS = 7
EPOCH = date(1970, 1, 1)
# Since when nothing happened to an empty list.
FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC)


class Facet(StrEnum):
    """What a reader chooses from; drafts that are exempt from discussion stand in a list of their own."""

    ALL = "all"
    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    ANSWERS_DUE = "answers_due"
    FINISHED = "finished"


FACET_STATES: Mapping[Facet, frozenset[State]] = {
    Facet.ALL: WITH_TEXT,
    Facet.OPEN: frozenset({State.OPEN}),
    Facet.CLOSING_SOON: frozenset({State.OPEN}),
    Facet.ANSWERS_DUE: frozenset({State.CLOSED, State.UNDER_REVIEW}),
    Facet.FINISHED: frozenset({State.REPORTED, State.ADOPTED}),
}


class Order(StrEnum):
    NEWEST = "newest"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks the list for. `days`: only what is open and closes within so many days. `state`: only that
    state, whatever the facet."""

    facet: Facet = Facet.ALL
    words: str = ""
    stage: str = ""
    topic: str = ""
    agency_id: int | None = None
    region: str = ""
    days: int | None = None
    order: Order = Order.NEWEST
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft on a list with all that its card says: the clock of its last day, else that of the answers."""

    draft: DraftAct
    figures: Figures
    clock: Clock | None = None


def page_of(wish: Wish, *, today: date, position: str | None, size: int = PAGE_SIZE) -> Page[DraftAct]:
    """One page of what was wished for: what was announced last, or what closes first, at the top."""
    query = wished(select(DraftAct), wish, today=today).options(
        joinedload(DraftAct.thread).joinedload(Thread.duty)
    )
    return keyset(query, order=ORDERS[wish.order], position=position, size=size)


def _days_until_closing() -> ColumnElement[int]:
    """Smaller for what closes later: keysets run downwards."""
    return type_coerce(literal(EPOCH) - DraftAct.closes_on, Integer)


ORDERS: Mapping[Order, Sequence[Any]] = {
    Order.NEWEST: (DraftAct.announced_at, DraftAct.id),
    Order.CLOSING: (_days_until_closing(), DraftAct.id),
}


def shown(drafts: Sequence[DraftAct], *, now: datetime) -> Sequence[Listed]:
    """The same drafts with figures and clocks; two queries for the whole list, none for an empty one."""
    if not drafts:
        return []
    counted = figures.of_ids(draft.thread_id for draft in drafts if draft.thread_id)
    calendar, today = calendar_now(), clock.today(now)
    return [
        Listed(
            draft,
            counted.get(draft.thread_id or 0, Figures()),
            clock=clock_on(draft, today=today, calendar=calendar),
        )
        for draft in drafts
    ]


def clock_on(draft: DraftAct, *, today: date, calendar: Calendar | None = None) -> Clock | None:
    """The clock that the public watches: until when comments are taken, then until when they are answered."""
    if draft.state is State.OPEN and draft.closes_on is not None:
        left = max(0, working_days_left(today, draft.closes_on, calendar or calendar_now()))
        soon = consultation_rules_in_force(today).limits.due_soon_working_days
        return Clock(ClockState.DUE_SOON if left <= soon else ClockState.ON_TIME, draft.closes_on, left)
    duty = draft.thread.duty if draft.thread is not None else None
    if duty is None or draft.state not in (State.CLOSED, State.UNDER_REVIEW):
        return None
    found = clock_of(duty, today=today, calendar=calendar)
    return None if found.state is ClockState.CANCELLED else found


def facet_counts(wish: Wish, *, today: date) -> Mapping[Facet, int | None]:
    """How many there are in each facet under the other wishes, counted up to COUNT_LIMIT + 1.

    None where a frequent word hits so much that the parts cannot be told without counting everything.
    """
    if wish.words.strip():
        return _counts_of_hits(wish, today)
    parts = [
        select(literal(facet.value), func.count()).select_from(
            wished(select(DraftAct.id), replace(wish, facet=facet), today=today)
            .limit(COUNT_LIMIT + 1)
            .subquery()
        )
        for facet in Facet
    ]
    return {Facet(facet): count for facet, count in db.session.execute(union_all(*parts))}


def _counts_of_hits(wish: Wish, today: date) -> Mapping[Facet, int | None]:
    """One look at the hits instead of one per facet: the word's index is read once."""
    most = len(Facet) * COUNT_LIMIT
    is_soon = DraftAct.closes_on <= today + timedelta(days=SOON_DAYS)
    asked: Any = select(DraftAct.state, func.coalesce(is_soon, False).label("is_soon"))
    hits = wished(asked, replace(wish, facet=Facet.ALL), today=today).limit(most + 1).subquery()
    grouped = select(hits.c.state, hits.c.is_soon, func.count()).group_by(hits.c.state, hits.c.is_soon)
    rows = [(State(state), is_soon, count) for state, is_soon, count in db.session.execute(grouped)]
    if sum(count for *_, count in rows) > most:
        return {facet: most if facet is Facet.ALL else None for facet in Facet}
    return {
        facet: sum(
            count
            for state, soon, count in rows
            if state in states and (soon or facet is not Facet.CLOSING_SOON)
        )
        for facet, states in FACET_STATES.items()
    }


def wished(query: Any, wish: Wish, *, today: date) -> Any:
    """`query` over draft acts, narrowed to what was wished for."""
    states = FACET_STATES[wish.facet] if wish.state is None else {wish.state} & PUBLIC_STATES
    query = query.where(DraftAct.state.in_(states))
    days = SOON_DAYS if wish.facet is Facet.CLOSING_SOON else wish.days
    if days is not None:
        last_day = today + timedelta(days=min(days, wish.days or days))
        query = query.where(DraftAct.state == State.OPEN, DraftAct.closes_on <= last_day)
    if wish.words.strip():
        query = query.where(matches(DraftAct.search_vector, wish.words))
    if wish.stage:
        query = query.where(DraftAct.stage == wish.stage)
    if wish.topic:
        query = query.where(DraftAct.topic == wish.topic)
    if wish.agency_id:
        query = query.where(DraftAct.agency_id == wish.agency_id)
    if wish.region:
        query = query.where(DraftAct.region_code == wish.region)
    return query


def bodies() -> Sequence[Agency]:
    """The bodies with a public draft: one look into the drafts' index per body."""
    has_draft = exists().where(DraftAct.agency_id == Agency.id, DraftAct.state.in_(PUBLIC_STATES))
    return db.session.scalars(select(Agency).where(has_draft).order_by(Agency.kind, Agency.id)).all()


def exempt(*, position: str | None, size: int = PAGE_SIZE) -> Page[DraftAct]:
    """Drafts that their bodies do not put up for discussion, the newest first."""
    query = select(DraftAct).where(DraftAct.state == State.EXEMPT)
    return keyset(query, order=ORDERS[Order.NEWEST], position=position, size=size)


def newest(wish: Wish, *, today: date, limit: int) -> Sequence[DraftAct]:
    """What was announced last of what was wished for, for feeds."""
    query = wished(select(DraftAct), wish, today=today)
    return db.session.scalars(
        query.order_by(DraftAct.announced_at.desc(), DraftAct.id.desc()).limit(limit)
    ).all()


def closing(wish: Wish, *, today: date, limit: int) -> Sequence[DraftAct]:
    """What can still be commented on, or soon, of what was wished for; what closes first, first."""
    query = wished(select(DraftAct), wish, today=today).where(
        DraftAct.state.in_([State.ANNOUNCED, State.OPEN]), DraftAct.closes_on >= today
    )
    return db.session.scalars(query.order_by(DraftAct.closes_on, DraftAct.id).limit(limit)).all()


def last_moves(drafts: Sequence[DraftAct]) -> Mapping[int, datetime]:
    """By the draft's id, when something last happened to it; one that has no history yet, when it was announced."""
    rows = db.session.execute(
        select(DraftTransition.draft_id, func.max(DraftTransition.at))
        .where(DraftTransition.draft_id.in_([draft.id for draft in drafts]))
        .group_by(DraftTransition.draft_id)
    )
    found = dict(rows.all())
    return {draft.id: found.get(draft.id, draft.announced_at or draft.created_at) for draft in drafts}
