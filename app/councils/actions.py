"""The verbs on a public council and on the competition that forms it."""

from enum import StrEnum


class Action(StrEnum):
    # of the secretary
    MANAGE = "manage"
    # of the secretary and of whoever approves the composition
    SEE_SEATS = "see_seats"
    SEAT = "seat"
    REMOVE = "remove"
    # of the body at which the council stands
    ANNOUNCE_COMPETITION = "announce_competition"
    # of the members
    SEE_ROOM = "see_room"


class CompetitionAction(StrEnum):
    """The verbs on one competition."""

    EDIT = "edit"
    ANNOUNCE = "announce"
    APPLY = "apply"
    WITHDRAW_APPLICATION = "withdraw_application"
    CLOSE = "close"
    DECIDE = "decide"
    APPROVE = "approve"
    CANCEL = "cancel"
    # of those who run the competition, and of its working group
    SEE_FILE = "see_file"
    SEE_DOCUMENTS = "see_documents"
    # of the head who approved, when a seat falls free
    FILL_SEAT = "fill_seat"
