"""Lists that everybody may see: by state, topic, region, words, in pages by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, literal, select, union_all

from app import clock
from app.agencies.models import Agency
from app.db import db
from app.duties import queries as duties
from app.duties.queries import Clock
from app.law import calendar_now
from app.petitions.lifecycle import PUBLIC_STATES, State
from app.petitions.models import ArchivedPetition, Decision, Outcome, Petition, Tally
from app.territories.models import Territory
from app.text.search import matches
from app.text.similarity import likeness, similar
from app.web.pagination import Page, keyset

PAGE_SIZE = 20
# Beyond this nobody counts: "more than 1,000"; counting a frequent word in 100,000 petitions takes half a second.
COUNT_LIMIT = 1000
SIMILAR_SHOWN = 5


class Facet(StrEnum):
    """The groups of states that a reader chooses from."""

    ALL = "all"
    OPEN = "open"
    WITH_ADDRESSEE = "with_addressee"
    DECIDED = "decided"
    NOT_SUPPORTED = "not_supported"


FACET_STATES: Mapping[Facet, frozenset[State]] = {
    Facet.ALL: PUBLIC_STATES,
    Facet.OPEN: frozenset({State.PUBLISHED}),
    Facet.WITH_ADDRESSEE: frozenset({State.SUPPORTED, State.FORWARDED, State.UNDER_REVIEW}),
    Facet.DECIDED: frozenset({State.DECIDED}),
    Facet.NOT_SUPPORTED: frozenset({State.RETURNED, State.ANSWERED, State.CLOSED}),
}


class Order(StrEnum):
    NEWEST = "newest"
    MOST_SIGNED = "most_signed"


# All descending, the last one unique.
ORDERS: Mapping[Order, Sequence[Any]] = {
    Order.NEWEST: (Petition.id,),
    Order.MOST_SIGNED: (Tally.signatures, Tally.petition_id),
}
REJECTED_ORDER = (Petition.id,)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks the list for. `region` is the code of a region; its districts are within.

    One `state` of the public ones says more exactly than `facet` what is wanted.
    """

    facet: Facet = Facet.ALL
    words: str = ""
    topic: str = ""
    region: str = ""
    agency_id: int | None = None
    order: Order = Order.NEWEST
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A petition on a list with its count."""

    petition: Petition
    signatures: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A petition on a list with all that its card says: `days_left` to sign, the answer's clock, the outcome."""

    petition: Petition
    signatures: int
    days_left: int | None = None
    clock: Clock | None = None
    outcome: Outcome | None = None


def page_of(wish: Wish, *, position: str | None, size: int = PAGE_SIZE) -> Page[Listed]:
    """One page of what was wished for."""
    if wish.order is Order.MOST_SIGNED:
        # Whatever is in free access has been counted, so the tallies' own index yields the order.
        query = _wished(select(Petition, Tally.signatures), wish).join(
            Tally, Tally.petition_id == Petition.id
        )
    else:
        signatures = func.coalesce(Tally.signatures, 0)
        query = _wished(select(Petition, signatures), wish).outerjoin(Tally, Tally.petition_id == Petition.id)
    page = keyset(query, order=ORDERS[wish.order], position=position, size=size, scalars=False)
    return replace(page, rows=[Listed(*row) for row in page.rows])


def shown(rows: Sequence[Listed], *, now: datetime) -> Sequence[Shown]:
    """The same rows with their clocks and outcomes; three queries for the whole list, none for an empty one."""
    today = clock.today(now)
    decided = [row.petition.id for row in rows if row.petition.state is State.DECIDED]
    outcomes: dict[int, Outcome | None] = {}
    if decided:
        found = select(Decision.petition_id, Decision.outcome).where(
            Decision.petition_id.in_(decided), Decision.published_at.is_not(None)
        )
        outcomes = dict(db.session.execute(found).all())
    running = {row.petition.id: _running_duty(row.petition) for row in rows}
    found_duties = duties.with_ids(duty_id for duty_id in running.values() if duty_id)
    calendar = calendar_now() if found_duties else None
    result = []
    for row in rows:
        duty = found_duties.get(running[row.petition.id] or 0)
        result.append(
            Shown(
                row.petition,
                row.signatures,
                days_left=_days_left(row.petition, today),
                clock=duties.clock_of(duty, today=today, calendar=calendar) if duty else None,
                outcome=outcomes.get(row.petition.id),
            )
        )
    return result


def _running_duty(petition: Petition) -> int | None:
    """The id of the duty that the public waits for."""
    return {
        State.FORWARDED: petition.register_duty_id,
        State.UNDER_REVIEW: petition.review_duty_id,
        State.RETURNED: petition.letter_duty_id,
    }.get(petition.state)


def _days_left(petition: Petition, today: date) -> int | None:
    if petition.state is not State.PUBLISHED or petition.closes_at is None:
        return None
    return max(0, (clock.today(petition.closes_at - timedelta(seconds=1)) - today).days)


def facet_counts(wish: Wish) -> Mapping[Facet, int | None]:
    """How many there are in each facet under the other wishes, counted up to COUNT_LIMIT + 1.

    None where a frequent word hits so much that the parts cannot be told without counting everything.
    """
    if wish.words.strip():
        return _counts_of_hits(wish)
    parts = [
        select(literal(facet.value), func.count()).select_from(
            _wished(select(Petition.id), replace(wish, facet=facet)).limit(COUNT_LIMIT + 1).subquery()
        )
        for facet in Facet
        if facet is not Facet.ALL
    ]
    counts = {Facet(facet): count for facet, count in db.session.execute(union_all(*parts))}
    return {Facet.ALL: sum(counts.values()), **counts}


