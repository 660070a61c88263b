"""Public control as open data: the list, and one act with its final document and the answers to it."""

from typing import Any

from flask import abort
from flask_smorest import Blueprint
from sqlalchemy import select

from app.agencies import queries as agencies
from app.control import queries
from app.control.lifecycle import Form, State
from app.control.models import ControlAct, Question
from app.control.queries import listing
from app.control.queries.listing import Wish
from app.control.schemas import ControlActsSchema, ControlQuery, WholeControlActSchema
from app.councils import queries as councils
from app.db import db
from app.recommendations.lifecycle import State as ListState
from app.web.guards import public
from app.web.openapi import PREFIX, WrongParameter, checked_position, next_address, open_data

bp = Blueprint("control_api", __name__, url_prefix=PREFIX, description="Public control and its outcomes")

MOST_QUESTIONS = 500


@bp.route("/control")
@public
@open_data
@bp.arguments(ControlQuery, location="query")
@bp.response(200, ControlActsSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def acts(asked: dict[str, Any]) -> dict[str, Any]:
    """Acts of public control, a page at a time"""
    position = checked_position(asked, order=listing.ORDER)
    page = listing.page_of(wish_of(asked), position=position, size=asked["limit"])
    return {"acts": page.rows, "next": next_address(page.next)}


@bp.route("/control/<int:number>")
@public
@open_data
@bp.response(200, WholeControlActSchema)
@bp.alt_response(304, "NOT_MODIFIED")
@bp.alt_response(404, "NOT_FOUND")
def act(number: int) -> dict[str, Any]:
    """One act: notice, people, questions, final document, recommendations and answers"""
    found = queries.by_number(number)
    if found is None or found.announced_at is None:
        abort(404)
    is_concluded = found.state is State.CONCLUDED
    listed = found.recommendations if is_concluded else None
    return {
        **{name: getattr(found, name) for name in SHOWN},
        "final_texts": found.final_texts if is_concluded else {},
        "in_favour": found.in_favour if is_concluded else None,
        "assessment": found.assessment if is_concluded else None,
        "questions": _questions(found),
        "recommendations": [
            {"row": row, "answer": row.answer if listed.state is ListState.ANSWERED else None}
            for row in listed.rows
        ]
        if listed is not None
        else [],
        "answer_duty": listed.duty if listed is not None else None,
    }


SHOWN = (
    "number", "form", "state", "titles", "subjects", "programmes", "council", "agency", "rules_version",
    "announced_at", "gathering", "held_on", "concluded_at", "participants", "visits", "present", "document_duty",
    "cancellation_reason",
)  # fmt: skip


def wish_of(asked: dict[str, Any]) -> Wish:
    """The list's wish; a council or a body that nobody knows is a wrong parameter."""
    council = councils.by_slug(asked["council"]) if asked["council"] else None
    if asked["council"] and council is None:
        raise WrongParameter("council", "There is no council of this name.")
    body = agencies.by_slug(asked["body"]) if asked["body"] else None
    if asked["body"] and body is None:
        raise WrongParameter("body", "There is no body of this name.")
    return Wish(
        form=Form(asked["form"]) if asked["form"] else None,
        state=State(asked["state"]) if asked["state"] else None,
        council_id=council.id if council else None,
        agency_id=body.id if body else None,
    )


def _questions(found: ControlAct) -> list[Question]:
    shown = select(Question).where(Question.act_id == found.id, Question.hidden_at.is_(None))
    ordered = shown.order_by(Question.supports.desc(), Question.id.desc()).limit(MOST_QUESTIONS)
    return list(db.session.scalars(ordered))
