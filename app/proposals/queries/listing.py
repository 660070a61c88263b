"""Lists of proposals that everybody may see: by state, topic, addressee and words, in pages by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from app import clock
from app.agencies.models import Agency
from app.councils.models import Council
from app.db import db
from app.duties.models import ClockState, Duty
from app.duties.queries import IS_OPEN, LAST_DAY, Clock, clock_of
from app.law import calendar_now
from app.proposals.lifecycle import LISTED_STATES, PUBLIC_STATES, State
from app.proposals.models import Proposal
from app.text.search import matches
from app.web.pagination import Page, keyset

PAGE_SIZE = 20
# Beyond this nobody counts: "more than 1,000".
COUNT_LIMIT = 1000


class Facet(StrEnum):
    """What a reader chooses from."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    TAKEN_UP = "taken_up"
    DONE = "done"
    DECLINED = "declined"


FACET_STATES: Mapping[Facet, frozenset[State]] = {
    Facet.ALL: LISTED_STATES,
    Facet.OPEN: frozenset({State.OPEN}),
    Facet.OVERDUE: frozenset({State.OPEN}),
    Facet.TAKEN_UP: frozenset({State.TAKEN_UP}),
    Facet.DONE: frozenset({State.DONE}),
    Facet.DECLINED: frozenset({State.DECLINED}),
}


class Order(StrEnum):
    SUPPORT = "support"
    NEWEST = "newest"


ORDERS: Mapping[Order, Sequence[Any]] = {
    Order.SUPPORT: (Proposal.supports, Proposal.id),
    Order.NEWEST: (Proposal.created_at, Proposal.id),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks the list for. `state`: only that public state, whatever the facet."""

    facet: Facet = Facet.ALL
    words: str = ""
    topic: str = ""
    region: str = ""
    council_id: int | None = None
    agency_id: int | None = None
    order: Order = Order.SUPPORT
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal on a list with the clock of its answer; None once nothing was owed."""

    proposal: Proposal
    clock: Clock | None


def page_of(wish: Wish, *, today: date, position: str | None, size: int = PAGE_SIZE) -> Page[Proposal]:
    """One page of what was wished for: what most people want, or what came last, at the top."""
    query = wished(select(Proposal), wish, today=today).options(joinedload(Proposal.duty))
    return keyset(query, order=ORDERS[wish.order], position=position, size=size)


def shown(proposals: Sequence[Proposal], *, now: datetime) -> Sequence[Listed]:
    """The same proposals with their clocks; one query for the whole list, none for an empty one."""
    if not proposals:
        return []
    calendar, today = calendar_now(), clock.today(now)
    found = [(one, clock_of(one.duty, today=today, calendar=calendar)) for one in proposals]
    return [Listed(one, None if says.state is ClockState.CANCELLED else says) for one, says in found]


def facet_counts(wish: Wish, *, today: date) -> Mapping[Facet, int]:
    """How many there are in each facet under the other wishes, counted up to COUNT_LIMIT + 1."""
    parts = [
        select(literal(facet.value), func.count()).select_from(
            wished(select(Proposal.id), replace(wish, facet=facet), today=today)
            .limit(COUNT_LIMIT + 1)
            .subquery()
        )
        for facet in Facet
    ]
    return {Facet(facet): count for facet, count in db.session.execute(union_all(*parts))}


def wished(query: Any, wish: Wish, *, today: date) -> Any:
    """`query` over proposals, narrowed to what was wished for."""
    states = FACET_STATES[wish.facet] if wish.state is None else {wish.state} & PUBLIC_STATES
    query = query.where(Proposal.state.in_(states))
    if wish.facet is Facet.OVERDUE:
        query = query.where(Proposal.duty_id.in_(select(Duty.id).where(IS_OPEN, today > LAST_DAY)))
    if wish.words.strip():
        query = query.where(matches(Proposal.search_vector, wish.words))
    if wish.topic:
        query = query.where(Proposal.topic == wish.topic)
    if wish.region:
        query = query.where(Proposal.region_code == wish.region)
    if wish.council_id is not None:
        query = query.where(Proposal.council_id == wish.council_id)
    if wish.agency_id is not None:
        query = query.where(Proposal.agency_id == wish.agency_id)
    return query


def councils() -> Sequence[Council]:
    """The councils with a proposal on the list: one look into the proposals' index per council."""
    has_one = exists().where(Proposal.council_id == Council.id, Proposal.state.in_(LISTED_STATES))
    return db.session.scalars(select(Council).where(has_one).order_by(Council.level, Council.id)).all()


def bodies() -> Sequence[Agency]:
    """The bodies with a proposal on the list."""
    has_one = exists().where(Proposal.agency_id == Agency.id, Proposal.state.in_(LISTED_STATES))
    return db.session.scalars(select(Agency).where(has_one).order_by(Agency.kind, Agency.id)).all()


def most_supported(
    *, council: Council | None = None, agency: Agency | None = None, limit: int = 3
) -> Sequence[Proposal]:
    """What most people want of a council or a body and is not refused, for its page."""
    query = select(Proposal).where(Proposal.state.in_([State.OPEN, State.TAKEN_UP]))
    if council is not None:
        query = query.where(Proposal.council_id == council.id)
    if agency is not None:
        query = query.where(Proposal.agency_id == agency.id)
    return db.session.scalars(
        query.order_by(Proposal.supports.desc(), Proposal.id.desc())
        .limit(limit)
        .options(joinedload(Proposal.duty))
    ).all()
