"""The states of a petition, and from which state which verb leads where. Pure; the public diagram is read from here.

A state is only what changes which verbs exist. The check and the first fifty supporters may come in either order:
they are two recorded facts, and one transition that requires both.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.petitions.actions import Action


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    SUPPORTED = "supported"
    FORWARDED = "forwarded"
    UNDER_REVIEW = "under_review"
    DECIDED = "decided"
    RETURNED = "returned"
    ANSWERED = "answered"
    CLOSED = "closed"
    REMOVED = "removed"


class Requirement(StrEnum):
    """A recorded fact without which a transition does not happen."""

    CHECK_PASSED = "check_passed"  # noqa: S105
    FIRST_SUPPORT = "first_support"
    STEPS_DONE = "steps_done"
    DECISION_COMPLETE = "decision_complete"


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
    Action.EDIT: _from(S.DRAFT),
    Action.SUBMIT: _from(S.DRAFT, to=S.SUBMITTED),
    Action.WITHDRAW: _from(S.DRAFT, S.SUBMITTED, to=S.WITHDRAWN),
    Action.CORRECT: _from(S.REJECTED, S.LAPSED),
    Action.INVITE: _from(S.SUBMITTED),
    # Open after the check too: whoever comes second must be told what the first one did.
    Action.SEE_CHECK: _from(*(set(State) - {S.DRAFT})),
    Action.PASS_CHECK: _from(S.SUBMITTED),
    Action.REJECT: _from(S.SUBMITTED, to=S.REJECTED),
    Action.FAIL_FIRST_SUPPORT: _from(S.SUBMITTED, to=S.LAPSED),
    Action.PUBLISH: _from(S.SUBMITTED, to=S.PUBLISHED, requires={R.CHECK_PASSED, R.FIRST_SUPPORT}),
    Action.SIGN: _from(S.SUBMITTED, S.PUBLISHED, S.SUPPORTED, S.FORWARDED, S.UNDER_REVIEW),
    Action.WITHDRAW_SIGNATURE: _from(S.SUBMITTED, S.PUBLISHED, S.SUPPORTED),
    Action.INVALIDATE: _from(S.SUBMITTED, S.PUBLISHED, S.SUPPORTED, S.FORWARDED, S.UNDER_REVIEW, S.RETURNED),
    Action.SUPPORT: _from(S.PUBLISHED, to=S.SUPPORTED),
    Action.FORWARD: _from(S.SUPPORTED, to=S.FORWARDED),
    Action.RETURN: _from(S.PUBLISHED, to=S.RETURNED),
    Action.CLOSE: _from(S.PUBLISHED, to=S.CLOSED),
    Action.SEE_FILE: _from(S.FORWARDED, S.UNDER_REVIEW, S.DECIDED, S.RETURNED, S.ANSWERED),
    Action.REGISTER: _from(S.FORWARDED, to=S.UNDER_REVIEW),
    Action.RECORD_STEP: _from(S.UNDER_REVIEW),
    Action.EXTEND: _from(S.UNDER_REVIEW),
    Action.DRAFT_DECISION: _from(S.UNDER_REVIEW),
    Action.DECIDE: _from(S.UNDER_REVIEW, to=S.DECIDED, requires={R.STEPS_DONE, R.DECISION_COMPLETE}),
    Action.MAKE_STATEMENT: _from(S.DECIDED),
    Action.RATE: _from(S.DECIDED),
    Action.ANSWER_LETTER: _from(S.RETURNED, to=S.ANSWERED),
    Action.FOLLOW: _from(
        S.PUBLISHED, S.SUPPORTED, S.FORWARDED, S.UNDER_REVIEW, S.DECIDED, S.RETURNED, S.ANSWERED, S.CLOSED
    ),
    Action.REMOVE: _from(
        S.PUBLISHED,
        S.SUPPORTED,
        S.FORWARDED,
        S.UNDER_REVIEW,
        S.DECIDED,
        S.RETURNED,
        S.ANSWERED,
        S.CLOSED,
        to=S.REMOVED,
    ),
}

# In free access: on lists, in search, in the open data.
PUBLIC_STATES = frozenset(
    {S.PUBLISHED, S.SUPPORTED, S.FORWARDED, S.UNDER_REVIEW, S.DECIDED, S.RETURNED, S.ANSWERED, S.CLOSED}
)
# Gone, but whoever has the address is told that it was here.
STUB_STATES = frozenset({S.REMOVED})
# What only the author and the moderators see; the holder of the private link sees SUBMITTED.
PRIVATE_STATES = frozenset({S.DRAFT, S.SUBMITTED, S.REJECTED, S.LAPSED, S.WITHDRAWN})
OPEN_FOR_SIGNING = TRANSITIONS[Action.SIGN].sources - {S.SUBMITTED}
# While it waits for signatures and for the decision, what people say of it can be weighed: the analysis of comments is
# a step of the review (APPC art. 90-5(2)4).
OPEN_FOR_COMMENTS = frozenset({S.PUBLISHED, S.SUPPORTED, S.FORWARDED, S.UNDER_REVIEW})
# Handed over: the addressee owes an answer or has given it.
WITH_ADDRESSEE = frozenset({S.FORWARDED, S.UNDER_REVIEW, S.DECIDED})


def allows(action: Action, state: State) -> bool:
    return state in TRANSITIONS[action].sources
