"""What the operator's table of transfers says now, and what it said before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.db import db
from app.law.calendar import Transfer
from app.law.models import CalendarTransfer


def transfers_in_force(session: Session | scoped_session[Any] | None = None) -> tuple[Transfer, ...]:
    """The transfers that count today, by day."""
    rows = (session or db.session).scalars(
        select(CalendarTransfer).where(CalendarTransfer.revoked_at.is_(None)).order_by(CalendarTransfer.day)
    )
    return tuple(row.as_transfer() for row in rows)


def transfer_history() -> Sequence[CalendarTransfer]:
    """Every line ever entered, revoked ones included, the newest first."""
    return db.session.scalars(select(CalendarTransfer).order_by(CalendarTransfer.id.desc())).all()


def transfer_in_force_on(day: date) -> CalendarTransfer | None:
    """The line that says what this day is; None if the ordinary calendar does."""
    return db.session.scalar(
        select(CalendarTransfer).where(CalendarTransfer.day == day, CalendarTransfer.revoked_at.is_(None))
    )
