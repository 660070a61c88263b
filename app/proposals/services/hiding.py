"""Taking words out of sight that the rules do not let stand."""

from datetime import date, datetime

from app import clock
from app.access import Actor
from app.duties import services as duties
from app.law import HidingReason, consultation_rules_in_force
from app.proposals.errors import ReasonUnknown
from app.proposals.events import ProposalHidden
from app.proposals.lifecycle import Action
from app.proposals.models import Proposal
from app.proposals.services.answering import reasoned
from app.proposals.services.transitions import move

# Of the classes by which comments are hidden, those that are about words and not about a discussion.
OF_COMMENTS_ONLY = frozenset({"flooding", "own_duplicate"})


def reasons(day: date) -> list[HidingReason]:
    """The classes by which a proposal may be hidden."""
    known = consultation_rules_in_force(day).hiding_reasons
    return [reason for reason in known if reason.id not in OF_COMMENTS_ONLY]


def hide(proposal: Proposal, *, reason: str, explanation: str, actor: Actor, now: datetime) -> Proposal:
    """Hides the words from the public; a stub with the class of `reason` stays at its address, and nothing is owed.

    The explanation is for the author and the moderators.
    """
    if reason not in {known.id for known in reasons(clock.today(now))}:
        raise ReasonUnknown(field="reason")
    explanation = reasoned(explanation, field="explanation", now=now)
    move(
        proposal,
        Action.HIDE,
        actor=actor,
        now=now,
        fact=ProposalHidden,
        words=explanation,
        columns={"hidden_reason": reason},
    )
    duties.cancel(proposal.duty, now=now)
    return proposal
