"""Reads of recommendations."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.duties.models import Duty
from app.duties.queries import LAST_DAY
from app.recommendations.lifecycle import State
from app.recommendations.models import Recommendation, RecommendationAnswer, RecommendationList

LIMIT = 200
PUBLIC = (State.ISSUED, State.ANSWERED, State.WITHDRAWN)
# A list as it is shown: its rows with their answers, its duty, its council.
WHOLE = (
    selectinload(RecommendationList.rows).joinedload(Recommendation.answer),
    joinedload(RecommendationList.duty),
    joinedload(RecommendationList.council),
)


def by_id(list_id: int) -> RecommendationList | None:
    return db.session.get(RecommendationList, list_id)


def answer_by_id(answer_id: int) -> RecommendationAnswer | None:
    return db.session.get(RecommendationAnswer, answer_id)


def row_of(listed: RecommendationList, position: int) -> Recommendation | None:
    return next((row for row in listed.rows if row.position == position), None)


def owed_by(agency_ids: Iterable[int], *, limit: int = LIMIT) -> Sequence[RecommendationList]:
    """Issued lists that these bodies answer, what is late first; those whose clock has not started yet come last."""
    query = _of_bodies(agency_ids).where(RecommendationList.state == State.ISSUED)
    return db.session.scalars(query.order_by(LAST_DAY, RecommendationList.id).limit(limit)).unique().all()


def count_owed_by(agency_ids: Iterable[int]) -> int:
    """How many lists wait for the answer of these bodies."""
    ids = list(agency_ids)
    query = (
        select(func.count())
        .select_from(RecommendationList)
        .outerjoin(Duty, Duty.id == RecommendationList.duty_id)
        .where(or_(RecommendationList.agency_id.in_(ids), Duty.agency_id.in_(ids)))
        .where(RecommendationList.state == State.ISSUED, RecommendationList.rows.any())
    )
    return db.session.scalar(query) or 0


def answered_by(agency_ids: Iterable[int], *, limit: int = 50) -> Sequence[RecommendationList]:
    query = _of_bodies(agency_ids).where(RecommendationList.state == State.ANSWERED)
    newest = RecommendationList.answered_at.desc()
    return db.session.scalars(query.order_by(newest, RecommendationList.id).limit(limit)).unique().all()


def of_subject(kind: str, number: int) -> Sequence[RecommendationList]:
    """What was recommended about a draft, a petition …, oldest first; only lists with rows that are public."""
    return _public(RecommendationList.subject_kind == kind, RecommendationList.subject_number == number)


def of_sources(kind: str, numbers: Iterable[int]) -> dict[int, RecommendationList]:
    """By the number of the ruling or the act of control, in two queries for a page."""
    found = _public(
        RecommendationList.source_kind == kind, RecommendationList.source_number.in_(list(numbers))
    )
    return {listed.source_number: listed for listed in found}


def _public(*conditions: ColumnElement[bool]) -> Sequence[RecommendationList]:
    return (
        db.session.scalars(
            select(RecommendationList)
            .where(RecommendationList.state.in_(PUBLIC), RecommendationList.rows.any(), *conditions)
            .options(*WHOLE)
            .order_by(RecommendationList.issued_at, RecommendationList.id)
        )
        .unique()
        .all()
    )


def _of_bodies(agency_ids: Iterable[int]) -> Select[RecommendationList]:
    """Of the bodies that were addressed, and of those that owe it in their place."""
    ids = list(agency_ids)
    return (
        select(RecommendationList)
        .outerjoin(Duty, Duty.id == RecommendationList.duty_id)
        .where(or_(RecommendationList.agency_id.in_(ids), Duty.agency_id.in_(ids)))
        .where(RecommendationList.rows.any())
        .options(*WHOLE)
    )
