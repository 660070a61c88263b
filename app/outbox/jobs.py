"""The only two functions that a worker runs."""

from sqlalchemy import func, select

from app.db import transaction
from app.outbox.services import run_entry
from app.outbox.subscriptions import wiring


def deliver(entry_id: int) -> bool:
    return run_entry(entry_id)


def run_scheduled(name: str) -> bool:
    """Runs a job of the schedule; False if another worker is at it. `rq cron` takes no lock, so this does."""
    with transaction() as session:
        locked = session.scalar(
            select(func.pg_try_advisory_xact_lock(func.hashtextextended(f"scheduled:{name}", 0)))
        )
        if not locked:
            return False
        wiring().scheduled[name]()
    return True
