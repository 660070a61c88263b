"""Public councils as open data: the register, and who sits in a council."""

from collections.abc import Iterator
from typing import Any

from flask import Response, abort
from flask_smorest import Blueprint

from app import clock
from app.councils import queries
from app.councils.models import Council, CouncilLevel, Member, OfficeKind
from app.councils.queries import listing
from app.councils.queries.composition import Composition, composition
from app.councils.queries.listing import Wish
from app.councils.schemas import CouncilsQuery, CouncilsSchema, WholeCouncilSchema
from app.db import transaction
from app.territories.models import Territory
from app.web.guards import public
from app.web.openapi import PREFIX, WrongParameter, next_address, open_data
from app.web.tables import streamed_table

bp = Blueprint(
    "councils_api", __name__, url_prefix=PREFIX, description="Public councils and who sits in them"
)

COLUMNS = (
    "slug", "level", "name_kk", "name_ru", "name_en", "territory", "region", "body", "members", "confidence",
)  # fmt: skip


@bp.route("/councils")
@public
@open_data
@bp.arguments(CouncilsQuery, location="query")
@bp.response(200, CouncilsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def councils(asked: dict[str, Any]) -> dict[str, Any]:
    """The register of councils, a page at a time"""
    position = asked.get("after")
    if position is not None and not listing.is_position(position):
        raise WrongParameter("after", "Not a position of this list.")
    level = CouncilLevel(asked["level"]) if asked["level"] else None
    wish = Wish(level=level, region=asked["region"], words=asked["q"])
    page = listing.page_of(wish, position=position, size=asked["limit"])
    members = listing.count_members(page.rows, clock.today())
    return {
        "councils": [row_of(one, members=members.get(one.id, 0)) for one in page.rows],
        "next": next_address(page.next),
    }


@bp.route("/councils.csv")
@public
@bp.response(200, {"type": "string"}, content_type="text/csv")
def councils_csv() -> Response:
    """The whole register as a table"""
    return streamed_table(COLUMNS, table(), file_name="councils.csv")


def table() -> Iterator[tuple[Any, ...]]:
    with transaction(read_only=True):
        found = listing.all_of()
        members = listing.count_members(found, clock.today())
        rows = [row_of(one, members=members.get(one.id, 0)) for one in found]
        for row in rows:
            one: Council = row["council"]
            yield (
                one.slug,
                one.level.value,
                one.name_kk,
                one.name_ru,
                one.name_en,
                row["territory"] or "",
                row["region"] or "",
                row["body"]["slug"] or one.body_en or "",
                row["members"],
                one.confidence,
            )


@bp.route("/councils/<slug>")
@public
@open_data
@bp.response(200, WholeCouncilSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def council(slug: str) -> dict[str, Any]:
    """One council with its composition of today"""
    found = queries.by_slug(slug)
    if found is None or not found.is_active:
        abort(404)
    today = clock.today()
    made_up = composition(found, today)
    return {
        **row_of(found, members=len(made_up.members)),
        "composition": {
            "on": today,
            "seats": made_up.seats,
            "civil_society": made_up.civil_society,
            "civil_society_least": made_up.least_civil_society,
            "is_enough": made_up.is_enough,
            "members": [member_of(one, made_up) for one in made_up.members],
            "commissions": [
                {"names": one, "members": made_up.working_in(one)} for one in made_up.commissions
            ],
        },
    }


def row_of(council: Council, *, members: int) -> dict[str, Any]:
    region = region_of(council.territory)
    agency = council.agency
    names = agency or {"name_kk": council.body_kk, "name_ru": council.body_ru, "name_en": council.body_en}
    return {
        "council": council,
        "names": {"kk": council.name_kk, "ru": council.name_ru, "en": council.name_en},
        "territory": council.territory.code if council.territory else None,
        "region": region.code if region else None,
        "body": {"slug": agency.slug if agency else None, "names": names},
        "members": members,
    }


def region_of(territory: Territory | None) -> Territory | None:
    return territory if territory is None or territory.is_region else territory.parent


def member_of(member: Member, made_up: Composition) -> dict[str, Any]:
    offices = [OfficeKind.CHAIR.value] if member is made_up.chair else []
    offices += [OfficeKind.DEPUTY.value] if member in made_up.deputies else []
    return {"member": member, "offices": offices, "in_presidium": member in made_up.presidium}
