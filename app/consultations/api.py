"""Draft acts as open data: their cards, texts, comments and reports."""

from typing import Any

from flask import Response, abort, request
from flask_smorest import Blueprint

from app import clock
from app.agencies import queries as agencies
from app.comments.queries import figures
from app.comments.queries import open_data as open_comments
from app.comments.schemas import CommentsQuery, CommentsSchema, Part
from app.consultations import queries
from app.consultations.lifecycle import PUBLIC_STATES, State
from app.consultations.models import DraftAct, DraftVersion
from app.consultations.queries import listing, reading
from app.consultations.queries import open_data as published
from app.consultations.queries.listing import Facet, Order, Wish
from app.consultations.queries.open_data import OpenDraft, OpenReport
from app.consultations.schemas import (
    ClausesQuery,
    ClausesSchema,
    ComparativeTableSchema,
    DraftsQuery,
    DraftsSchema,
    ReportSchema,
    RowsQuery,
    WholeDraftSchema,
)
from app.db import transaction
from app.web.guards import public
from app.web.openapi import PREFIX, WrongParameter, checked_position, next_address, open_data
from app.web.ratelimit import TABLE_ROWS_BY_ADDRESS, limiter
from app.web.tables import streamed_table

bp = Blueprint(
    "consultations_api",
    __name__,
    url_prefix=PREFIX,
    description="Draft acts, the comments on them, the answers and the reports",
)

MOST_ROWS_COUNTED = 100_000


@bp.route("/drafts")
@public
@open_data
@bp.arguments(DraftsQuery, location="query")
@bp.response(200, DraftsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def drafts(asked: dict[str, Any]) -> dict[str, Any]:
    """Draft acts that are public, a page at a time"""
    wish = wish_of(asked)
    position = checked_position(asked, order=listing.ORDERS[wish.order])
    page = listing.page_of(wish, today=clock.today(), position=position, size=asked["limit"])
    rows = published.of_list(listing.shown(page.rows, now=clock.now()))
    return {"drafts": rows, "next": next_address(page.next)}


@bp.route("/drafts/<int:number>")
@public
@open_data
@bp.response(200, WholeDraftSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def draft(number: int) -> OpenDraft:
    """One draft act: card, term with its source, versions, what its body owes, what happened"""
    now = clock.now()
    [row] = listing.shown([public_draft(number)], now=now)
    return published.of_one(row, now=now)


@bp.route("/drafts/<int:number>/versions/<int:version>/clauses")
@public
@open_data
@bp.arguments(ClausesQuery, location="query")
@bp.response(200, ClausesSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def clauses(asked: dict[str, Any], number: int, version: int) -> dict[str, Any]:
    """The text of a version, clause by clause, a page at a time"""
    found = public_draft(number)
    language = asked.get("language") or found.language
    page = published.clauses_page(
        public_version(found, version),
        thread=found.thread,
        language=language,
        position=checked_position(asked, order=published.CLAUSE_ORDER),
        size=asked["limit"],
    )
    return {
        "number": found.number,
        "version": version,
        "language": language,
        "clauses": page.rows,
        "next": next_address(page.next),
    }


@bp.route("/drafts/<int:number>/versions/<int:version>/table")
@public
@open_data
@bp.arguments(RowsQuery, location="query")
@bp.response(200, ComparativeTableSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def table(asked: dict[str, Any], number: int, version: int) -> dict[str, Any]:
    """The comparative table of a version: text in force, proposed text, reason"""
    found = public_draft(number)
    page = reading.table_page(
        public_version(found, version),
        position=checked_position(asked, order=reading.TABLE_ORDER),
        size=asked["limit"],
    )
    return {
        "number": found.number,
        "version": version,
        "rows": page.rows,
        "next": next_address(page.next),
    }


@bp.route("/drafts/<int:number>/comments")
@public
@open_data
@bp.arguments(CommentsQuery, location="query")
@bp.response(200, CommentsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def comments(asked: dict[str, Any], number: int) -> dict[str, Any]:
    """Comments with their answers, or replies, without anything about who wrote them, a page at a time"""
    found = public_draft(number)
    page = open_comments.page_of(
        found.thread,
        replies=asked["part"] == Part.REPLIES,
        position=checked_position(asked, order=open_comments.ORDER),
        size=asked["limit"],
    )
    return {"number": found.number, "comments": page.rows, "next": next_address(page.next)}


def rows_of_table() -> int:
    """What the table of comments costs: its rows, as counted last; the longest is still to be had."""
    with transaction(read_only=True):
        found = queries.by_number((request.view_args or {})["number"])
        rows = figures.of_ids([found.thread_id]) if found and found.thread_id else {}
        return min(sum(one.comments for one in rows.values()) + 1, MOST_ROWS_COUNTED)


@bp.route("/drafts/<int:number>/comments.csv")
@public
@limiter.limit(TABLE_ROWS_BY_ADDRESS, cost=rows_of_table)
@bp.response(200, {"type": "string"}, content_type="text/csv")
@bp.alt_response(404, "NOT_FOUND")
@bp.alt_response(429, "TOO_MANY_REQUESTS")
def comments_csv(number: int) -> Response:
    """Every comment with its answer as a table, oldest first"""
    found = public_draft(number)
    return streamed_table(
        published.COLUMNS,
        published.table_of(found.thread_id),
        file_name=f"draft-{found.number}-comments.csv",
    )


@bp.route("/drafts/<int:number>/report")
@public
@open_data
@bp.response(200, ReportSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def report(number: int) -> OpenReport:
    """The published report: figures, fingerprint, files"""
    found = published.report_of(public_draft(number))
    if found is None:
        abort(404)
    return found


def public_draft(number: int) -> DraftAct:
    """The draft if it is public. 404, word for word the same whether it is in preparation or was never there."""
    found = queries.by_number(number)
    if found is None or found.state not in PUBLIC_STATES:
        abort(404)
    return found


def public_version(draft: DraftAct, number: int) -> DraftVersion:
    """The published version of that number; one in work looks like none."""
    found = queries.published_version(draft, number)
    if found is None:
        abort(404)
    return found


def wish_of(asked: dict[str, Any]) -> Wish:
    wanted = asked["state"]
    body = agencies.by_slug(asked["body"]) if asked["body"] else None
    if asked["body"] and body is None:
        raise WrongParameter("body", "There is no such body.")
    return Wish(
        facet=Facet(wanted) if wanted in set(Facet) else Facet.ALL,
        state=None if wanted in set(Facet) else State(wanted),
        words=asked["q"],
        stage=asked["stage"],
        topic=asked["topic"],
        region=asked["region"],
        agency_id=body.id if body else None,
        days=asked["days"],
        order=Order(asked["order"]),
    )
