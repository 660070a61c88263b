"""The states of a competition for a council's seats and of a candidacy, and which verb leads where. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.councils.actions import CompetitionAction as A


class CompetitionState(StrEnum):
    PREPARING = "preparing"
    ANNOUNCED = "announced"
    CLOSED = "closed"
    DECIDED = "decided"
    APPROVED = "approved"
    CANCELLED = "cancelled"


class CandidacyState(StrEnum):
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"
    CHOSEN = "chosen"
    RESERVE = "reserve"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Transition:
    """From any state of `sources` to `target`; None keeps the state."""

    sources: frozenset[CompetitionState]
    target: CompetitionState | None = None


def _from(*sources: CompetitionState, to: CompetitionState | None = None) -> Transition:
    return Transition(frozenset(sources), to)


S = CompetitionState

TRANSITIONS: dict[A, Transition] = {
    A.EDIT: _from(S.PREPARING),
    A.ANNOUNCE: _from(S.PREPARING, to=S.ANNOUNCED),
    A.APPLY: _from(S.ANNOUNCED),
    A.WITHDRAW_APPLICATION: _from(S.ANNOUNCED, S.CLOSED),
    A.CLOSE: _from(S.ANNOUNCED, to=S.CLOSED),
    A.DECIDE: _from(S.CLOSED, to=S.DECIDED),
    A.APPROVE: _from(S.DECIDED, to=S.APPROVED),
    A.CANCEL: _from(S.PREPARING, S.ANNOUNCED, S.CLOSED, S.DECIDED, to=S.CANCELLED),
    A.SEE_FILE: _from(*S),
    # Who applied stays closed to everybody until nobody can apply any more; what is over is nobody's to look into.
    A.SEE_DOCUMENTS: _from(S.CLOSED, S.DECIDED),
    A.FILL_SEAT: _from(S.APPROVED),
}

PUBLIC_STATES = frozenset({S.ANNOUNCED, S.CLOSED, S.DECIDED, S.APPROVED, S.CANCELLED})
RUNNING_STATES = frozenset({S.ANNOUNCED, S.CLOSED, S.DECIDED})
PAST_STATES = frozenset({S.APPROVED, S.CANCELLED})
# In which everybody sees who applied, and in which everybody sees what was decided.
CANDIDATES_SHOWN = frozenset({S.CLOSED, S.DECIDED, S.APPROVED})
RESULT_SHOWN = frozenset({S.DECIDED, S.APPROVED})


def allows(action: A, state: CompetitionState) -> bool:
    return state in TRANSITIONS[action].sources
