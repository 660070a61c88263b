"""Proposals as open data."""

from typing import Any

from flask import Response, abort
from flask_smorest import Blueprint

from app import clock
from app.agencies import queries as agencies
from app.councils import queries as councils
from app.db import transaction
from app.proposals import queries
from app.proposals.lifecycle import PUBLIC_STATES, State
from app.proposals.queries import listing
from app.proposals.queries import open_data as published
from app.proposals.queries.listing import Facet, Order, Wish
from app.proposals.queries.open_data import OpenProposal
from app.proposals.schemas import ProposalsQuery, ProposalsSchema, WholeProposalSchema
from app.web.guards import public
from app.web.openapi import PREFIX, WrongParameter, checked_position, next_address, open_data
from app.web.ratelimit import TABLE_ROWS_BY_ADDRESS, limiter
from app.web.tables import streamed_table

bp = Blueprint(
    "proposals_api",
    __name__,
    url_prefix=PREFIX,
    description="What citizens propose to public councils and bodies, and what was done with it",
)

MOST_ROWS_COUNTED = 100_000


@bp.route("/proposals")
@public
@open_data
@bp.arguments(ProposalsQuery, location="query")
@bp.response(200, ProposalsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def proposals(asked: dict[str, Any]) -> dict[str, Any]:
    """Proposals that are public, a page at a time"""
    wish = wish_of(asked)
    position = checked_position(asked, order=listing.ORDERS[wish.order])
    page = listing.page_of(wish, today=clock.today(), position=position, size=asked["limit"])
    rows = published.of_list(listing.shown(page.rows, now=clock.now()))
    return {"proposals": rows, "next": next_address(page.next)}


def rows_of_table() -> int:
    """What the table costs: its rows; the longest is still to be had."""
    with transaction(read_only=True):
        return min(published.count() + 1, MOST_ROWS_COUNTED)


@bp.route("/proposals.csv")
@public
@limiter.limit(TABLE_ROWS_BY_ADDRESS, cost=rows_of_table)
@bp.response(200, {"type": "string"}, content_type="text/csv")
@bp.alt_response(429, "TOO_MANY_REQUESTS")
def proposals_csv() -> Response:
    """Every public proposal as a table, oldest first"""
    return streamed_table(published.COLUMNS, published.table(), file_name="proposals.csv")


@bp.route("/proposals/<int:number>")
@public
@open_data
@bp.response(200, WholeProposalSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
@bp.alt_response(410, "GONE")
def proposal(number: int) -> OpenProposal:
    """One proposal: words, supporters in number, what its addressees owe, what happened"""
    found = queries.by_number(number)
    if found is not None and found.state is State.HIDDEN:
        abort(410)
    if found is None or found.state not in PUBLIC_STATES:
        abort(404)
    return published.of_one(found, now=clock.now())


def wish_of(asked: dict[str, Any]) -> Wish:
    wanted = asked["state"]
    council = councils.by_slug(asked["council"]) if asked["council"] else None
    body = agencies.by_slug(asked["body"]) if asked["body"] else None
    if asked["council"] and council is None:
        raise WrongParameter("council", "There is no public council of this name.")
    if asked["body"] and body is None:
        raise WrongParameter("body", "There is no body of this name.")
    is_facet = wanted in set(Facet)
    return Wish(
        facet=Facet(wanted) if is_facet else Facet.ALL,
        state=None if is_facet else State(wanted),
        words=asked["q"],
        topic=asked["topic"],
        region=asked["region"],
        council_id=council.id if council else None,
        agency_id=body.id if body else None,
        order=Order(asked["order"]),
    )
