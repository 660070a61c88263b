"""The only writer of a competition's state."""

from datetime import datetime
from typing import Any

from app.access import CLOCK, Actor
from app.audit import record
from app.councils import policies
from app.councils.actions import CompetitionAction
from app.councils.events import CompetitionFact
from app.councils.lifecycle import TRANSITIONS
from app.councils.models import Competition
from app.db import db
from app.outbox import publish


def lock(competition: Competition) -> Competition:
    """The competition as it is now, and nobody else's until the transaction ends."""
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(competition, with_for_update={"of": Competition})
    return competition


def move(
    competition: Competition,
    action: CompetitionAction,
    *,
    actor: Actor,
    now: datetime,
    columns: dict[str, Any] | None = None,
    fact: type[CompetitionFact] | None = None,
    **details: Any,
) -> Competition:
    """Takes `action`: checks it, sets the state and the columns that it implies, records it, publishes its fact."""
    lock(competition)
    policies.check_competition(action, actor, competition)
    for name, value in (columns or {}).items():
        setattr(competition, name, value)
    competition.state = TRANSITIONS[action].target or competition.state
    if fact is not None:
        publish(fact(competition_id=competition.id))
    # CHECK constraints speak now and name the service that erred, not at the commit of the request.
    db.session.flush()
    note(competition, action, actor=actor, now=now, **details)
    return competition


def note(
    competition: Competition, action: CompetitionAction, *, actor: Actor, now: datetime, **details: Any
) -> None:
    """One line in the record of what the staff and the clock do."""
    if actor.is_staff or actor == CLOCK:
        record(actor, action.value, subject=f"competition:{competition.id}", now=now, **details)
