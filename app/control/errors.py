"""What public control refuses, with data; views choose the words."""

from app.errors import Conflict, InvalidInput


class NoticeTooShort(InvalidInput):
    """The notice would come later than `deadline` of the rules lets; `earliest` is the first day that is possible."""


class Unfinished(InvalidInput):
    """Something that must stand before the act is announced is `missing` (ids of requirements)."""


class TextMissing(InvalidInput):
    """A text is empty, or shorter than `shortest`."""


class TooLong(InvalidInput):
    """A text is longer than `limit` characters."""


class LanguageMissing(InvalidInput):
    """The final document does not stand in all of its `languages`."""


class GroupTooLarge(InvalidInput):
    """A group of public control has at most `limit` people."""


class NotQualified(InvalidInput):
    """An expert needs a degree, and `years` years in the field."""


class NoSuchRole(InvalidInput):
    """Nobody has this part in an act of this form."""


class CaptionMissing(InvalidInput):
    """A photograph without a caption tells those who cannot see it nothing."""


class NotAPicture(InvalidInput):
    """A photograph must be one."""


class WrongDay(InvalidInput):
    """The day is not between `earliest` and `latest`."""


class WrongNumber(InvalidInput):
    """More people were in favour than were present, or nobody was present."""


class NotAdopted(InvalidInput):
    """At least `needed` of those present must be in favour."""


class AlreadyAsked(InvalidInput):
    """The same person asked the same before (`question_id`)."""


class OwnQuestion(Conflict):
    """Whoever asked wants it asked, and is not counted twice."""


class AlreadyHidden(Conflict):
    """The question is hidden."""
