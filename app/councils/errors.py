"""What the services of councils refuse, with data; labels choose the words."""

from enum import StrEnum

from app.errors import Conflict, InvalidInput


class SeatRefused(InvalidInput):
    """The person cannot have this seat; `field` is where the reason lies."""


class TermsInARow(SeatRefused):
    """The person sat here for as many terms in a row as the rules let (`most`)."""


class NgoHasSeat(SeatRefused):
    """The organisation `ngo` has as many seats as the rules let (`most`)."""


class OtherRepublicanCouncil(SeatRefused):
    """The person sits on another republican council (`council`, its slug)."""


class TooFewOfCivilSociety(SeatRefused):
    """With this seat, less than the share of the rules would come from civil society (`least` of `members`)."""


class CouncilFull(SeatRefused):
    """All `most` seats are taken."""


class AlreadySits(SeatRefused):
    """The person has a seat in this council on that day."""


class SecretaryCannotSit(SeatRefused):
    """The secretary is not a member of the council, and a member not its secretary."""


class UnderAge(SeatRefused):
    """The person is younger than `least`."""


class NgoOfBody(SeatRefused):
    """A representative of the body does not speak for a non-commercial organisation."""


class TermTooLong(SeatRefused):
    """The seat would last beyond the term that the rules set; `latest` is the last day that it may have."""


class SizeRefused(InvalidInput):
    """The law does not let a council of this level have so many members: `least` to `most`."""


class AlreadyLetIn(SeatRefused):
    """Somebody signs in for this seat already: nobody else is given their voice."""


class UnknownAccount(SeatRefused):
    """There is no such account."""


class NotInTerm(InvalidInput):
    """The day lies outside the seat or the office: before `first`, after `last`."""


class NotElectable(InvalidInput):
    """A chair is elected from the members of civil society."""


class AlreadyHolds(InvalidInput):
    """The member holds this office."""


class SeatEnded(Conflict):
    """The seat has ended already."""


class UnknownGround(InvalidInput):
    """The rules know no such ground of removal."""


class CompetitionRunning(Conflict):
    """The council is being formed already: one competition at a time."""


class TermOutOfOrder(InvalidInput):
    """The last day for applications is over, or the new term begins before it; `field` names the day."""


class TooManySeats(InvalidInput):
    """More seats than a council of this kind has members (`most`)."""


class Missing(StrEnum):
    """What the announcement of a competition needs."""

    TEXT_KK = "text_kk"
    TEXT_RU = "text_ru"
    TERM = "term"
    GROUP = "group"
    STATE_SHARE = "state_share"
    HEAD = "head"
    HEAD_OF_CIVIL_SOCIETY = "head_of_civil_society"


class CompetitionUnfinished(InvalidInput):
    """The competition cannot be announced yet; `missing` says what it needs."""


class ApplicationsOver(Conflict):
    """The last day for applications (`until`) is over."""


class BarredBy(StrEnum):
    """Why somebody cannot be a candidate, where this site can know it."""

    UNDER_AGE = "under_age"
    WORKING_GROUP = "working_group"
    OTHER_REGION = "other_region"
    TWO_TERMS = "two_terms"
    SITS = "sits"
    SECRETARY = "secretary"


class Barred(Conflict):
    """The person cannot be a candidate here; `by` says why."""


class AlreadyApplied(Conflict):
    """Once per person: the application is there."""


class RequirementUnmet(InvalidInput):
    """The candidate did not confirm all of the checklist; `requirements` are those left open."""


class DocumentMissing(InvalidInput):
    """No certificate came for these `requirements`."""


class StatementMissing(InvalidInput):
    """The candidate's words are missing, or longer than `most`."""


class Problem(StrEnum):
    """What is wrong with a working group's decision."""

    UNDECIDED = "undecided"
    REASON_MISSING = "reason_missing"
    VOTES_MISSING = "votes_missing"
    TOO_MANY_VOTES = "too_many_votes"
    TOO_MANY_CHOSEN = "too_many_chosen"
    RESERVE_PLACES = "reserve_places"
    NGO_TWICE = "ngo_twice"
    CANNOT_SIT = "cannot_sit"


class DecisionRefused(InvalidInput):
    """The decision cannot stand; `problems` are (Problem, id of the candidacy or None, values)."""


class CannotBeSeated(InvalidInput):
    """A candidate who was chosen (`name`) cannot get the seat any more; `why` is the SeatRefused."""


class ReserveEmpty(Conflict):
    """Nobody of the reserve list can take the free seat."""


class SeatNotFree(Conflict):
    """The seat did not fall free, is not of civil society, or was filled already."""
