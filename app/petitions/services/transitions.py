"""The only writer of a petition's state."""

from datetime import datetime
from typing import Any

from app.access import CLOCK, Actor
from app.audit import record
from app.db import db
from app.outbox import publish
from app.petitions import policies
from app.petitions.actions import Action
from app.petitions.events import PetitionFact
from app.petitions.lifecycle import TRANSITIONS, Requirement
from app.petitions.models import Petition, TransitionRow
from app.petitions.services import commenting


def lock(petition: Petition) -> Petition:
    """The petition as it is now, and nobody else's until the transaction ends."""
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(petition, with_for_update={"of": Petition})
    return petition


def move(
    petition: Petition,
    action: Action,
    *,
    actor: Actor,
    now: datetime,
    fact: type[PetitionFact] | None = None,
    note: str | None = None,
    met: frozenset[Requirement] = frozenset(),
    columns: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
) -> Petition:
    """Takes `action`: checks it, sets the state and the columns that it implies, logs it, publishes its fact.

    1. Lock and refresh the row, so that of two people at once the second sees what the first did.
    2. Ask both tables; Forbidden or NotInThisState if one says no.
    3. Ask for the recorded facts that the transition requires (`met` names those the caller has checked).
    4. Write the state, the implied columns and one row of the log; the thread of comments opens and closes with it.
    """
    lock(petition)
    policies.check(action, actor, petition)
    transition = TRANSITIONS[action]
    if missing := transition.requires - met - _recorded(petition):
        raise policies.NotInThisState(action=action, state=petition.state, missing=sorted(missing))
    source = petition.state
    for name, value in (columns or {}).items():
        setattr(petition, name, value)
    petition.state = transition.target or source
    if petition.state is not source:
        commenting.follow(petition, now=now)
    db.session.add(
        TransitionRow(
            petition_id=petition.id,
            action=action.value,
            source=source,
            target=petition.state,
            at=now,
            actor_id=actor.account_id,
            note=note,
            details=details or {},
        )
    )
    if actor.is_staff or actor == CLOCK:
        record(actor, action.value, subject=f"petition:{petition.number}", now=now)
    if fact is not None:
        publish(fact(petition_id=petition.id))
    # CHECK constraints speak now and name the service that erred, not at the commit of the request.
    db.session.flush()
    return petition


def _recorded(petition: Petition) -> frozenset[Requirement]:
    met = set()
    if petition.check_passed_at is not None:
        met.add(Requirement.CHECK_PASSED)
    if petition.first_support_at is not None:
        met.add(Requirement.FIRST_SUPPORT)
    return frozenset(met)
