"""Which councils a body, a person or a matter has to do with."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.agencies import queries as agencies
from app.agencies.models import Agency, AgencyKind
from app.councils.models import Council, Member, Secretary
from app.councils.queries.composition import sits_on
from app.db import db
from app.territories.models import Territory
from app.text.topics import topics_of

# Akimats, maslikhats and akims stand before the one council of their territory.
LOCAL_BODIES = frozenset(
    {
        AgencyKind.REGIONAL_AKIMAT,
        AgencyKind.REGIONAL_MASLIKHAT,
        AgencyKind.DISTRICT_AKIMAT,
        AgencyKind.DISTRICT_MASLIKHAT,
        AgencyKind.CITY_DISTRICT_AKIM,
    }
)
MAX_SUGGESTED = 5


def councils_of_body(agency: Agency) -> list[Council]:
    """The council at the body; of a local body, the one of its territory; [] for bodies without a council by law.

    A district of a city has none of its own: the council of the city stands for it.
    """
    concerned = Council.agency_id == agency.id
    if agency.kind in LOCAL_BODIES and agency.territory is not None:
        place = agency.territory
        above = place.parent_id if agency.kind is AgencyKind.CITY_DISTRICT_AKIM else None
        concerned = or_(concerned, Council.territory_id == (above or place.id))
    return list(db.session.scalars(select(Council).where(Council.is_active, concerned).order_by(Council.id)))


def councils_of_account(account_id: int, day: date) -> list[Council]:
    """The councils in which the person has a seat that day or keeps the papers, by name."""
    seats = select(Member.council_id).where(Member.account_id == account_id, sits_on(day))
    papers = select(Secretary.council_id).where(
        Secretary.account_id == account_id,
        Secretary.from_on <= day,
        or_(Secretary.until_on.is_(None), Secretary.until_on >= day),
    )
    found = select(Council).where(Council.is_active, or_(Council.id.in_(seats), Council.id.in_(papers)))
    return list(db.session.scalars(found.order_by(Council.name_kk, Council.id)))


def suggest(words: str, region: str | None = None, limit: int = MAX_SUGGESTED) -> list[Council]:
    """The councils whose field `words` most likely is, best first: as bodies are suggested, then by topic.

    Councils of the republic, and of `region` (its code) where one is given; [] without a hint.
    """
    found: list[Council] = []
    for agency in agencies.suggest(words, region=region, limit=limit * 2):
        found += [council for council in councils_of_body(agency) if council not in found]
    if len(found) < limit and (topics := topics_of(words)[:2]):
        found += [council for council in _of_topics(topics, region) if council not in found]
    return found[:limit]


def _of_topics(topics: list[str], region: str | None) -> list[Council]:
    place = aliased(Territory)
    here = (
        Council.territory_id.is_(None)
        if region is None
        else or_(Council.territory_id.is_(None), place.code == region)
    )
    rows = (
        select(Council)
        .outerjoin(place, place.id == Council.territory_id)
        .where(Council.is_active, here, Council.topics.overlap(topics))
        .order_by(Council.territory_id.nulls_last(), Council.id)
    )
    return list(db.session.scalars(rows))
