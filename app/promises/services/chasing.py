"""What the clock says of promises: that the day comes near, and, once per day that was promised, that it is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from app import clock
from app.db import db
from app.law import calendar_now, council_rules_in_force
from app.law.calendar import add_working_days, is_working_day
from app.outbox import publish
from app.promises.events import PromiseDue, PromiseLate
from app.promises.lifecycle import State
from app.promises.models import Promise

AT_ONCE = 500


def remind(*, now: datetime) -> int:
    """Reminds the bodies, once per due day and on a working day, of what is due in a few working days."""
    today, calendar = clock.today(now), calendar_now()
    if not is_working_day(today, calendar):
        return 0
    until = add_working_days(today, council_rules_in_force(today).limits.due_soon_working_days, calendar)
    due = _open(Promise.due_on.between(today, until), Promise.reminded_at.is_(None))
    for promise in due:
        promise.reminded_at = now
        publish(PromiseDue(promise_id=promise.id, due_on=promise.due_on.isoformat()))
    return len(due)


def find_late(*, now: datetime) -> int:
    """Says in public, once per due day, that a promise is late."""
    late = _open(Promise.due_on < clock.today(now), Promise.found_late_at.is_(None))
    for promise in late:
        promise.found_late_at = now
        publish(PromiseLate(promise_id=promise.id, due_on=promise.due_on.isoformat()))
    return len(late)


def _open(*conditions: ColumnElement[bool]) -> Sequence[Promise]:
    """Open promises, locked, skipping those that somebody is at; what was left over comes with the next run."""
    return db.session.scalars(
        select(Promise)
        .where(Promise.state == State.OPEN, *conditions)
        .order_by(Promise.due_on, Promise.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, of=Promise)
    ).all()
