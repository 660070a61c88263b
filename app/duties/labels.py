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
    ClockState.LAPSED: _l("term ended in silence"),
}

KINDS = {
    DutyKind.CHECK: _l("Check before publication"),
    DutyKind.REGISTER: _l("Register a petition"),
    DutyKind.REVIEW: _l("Decide on a petition"),
    DutyKind.LETTER_ANSWER: _l("Answer a letter"),
    DutyKind.COMMENT_ANSWERS: _l("Answer the comments on a draft"),
    DutyKind.DISCUSSION_REPORT: _l("Publish the report on a discussion"),
    DutyKind.COUNCIL_RECOMMENDATIONS: _l("Give recommendations on a draft"),
    DutyKind.RECOMMENDATION_ANSWERS: _l("Answer each recommendation"),
    DutyKind.CONTROL_DOCUMENT: _l("Send the final document of public control"),
    DutyKind.PROPOSAL_ANSWER: _l("Say what is done with a proposal"),
    DutyKind.MINUTES: _l("Publish the minutes of a sitting"),
}
