"""Reads of the register of bodies."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from app.agencies.models import Agency
from app.db import db
from app.errors import NotFound
from app.law.thresholds import AddresseeKind
from app.territories.models import Territory
from app.text.search import matches, search_query_of_any
from app.text.topics import topics_of

MAX_SUGGESTED = 5


def by_slug(slug: str) -> Agency | None:
    return db.session.scalar(select(Agency).where(Agency.slug == slug))


def by_id(agency_id: int) -> Agency | None:
    return db.session.get(Agency, agency_id)


def authorised_body() -> Agency:
    """The body that keeps the petitions' internet resource and checks petitions; NotFound in an empty register."""
    body = db.session.scalar(select(Agency).where(Agency.is_authorised_body))
    if body is None:
        raise NotFound(agency="authorised_body")
    return body


def active() -> list[Agency]:
    """Every body that exists, central ones first, then by region."""
    return list(db.session.scalars(_listed().where(Agency.is_active)))


def _listed() -> Select[Agency]:
    return (
        select(Agency)
        .outerjoin(Agency.territory)
        .options(contains_eager(Agency.territory))
        .order_by(Territory.code.nulls_first(), Agency.kind, Agency.name_kk, Agency.id)
    )


def addressees(
    *, level: AddresseeKind | None = None, region: str | None = None, search: str = ""
) -> list[Agency]:
    """The bodies that may be petitioned, of one level, of one region with its districts, by words of their names."""
    found = _listed().where(Agency.is_active, Agency.addressee_kind.is_not(None))
    if level is not None:
        found = found.where(Agency.addressee_kind == level)
    if region:
        found = found.where(_lies_in(region))
    if search.strip():
        found = found.where(matches(Agency.search, search))
    return list(db.session.scalars(found))


def _lies_in(code: str) -> ColumnElement[bool]:
    parent = aliased(Territory)
    below = select(parent.id).where(parent.code == code).scalar_subquery()
    return or_(Territory.code == code, Territory.parent_id == below)


def suggest(words: str, *, region: str | None = None, limit: int = MAX_SUGGESTED) -> list[Agency]:
    """The bodies whose field `words` most likely is, best first: by their keywords, then by topic; [] without a hint.

    Central bodies and, where `region` is given, that region's own; districts are found by browsing the region.
    """
    query = search_query_of_any(words)
    if query is None:
        return []
    in_field = Agency.search.op("@@")(query)
    same_topic = Agency.topics.overlap(topics_of(words)[:2])
    here = (
        Territory.code.is_(None)
        if region is None
        else or_(Territory.code.is_(None), Territory.code == region)
    )
    found = (
        select(Agency)
        .outerjoin(Agency.territory)
        .options(contains_eager(Agency.territory))
        .where(Agency.is_active, Agency.addressee_kind.is_not(None), here, or_(in_field, same_topic))
        .order_by(func.ts_rank(Agency.search, query).desc(), same_topic.desc(), Agency.id)
        .limit(limit)
    )
    return list(db.session.scalars(found))


def with_ids(ids: Sequence[int]) -> dict[int, Agency]:
    """Bodies by their ids, for lists that hold ids."""
    return {agency.id: agency for agency in db.session.scalars(select(Agency).where(Agency.id.in_(ids)))}
