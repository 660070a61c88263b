"""Publishing a fact, and running what it wakes, exactly once in effect."""

import random
from datetime import datetime, timedelta

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.db import db, transaction
from app.outbox.facts import Fact
from app.outbox.models import OutboxEntry
from app.outbox.subscriptions import wiring

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(hours=6)


def publish(fact: Fact) -> None:
    """Writes `fact` into the running transaction, once for each handler that it wakes; a repeated key is ignored."""
    rows = [
        {
            "event_key": fact.key,
            "topic": fact.topic,
            "handler": subscription.name,
            "queue": subscription.queue,
            "payload": fact.payload(),
        }
        for subscription in wiring().by_topic.get(fact.topic, ())
    ]
    if rows:
        db.session.execute(insert(OutboxEntry).values(rows).on_conflict_do_nothing())


def run_entry(entry_id: int) -> bool:
    """Runs the handler of one entry; False if it was done, leased by another or has failed.

    1. Lease the row in a transaction of its own, so that a second worker leaves it alone and a killed one
       gives it back after LEASE.
    2. Run the handler and write `done_at` in one transaction: both happen or neither does.
    3. On failure note the error's class (never its text, which may quote personal data) and the next attempt.
    """
    now = clock.now()
    with transaction() as session:
        claimed = session.execute(
            update(OutboxEntry)
            .where(
                OutboxEntry.id == entry_id,
                OutboxEntry.done_at.is_(None),
                or_(OutboxEntry.lease_until.is_(None), OutboxEntry.lease_until < now),
            )
            .values(lease_until=now + LEASE, attempts=OutboxEntry.attempts + 1)
            .returning(OutboxEntry.topic, OutboxEntry.handler, OutboxEntry.payload, OutboxEntry.attempts)
        ).one_or_none()
    if claimed is None:
        return False
    try:
        with transaction() as session:
            fact = wiring().facts[claimed.topic].from_payload(claimed.payload)
            wiring().handlers[claimed.handler](fact)
            session.execute(
                update(OutboxEntry)
                .where(OutboxEntry.id == entry_id)
                .values(done_at=clock.now(), lease_until=None, last_error=None)
            )
    except Exception as error:
        log.exception(
            "outbox handler failed", entry=entry_id, handler=claimed.handler, attempts=claimed.attempts
        )
        with transaction() as session:
            session.execute(
                update(OutboxEntry)
                .where(OutboxEntry.id == entry_id)
                .values(
                    lease_until=None,
                    last_error=type(error).__name__,
                    next_at=clock.now() + retry_delay(claimed.attempts),
                )
            )
        return False
    return True


def retry_delay(attempts: int) -> timedelta:
    """5 s, 10 s, 20 s … up to 6 h, with a tenth of jitter; there is no last attempt."""
    delay: timedelta = min(FIRST_RETRY * (1 << min(attempts - 1, 16)), LONGEST_RETRY)
    return delay * random.uniform(0.9, 1.1)


def take_due(*, limit: int, now: datetime, again_after: timedelta) -> list[tuple[int, str]]:
    """Ids and queues of entries that are due, and puts them off by `again_after`, so that a lost push is repeated."""
    due = (
        select(OutboxEntry.id)
        .where(
            OutboxEntry.done_at.is_(None),
            OutboxEntry.next_at <= now,
            or_(OutboxEntry.lease_until.is_(None), OutboxEntry.lease_until < now),
        )
        .order_by(OutboxEntry.next_at, OutboxEntry.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = db.session.execute(
        update(OutboxEntry)
        .where(OutboxEntry.id.in_(due))
        .values(next_at=now + again_after)
        .returning(OutboxEntry.id, OutboxEntry.queue)
    ).all()
    return sorted((row.id, row.queue) for row in rows)
