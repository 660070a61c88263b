"""Bodies with their figures, and the register of rejections, as open data."""

from datetime import date
from typing import Any

from flask_smorest import Blueprint

from app import clock
from app.agencies import queries as agencies
from app.agencies.models import Agency
from app.comments.queries import figures as comments
from app.comments.queries.figures import Figures
from app.duties import queries as duties
from app.duties.queries import AgencyFigures
from app.law import PopulationNeeded, rules_in_force, rules_version
from app.law.rules import PetitionRules
from app.law.thresholds import Computation
from app.petitions.models import Petition
from app.petitions.queries import listing
from app.statistics.schemas import BodiesSchema, RejectionsQuery, RejectionsSchema
from app.web.guards import public
from app.web.openapi import PREFIX, checked_position, next_address, open_data, pages

bp = Blueprint(
    "statistics_api", __name__, url_prefix=PREFIX, description="How bodies answer, and what was rejected"
)


@bp.route("/agencies")
@public
@open_data
@bp.response(200, BodiesSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def bodies() -> dict[str, Any]:
    """Every body with how it answers citizens and what a petition to it needs"""
    today = clock.today()
    rules = rules_in_force(today)
    figures = duties.figures_by_agency(today=today)
    meters = comments.by_agency()
    return {
        "on": today,
        "rules": rules.id,
        "agencies": [
            body(agency, figures.get(agency.id), meters.get(agency.id), rules=rules)
            for agency in agencies.active()
        ],
    }


@bp.route("/rejections")
@public
@open_data
@bp.arguments(RejectionsQuery, location="query")
@bp.response(200, RejectionsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def rejections(asked: dict[str, Any]) -> dict[str, Any]:
    """The register of rejections: stubs with the ground, never the text"""
    page = listing.rejected(
        position=checked_position(asked, order=listing.REJECTED_ORDER), size=asked["limit"]
    )
    return {"rejections": [rejection(petition) for petition in page.rows], "next": next_address(page.next)}


def body(
    agency: Agency, figures: AgencyFigures | None, meter: Figures | None, *, rules: PetitionRules
) -> dict[str, Any]:
    return {
        "agency": agency,
        "slug": agency.slug,
        "territory": agency.territory.code if agency.territory else None,
        "threshold": threshold(agency, rules=rules),
        "figures": figures or AgencyFigures(agency.id, 0, 0, 0, 0),
        "comments": meter or Figures(),
        "pages": pages("statistics.agency", slug=agency.slug),
    }


def threshold(agency: Agency, *, rules: PetitionRules) -> dict[str, Any] | None:
    """What a petition to `agency` would need today; without `votes` where nobody published how many live there."""
    if agency.addressee_kind is None:
        return None
    population, on = population_of(agency)
    try:
        found = rules.threshold(agency.addressee_kind, population, on)
    except PopulationNeeded:
        rule = next(rule for rule in rules.thresholds if rule.addressee is agency.addressee_kind)
        return {
            "votes": None,
            "rule": Computation.PERCENT,
            "percent": rule.percent,
            "population": None,
            "population_date": None,
            "article": rule.source,
        }
    return {
        "votes": found.votes,
        "rule": found.computation,
        "percent": found.percent,
        "population": found.population,
        "population_date": found.population_on,
        "article": found.source,
    }


def population_of(agency: Agency) -> tuple[int | None, date | None]:
    territory = agency.territory
    return (territory.population, territory.population_on) if territory else (None, None)


def rejection(petition: Petition) -> dict[str, Any]:
    rules = rules_version(petition.rules_version or "")
    return {
        "number": petition.number,
        "rejected_at": petition.rejected_at,
        "addressee": petition.addressee.slug if petition.addressee else "",
        "rules": rules.id,
        "ground": rules.ground(petition.rejection_ground or ""),
    }
