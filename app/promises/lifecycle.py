"""The states of a promise, and which verb leads where. Pure. That it is late is a matter of the day, not a state."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    ENTER = "enter"
    PUT_OFF = "put_off"
    FULFIL = "fulfil"
    DROP = "drop"
    CORRECT = "correct"
    FOLLOW = "follow"


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[State]
    target: State | None = None


TRANSITIONS: dict[Action, Transition] = {
    Action.PUT_OFF: Transition(frozenset({State.OPEN})),
    Action.FULFIL: Transition(frozenset({State.OPEN}), State.DONE),
    Action.DROP: Transition(frozenset({State.OPEN}), State.DROPPED),
    Action.CORRECT: Transition(frozenset({State.OPEN})),
    Action.FOLLOW: Transition(frozenset({State.OPEN})),
}


def allows(action: Action, state: State) -> bool:
    return state in TRANSITIONS[action].sources
