"""Councils, seats and competitions in words, and the tone in which a state is shown."""

from datetime import date

from flask_babel import LazyString

from app.councils.errors import (
    AlreadyHolds,
    AlreadyLetIn,
    AlreadySits,
    BarredBy,
    CouncilFull,
    Missing,
    NgoHasSeat,
    NgoOfBody,
    NotElectable,
    NotInTerm,
    OtherRepublicanCouncil,
    Problem,
    SeatEnded,
    SeatRefused,
    SecretaryCannotSit,
    SizeRefused,
    TermsInARow,
    TermTooLong,
    TooFewOfCivilSociety,
    UnderAge,
    UnknownAccount,
    UnknownGround,
)
from app.councils.lifecycle import CandidacyState, CompetitionState
from app.councils.models import CouncilLevel, OfficeKind, Origin
from app.councils.queries.forming import Residence
from app.errors import DomainError, Forbidden
from app.i18n import _l
from app.web.filters import day
from app.web.labels import Label

# Competitions: how a council is formed

COMPETITION_STATES: dict[CompetitionState, Label] = {
    CompetitionState.PREPARING: Label(_l("In preparation"), "quiet"),
    CompetitionState.ANNOUNCED: Label(_l("Open for applications"), "open"),
    CompetitionState.CLOSED: Label(_l("Applications are closed"), "soon"),
    CompetitionState.DECIDED: Label(_l("Decided, not approved yet"), "soon"),
    CompetitionState.APPROVED: Label(_l("Composition approved"), "good"),
    CompetitionState.CANCELLED: Label(_l("Cancelled"), "quiet"),
}

# What a state means for a reader, in one sentence.
COMPETITION_EXPLAINED: dict[CompetitionState, LazyString] = {
    CompetitionState.PREPARING: _l("Only those who prepare the competition see it."),
    CompetitionState.ANNOUNCED: _l("Whoever meets the requirements can apply for a seat."),
    CompetitionState.CLOSED: _l("The working group looks at the candidates and their documents."),
    CompetitionState.DECIDED: _l("The working group has decided; the composition waits for its approval."),
    CompetitionState.APPROVED: _l("Those chosen have their seats; the others of the list stand in reserve."),
    CompetitionState.CANCELLED: _l("The competition ended without a result."),
}

CANDIDACY_STATES: dict[CandidacyState, Label] = {
    CandidacyState.APPLIED: Label(_l("Applied"), "open"),
    CandidacyState.WITHDRAWN: Label(_l("Application taken back"), "quiet"),
    CandidacyState.CHOSEN: Label(_l("Chosen"), "good"),
    CandidacyState.RESERVE: Label(_l("On the reserve list"), "soon"),
    CandidacyState.DECLINED: Label(_l("Not chosen"), "quiet"),
}

DECISIONS: dict[CandidacyState, LazyString] = {
    CandidacyState.CHOSEN: _l("Gets a seat"),
    CandidacyState.RESERVE: _l("Goes on the reserve list"),
    CandidacyState.DECLINED: _l("Is not chosen"),
}

ORIGINS: dict[Origin, LazyString] = {
    Origin.CIVIL_SOCIETY: _l("Civil society"),
    Origin.BODY: _l("State body"),
}

MISSING: dict[Missing, LazyString] = {
    Missing.TEXT_KK: _l("The announcement in Kazakh."),
    Missing.TEXT_RU: _l("The announcement in Russian."),
    Missing.TERM: _l("A last day for applications that is not over yet."),
    Missing.GROUP: _l("The members of the working group."),
    Missing.STATE_SHARE: _l(
        "A working group with fewer people from the state: they may be at most a third of it."
    ),
    Missing.HEAD: _l("One head of the working group."),
    Missing.HEAD_OF_CIVIL_SOCIETY: _l("A head of the working group who comes from civil society."),
}

BARS: dict[BarredBy, LazyString] = {
    BarredBy.UNDER_AGE: _l("A candidate is at least eighteen years old."),
    BarredBy.WORKING_GROUP: _l("You are a member of the working group that chooses the candidates."),
    BarredBy.OTHER_REGION: _l(
        "Your account names another region as the place where you live. If you live here, correct it in your settings."
    ),
    BarredBy.TWO_TERMS: _l("You have sat on this council for as many terms in a row as the law lets."),
    BarredBy.SITS: _l("You have a seat in this council when the new term begins."),
    BarredBy.SECRETARY: _l("You are the secretary of this council; the secretary is not a member."),
}

