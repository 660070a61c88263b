"""Kinds of authors, states, answers and orders of comments in words, and why a comment is hidden."""

from flask_babel import LazyString

from app.comments.actions import CommentAction
from app.comments.lifecycle import AnswerKind, AnswerState, State
from app.comments.models import AuthorKind, GroupState, Hiding
from app.comments.queries.reading import Order
from app.i18n import _l
from app.law import consultation_rules_version
from app.web.labels import Label

# Shown with the name; what an author states of themselves is shown as stated.
AUTHOR_KINDS: dict[AuthorKind, LazyString] = {
    AuthorKind.CITIZEN: _l("Citizen"),
    AuthorKind.ORGANISATION: _l("Organisation"),
    AuthorKind.EXPERT: _l("Expert"),
    AuthorKind.COUNCIL: _l("Public council"),
    AuthorKind.CHAMBER: _l("Chamber of entrepreneurs"),
}

STATES: dict[State, Label] = {
    State.SHOWN: Label(_l("Shown"), "good"),
    State.HIDDEN: Label(_l("Hidden by a moderator"), "late"),
    State.WITHDRAWN: Label(_l("Taken back by its author"), "quiet"),
}

# What stands in the place of words that are not shown.
STUBS: dict[State, LazyString] = {
    State.HIDDEN: _l("A moderator hid this comment."),
    State.WITHDRAWN: _l("The author took this comment back."),
}

ANSWER_STATES: dict[AnswerState, Label] = {
    AnswerState.DRAFT: Label(_l("Being written"), "quiet"),
    AnswerState.APPROVED: Label(_l("Approved, not published yet"), "soon"),
    AnswerState.PUBLISHED: Label(_l("Answer published"), "good"),
}

ANSWER_KINDS: dict[AnswerKind, Label] = {
    AnswerKind.ACCEPTED: Label(_l("Accepted"), "good"),
    AnswerKind.PARTLY: Label(_l("Accepted in part"), "soon"),
    AnswerKind.REFUSED: Label(_l("Not accepted"), "late"),
    AnswerKind.NOTED: Label(_l("Noted"), "quiet"),
}

GROUP_STATES: dict[GroupState, Label] = {
    GroupState.PROPOSED: Label(_l("Found by likeness, not confirmed yet"), "soon"),
    GroupState.CONFIRMED: Label(_l("Confirmed as one letter"), "good"),
}

ORDERS: dict[Order, LazyString] = {
    Order.BEST: _l("Most agreed with"),
    Order.NEWEST: _l("Newest first"),
    Order.UNANSWERED: _l("Unanswered first"),
}


def hiding_reason(hiding: Hiding) -> str:
    """The class of reasons, in the words of the rules by which the comment was hidden."""
    return str(consultation_rules_version(hiding.rules_version).hiding_reason(hiding.reason).text)


# What stands on the link to the page where each verb is done.
VERBS: dict[CommentAction, LazyString] = {
    CommentAction.EDIT: _l("Edit"),
    CommentAction.WITHDRAW: _l("Take back"),
    CommentAction.APPEAL: _l("Appeal"),
    CommentAction.SAY_DIFFERENT: _l("Mine is different"),
    CommentAction.REPLY: _l("Reply"),
    CommentAction.HIDE: _l("Hide"),
    CommentAction.DECIDE_APPEAL: _l("Decide the appeal"),
}
# The sign beside the word of an answer.
ANSWER_ICONS: dict[AnswerKind, str] = {
    AnswerKind.ACCEPTED: "done",
    AnswerKind.PARTLY: "part",
    AnswerKind.REFUSED: "no",
    AnswerKind.NOTED: "info",
}
