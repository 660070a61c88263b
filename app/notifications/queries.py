"""Who follows what, who searches for what, and how the mail stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.notifications.models import Delivery, Follow, SavedSearch, Subscribed


@dataclass(frozen=True, slots=True)
class MailFigures:
    """For those who look after the site: what waits, since when, and what was given up."""

    waiting: int
    oldest: datetime | None
    given_up: int


def follow_by_id(follow_id: int) -> Follow | None:
    return db.session.get(Follow, follow_id)


def search_by_id(search_id: int) -> SavedSearch | None:
    return db.session.get(SavedSearch, search_id)


def by_token(token: str) -> Subscribed | None:
    """The one subscription that the token opens, of either kind."""
    follow = db.session.scalar(select(Follow).where(Follow.token == token))
    return follow or db.session.scalar(select(SavedSearch).where(SavedSearch.token == token))


def searches_of(account_id: int | None) -> Sequence[SavedSearch]:
    """What this person asked to be told of while signed in, and has not ended; the newest first."""
    if account_id is None:
        return []
    return db.session.scalars(
        select(SavedSearch)
        .where(SavedSearch.account_id == account_id, SavedSearch.ended_at.is_(None))
        .order_by(SavedSearch.id.desc())
    ).all()


def mail_figures() -> MailFigures:
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(Delivery.created_at)).where(
            Delivery.sent_at.is_(None), Delivery.given_up_at.is_(None)
        )
    ).one()
    given_up = db.session.scalar(select(func.count()).where(Delivery.given_up_at.is_not(None)))
    return MailFigures(waiting, oldest, given_up or 0)
