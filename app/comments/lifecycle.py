"""The states of a comment and of an answer. Pure."""

from enum import StrEnum

from app.comments.actions import CommentAction


class State(StrEnum):
    SHOWN = "shown"
    HIDDEN = "hidden"  # by a moderator, with a reason class; a stub stays, and one appeal is possible
    WITHDRAWN = "withdrawn"  # by its author; a stub stays where somebody replied or answered


SOURCES: dict[CommentAction, frozenset[State]] = {
    CommentAction.EDIT: frozenset({State.SHOWN}),
    CommentAction.WITHDRAW: frozenset({State.SHOWN, State.HIDDEN}),
    CommentAction.APPEAL: frozenset({State.HIDDEN}),
    CommentAction.SAY_DIFFERENT: frozenset({State.SHOWN}),
    CommentAction.REPLY: frozenset({State.SHOWN}),
    CommentAction.AGREE: frozenset({State.SHOWN}),
    CommentAction.HIDE: frozenset({State.SHOWN}),
    CommentAction.DECIDE_APPEAL: frozenset({State.HIDDEN}),
}


class AnswerState(StrEnum):
    DRAFT = "draft"  # an officer writes
    APPROVED = "approved"  # the head approved; not public yet
    PUBLISHED = "published"


class AnswerKind(StrEnum):
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"
    NOTED = "noted"


def allows(action: CommentAction, state: State) -> bool:
    return state in SOURCES[action]
