"""The clocks' states and the kinds of duty in words."""

from app.duties.models import ClockState, DutyKind
from app.i18n import _l

CLOCK_STATES = {
    ClockState.ON_TIME: _l("on time"),
    ClockState.DUE_SOON: _l("due soon"),
    ClockState.OVERDUE: _l("overdue"),
    ClockState.ANSWERED_ON_TIME: _l("answered on time"),
    ClockState.ANSWERED_LATE: _l("answered late"),
    ClockState.CANCELLED: _l("no longer owed"),
}

KINDS = {
    DutyKind.CHECK: _l("Check before publication"),
    DutyKind.REGISTER: _l("Register a petition"),
    DutyKind.REVIEW: _l("Decide on a petition"),
    DutyKind.LETTER_ANSWER: _l("Answer a letter"),
    DutyKind.COMMENT_ANSWERS: _l("Answer the comments on a draft"),
    DutyKind.DISCUSSION_REPORT: _l("Publish the report on a discussion"),
}