RESIDENCE: dict[Residence, LazyString] = {
    Residence.NOT_ASKED: _l("A council of the whole country asks nobody where they live."),
    Residence.SAME_REGION: _l(
        "Your account names this region. Nobody here checks the exact place: you declare it, and the working group may ask for proof."
    ),
    Residence.OTHER_REGION: _l("Your account names another region."),
    Residence.DECLARED: _l(
        "This site does not know where you live: you declare it, and the working group may ask for proof."
    ),
}

PROBLEMS: dict[Problem, LazyString] = {
    Problem.UNDECIDED: _l("Say what was decided on this candidate."),
    Problem.REASON_MISSING: _l("Say why the candidate was not chosen."),
    Problem.VOTES_MISSING: _l("Enter how many voted for and how many against."),
    Problem.TOO_MANY_VOTES: _l("More votes than the working group has members (%(most)s)."),
    Problem.TOO_MANY_CHOSEN: _l("%(chosen)s were chosen for %(most)s seats."),
    Problem.RESERVE_PLACES: _l(
        "Places on the reserve list count from 1 without gaps, and each place is given once."
    ),
    Problem.NGO_TWICE: _l("“%(ngo)s” would get two seats; an organisation has one."),
}

# Why somebody cannot have a seat, said of a person and not of numbers.
CANNOT_SIT: dict[type[SeatRefused], LazyString] = {
    OtherRepublicanCouncil: _l("This person sits on another republican council, and would have to leave it."),
    AlreadySits: _l("This person has a seat in the council on that day."),
    SecretaryCannotSit: _l("This person is the secretary of the council."),
    UnderAge: _l("This person is too young for a seat."),
}

# The register, seats and offices

LEVELS: dict[CouncilLevel, LazyString] = {
    CouncilLevel.REPUBLICAN: _l("Ministries and agencies"),
    CouncilLevel.QUASI_STATE: _l("Quasi-state entities"),
    CouncilLevel.REGIONAL: _l("Regions and cities of republican significance"),
    CouncilLevel.CITY: _l("Cities of regional significance"),
    CouncilLevel.DISTRICT: _l("Districts"),
}

OFFICES: dict[OfficeKind, LazyString] = {
    OfficeKind.CHAIR: _l("Chair of the council"),
    OfficeKind.DEPUTY: _l("Deputy chair"),
}

# What the archive calls its records.
RECORD_KINDS: dict[str, LazyString] = {
    "sitting": _l("Sitting"),
    "report": _l("Report"),
    "question and answer": _l("Question and answer"),
}

# What a desk refuses, with the numbers of the rules.
REFUSALS: dict[type[DomainError], LazyString] = {
    TermsInARow: _l(
        "This person has sat here for %(most)s terms in a row, which is the most that the law lets."
    ),
    NgoHasSeat: _l("“%(ngo)s” has a seat in this council already."),
    NgoOfBody: _l("A representative of the body does not speak for a non-commercial organisation."),
    TooFewOfCivilSociety: _l(
        "At least %(least)s of %(members)s members must come from civil society: this seat would be one too many for the body."
    ),
    CouncilFull: _l("All %(most)s seats of the council are taken on that day."),
    SizeRefused: _l("By law a council of this level has %(least)s to %(most)s members."),
    TermTooLong: _l("A seat lasts until %(latest)s at most."),
    UnknownAccount: _l("There is no such account."),
    AlreadyLetIn: _l("This member has an account already, and signs in with it."),
    NotInTerm: _l("Choose a day from %(first)s to %(last)s."),
    NotElectable: _l("The chair is elected from the members of civil society."),
    AlreadyHolds: _l("This member holds the office already."),
    SeatEnded: _l("It has ended already."),
    UnknownGround: _l("Choose one of the grounds of the law."),
    Forbidden: _l("This is for somebody else to do."),
}


def refusal(error: DomainError) -> str:
    """One sentence about what a service refused."""
    found = REFUSALS.get(type(error))
    if found is None and isinstance(error, SeatRefused):
        found = CANNOT_SIT.get(type(error))
    if found is None:
        return str(_l("The rules do not allow this."))
    return str(found) % {
        name: day(value) if isinstance(value, date) else value for name, value in error.data.items()
    }
