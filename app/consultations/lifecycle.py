"""The states of a draft act, and from which state which verb leads where. Pure; the public diagram is read from here.

announced → open → closed → under review → reported → adopted, or withdrawn on the way; a draft that need not be
discussed is listed as exempt, with its ground.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.consultations.actions import Action


class State(StrEnum):
    PREPARING = "preparing"
    DISCARDED = "discarded"
    EXEMPT = "exempt"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    UNDER_REVIEW = "under_review"
    REPORTED = "reported"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


class Requirement(StrEnum):
    """A recorded fact without which a transition does not happen."""

    FULL_TEXT = "full_text"  # in Kazakh and in Russian
    WORDS = "words"  # title, summary and explanatory note in both languages
    TERM = "term"  # a period that is not shorter than the rules', or the ground for it
    NO_WAITING_ANCHOR = "no_waiting_anchor"


@dataclass(frozen=True, slots=True)
class Transition:
    """From any state of `sources` to `target`; None keeps the state."""

    sources: frozenset[State]
    target: State | None = None
    requires: frozenset[Requirement] = frozenset()


def _from(*sources: State, to: State | None = None, requires: set[Requirement] | None = None) -> Transition:
    return Transition(frozenset(sources), to, frozenset(requires or ()))


S, R = State, Requirement

TRANSITIONS: dict[Action, Transition] = {
    Action.SEE_FILE: _from(*(set(State) - {S.DISCARDED})),
    Action.EDIT: _from(S.PREPARING),
    Action.DISCARD: _from(S.PREPARING, to=S.DISCARDED),
    Action.STATE_EXEMPTION: _from(S.PREPARING, to=S.EXEMPT, requires={R.WORDS}),
    Action.ANNOUNCE: _from(S.PREPARING, to=S.ANNOUNCED, requires={R.FULL_TEXT, R.WORDS, R.TERM}),
    Action.OPEN: _from(S.ANNOUNCED, to=S.OPEN),
    Action.PROLONG: _from(S.ANNOUNCED, S.OPEN),
    Action.CLOSE: _from(S.OPEN, to=S.CLOSED),
    Action.BEGIN_REVIEW: _from(S.CLOSED, to=S.UNDER_REVIEW),
    Action.PREPARE_VERSION: _from(S.PREPARING, S.OPEN, S.CLOSED, S.UNDER_REVIEW),
    Action.PUBLISH_VERSION: _from(S.OPEN, S.CLOSED, S.UNDER_REVIEW, requires={R.FULL_TEXT}),
    Action.SETTLE_ANCHORS: _from(S.OPEN, S.CLOSED, S.UNDER_REVIEW),
    Action.PREPARE_REPORT: _from(S.UNDER_REVIEW),
    Action.PUBLISH_REPORT: _from(S.UNDER_REVIEW, to=S.REPORTED),
    Action.ADOPT: _from(S.REPORTED, to=S.ADOPTED),
    Action.WITHDRAW: _from(S.ANNOUNCED, S.OPEN, S.CLOSED, S.UNDER_REVIEW, S.REPORTED, to=S.WITHDRAWN),
    Action.LIKE: _from(S.OPEN),
    # While something can still happen to it.
    Action.FOLLOW: _from(S.ANNOUNCED, S.OPEN, S.CLOSED, S.UNDER_REVIEW, S.REPORTED),
}

# In free access: on lists, in search, in the open data.
PUBLIC_STATES = frozenset(
    {S.EXEMPT, S.ANNOUNCED, S.OPEN, S.CLOSED, S.UNDER_REVIEW, S.REPORTED, S.ADOPTED, S.WITHDRAWN}
)
PRIVATE_STATES = frozenset({S.PREPARING, S.DISCARDED})
# The text is public, and so are its comments.
WITH_TEXT = PUBLIC_STATES - {S.EXEMPT}


def allows(action: Action, state: State) -> bool:
    return state in TRANSITIONS[action].sources
