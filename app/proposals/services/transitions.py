"""The only writer of a proposal's state."""

from datetime import datetime
from typing import Any

from app.access import Actor
from app.audit import record
from app.db import db
from app.outbox import publish
from app.proposals import policies
from app.proposals.events import ProposalFact
from app.proposals.lifecycle import TRANSITIONS, Action
from app.proposals.models import Proposal, ProposalStep


def lock(proposal: Proposal) -> Proposal:
    """The proposal as it is now, and nobody else's until the transaction ends."""
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(proposal, with_for_update={"of": Proposal})
    return proposal


def move(
    proposal: Proposal,
    action: Action,
    *,
    actor: Actor,
    now: datetime,
    fact: type[ProposalFact] | None = None,
    words: str | None = None,
    columns: dict[str, Any] | None = None,
    places: dict[str, int | None] | None = None,
) -> Proposal:
    """Takes `action`: checks it, sets the state and the columns that it implies, logs it, publishes its fact.

    `places` say in the history from whom to whom it went. Forbidden or a conflict if one of both tables says no.
    """
    lock(proposal)
    policies.check(action, actor, proposal)
    for name, value in (columns or {}).items():
        setattr(proposal, name, value)
    proposal.state = TRANSITIONS[action].target or proposal.state
    proposal.steps.append(
        ProposalStep(action=action.value, at=now, by=actor.account_id, words=words, **(places or {}))
    )
    if actor.is_staff or action in (Action.TAKE_UP, Action.FORWARD, Action.DECLINE, Action.REPORT_RESULT):
        # A council's chair signs in as a citizen and acts for the council all the same.
        record(actor, action.value, subject=f"proposal:{proposal.number}", now=now)
    if fact is not None:
        publish(fact(proposal_id=proposal.id))
    # CHECK constraints speak now and name the service that erred, not at the commit of the request.
    db.session.flush()
    return proposal
