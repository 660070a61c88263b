"""Tables of comments: threads, comments with their traces, groups of letters, answers, and counts."""

from app.comments.models.answer import Answer, AnswerTemplate
from app.comments.models.comment import (
    Agreement,
    Anchor,
    AuthorKind,
    Comment,
    Edit,
    Hiding,
    Thread,
)
from app.comments.models.counts import AnchorCount, ThreadChange, ThreadFigures
from app.comments.models.group import Group, GroupState

__all__ = [
    "Agreement",
    "Anchor",
    "AnchorCount",
    "Answer",
    "AnswerTemplate",
    "AuthorKind",
    "Comment",
    "Edit",
    "Group",
    "GroupState",
    "Hiding",
    "Thread",
    "ThreadChange",
    "ThreadFigures",
]
