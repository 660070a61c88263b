"""Sittings and rulings as open data."""

from typing import Any

from flask import Response, abort
from flask_smorest import Blueprint

from app.councils import queries as councils
from app.db import transaction
from app.sittings import queries
from app.sittings.lifecycle import PUBLIC_STATES, RulingState
from app.sittings.queries import listing
from app.sittings.queries import open_data as published
from app.sittings.queries.listing import Wish
from app.sittings.queries.open_data import OpenRuling, OpenSitting
from app.sittings.schemas import RulingsQuery, RulingsSchema, SittingSchema, WholeRulingSchema
from app.web.guards import public
from app.web.openapi import PREFIX, WrongParameter, checked_position, next_address, open_data
from app.web.ratelimit import TABLE_ROWS_BY_ADDRESS, limiter
from app.web.tables import streamed_table

bp = Blueprint(
    "sittings_api",
    __name__,
    url_prefix=PREFIX,
    description="Sittings of public councils, votes by name, rulings and the answers to them",
)

MOST_ROWS_COUNTED = 100_000


@bp.route("/sittings/<int:number>")
@public
@open_data
@bp.response(200, SittingSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def sitting(number: int) -> OpenSitting:
    """One sitting: notice, agenda, attendance, votes by name as soon as they are closed"""
    found = queries.by_number(number)
    if found is None or found.called_at is None or found.state not in PUBLIC_STATES:
        abort(404)
    return published.sitting_of(found)


@bp.route("/rulings")
@public
@open_data
@bp.arguments(RulingsQuery, location="query")
@bp.response(200, RulingsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def rulings(asked: dict[str, Any]) -> dict[str, Any]:
    """Rulings of all councils, the newest first, a page at a time"""
    council = councils.by_slug(asked["council"]) if asked["council"] else None
    if asked["council"] and council is None:
        raise WrongParameter("council", "There is no public council of this name.")
    wish = Wish(council_id=council.id if council else None, outcome=asked["outcome"])
    position = checked_position(asked, order=listing.RULINGS)
    page = listing.rulings_of(wish, position=position, size=asked["limit"])
    return {"rulings": page.rows, "next": next_address(page.next)}


def rows_of_table() -> int:
    """What the table costs: its rows; the longest is still to be had."""
    with transaction(read_only=True):
        return min(published.count() + 1, MOST_ROWS_COUNTED)


@bp.route("/rulings.csv")
@public
@limiter.limit(TABLE_ROWS_BY_ADDRESS, cost=rows_of_table)
@bp.response(200, {"type": "string"}, content_type="text/csv")
@bp.alt_response(429, "TOO_MANY_REQUESTS")
def rulings_csv() -> Response:
    """Every published ruling as a table, oldest first"""
    return streamed_table(published.COLUMNS, published.table(), file_name="rulings.csv")


@bp.route("/rulings/<int:number>")
@public
@open_data
@bp.response(200, WholeRulingSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def ruling(number: int) -> OpenRuling:
    """One ruling: its text, its vote by name, its recommendations and the published answers"""
    found = queries.ruling_by_number(number)
    if found is None or found.state is not RulingState.PUBLISHED:
        abort(404)
    return published.ruling_of(found)
