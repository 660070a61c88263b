"""What the services of draft acts refuse, with data; views choose the words."""

from app.errors import Conflict, InvalidInput


class TermTooShort(InvalidInput):
    """The discussion would be shorter than the rules let (`earliest`), and no ground was given."""


class TermInThePast(InvalidInput):
    """The discussion would open before today, or close before it opens."""


class WrongLanguage(InvalidInput):
    """The text of `language` seems to be written in another one: two languages are not compared with each other."""


class Unfinished(InvalidInput):
    """Something that must stand before the next step is `missing` (ids of requirements, or languages)."""


class StaleVersion(Conflict):
    """The version's text changed, or somebody else went on with it: what was asked for is about an older text."""


class VersionInWork(Conflict):
    """The version is being compared or was published; its text does not change any more."""
