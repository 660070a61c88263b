"""Promises as open data."""

from collections.abc import Iterator
from typing import Any

from flask import Response, abort
from flask_smorest import Blueprint

from app import clock
from app.agencies import queries as agencies
from app.councils import queries as councils
from app.db import transaction
from app.promises import queries
from app.promises.models import Promise
from app.promises.queries import Facet, Wish
from app.promises.schemas import PromisesQuery, PromisesSchema, WholePromiseSchema
from app.web.guards import public
from app.web.openapi import PREFIX, WrongParameter, checked_position, next_address, open_data, pages
from app.web.ratelimit import TABLE_ROWS_BY_ADDRESS, limiter
from app.web.tables import streamed_table

bp = Blueprint(
    "promises_api", __name__, url_prefix=PREFIX, description="What bodies promised, and what became of it"
)

COLUMNS = (
    "number",
    "state",
    "is_late",
    "body",
    "council",
    "what",
    "quote",
    "language",
    "due_on",
    "done_on",
    "source_kind",
    "source_number",
    "subject_kind",
    "subject_number",
    "closing_words",
    "proof_link",
)
MOST_ROWS_COUNTED = 100_000


@bp.route("/promises")
@public
@open_data
@bp.arguments(PromisesQuery, location="query")
@bp.response(200, PromisesSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def promises(asked: dict[str, Any]) -> dict[str, Any]:
    """Promises, a page at a time: open and late ones by their day, all others newest first"""
    wish = wish_of(asked)
    position = checked_position(asked, order=wish.order)
    page = queries.page_of(wish, today=clock.today(), position=position, size=asked["limit"])
    return {"promises": [as_open(promise) for promise in page.rows], "next": next_address(page.next)}


@bp.route("/promises/<int:number>")
@public
@open_data
@bp.response(200, WholePromiseSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def promise(number: int) -> dict[str, Any]:
    """One promise with its history"""
    found = queries.by_number(number)
    if found is None:
        abort(404)
    return {**as_open(found), "entries": found.entries}


def rows_of_table() -> int:
    """What the table costs: its rows; the longest is still to be had."""
    with transaction(read_only=True):
        return min(queries.figures(Wish(), today=clock.today()).total + 1, MOST_ROWS_COUNTED)


@bp.route("/promises.csv")
@public
@limiter.limit(TABLE_ROWS_BY_ADDRESS, cost=rows_of_table)
@bp.response(200, {"type": "string"}, content_type="text/csv")
@bp.alt_response(429, "TOO_MANY_REQUESTS")
def promises_csv() -> Response:
    """Every promise as a table, newest first"""
    return streamed_table(COLUMNS, _rows(), file_name="promises.csv")


def as_open(promise: Promise) -> dict[str, Any]:
    """A promise as the open data has it; who entered it is nobody's record."""
    return {
        "number": promise.number,
        "state": promise.state.value,
        "is_late": promise.is_late(clock.today()),
        "body": promise.agency,
        "council": promise.council.slug if promise.council else None,
        "what": promise.what,
        "quote": promise.quote,
        "language": promise.language,
        "due_on": promise.due_on,
        "source": {"kind": promise.source_kind, "number": promise.source_number},
        "subject": {"kind": promise.subject_kind, "number": promise.subject_number}
        if promise.subject_kind
        else None,
        "entered_at": promise.entered_at,
        "done_on": promise.done_on,
        "closed_at": promise.closed_at,
        "closing_words": promise.closing_words,
        "proof_link": promise.proof_link,
        "pages": pages("promises.show", number=promise.number),
    }


def wish_of(asked: dict[str, Any]) -> Wish:
    body = agencies.by_slug(asked["body"]) if asked["body"] else None
    if asked["body"] and body is None:
        raise WrongParameter("body", "There is no such body.")
    council = councils.by_slug(asked["council"]) if asked["council"] else None
    if asked["council"] and council is None:
        raise WrongParameter("council", "There is no such council.")
    return Wish(Facet(asked["state"]), body.id if body else None, council.id if council else None)


def _rows() -> Iterator[list[Any]]:
    """A page at a time, each in a transaction of its own: the table is read while it is sent."""
    position: str | None = None
    while True:
        with transaction(read_only=True):
            page = queries.page_of(Wish(), today=clock.today(), position=position, size=queries.MANY)
            rows = [_row(promise) for promise in page.rows]
        yield from rows
        position = page.next
        if position is None:
            return


def _row(promise: Promise) -> list[Any]:
    return [
        promise.number,
        promise.state.value,
        promise.is_late(clock.today()),
        promise.agency.slug,
        promise.council.slug if promise.council else None,
        promise.what,
        promise.quote,
        promise.language,
        promise.due_on,
        promise.done_on,
        promise.source_kind,
        promise.source_number,
        promise.subject_kind,
        promise.subject_number,
        promise.closing_words,
        promise.proof_link,
    ]
