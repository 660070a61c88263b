"""The states of a list of recommendations, and which verb leads where. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    EDIT = "edit"  # the list itself, before it is issued
    SEE_DESK = "see_desk"
    ANSWER = "answer"
    ASK_SIGNATURE = "ask_signature"
    PUBLISH_ANSWERS = "publish_answers"
    ENTER_PROMISE = "enter_promise"


class State(StrEnum):
    PREPARING = "preparing"
    ISSUED = "issued"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"  # what it was about is no more


class AnswerKind(StrEnum):
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[State]
    target: State | None = None


TRANSITIONS: dict[Action, Transition] = {
    Action.EDIT: Transition(frozenset({State.PREPARING})),
    Action.SEE_DESK: Transition(frozenset({State.ISSUED, State.ANSWERED, State.WITHDRAWN})),
    Action.ANSWER: Transition(frozenset({State.ISSUED})),
    Action.ASK_SIGNATURE: Transition(frozenset({State.ISSUED})),
    Action.PUBLISH_ANSWERS: Transition(frozenset({State.ISSUED}), State.ANSWERED),
    Action.ENTER_PROMISE: Transition(frozenset({State.ANSWERED})),
}


def allows(action: Action, state: State) -> bool:
    return state in TRANSITIONS[action].sources
