"""Who may do which verb to a petition: a table, deny by default. From which state, `lifecycle` answers."""

from hmac import compare_digest

from app.access import (
    Actor,
    Rules,
    all_of,
    any_of,
    is_administrator,
    is_citizen,
    is_clock,
    is_moderator,
)
from app.errors import Conflict, Forbidden
from app.petitions import lifecycle
from app.petitions.actions import Action
from app.petitions.lifecycle import State
from app.petitions.models import Petition


class NotInThisState(Conflict):
    """The petition is not (or no longer) in a state in which `action` exists."""


def is_author(actor: Actor, petition: Petition) -> bool:
    return actor.account_id is not None and actor.account_id == petition.author_id


def is_officer_of_addressee(actor: Actor, petition: Petition) -> bool:
    return petition.addressee_id in actor.agency_ids


def is_head_of_addressee(actor: Actor, petition: Petition) -> bool:
    return petition.addressee_id in actor.head_of


def is_not_author(actor: Actor, petition: Petition) -> bool:
    return not is_author(actor, petition)


is_impartial_moderator = all_of(is_moderator, is_not_author)

RULES: Rules = {
    Action.EDIT: is_author,
    Action.SUBMIT: is_author,
    Action.WITHDRAW: is_author,
    Action.CORRECT: is_author,
    Action.INVITE: is_author,
    Action.SIGN: is_citizen,
    Action.WITHDRAW_SIGNATURE: is_citizen,
    Action.FOLLOW: lambda _actor, _petition: True,
    Action.RATE: is_citizen,
    Action.SEE_CHECK: is_impartial_moderator,
    Action.PASS_CHECK: is_impartial_moderator,
    Action.REJECT: is_impartial_moderator,
    Action.INVALIDATE: is_impartial_moderator,
    Action.CLOSE: is_impartial_moderator,
    Action.REMOVE: is_administrator,
    Action.PUBLISH: any_of(is_moderator, is_clock),
    Action.FAIL_FIRST_SUPPORT: is_clock,
    Action.SUPPORT: is_clock,
    Action.FORWARD: is_clock,
    Action.RETURN: is_clock,
    Action.SEE_FILE: is_officer_of_addressee,
    Action.REGISTER: is_officer_of_addressee,
    Action.RECORD_STEP: is_officer_of_addressee,
    Action.EXTEND: is_head_of_addressee,
    Action.DRAFT_DECISION: is_officer_of_addressee,
    Action.DECIDE: is_head_of_addressee,
    Action.MAKE_STATEMENT: is_officer_of_addressee,
    Action.ANSWER_LETTER: is_head_of_addressee,
}


def may_know(actor: Actor, petition: Petition) -> bool:
    """Whether the actor may know that this petition exists. A removed one is known as removed to everybody."""
    if petition.state in lifecycle.PUBLIC_STATES | lifecycle.STUB_STATES or is_author(actor, petition):
        return True
    return petition.state is not State.DRAFT and (
        is_moderator(actor, petition) or is_administrator(actor, petition)
    )


def opens(token: str, petition: Petition) -> bool:
    """Whether `token` is the secret of the private link of a petition that collects its first supporters."""
    secret = petition.support_token
    return (
        petition.state is State.SUBMITTED
        and secret is not None
        and compare_digest(token.encode(), secret.encode())
    )


def may(action: Action, actor: Actor, petition: Petition) -> bool:
    """Whether a button shows: both tables agree."""
    return lifecycle.allows(action, petition.state) and RULES[action](actor, petition)


def check(action: Action, actor: Actor, petition: Petition) -> None:
    """Forbidden if the act is not this actor's, NotInThisState if the petition is past it or not yet there."""
    if not RULES[action](actor, petition):
        raise Forbidden(action=action)
    if not lifecycle.allows(action, petition.state):
        raise NotInThisState(action=action, state=petition.state)


__all__ = ["RULES", "NotInThisState", "check", "may", "may_know", "opens"]
