"""Turning facts into letters, and letters into mail."""

from datetime import timedelta

from sqlalchemy import delete, or_

from app import clock
from app.db import db
from app.notifications.events import MailWaiting
from app.notifications.models import Delivery, Follow, SavedSearch
from app.notifications.services import announcing, digests, sending
from app.outbox import Fact

# Long after the last repeat of a fact; an address is then of no use any more.
LETTERS_KEPT = timedelta(days=90)
QUESTIONS_KEPT = timedelta(days=30)


def announce(fact: Fact) -> None:
    """Writes one delivery per recipient of every announcement of this fact."""
    announcing.announce(fact, now=clock.now())


def send_soon(_: MailWaiting) -> None:
    """Letters were just written: sends them without waiting for the clock."""
    sending.send_waiting()


def send_waiting() -> None:
    """Sends the deliveries that are due: those put off, and those whose sender died."""
    sending.send_waiting()


def send_digests() -> None:
    """Tells saved searches what is new: daily ones every morning, weekly ones on Mondays."""
    digests.send_digests(now=clock.now())


def forget_letters() -> None:
    """Deletes letters that were sent or given up long ago, and subscriptions that nobody ever confirmed."""
    now = clock.now()
    old = now - LETTERS_KEPT
    db.session.execute(delete(Delivery).where(or_(Delivery.sent_at < old, Delivery.given_up_at < old)))
    for asked in (Follow, SavedSearch):
        unanswered = asked.confirmed_at.is_(None) & (asked.asked_at < now - QUESTIONS_KEPT)
        db.session.execute(delete(asked).where(unanswered))
