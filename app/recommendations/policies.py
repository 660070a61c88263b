"""Who may do which verb to a list of recommendations: a table, deny by default.

Whoever owes the answer writes it: the body that it was addressed to, and, when that body was merged while the answer
was owed, its successor, which the duty then names.
"""

from app.access import Actor, Rules, any_of, is_moderator
from app.councils.policies import is_secretary
from app.errors import Conflict, Forbidden
from app.recommendations import lifecycle
from app.recommendations.lifecycle import Action, State
from app.recommendations.models import RecommendationList


class NotInThisState(Conflict):
    """The list is not (or no longer) in a state in which `action` exists."""


def owers_of(listed: RecommendationList) -> frozenset[int]:
    """The ids of the bodies whose people answer."""
    ids = {
        listed.agency_id,
        listed.duty.agency_id if listed.duty else None,
        listed.agency.successor_id if listed.agency else None,
    }
    return frozenset(agency_id for agency_id in ids if agency_id is not None)


def is_officer(actor: Actor, listed: RecommendationList) -> bool:
    return bool(owers_of(listed) & actor.agency_ids)


def is_head(actor: Actor, listed: RecommendationList) -> bool:
    """Of the body that owes the answer now; the answer is signed by its first head (LPC art. 5)."""
    ower = listed.duty.agency_id if listed.duty else listed.agency_id
    return ower is not None and ower in actor.head_of


def keeps_the_papers(actor: Actor, listed: RecommendationList) -> bool:
    """The secretary of the council that recommended."""
    return listed.council is not None and is_secretary(actor, listed.council)


# EDIT has no rule: the list belongs to a ruling or to an act of control until it is issued, and is written there.
RULES: Rules = {
    Action.SEE_DESK: is_officer,
    Action.ANSWER: is_officer,
    Action.ASK_SIGNATURE: is_officer,
    Action.PUBLISH_ANSWERS: is_head,
    Action.ENTER_PROMISE: any_of(is_officer, keeps_the_papers, is_moderator),
}


def may_know(actor: Actor, listed: RecommendationList) -> bool:
    """In preparation it is the council's own; issued, it is as public as its ruling."""
    return listed.state is not State.PREPARING


def may(action: Action, actor: Actor, listed: RecommendationList) -> bool:
    return lifecycle.allows(action, listed.state) and action in RULES and RULES[action](actor, listed)


def check(action: Action, actor: Actor, listed: RecommendationList) -> None:
    """Forbidden if the act is not this actor's, NotInThisState if the list is past it."""
    if action not in RULES or not RULES[action](actor, listed):
        raise Forbidden(action=action)
    if not lifecycle.allows(action, listed.state):
        raise NotInThisState(action=action, state=listed.state)
