"""Sittings, agendas, presence and votes in words. What outcomes, matters and majorities are called, the rules say."""

from flask_babel import LazyString

from app.i18n import _l
from app.law import council_rules_version
from app.law.council_rules import Majority, Outcome, OutcomeSubject
from app.sittings.lifecycle import (
    AttendanceKind,
    Choice,
    ExaminationState,
    ItemKind,
    ItemState,
    RulingState,
    State,
    VotingState,
)
from app.sittings.models import AgendaItem, Ruling, Voting
from app.web.labels import Label

STATES: dict[State, Label] = {
    State.PREPARING: Label(_l("In preparation"), "quiet"),
    State.CALLED: Label(_l("Called"), "open"),
    State.IN_SESSION: Label(_l("In session now"), "open"),
    State.CLOSED: Label(_l("Closed, minutes in work"), "soon"),
    State.RECORDED: Label(_l("Held, minutes published"), "good"),
    State.CANCELLED: Label(_l("Cancelled"), "quiet"),
}

# What a state means for a reader, in one sentence.
STATES_EXPLAINED: dict[State, LazyString] = {
    State.PREPARING: _l("Only the council sees it until its notice is published."),
    State.CALLED: _l("The notice with the agenda is public; the sitting is still to come."),
    State.IN_SESSION: _l("The council sits now. Votes are shown as they are closed."),
    State.CLOSED: _l("The sitting is over; its minutes are being signed."),
    State.RECORDED: _l("The sitting is over, and its minutes are public."),
    State.CANCELLED: _l("The sitting does not take place."),
}

ITEM_KINDS: dict[ItemKind, LazyString] = {
    ItemKind.DRAFT: _l("Draft act"),
    ItemKind.PETITION: _l("Petition"),
    ItemKind.PROPOSAL: _l("Proposal of a citizen"),
    ItemKind.MATTER: _l("Matter of the council’s powers"),
    ItemKind.OTHER: _l("Matter of the council itself"),
}

ITEM_STATES: dict[ItemState, Label] = {
    ItemState.WAITING: Label(_l("Not dealt with yet"), "quiet"),
    ItemState.DECIDED: Label(_l("Decided"), "good"),
    ItemState.HEARD: Label(_l("Heard, nothing ruled"), "quiet"),
    ItemState.POSTPONED: Label(_l("Postponed"), "soon"),
    ItemState.DROPPED: Label(_l("Dropped"), "quiet"),
}

ATTENDANCE: dict[AttendanceKind, Label] = {
    AttendanceKind.PRESENT: Label(_l("In the room"), "good"),
    AttendanceKind.REMOTE: Label(_l("Joined remotely"), "good"),
    AttendanceKind.EXCUSED: Label(_l("Absent with an excuse"), "quiet"),
    AttendanceKind.ABSENT: Label(_l("Absent"), "quiet"),
    AttendanceKind.LEFT: Label(_l("Has left"), "soon"),
}

CHOICES: dict[Choice, Label] = {
    Choice.FOR: Label(_l("For"), "good"),
    Choice.AGAINST: Label(_l("Against"), "late"),
    Choice.ABSTAINED: Label(_l("Abstained"), "quiet"),
}

# On the buttons of the member who votes.
OWN_CHOICES: dict[Choice, LazyString] = {
    Choice.FOR: _l("I vote for"),
    Choice.AGAINST: _l("I vote against"),
    Choice.ABSTAINED: _l("I abstain"),
}

VOTING_STATES: dict[VotingState, Label] = {
    VotingState.OPEN: Label(_l("Vote is open"), "open"),
    VotingState.CLOSED: Label(_l("Vote is closed"), "quiet"),
    VotingState.ANNULLED: Label(_l("Vote was annulled"), "quiet"),
}

RULING_STATES: dict[RulingState, Label] = {
    RulingState.PREPARING: Label(_l("Being written"), "soon"),
    RulingState.PUBLISHED: Label(_l("Signed and published"), "good"),
}

EXAMINATION_STATES: dict[ExaminationState, Label] = {
    ExaminationState.WAITING: Label(_l("Before the council"), "open"),
    ExaminationState.RULED: Label(_l("The council has ruled"), "good"),
    ExaminationState.TACIT: Label(_l("Tacit consent"), "soon"),
    ExaminationState.WITHDRAWN: Label(_l("The draft was withdrawn"), "quiet"),
}

ALL_OUTCOMES = _l("All outcomes")

LANGUAGES: dict[str, LazyString] = {"kk": _l("Kazakh"), "ru": _l("Russian")}


def subject_of(item: AgendaItem) -> OutcomeSubject:
    """By which of the rules' outcomes the council rules on the item."""
    return OutcomeSubject.DRAFT if item.kind is ItemKind.DRAFT else OutcomeSubject.PETITION


def outcome(item: AgendaItem, outcome_id: str) -> Outcome:
    """What the council would rule, or has ruled, in the words of the rules that the sitting is held under."""
    return council_rules_version(item.sitting.rules_version).outcome(subject_of(item), outcome_id)


def outcome_of(ruling: Ruling) -> Outcome:
    return outcome(ruling.item, ruling.outcome)


def outcome_of_vote(voting: Voting) -> Outcome | None:
    """None for a question of another kind."""
    return outcome(voting.item, voting.outcome) if voting.outcome is not None else None


def majority_of(voting: Voting) -> Majority:
    """How many had to be for, by the council's regulation at that moment."""
    return council_rules_version(voting.item.sitting.rules_version).majority(voting.majority)
