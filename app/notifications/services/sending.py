"""Sending what waits: claimed in small batches, each letter marked the moment the mail server took it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select, update

from app import clock
from app.db import db
from app.notifications import render
from app.notifications.mailer import AddressRefused, ServerUnavailable, mailer
from app.notifications.models import Delivery
from app.notifications.render import Letter, Unwanted

log = structlog.get_logger()

BATCH = 20
LEASE = timedelta(seconds=60)
# A letter is not begun when less of the lease is left than the slowest mail server may take for it.
MARGIN = timedelta(seconds=25)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=5)
# Shorter than the lease of an outbox entry, which is what wakes us; the clock's next minute goes on.
LONGEST_RUN_SECONDS = 45.0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that is ours until `lease_until`."""

    id: int
    letter: Letter
    attempts: int
    created_at: datetime
    lease_until: datetime


def send_waiting(*, seconds: float = LONGEST_RUN_SECONDS) -> int:
    """Sends what is due, for at most `seconds`; how many letters left.

    Claims and marks are transactions of their own, whatever the caller's does: a worker that is killed in the middle
    has lost nothing, and repeats at most the one letter that the server took while we were dying.
    """
    deadline = time.monotonic() + seconds
    sent = 0
    while time.monotonic() < deadline:
        claimed = claim(limit=BATCH, now=clock.now())
        if not claimed:
            break
        left, may_go_on = send_batch(claimed)
        sent += left
        if not may_go_on:
            break
    return sent


def claim(*, limit: int, now: datetime) -> Sequence[Claimed]:
    """Due deliveries that nobody else is at, leased to the caller."""
    due = (
        select(Delivery.id)
        .where(
            Delivery.sent_at.is_(None),
            Delivery.given_up_at.is_(None),
            Delivery.next_at <= now,
            or_(Delivery.lease_until.is_(None), Delivery.lease_until < now),
        )
        .order_by(Delivery.next_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    leased = (
        update(Delivery)
        .where(Delivery.id.in_(due))
        .values(lease_until=now + LEASE, attempts=Delivery.attempts + 1)
        .returning(
            Delivery.id,
            Delivery.fact_key,
            Delivery.template,
            Delivery.email,
            Delivery.language,
            Delivery.follow_id,
            Delivery.values.label("facts"),
            Delivery.attempts,
            Delivery.created_at,
            Delivery.lease_until,
        )
    )
    with db.engine.begin() as connection:
        rows = connection.execute(leased).all()
    return [
        Claimed(
            row.id,
            Letter(row.fact_key, row.template, row.email, row.language, row.follow_id, row.facts),
            row.attempts,
            row.created_at,
            row.lease_until,
        )
        for row in sorted(rows, key=lambda row: row.id)
    ]


def send_batch(claimed: Sequence[Claimed]) -> tuple[int, bool]:
    """How many letters left, and whether it makes sense to go on. What was not begun is given back."""
    sent = 0
    rest = list(claimed)
    # What the session remembers of petitions may be older than the facts that these letters tell.
    db.session.expire_all()
    try:
        while rest and clock.now() < rest[0].lease_until - MARGIN:
            sent += send_one(rest.pop(0))
    except ServerUnavailable:
        return sent, False
    finally:
        mailer().close()
        _give_back(rest)
    return sent, True


def send_one(delivery: Claimed) -> bool:
    """Whether the letter left. A failure is noted and tried again later; ServerUnavailable is also raised."""
    try:
        message = render.message(delivery.letter)
        mailer().send(message)
    except (Unwanted, AddressRefused) as error:
        _give_up(delivery, error)
        return False
    except Exception as error:
        _put_off(delivery, error)
        if isinstance(error, ServerUnavailable):
            raise
        return False
    _mark(delivery.id, sent_at=clock.now(), lease_until=None, last_error=None)
    return True


def retry_delay(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most 6 hours."""
    return min(FIRST_RETRY * (1 << min(attempts - 1, 16)), LONGEST_RETRY)


def _put_off(delivery: Claimed, error: Exception) -> None:
    now = clock.now()
    if now - delivery.created_at >= GIVE_UP_AFTER:
        _give_up(delivery, error)
        return
    # The class, never the text: mail servers quote the address.
    log.warning("mail was not sent", **_named(delivery, error))
    _mark(
        delivery.id,
        next_at=now + retry_delay(delivery.attempts),
        lease_until=None,
        last_error=type(error).__name__,
    )


def _give_up(delivery: Claimed, error: Exception) -> None:
    log.warning("mail was given up", **_named(delivery, error))
    _mark(delivery.id, given_up_at=clock.now(), lease_until=None, last_error=type(error).__name__)


def _give_back(rest: Sequence[Claimed]) -> None:
    if rest:
        with db.engine.begin() as connection:
            connection.execute(
                update(Delivery)
                .where(Delivery.id.in_([delivery.id for delivery in rest]))
                .values(lease_until=None, attempts=Delivery.attempts - 1)
            )


def _mark(delivery_id: int, **columns: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(Delivery).where(Delivery.id == delivery_id).values(**columns))


def _named(delivery: Claimed, error: Exception) -> dict[str, Any]:
    return {
        "delivery": delivery.id,
        "template": delivery.letter.template,
        "attempts": delivery.attempts,
        "error": type(error).__name__,
    }
