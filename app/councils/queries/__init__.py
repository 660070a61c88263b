"""Reads of the register of councils."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.councils.models import Candidacy, Competition, Council, Member
from app.db import db


def by_id(council_id: int) -> Council | None:
    return db.session.get(Council, council_id)


def by_slug(slug: str) -> Council | None:
    return db.session.scalar(select(Council).where(Council.slug == slug))


def competition_by_id(competition_id: int) -> Competition | None:
    return db.session.get(Competition, competition_id)


def everything_about(account: Account) -> dict[str, list[dict[str, Any]]]:
    """Where the person applied for a seat and where they sit or sat, as plain values for a file of their own."""
    applied = db.session.scalars(
        select(Candidacy).where(Candidacy.account_id == account.id).order_by(Candidacy.id)
    )
    seats = db.session.scalars(select(Member).where(Member.account_id == account.id).order_by(Member.id))
    return {
        "applications": [
            {
                "competition": one.competition_id,
                "state": one.state.value,
                "name": one.name,
                "organisation": one.ngo,
                "statement": one.statement,
                "confirmed": one.checklist,
                "applied_at": one.applied_at.isoformat(),
                "decision_reason": one.decision_reason,
            }
            for one in applied
        ],
        "seats": [
            {
                "council": one.council.slug,
                "name": one.name,
                "organisation": one.ngo,
                "starts_on": one.starts_on.isoformat(),
                "last_day": one.last_day.isoformat(),
                "removal_ground": one.removal_ground,
                "removal_note": one.removal_note,
            }
            for one in seats
        ],
    }
