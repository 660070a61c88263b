"""The only writer of an act's state."""

from datetime import datetime
from typing import Any

from app.access import Actor
from app.audit import record
from app.control import policies
from app.control.lifecycle import TRANSITIONS, Action
from app.control.models import ControlAct
from app.db import db


def lock(act: ControlAct) -> ControlAct:
    """The act as it is now, and nobody else's until the transaction ends."""
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(act, with_for_update={"of": ControlAct})
    return act


def take(act: ControlAct, action: Action, *, actor: Actor, now: datetime, **columns: Any) -> ControlAct:
    """Takes `action`: checks it, sets the state and the columns that it implies, records it."""
    lock(act)
    policies.check(action, actor, act)
    for name, value in columns.items():
        setattr(act, name, value)
    act.state = TRANSITIONS[action].target or act.state
    record(actor, action.value, subject=f"control:{act.number}", now=now)
    # CHECK constraints speak now and name the service that erred, not at the commit of the request.
    db.session.flush()
    return act
