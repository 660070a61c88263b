"""Who may do which verb to a promise: a table, deny by default.

Entering is asked of the text that the promise is found in: its package says in `SourceText.may_enter` whose it is.
"""

from app import clock
from app.access import Actor, Rules, anyone
from app.errors import Conflict, Forbidden
from app.promises import lifecycle
from app.promises.lifecycle import Action
from app.promises.models import Promise
from app.promises.sources import SourceText


class NotInThisState(Conflict):
    """The promise is not (or no longer) in a state in which `action` exists."""


def is_of_the_body(actor: Actor, promise: Promise) -> bool:
    """An officer or the head of the body that promised, or of the one that succeeded it."""
    return bool({promise.agency_id, promise.agency.successor_id} & actor.agency_ids)


def entered_it_today(actor: Actor, promise: Promise) -> bool:
    """A slip of the pen is mended on the day it was made; later the history would say something else."""
    return (
        actor.account_id is not None
        and actor.account_id == promise.entered_by
        and clock.today(promise.entered_at) == clock.today()
    )


RULES: Rules = {
    Action.PUT_OFF: is_of_the_body,
    Action.FULFIL: is_of_the_body,
    Action.DROP: is_of_the_body,
    Action.CORRECT: entered_it_today,
    Action.FOLLOW: anyone,
}


def check_enter(source: SourceText) -> None:
    """Forbidden if the text is not one from which this actor enters promises."""
    if not source.may_enter:
        raise Forbidden(action=Action.ENTER)


def may_know(_: Actor, __: Promise) -> bool:
    return True


def may(action: Action, actor: Actor, promise: Promise) -> bool:
    return lifecycle.allows(action, promise.state) and RULES[action](actor, promise)


def check(action: Action, actor: Actor, promise: Promise) -> None:
    """Forbidden if the act is not this actor's, NotInThisState if the promise is closed."""
    if action not in RULES or not RULES[action](actor, promise):
        raise Forbidden(action=action)
    if not lifecycle.allows(action, promise.state):
        raise NotInThisState(action=action, state=promise.state)
