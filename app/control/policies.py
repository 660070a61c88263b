"""Who may do which verb to an act of public control: a table, deny by default. From which state, `lifecycle` answers.

The secretary and the chair of the council lead it; the body under control answers questions and sees what is prepared
only once it is announced; citizens ask; moderators hide what must not be read.
"""

from app.access import Actor, Rules, any_of, is_citizen, is_moderator
from app.control import lifecycle
from app.control.lifecycle import MEETINGS, Action
from app.control.models import ControlAct
from app.councils import policies as councils
from app.councils.models import OfficeKind
from app.errors import Conflict, Forbidden


class NotInThisState(Conflict):
    """The act is not (or no longer) in a state in which `action` exists."""


def is_secretary(actor: Actor, act: ControlAct) -> bool:
    return councils.is_secretary(actor, act.council)


def is_chair(actor: Actor, act: ControlAct) -> bool:
    return councils.holds(actor, act.council, OfficeKind.CHAIR, OfficeKind.DEPUTY)


def is_of_body(actor: Actor, act: ControlAct) -> bool:
    return act.agency_id in actor.agency_ids


def asks(actor: Actor, act: ControlAct) -> bool:
    return act.form in MEETINGS and is_citizen(actor, act)


leads = any_of(is_secretary, is_chair)

RULES: Rules = {
    Action.EDIT: leads,
    Action.ANNOUNCE: leads,
    Action.MOVE: leads,
    Action.ADD_DOCUMENT: leads,
    Action.ASK: asks,
    Action.SUPPORT_QUESTION: asks,
    Action.HIDE_QUESTION: is_moderator,
    Action.ANSWER_QUESTION: any_of(leads, is_of_body),
    Action.NOTE_VISIT: lambda actor, act: act.form is lifecycle.Form.MONITORING and leads(actor, act),
    Action.HOLD: leads,
    Action.DRAFT_DOCUMENT: leads,
    Action.CONCLUDE: is_chair,
    Action.CANCEL: leads,
    Action.FOLLOW: lambda _actor, _act: True,
}


def may_know(actor: Actor, act: ControlAct) -> bool:
    """Whether the actor may know that this act exists: before it is announced, those who lead it."""
    return act.announced_at is not None or leads(actor, act)


def may(action: Action, actor: Actor, act: ControlAct) -> bool:
    """Whether a button shows: both tables agree."""
    return lifecycle.allows(action, act.state) and RULES[action](actor, act)


def check(action: Action, actor: Actor, act: ControlAct) -> None:
    """Forbidden if it is not this actor's, NotInThisState if the act is past it or not yet there."""
    if not RULES[action](actor, act):
        raise Forbidden(action=action)
    if not lifecycle.allows(action, act.state):
        raise NotInThisState(action=action, state=act.state)


def check_leads(actor: Actor, act: ControlAct) -> None:
    """Forbidden for whoever does not lead it: its file is theirs in every state."""
    if not leads(actor, act):
        raise Forbidden(action=Action.EDIT)
