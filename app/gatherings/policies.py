"""Who may do which verb to a gathering: a table, deny by default.

Moving and cancelling are not here: the sitting, or the act of public control, behind the gathering decides.
"""

from enum import StrEnum

from app.access import Actor, Rules, any_of
from app.councils.policies import is_chair, is_secretary
from app.errors import Forbidden
from app.gatherings.models import Gathering


class Action(StrEnum):
    REGISTER = "register"
    SEE_GUESTS = "see_guests"


def is_somebody(actor: Actor, _: Gathering) -> bool:
    return actor.account_id is not None


def is_secretary_of_it(actor: Actor, gathering: Gathering) -> bool:
    return gathering.council is not None and is_secretary(actor, gathering.council)


def is_chair_of_it(actor: Actor, gathering: Gathering) -> bool:
    return gathering.council is not None and is_chair(actor, gathering.council)


RULES: Rules = {
    Action.REGISTER: is_somebody,
    Action.SEE_GUESTS: any_of(is_secretary_of_it, is_chair_of_it),
}


def may_know(actor: Actor, gathering: Gathering) -> bool:
    """Whether the actor may know of it: once it is public everybody, before that those who prepare it."""
    return gathering.published_at is not None or RULES[Action.SEE_GUESTS](actor, gathering)


def may(action: Action, actor: Actor, gathering: Gathering) -> bool:
    return RULES[action](actor, gathering)


def check(action: Action, actor: Actor, gathering: Gathering) -> None:
    if not RULES[action](actor, gathering):
        raise Forbidden(action=action)
