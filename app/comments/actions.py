"""The verbs on a thread of comments, on one comment, and on an answer."""

from enum import StrEnum


class ThreadAction(StrEnum):
    COMMENT = "comment"
    # of the body that owes the answers
    SEE_DESK = "see_desk"
    GROUP = "group"
    DRAFT_ANSWER = "draft_answer"
    APPROVE_ANSWERS = "approve_answers"


class CommentAction(StrEnum):
    # the author's
    EDIT = "edit"
    WITHDRAW = "withdraw"
    APPEAL = "appeal"
    SAY_DIFFERENT = "say_different"
    # the others'
    REPLY = "reply"
    AGREE = "agree"
    # the moderators'
    HIDE = "hide"
    DECIDE_APPEAL = "decide_appeal"
