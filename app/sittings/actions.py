"""The verbs on a sitting and on a ruling."""

from enum import StrEnum


class Action(StrEnum):
    # of the secretary
    PREPARE = "prepare"  # agenda, documents
    CALL = "call"
    MOVE = "move"
    CANCEL = "cancel"
    NOTE_ATTENDANCE = "note_attendance"
    ROLL_CALL = "roll_call"
    NOTE_PROCEEDINGS = "note_proceedings"
    ADD_TO_MINUTES = "add_to_minutes"
    DRAFT_RULING = "draft_ruling"
    # of whoever presides, and of the secretary for them
    OPEN = "open"
    OPEN_VOTE = "open_vote"
    CLOSE_VOTE = "close_vote"
    CORRECT_VOTE = "correct_vote"
    CLOSE = "close"
    SIGN_MINUTES = "sign_minutes"
    SIGN_RULING = "sign_ruling"
    PUBLISH_MINUTES = "publish_minutes"
    # of a member
    CHECK_IN = "check_in"
    DECLARE_CONFLICT = "declare_conflict"
    VOTE = "vote"
    DISSENT = "dissent"
    GIVE_OPINION = "give_opinion"
    SEE_ROOM = "see_room"
