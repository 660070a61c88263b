"""Who answers recommendations."""

from typing import Any

from sqlalchemy import func, select

from app.access import Role
from app.duties.models import Duty
from app.notifications.audiences.rows import Recipients
from app.notifications.audiences.staff import at_work, of_agency
from app.notifications.audiences.subjects import one
from app.recommendations.events import RecommendationsFact
from app.recommendations.models import RecommendationList


def answering_body(fact: RecommendationsFact) -> Recipients:
    """Officers and heads of the body that owes the answer now: a successor, if the one addressed was merged."""
    return of_agency(_body(fact))


def first_head(fact: RecommendationsFact) -> Recipients:
    return of_agency(_body(fact), Role.HEAD)


def _body(fact: RecommendationsFact) -> Any:
    owes = func.coalesce(Duty.agency_id, RecommendationList.agency_id)
    found = (
        select(owes)
        .select_from(RecommendationList)
        .outerjoin(Duty, Duty.id == RecommendationList.duty_id)
        .where(RecommendationList.id == fact.list_id)
    )
    return at_work(one(found))
