"""What letters say of a citizen's proposal."""

from typing import Any

from app.i18n import _
from app.notifications.contents.subjects import of_proposal as named
from app.notifications.letters import Letter, Particular, Unwanted
from app.proposals import labels, queries
from app.proposals.lifecycle import Action, State
from app.proposals.models import Proposal

# The state in which each letter is still news.
STATES = {
    "proposal_received": State.OPEN,
    "proposal_sent_on": State.OPEN,
    "proposal_forwarded": State.OPEN,
    "proposal_overdue": State.OPEN,
    "proposal_late": State.OPEN,
    "proposal_taken_up": State.TAKEN_UP,
    "proposal_declined": State.DECLINED,
    "proposal_done": State.DONE,
    "proposal_hidden": State.HIDDEN,
}


def of_proposal(letter: Letter) -> dict[str, Any]:
    proposal = queries.by_id(letter.values["proposal_id"])
    if proposal is None or proposal.state is not STATES[letter.template]:
        raise Unwanted
    # Whoever had it may have sent it on since: another one owes the answer now.
    if letter.values.get("duty_id", proposal.duty_id) != proposal.duty_id:
        raise Unwanted
    if letter.template == "proposal_received" and proposal.was_forwarded:
        raise Unwanted
    found = {
        "number": proposal.number,
        "proposal": proposal,
        "addressee": proposal.addressee.name,
        "last_day": proposal.duty.last_day,
        "particulars": [*named(proposal), Particular(_("Addressee"), proposal.addressee.name)],
    }
    if letter.template == "proposal_hidden":
        found |= {"ground": labels.hiding_reason(proposal), "words": _words(proposal, Action.HIDE)}
    return found | {"forwarded": _words(proposal, Action.FORWARD)}


def _words(proposal: Proposal, action: Action) -> str:
    """What was said when it was done last; empty where it was not done."""
    return next((step.words or "" for step in reversed(proposal.steps) if step.action == action), "")
