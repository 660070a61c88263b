"""The states of a proposal, and which verb leads where. Pure; the public diagram is read from here."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    SUPPORT = "support"
    WITHDRAW = "withdraw"
    TAKE_UP = "take_up"
    FORWARD = "forward"
    DECLINE = "decline"
    REPORT_RESULT = "report_result"
    HIDE = "hide"
    FOLLOW = "follow"


class State(StrEnum):
    OPEN = "open"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"
    DONE = "done"  # taken up, and the addressee said what came of it
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[State]
    target: State | None = None


S = State

TRANSITIONS: dict[Action, Transition] = {
    Action.SUPPORT: Transition(frozenset({S.OPEN, S.TAKEN_UP})),
    Action.WITHDRAW: Transition(frozenset({S.OPEN}), S.WITHDRAWN),
    Action.TAKE_UP: Transition(frozenset({S.OPEN}), S.TAKEN_UP),
    # The new addressee has its own term; a proposal is forwarded once (no round of letters).
    Action.FORWARD: Transition(frozenset({S.OPEN})),
    Action.DECLINE: Transition(frozenset({S.OPEN}), S.DECLINED),
    Action.REPORT_RESULT: Transition(frozenset({S.TAKEN_UP}), S.DONE),
    Action.HIDE: Transition(frozenset({S.OPEN, S.TAKEN_UP, S.DECLINED, S.DONE}), S.HIDDEN),
    Action.FOLLOW: Transition(frozenset({S.OPEN, S.TAKEN_UP})),
}

# What a list shows; a withdrawn proposal keeps its page.
LISTED_STATES = frozenset({S.OPEN, S.TAKEN_UP, S.DECLINED, S.DONE})
PUBLIC_STATES = frozenset({S.OPEN, S.TAKEN_UP, S.DECLINED, S.DONE, S.WITHDRAWN})


def allows(action: Action, state: State) -> bool:
    return state in TRANSITIONS[action].sources
