"""Lists that everybody may see: by state, topic, region, words, in pages by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import func, literal, select

from app.agencies.models import Agency
from app.db import db
from app.petitions.lifecycle import PUBLIC_STATES, State
from app.petitions.models import ArchivedPetition, Petition, Tally
from app.territories.models import Territory
from app.text.search import matches
from app.text.similarity import likeness, similar
from app.web.pagination import Page, keyset

PAGE_SIZE = 20
# Beyond this nobody counts: "more than 1,000" (PERFORMANCE 3).
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


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks the list for. `region` is the code of a region; its districts are within."""

    facet: Facet = Facet.ALL
    words: str = ""
    topic: str = ""
    region: str = ""
    agency_id: int | None = None
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True)
class Listed:
    """A petition on a list with its count."""

    petition: Petition
    signatures: int


def page_of(wish: Wish, *, position: str | None, size: int = PAGE_SIZE) -> Page[Listed]:
    """One page of what was wished for."""
    signatures = func.coalesce(Tally.signatures, 0)
    query = _wished(select(Petition, signatures), wish).outerjoin(Tally, Tally.petition_id == Petition.id)
    order: list[Any] = [Petition.id]
    if wish.order is Order.MOST_SIGNED:
        order.insert(0, signatures)
    page = keyset(query, order=order, position=position, size=size, scalars=False)
    return replace(page, rows=[Listed(*row) for row in page.rows])


def facet_counts(wish: Wish) -> Mapping[Facet, int]:
    """How many there are in each facet under the other wishes; counting stops at COUNT_LIMIT + 1 per state."""
    found = _wished(select(Petition.state, Petition.id), replace(wish, facet=Facet.ALL))
    if wish.words:
        # A frequent word hits everything; a bounded number of its hits says as much as the exact one.
        bounded = found.limit(5 * COUNT_LIMIT).subquery()
        by_state = db.session.execute(select(bounded.c.state, func.count()).group_by(bounded.c.state))
    else:
        counted = _wished(select(Petition.state, func.count()), replace(wish, facet=Facet.ALL))
        by_state = db.session.execute(counted.group_by(Petition.state))
    counts = {State(state): count for state, count in by_state}
    return {facet: sum(counts.get(state, 0) for state in states) for facet, states in FACET_STATES.items()}


def _wished(query: Any, wish: Wish) -> Any:
    query = query.where(Petition.state.in_(FACET_STATES[wish.facet]))
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
    return keyset(query, order=[Petition.id], position=position, size=size)


def closing_soon(*, limit: int = 5) -> Sequence[Listed]:
    """Open petitions by the day on which they close."""
    rows = db.session.execute(
        select(Petition, func.coalesce(Tally.signatures, 0))
        .outerjoin(Tally, Tally.petition_id == Petition.id)
        .where(Petition.state == State.PUBLISHED)
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
