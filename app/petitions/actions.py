"""The verbs on a petition."""

from enum import StrEnum


class Action(StrEnum):
    # the author's
    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    CORRECT = "correct"
    INVITE = "invite"
    # the citizens'
    SIGN = "sign"
    WITHDRAW_SIGNATURE = "withdraw_signature"
    FOLLOW = "follow"
    RATE = "rate"
    # the moderators'
    SEE_CHECK = "see_check"
    PASS_CHECK = "pass_check"  # noqa: S105
    REJECT = "reject"
    INVALIDATE = "invalidate"
    CLOSE = "close"
    REMOVE = "remove"
    # the clock's
    PUBLISH = "publish"
    FAIL_FIRST_SUPPORT = "fail_first_support"
    SUPPORT = "support"
    FORWARD = "forward"
    RETURN = "return"
    # the addressee's
    SEE_FILE = "see_file"
    REGISTER = "register"
    RECORD_STEP = "record_step"
    EXTEND = "extend"
    DRAFT_DECISION = "draft_decision"
    DECIDE = "decide"
    MAKE_STATEMENT = "make_statement"
    ANSWER_LETTER = "answer_letter"
