"""Who may do which verb to a proposal: a table, deny by default. From which state, `lifecycle` answers."""

from app.access import Actor, Rules, all_of, any_of, is_citizen, is_moderator
from app.councils import policies as councils
from app.councils.models import OfficeKind
from app.errors import Conflict, Forbidden
from app.proposals import lifecycle
from app.proposals.lifecycle import Action, State
from app.proposals.models import Proposal


class NotInThisState(Conflict):
    """The proposal is not (or no longer) in a state in which `action` exists."""


class AlreadyForwarded(Conflict):
    """Another council or body had it before: it is not sent on a second time."""


def is_author(actor: Actor, proposal: Proposal) -> bool:
    return actor.account_id is not None and actor.account_id == proposal.author_id


def is_not_author(actor: Actor, proposal: Proposal) -> bool:
    return not is_author(actor, proposal)


def is_of_the_council(actor: Actor, proposal: Proposal) -> bool:
    """Chair or secretary of the council that it is addressed to, today."""
    council = proposal.council
    return council is not None and (
        councils.holds(actor, council, OfficeKind.CHAIR) or councils.is_secretary(actor, council)
    )


def is_of_the_body(actor: Actor, proposal: Proposal) -> bool:
    """Officer or head of the body that it is addressed to, or of the one that took over what that body owed."""
    if proposal.agency_id is None:
        return False
    return proposal.agency_id in actor.agency_ids or proposal.duty.agency_id in actor.agency_ids


answers_for = any_of(is_of_the_council, is_of_the_body)

RULES: Rules = {
    Action.SUPPORT: all_of(is_citizen, is_not_author),
    Action.WITHDRAW: is_author,
    Action.TAKE_UP: all_of(answers_for, is_not_author),
    Action.FORWARD: all_of(answers_for, is_not_author),
    Action.DECLINE: all_of(answers_for, is_not_author),
    Action.REPORT_RESULT: answers_for,
    Action.HIDE: all_of(is_moderator, is_not_author),
    Action.FOLLOW: lambda _actor, _proposal: True,
}


def may_know(_actor: Actor, _proposal: Proposal) -> bool:
    """Everybody: of a hidden one a stub is left, with the class of reason."""
    return True


def may_read(actor: Actor, proposal: Proposal) -> bool:
    """Whether the words may be read: of a hidden proposal only by its author, moderators and the addressee."""
    if proposal.state is not State.HIDDEN:
        return True
    return is_author(actor, proposal) or is_moderator(actor, proposal) or answers_for(actor, proposal)


def may(action: Action, actor: Actor, proposal: Proposal) -> bool:
    """Whether a button shows: both tables agree."""
    return (
        lifecycle.allows(action, proposal.state)
        and RULES[action](actor, proposal)
        and not (action is Action.FORWARD and proposal.was_forwarded)
    )


def check(action: Action, actor: Actor, proposal: Proposal) -> None:
    """Forbidden if the act is not this actor's, NotInThisState if the proposal is past it."""
    if not RULES[action](actor, proposal):
        raise Forbidden(action=action)
    if not lifecycle.allows(action, proposal.state):
        raise NotInThisState(action=action, state=proposal.state)
    if action is Action.FORWARD and proposal.was_forwarded:
        raise AlreadyForwarded(action=action)
