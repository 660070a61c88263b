"""What gatherings refuse, with data; views choose the words."""

from app.errors import Conflict, InvalidInput


class InThePast(InvalidInput):
    """It would begin before now."""


class EndsBeforeStart(InvalidInput):
    """It would end before it begins."""


class PlaceMissing(InvalidInput):
    """Neither a place nor a link: nobody could come."""


class ReasonMissing(InvalidInput):
    """People who planned to come are owed a reason, and not of one word (`shortest`)."""


class Over(Conflict):
    """It has begun, was held or was cancelled: nothing about it changes any more."""


class NotOpen(Conflict):
    """Nobody can register: it is not public, has begun, or was cancelled."""


class RoomFull(InvalidInput):
    """All `places` of the room are taken."""


class ModeImpossible(InvalidInput):
    """There is no room to come to, or no link to follow."""
