"""What was proposed already, and who could take up the matter: shown before a proposal is sent."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.agencies import queries as agencies
from app.agencies.models import Agency, AgencyKind
from app.councils.models import Council
from app.councils.queries import concerned
from app.db import db
from app.proposals.lifecycle import LISTED_STATES
from app.proposals.models import Proposal
from app.territories.models import Territory
from app.text.search import MAX_RANKED, matches, search_query_of_any
from app.text.similarity import likeness, similar

SIMILAR_SHOWN = 5
SUGGESTED = 4
FOUND = 20
SHORTEST_WORDS = 3


def similar_to(text: str, *, limit: int = SIMILAR_SHOWN) -> Sequence[Proposal]:
    """Proposals on the list that want nearly the same, in any of the three languages, most alike first."""
    if len(text.strip()) < SHORTEST_WORDS:
        return []
    like = likeness(title=Proposal.search_title, vector=Proposal.search_vector, text=text)
    alike = similar(title=Proposal.search_title, vector=Proposal.search_vector, text=text)
    # Everybody's words may hit a great many; ordering them all would take seconds.
    hits = select(Proposal.id).where(Proposal.state.in_(LISTED_STATES), alike).limit(MAX_RANKED)
    return db.session.scalars(
        select(Proposal).where(Proposal.id.in_(hits)).order_by(like.desc(), Proposal.id.desc()).limit(limit)
    ).all()


def offered(
    words: str, *, region: str | None, sought: str = "", chosen: Council | Agency | None = None
) -> list[Council | Agency]:
    """Whom the matter may be put to, each once: who is `chosen`, who was `sought` by name, whose field the words most
    likely are, and whoever is there for the whole region."""
    found: list[Council | Agency] = [chosen] if chosen is not None else []
    found += found_by_name(sought)
    found += concerned.suggest(words, region=region, limit=SUGGESTED)
    if region is not None:
        found += _of_region(region)
    found += agencies.suggest(words, region=region, limit=SUGGESTED)
    return list(dict.fromkeys(found))[:FOUND]


def found_by_name(words: str) -> list[Council | Agency]:
    """Councils and bodies that work and whose names, or fields, hold the words."""
    if search_query_of_any(words) is None:
        return []
    names = (Council.name_kk, Council.name_ru, Council.name_en)
    councils = (
        select(Council)
        .where(Council.is_active, or_(*(name.icontains(words, autoescape=True) for name in names)))
        .order_by(Council.id)
        .limit(FOUND)
    )
    bodies = (
        select(Agency).where(Agency.is_active, matches(Agency.search, words)).order_by(Agency.id).limit(FOUND)
    )
    return [*db.session.scalars(councils), *db.session.scalars(bodies)]


def _of_region(region: str) -> list[Council | Agency]:
    """The council of the region and its akimat: much of what people propose is theirs."""
    here = select(Territory.id).where(Territory.code == region).scalar_subquery()
    councils = select(Council).where(Council.is_active, Council.territory_id == here).order_by(Council.id)
    akimats = select(Agency).where(
        Agency.is_active, Agency.territory_id == here, Agency.kind == AgencyKind.REGIONAL_AKIMAT
    )
    return [*db.session.scalars(councils), *db.session.scalars(akimats)]
