"""Who may do which verb to a draft act: a table, deny by default. From which state, `lifecycle` answers."""

from app.access import Actor, Rules, is_administrator, is_citizen, is_clock
from app.consultations import lifecycle
from app.consultations.actions import Action
from app.consultations.lifecycle import PUBLIC_STATES, State
from app.consultations.models import DraftAct
from app.errors import Conflict, Forbidden


class NotInThisState(Conflict):
    """The draft is not (or no longer) in a state in which `action` exists, or what it requires is `missing`."""


def is_officer(actor: Actor, draft: DraftAct) -> bool:
    return draft.agency_id in actor.agency_ids


def is_head(actor: Actor, draft: DraftAct) -> bool:
    return draft.agency_id in actor.head_of


RULES: Rules = {
    Action.SEE_FILE: is_officer,
    Action.EDIT: is_officer,
    Action.DISCARD: is_officer,
    Action.ANNOUNCE: is_head,
    Action.STATE_EXEMPTION: is_head,
    Action.PREPARE_VERSION: is_officer,
    Action.PUBLISH_VERSION: is_head,
    Action.SETTLE_ANCHORS: is_officer,
    Action.PROLONG: is_head,
    Action.BEGIN_REVIEW: is_officer,
    Action.PREPARE_REPORT: is_officer,
    Action.PUBLISH_REPORT: is_head,
    Action.ADOPT: is_officer,
    Action.WITHDRAW: is_head,
    Action.OPEN: is_clock,
    Action.CLOSE: is_clock,
    Action.LIKE: is_citizen,
    Action.FOLLOW: lambda _actor, _draft: True,
}


def may_know(actor: Actor, draft: DraftAct) -> bool:
    """Whether the actor may know that this draft exists: before it is public, the body that develops it."""
    if draft.state in PUBLIC_STATES:
        return True
    return draft.state is State.PREPARING and (is_officer(actor, draft) or is_administrator(actor, draft))


def may(action: Action, actor: Actor, draft: DraftAct) -> bool:
    """Whether a button shows: both tables agree."""
    return lifecycle.allows(action, draft.state) and RULES[action](actor, draft)


def check(action: Action, actor: Actor, draft: DraftAct) -> None:
    """Forbidden if the act is not this actor's, NotInThisState if the draft is past it or not yet there."""
    if not RULES[action](actor, draft):
        raise Forbidden(action=action)
    if not lifecycle.allows(action, draft.state):
        raise NotInThisState(action=action, state=draft.state)
