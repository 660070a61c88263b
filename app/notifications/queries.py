"""Who follows what, and how the mail stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.notifications.models import Delivery, Follow


@dataclass(frozen=True, slots=True)
class MailFigures:
    """For those who look after the site: what waits, since when, and what was given up."""

    waiting: int
    oldest: datetime | None
    given_up: int


def follow_by_id(follow_id: int) -> Follow | None:
    return db.session.get(Follow, follow_id)


def follow_by_token(token: str) -> Follow | None:
    return db.session.scalar(select(Follow).where(Follow.token == token))


def mail_figures() -> MailFigures:
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(Delivery.created_at)).where(
            Delivery.sent_at.is_(None), Delivery.given_up_at.is_(None)
        )
    ).one()
    given_up = db.session.scalar(select(func.count()).where(Delivery.given_up_at.is_not(None)))
    return MailFigures(waiting, oldest, given_up or 0)
