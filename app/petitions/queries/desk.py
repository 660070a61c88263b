"""What waits for moderators and for officers of an addressee, by legal due date."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.duties.models import Duty
from app.petitions.lifecycle import State
from app.petitions.models import Petition

LIMIT = 200


def to_check(*, limit: int = LIMIT) -> Sequence[Petition]:
    """Submitted petitions whose check is not done, by its due date."""
    return db.session.scalars(
        select(Petition)
        .join(Duty, Duty.id == Petition.check_duty_id)
        .where(Petition.state == State.SUBMITTED, Petition.check_passed_at.is_(None))
        .order_by(func.coalesce(Duty.extended_to, Duty.due_on), Petition.id)
        .options(joinedload(Petition.check_duty))
        .limit(limit)
    ).all()


def to_check_count() -> int:
    query = select(func.count()).where(Petition.state == State.SUBMITTED, Petition.check_passed_at.is_(None))
    return db.session.scalar(query) or 0


def with_agencies(agency_ids: Iterable[int], *, limit: int = LIMIT) -> Sequence[Petition]:
    """What the agencies owe: registrations, decisions, answers to letters; the caller orders by the open duty."""
    return db.session.scalars(
        select(Petition)
        .where(
            Petition.addressee_id.in_(list(agency_ids)),
            Petition.state.in_([State.FORWARDED, State.UNDER_REVIEW, State.RETURNED]),
        )
        .options(
            joinedload(Petition.register_duty),
            joinedload(Petition.review_duty),
            joinedload(Petition.letter_duty),
        )
        .order_by(Petition.id)
        .limit(limit)
    ).all()


def decided_by(agency_ids: Iterable[int], *, limit: int = 50) -> Sequence[Petition]:
    return db.session.scalars(
        select(Petition)
        .where(
            Petition.addressee_id.in_(list(agency_ids)), Petition.state.in_([State.DECIDED, State.ANSWERED])
        )
        .options(joinedload(Petition.review_duty), joinedload(Petition.letter_duty))
        .order_by(Petition.id.desc())
        .limit(limit)
    ).all()
