"""The only writer of a sitting's state."""

from datetime import datetime
from typing import Any

from app.access import Actor
from app.audit import record
from app.db import db
from app.outbox import publish
from app.sittings import policies
from app.sittings.actions import Action
from app.sittings.events import SittingFact
from app.sittings.lifecycle import TRANSITIONS
from app.sittings.models import Sitting


def lock(sitting: Sitting) -> Sitting:
    """The sitting as it is now, and nobody else's until the transaction ends."""
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(sitting, with_for_update={"of": Sitting})
    return sitting


def move(
    sitting: Sitting,
    action: Action,
    *,
    actor: Actor,
    now: datetime,
    fact: type[SittingFact] | None = None,
    columns: dict[str, Any] | None = None,
) -> Sitting:
    """Takes `action`: checks it, sets the state and the columns that it implies, records it, publishes its fact."""
    lock(sitting)
    policies.check(action, actor, sitting)
    for name, value in (columns or {}).items():
        setattr(sitting, name, value)
    sitting.state = TRANSITIONS[action].target or sitting.state
    record(actor, action.value, subject=f"sitting:{sitting.number}", now=now)
    if fact is not None:
        publish(fact(sitting_id=sitting.id))
    # CHECK constraints speak now and name the service that erred, not at the commit of the request.
    db.session.flush()
    return sitting


def account_of(actor: Actor) -> int:
    """The account that acts: policies let nobody else come this far."""
    assert actor.account_id is not None  # noqa: S101
    return actor.account_id
