"""The only writer of a draft act's state."""

from datetime import datetime
from typing import Any

from app.access import CLOCK, Actor
from app.audit import record
from app.consultations import policies
from app.consultations.actions import Action
from app.consultations.events import DraftFact
from app.consultations.lifecycle import TRANSITIONS, Requirement
from app.consultations.models import DraftAct, DraftTransition
from app.db import db
from app.outbox import publish


def lock(draft: DraftAct) -> DraftAct:
    """The draft as it is now, and nobody else's until the transaction ends."""
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(draft, with_for_update={"of": DraftAct})
    return draft


def move(
    draft: DraftAct,
    action: Action,
    *,
    actor: Actor,
    now: datetime,
    fact: type[DraftFact] | None = None,
    note: str | None = None,
    met: frozenset[Requirement] = frozenset(),
    columns: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
) -> DraftAct:
    """Takes `action`: checks it, sets the state and the columns that it implies, logs it, publishes its fact.

    Forbidden or NotInThisState if one of both tables says no, or if a requirement is not among those `met`.
    """
    lock(draft)
    policies.check(action, actor, draft)
    transition = TRANSITIONS[action]
    if missing := transition.requires - met:
        raise policies.NotInThisState(action=action, state=draft.state, missing=sorted(missing))
    source = draft.state
    for name, value in (columns or {}).items():
        setattr(draft, name, value)
    draft.state = transition.target or source
    log(draft, action, source=source, actor=actor, now=now, note=note, details=details)
    if fact is not None:
        publish(fact(draft_id=draft.id))
    # CHECK constraints speak now and name the service that erred, not at the commit of the request.
    db.session.flush()
    return draft


def log(
    draft: DraftAct,
    action: Action,
    *,
    source: Any,
    actor: Actor,
    now: datetime,
    note: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """One line of the public history, and of the record of what the staff does."""
    db.session.add(
        DraftTransition(
            draft_id=draft.id,
            action=action.value,
            source=source,
            target=draft.state,
            at=now,
            actor_id=actor.account_id,
            note=note,
            details=details or {},
        )
    )
    if actor.is_staff or actor == CLOCK:
        record(actor, action.value, subject=f"draft:{draft.number}", now=now)
