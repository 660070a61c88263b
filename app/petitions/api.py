"""Petitions as open data."""

import csv
import io
from typing import Any

from flask import Response, abort
from flask_smorest import Blueprint

from app import clock
from app.agencies import queries as agencies
from app.comments.queries import open_data as open_comments
from app.comments.schemas import CommentsQuery, CommentsSchema, Part
from app.petitions import queries
from app.petitions.lifecycle import PUBLIC_STATES, STUB_STATES, State
from app.petitions.models import HourlyCount, Petition
from app.petitions.queries import counts, listing
from app.petitions.queries import open_data as published
from app.petitions.queries.listing import Facet, Order, Wish
from app.petitions.queries.open_data import OpenPetition
from app.petitions.schemas import HistorySchema, PetitionsQuery, PetitionsSchema, WholePetitionSchema
from app.web.guards import public
from app.web.openapi import PREFIX, WrongParameter, checked_position, next_address, open_data

bp = Blueprint(
    "petitions_api", __name__, url_prefix=PREFIX, description="Petitions, their counts and their answers"
)


@bp.route("/petitions")
@public
@open_data
@bp.arguments(PetitionsQuery, location="query")
@bp.response(200, PetitionsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def petitions(asked: dict[str, Any]) -> dict[str, Any]:
    """Petitions in free access, a page at a time"""
    wish = wish_of(asked)
    position = checked_position(asked, order=listing.ORDERS[wish.order])
    page = listing.page_of(wish, position=position, size=asked["limit"])
    rows = published.of_list(page.rows, today=clock.today())
    return {"petitions": rows, "next": next_address(page.next)}


@bp.route("/petitions/<int:number>")
@public
@open_data
@bp.response(200, WholePetitionSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
@bp.alt_response(410, "GONE")
def petition(number: int) -> OpenPetition:
    """One petition with everything that is public about it"""
    return published.of_one(public_petition(number), today=clock.today())


@bp.route("/petitions/<int:number>/history")
@public
@open_data
@bp.response(200, HistorySchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
@bp.alt_response(410, "GONE")
def history(number: int) -> dict[str, Any]:
    """The count, hour by hour

    Withdrawals are quiet: they have no line of their own, an hour's `added` is what joined less what left. A fall for
    which somebody decided has its class of reason.
    """
    found = public_petition(number)
    hours = counts.history_of(found)
    return {
        "number": found.number,
        "signatures": queries.signatures_of([found]).get(found.id, 0),
        "hours": [hour_of(row) for row in hours],
        "falls": published.falls_by_hour(found),
    }


@bp.route("/petitions/<int:number>/history.csv")
@public
@open_data
@bp.response(200, {"type": "string"}, content_type="text/csv")
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
@bp.alt_response(410, "GONE")
def history_csv(number: int) -> Response:
    """The count, hour by hour, as a table"""
    text = io.StringIO()
    table = csv.DictWriter(text, ["hour", "added", "invalidated", "total"], lineterminator="\n")
    table.writeheader()
    for row in counts.history_of(public_petition(number)):
        values = hour_of(row)
        table.writerow({**values, "hour": values["hour"].isoformat()})
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8")


@bp.route("/petitions/<int:number>/comments")
@public
@open_data
@bp.arguments(CommentsQuery, location="query")
@bp.response(200, CommentsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
@bp.alt_response(410, "GONE")
def comments(asked: dict[str, Any], number: int) -> dict[str, Any]:
    """Comments and replies, without anything about who wrote them, a page at a time"""
    found = public_petition(number)
    page = open_comments.page_of(
        found.thread,
        replies=asked["part"] == Part.REPLIES,
        position=checked_position(asked, order=open_comments.ORDER),
        size=asked["limit"],
    )
    return {"number": found.number, "comments": page.rows, "next": next_address(page.next)}


def public_petition(number: int) -> Petition:
    """The petition if it is in free access. 404, word for word the same whether it is hidden or was never there."""
    found = queries.by_number(number)
    if found is not None and found.state in STUB_STATES:
        abort(410)
    if found is None or found.state not in PUBLIC_STATES:
        abort(404)
    return found


def hour_of(row: HourlyCount) -> dict[str, Any]:
    return {
        "hour": row.hour,
        "added": row.signed - row.withdrawn,
        "invalidated": row.invalidated,
        "total": row.total,
    }


def wish_of(asked: dict[str, Any]) -> Wish:
    wanted = asked["state"]
    agency = agencies.by_slug(asked["agency"]) if asked["agency"] else None
    if asked["agency"] and agency is None:
        raise WrongParameter("agency", "There is no such body.")
    return Wish(
        facet=Facet(wanted) if wanted in set(Facet) else Facet.ALL,
        state=None if wanted in set(Facet) else State(wanted),
        words=asked["q"],
        topic=asked["topic"],
        region=asked["region"],
        agency_id=agency.id if agency else None,
        order=Order(asked["order"]),
    )
