"""Who may do which verb at a sitting: a table, deny by default. From which state, `lifecycle` answers; whether the
council is quorate and this member may vote now, `services/voting.py` asks of the attendance.

Seats are a matter of dates: a member whose term ended yesterday is a member no more.
"""

from app.access import Actor, Predicate, Rules, all_of, any_of, is_administrator
from app.councils import policies as councils
from app.councils.models import OfficeKind
from app.errors import Forbidden
from app.sittings import lifecycle
from app.sittings.actions import Action
from app.sittings.errors import NotInThisState
from app.sittings.lifecycle import PUBLIC_STATES, RulingState, State
from app.sittings.models import Examination, Ruling, Sitting, Voting


def is_secretary(actor: Actor, sitting: Sitting) -> bool:
    return councils.is_secretary(actor, sitting.council)


def is_member(actor: Actor, sitting: Sitting) -> bool:
    return councils.sits(actor, sitting.council)


def is_chair_or_deputy(actor: Actor, sitting: Sitting) -> bool:
    return councils.holds(actor, sitting.council, *OfficeKind)


def is_chair(actor: Actor, sitting: Sitting) -> bool:
    return councils.is_chair(actor, sitting.council)


def presides(actor: Actor, sitting: Sitting) -> bool:
    """Whoever presided signs what happened then, even where the seat ended meanwhile."""
    presiding = sitting.presiding
    return (
        presiding is not None
        and presiding.account_id is not None
        and presiding.account_id == actor.account_id
    )


LEADS: Predicate = any_of(presides, is_secretary)
# While the sitting runs, whoever presides is a member: a term that ended overnight ends this too.
LEADS_NOW: Predicate = any_of(all_of(presides, is_member), is_secretary)

RULES: Rules = {
    Action.PREPARE: is_secretary,
    Action.CALL: any_of(is_secretary, is_chair_or_deputy),
    Action.MOVE: is_secretary,
    Action.CANCEL: any_of(is_secretary, is_chair_or_deputy),
    Action.NOTE_ATTENDANCE: is_secretary,
    Action.ROLL_CALL: is_secretary,
    Action.NOTE_PROCEEDINGS: is_secretary,
    Action.ADD_TO_MINUTES: LEADS,
    Action.DRAFT_RULING: LEADS,
    Action.OPEN: any_of(is_secretary, is_chair_or_deputy),
    Action.OPEN_VOTE: LEADS_NOW,
    Action.CLOSE_VOTE: LEADS_NOW,
    Action.CORRECT_VOTE: is_secretary,
    Action.CLOSE: LEADS_NOW,
    Action.SIGN_MINUTES: LEADS,
    Action.PUBLISH_MINUTES: is_secretary,
    Action.SIGN_RULING: any_of(is_chair, presides),
    Action.CHECK_IN: is_member,
    Action.DECLARE_CONFLICT: any_of(is_member, is_secretary),
    Action.VOTE: is_member,
    Action.DISSENT: is_member,
    Action.GIVE_OPINION: is_member,
    Action.SEE_ROOM: any_of(is_member, is_secretary, is_administrator),
}


def may_know(actor: Actor, sitting: Sitting) -> bool:
    """Sittings are open from their notice on; before it, to the council itself."""
    if sitting.called_at is not None and sitting.state in PUBLIC_STATES:
        return True
    return RULES[Action.SEE_ROOM](actor, sitting)


def may(action: Action, actor: Actor, sitting: Sitting) -> bool:
    """Whether a button shows: both tables agree."""
    return lifecycle.allows(action, sitting.state) and RULES[action](actor, sitting)


def check(action: Action, actor: Actor, sitting: Sitting) -> None:
    """Forbidden if the act is not this actor's, NotInThisState if the sitting is past it or not yet there."""
    if not RULES[action](actor, sitting):
        raise Forbidden(action=action)
    if not lifecycle.allows(action, sitting.state):
        raise NotInThisState(action=action, state=sitting.state)


def may_know_ruling(actor: Actor, ruling: Ruling) -> bool:
    if ruling.state is RulingState.PUBLISHED:
        return True
    return RULES[Action.SEE_ROOM](actor, ruling.item.sitting)


def check_ruling(action: Action, actor: Actor, ruling: Ruling) -> None:
    check(action, actor, ruling.item.sitting)


def may_assign(actor: Actor, examination: Examination) -> bool:
    """Whether the actor names the rapporteur: the chair, a deputy, or the secretary for them."""
    council = examination.council
    return councils.is_secretary(actor, council) or councils.holds(actor, council, *OfficeKind)


def check_postponing(actor: Actor, sitting: Sitting) -> None:
    """Before the sitting the secretary puts an item off, in it whoever presides, or the secretary for them."""
    check(Action.OPEN_VOTE if sitting.state is State.IN_SESSION else Action.PREPARE, actor, sitting)


def check_assigning(action: Action, actor: Actor, examination: Examination) -> None:
    if not may_assign(actor, examination):
        raise Forbidden(action=action)


def may_know_voting(actor: Actor, voting: Voting) -> bool:
    return may_know(actor, voting.item.sitting)


def check_voting(action: Action, actor: Actor, voting: Voting) -> None:
    check(action, actor, voting.item.sitting)
