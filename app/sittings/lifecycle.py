"""The states of a sitting, of what is on its agenda, of a vote and of a ruling, and which verb leads where. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.sittings.actions import Action as A


class State(StrEnum):
    PREPARING = "preparing"
    CALLED = "called"
    IN_SESSION = "in_session"
    CLOSED = "closed"  # the minutes are being made
    RECORDED = "recorded"  # the minutes are signed and published
    CANCELLED = "cancelled"


class ItemKind(StrEnum):
    DRAFT = "draft"
    PETITION = "petition"
    PROPOSAL = "proposal"
    MATTER = "matter"  # one of the rules' matters: budget programmes, plans, police …
    OTHER = "other"  # of the council itself: elections, commissions, its plan


class ItemState(StrEnum):
    WAITING = "waiting"
    DECIDED = "decided"
    HEARD = "heard"  # dealt with without a vote
    POSTPONED = "postponed"
    DROPPED = "dropped"  # the draft was withdrawn, the petition closed


class AttendanceKind(StrEnum):
    PRESENT = "present"
    REMOTE = "remote"
    EXCUSED = "excused"
    ABSENT = "absent"
    LEFT = "left"


IN_THE_ROOM = frozenset({AttendanceKind.PRESENT, AttendanceKind.REMOTE})


class VotingState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    ANNULLED = "annulled"


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class RulingState(StrEnum):
    PREPARING = "preparing"
    PUBLISHED = "published"


class ExaminationState(StrEnum):
    """Where a council stands with a draft."""

    WAITING = "waiting"
    RULED = "ruled"
    TACIT = "tacit"  # no recommendations in time: agreed without remarks (LLA art. 20)
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Transition:
    """From any state of `sources` to `target`; None keeps the state."""

    sources: frozenset[State]
    target: State | None = None


def _from(*sources: State, to: State | None = None) -> Transition:
    return Transition(frozenset(sources), to)


S = State
AFTER_CALL = (S.CALLED, S.IN_SESSION, S.CLOSED, S.RECORDED)

TRANSITIONS: dict[A, Transition] = {
    A.PREPARE: _from(S.PREPARING, S.CALLED),
    A.CALL: _from(S.PREPARING, to=S.CALLED),
    A.MOVE: _from(S.CALLED),
    A.CANCEL: _from(S.PREPARING, S.CALLED, to=S.CANCELLED),
    A.OPEN: _from(S.CALLED, to=S.IN_SESSION),
    A.CHECK_IN: _from(S.CALLED, S.IN_SESSION),
    A.NOTE_ATTENDANCE: _from(S.CALLED, S.IN_SESSION),
    A.DECLARE_CONFLICT: _from(S.CALLED, S.IN_SESSION),
    A.GIVE_OPINION: _from(S.CALLED, S.IN_SESSION),
    A.OPEN_VOTE: _from(S.IN_SESSION),
    A.VOTE: _from(S.IN_SESSION),
    A.ROLL_CALL: _from(S.IN_SESSION),
    A.CLOSE_VOTE: _from(S.IN_SESSION),
    A.NOTE_PROCEEDINGS: _from(S.IN_SESSION),
    A.CLOSE: _from(S.IN_SESSION, to=S.CLOSED),
    # A vote is final when it is closed; until the minutes are signed a slip is corrected by a new, visible entry.
    A.CORRECT_VOTE: _from(S.IN_SESSION, S.CLOSED),
    A.DISSENT: _from(S.IN_SESSION, S.CLOSED),
    A.DRAFT_RULING: _from(S.IN_SESSION, S.CLOSED, S.RECORDED),
    A.SIGN_RULING: _from(S.IN_SESSION, S.CLOSED, S.RECORDED),
    A.ADD_TO_MINUTES: _from(S.CLOSED, S.RECORDED),
    A.SIGN_MINUTES: _from(S.CLOSED),
    A.PUBLISH_MINUTES: _from(S.CLOSED, to=S.RECORDED),
    A.SEE_ROOM: _from(*S),
}

PUBLIC_STATES = frozenset(AFTER_CALL) | {S.CANCELLED}


def allows(action: A, state: State) -> bool:
    return state in TRANSITIONS[action].sources
