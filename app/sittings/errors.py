"""What the services of sittings refuse, with data; views choose the words."""

from app.errors import Conflict, Forbidden, InvalidInput


class NotInThisState(Conflict):
    """The sitting is not (or no longer) in a state in which `action` exists."""


class Unfinished(InvalidInput):
    """Something that must stand before the next step is `missing` (ids, or languages)."""


class NoQuorum(Conflict):
    """`present` members are fewer than the `needed` two thirds of all: nothing is put to the vote."""


class NotAMember(Forbidden):
    """Whoever acts has no seat in this council."""


class TermOver(Forbidden):
    """The seat was this person's until `on`."""


class NotPresent(Conflict):
    """Only those in the room, or joined remotely, vote; the attendance says otherwise of this member."""


class TooEarly(Conflict):
    """Members check in from the day of the sitting (`on`): nobody is there before."""


class InConflict(Conflict):
    """A conflict of interest was declared on this item: this member takes no part in its votes."""


class VoteClosed(Conflict):
    """The vote is closed (`at`) or annulled: it takes no more voices."""


class VotedElsewhere(Conflict):
    """The vote stands as `stored` already: it was cast in another window, or recorded by the secretary."""


class VoteRunning(Conflict):
    """A vote is open: it is closed or annulled first."""


class NotPutToVote(Conflict):
    """The item is not (or no longer) one that can be put to the vote: dropped, postponed or decided (`state`)."""


class WouldChangeTheResult(Conflict):
    """The correction would turn the result round: the question is put to a new vote, not corrected."""


class NothingToCorrect(InvalidInput):
    """The corrected voice is the one that stands already."""


class PresentMembersVote(InvalidInput):
    """A written opinion is for those who cannot come; whoever is present votes."""


class NotOutvoted(Conflict):
    """A dissenting opinion belongs to those who were present and did not vote with the result."""


class PresidingAbsent(InvalidInput):
    """Whoever is to preside is not among those present."""


class OneLanguageMissing(InvalidInput):
    """The text stands in one language only; `languages` are missing (LLA art. 20: in Kazakh and in Russian)."""


class RecommendationsMissing(InvalidInput):
    """This outcome says nothing without recommendations."""


class StaleRuling(Conflict):
    """Somebody else saved the ruling meanwhile."""


class ItemDropped(Conflict):
    """What the item is about is no more: the draft was withdrawn, the petition closed."""


class NotificationTooLate(Conflict):
    """The draft is not in discussion any more, or was never public."""