def _counts_of_hits(wish: Wish) -> Mapping[Facet, int | None]:
    """One look at the hits instead of one per facet: the word's index is read once."""
    most = 5 * COUNT_LIMIT
    hits = _wished(select(Petition.state), replace(wish, facet=Facet.ALL)).limit(most + 1).subquery()
    by_state = {
        State(state): count
        for state, count in db.session.execute(select(hits.c.state, func.count()).group_by(hits.c.state))
    }
    if sum(by_state.values()) > most:
        return {facet: most if facet is Facet.ALL else None for facet in Facet}
    return {facet: sum(by_state.get(state, 0) for state in states) for facet, states in FACET_STATES.items()}


def _wished(query: Any, wish: Wish) -> Any:
    states = FACET_STATES[wish.facet] if wish.state is None else PUBLIC_STATES & {wish.state}
    query = query.where(Petition.state.in_(states))
    if wish.words.strip():
        query = query.where(matches(Petition.search_vector, wish.words))
    if wish.topic:
        query = query.where(Petition.topic == wish.topic)
    if wish.agency_id:
        query = query.where(Petition.addressee_id == wish.agency_id)
    if wish.region:
        region = select(Territory.id).where(Territory.code == wish.region).scalar_subquery()
        within = select(Territory.id).where((Territory.id == region) | (Territory.parent_id == region))
        query = query.where(
            Petition.addressee_id.in_(select(Agency.id).where(Agency.territory_id.in_(within)))
        )
    return query


def archived(words: str, *, position: str | None, size: int = PAGE_SIZE) -> Page[ArchivedPetition]:
    """Petitions of other platforms, apart from ours."""
    query = select(ArchivedPetition)
    if words.strip():
        query = query.where(matches(ArchivedPetition.search_vector, words))
    return keyset(query, order=[ArchivedPetition.id], position=position, size=size)


def archived_count(words: str) -> int:
    query = select(ArchivedPetition.id)
    if words.strip():
        query = query.where(matches(ArchivedPetition.search_vector, words))
    return db.session.scalar(select(func.count()).select_from(query.limit(COUNT_LIMIT + 1).subquery())) or 0


def archived_by_id(archived_id: int) -> ArchivedPetition | None:
    return db.session.get(ArchivedPetition, archived_id)


def similar_to(text: str, *, limit: int = SIMILAR_SHOWN) -> Sequence[Listed]:
    """Petitions in free access that ask for nearly the same, in any of the three languages, most alike first."""
    if len(text.strip()) < 3:
        return []
    like = likeness(title=Petition.search_title, vector=Petition.search_vector, text=text)
    rows = db.session.execute(
        select(Petition, func.coalesce(Tally.signatures, literal(0)))
        .outerjoin(Tally, Tally.petition_id == Petition.id)
        .where(
            Petition.state.in_(PUBLIC_STATES),
            similar(title=Petition.search_title, vector=Petition.search_vector, text=text),
        )
        .order_by(like.desc(), Petition.id.desc())
        .limit(limit)
    )
    return [Listed(*row) for row in rows]


def similar_archived(text: str, *, limit: int = SIMILAR_SHOWN) -> Sequence[ArchivedPetition]:
    if len(text.strip()) < 3:
        return []
    like = likeness(title=ArchivedPetition.search_title, vector=ArchivedPetition.search_vector, text=text)
    return db.session.scalars(
        select(ArchivedPetition)
        .where(similar(title=ArchivedPetition.search_title, vector=ArchivedPetition.search_vector, text=text))
        .order_by(like.desc(), ArchivedPetition.id)
        .limit(limit)
    ).all()


def rejected(*, position: str | None, size: int = PAGE_SIZE) -> Page[Petition]:
    """The register of rejections: the stub is public, the text is not."""
    query = select(Petition).where(Petition.state == State.REJECTED)
    return keyset(query, order=REJECTED_ORDER, position=position, size=size)


def closing_soon(*, before: datetime, limit: int = 5) -> Sequence[Listed]:
    """Open petitions that close before an instant, by the day on which they close."""
    rows = db.session.execute(
        select(Petition, func.coalesce(Tally.signatures, 0))
        .outerjoin(Tally, Tally.petition_id == Petition.id)
        .where(Petition.state == State.PUBLISHED, Petition.closes_at < before)
        .order_by(Petition.closes_at, Petition.id)
        .limit(limit)
    )
    return [Listed(*row) for row in rows]


def lately_decided(*, limit: int = 3) -> Sequence[Listed]:
    rows = db.session.execute(
        select(Petition, func.coalesce(Tally.signatures, 0))
        .outerjoin(Tally, Tally.petition_id == Petition.id)
        .where(Petition.state == State.DECIDED)
        .order_by(Petition.published_at.desc(), Petition.id.desc())
        .limit(limit)
    )
    return [Listed(*row) for row in rows]


def most_signed_open(*, limit: int = 5) -> Sequence[Listed]:
    rows = db.session.execute(
        select(Petition, Tally.signatures)
        .join(Tally, Tally.petition_id == Petition.id)
        .where(Petition.state == State.PUBLISHED)
        .order_by(Tally.signatures.desc(), Petition.id.desc())
        .limit(limit)
    )
    return [Listed(*row) for row in rows]
