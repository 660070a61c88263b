"""States, verbs, outcomes and reasons of petitions in words, and the tone in which a state is shown."""

from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString

from app.i18n import _, _l
from app.law.labels import how_computed as law_how_computed
from app.law.thresholds import AddresseeKind, Computation, Threshold
from app.petitions.actions import Action
from app.petitions.lifecycle import Requirement, State
from app.petitions.models import (
    AnswerKind,
    DocumentKind,
    InvalidationReason,
    Outcome,
    Petition,
    Rating,
    ReportedIs,
    StepState,
)
from app.petitions.queries.listing import Facet, Order


@dataclass(frozen=True, slots=True)
class Label:
    """A word and the tone of the status macro: quiet, open, good, soon or late."""

    text: LazyString
    tone: str

    def __str__(self) -> str:
        return str(self.text)


STATES: dict[State, Label] = {
    State.DRAFT: Label(_l("Draft"), "quiet"),
    State.SUBMITTED: Label(_l("Not published yet"), "soon"),
    State.REJECTED: Label(_l("Not published: rejected"), "late"),
    State.LAPSED: Label(_l("Not published: too few first supporters"), "late"),
    State.WITHDRAWN: Label(_l("Withdrawn by its author"), "quiet"),
    State.PUBLISHED: Label(_l("Collecting signatures"), "open"),
    State.SUPPORTED: Label(_l("Threshold reached"), "good"),
    State.FORWARDED: Label(_l("Handed to the addressee"), "open"),
    State.UNDER_REVIEW: Label(_l("Under review"), "open"),
    State.DECIDED: Label(_l("Decided"), "good"),
    State.RETURNED: Label(_l("Not supported, sent on as a letter"), "quiet"),
    State.ANSWERED: Label(_l("Not supported, the letter is answered"), "quiet"),
    State.CLOSED: Label(_l("Closed"), "quiet"),
    State.REMOVED: Label(_l("Removed"), "late"),
}

# What a state means for a reader, in one sentence.
STATES_EXPLAINED: dict[State, Any] = {
    State.DRAFT: _l("The author is still writing."),
    State.SUBMITTED: _l("A moderator checks it while its author looks for the first supporters."),
    State.REJECTED: _l("The check found a reason in the law why it cannot be published. The author may correct it."),
    State.LAPSED: _l("Too few citizens joined in time. The author may submit it again."),
    State.WITHDRAWN: _l("The author took it back before it was published."),
    State.PUBLISHED: _l("Citizens sign it until the threshold is reached or the term ends."),
    State.SUPPORTED: _l("Enough citizens signed. The petition is being handed to its addressee."),
    State.FORWARDED: _l("The addressee has it and must register it. Refusing is not possible."),
    State.UNDER_REVIEW: _l("The addressee reviews it. The clock of working days is running."),
    State.DECIDED: _l("The head of the addressee decided and answered every demand."),
    State.RETURNED: _l("The term ended below the threshold. The addressee owes an answer as to a letter."),
    State.ANSWERED: _l("The term ended below the threshold. The addressee answered it as a letter."),
    State.CLOSED: _l("A moderator closed it at its author’s wish."),
    State.REMOVED: _l("It was taken out of free access. A note says why."),
}

# What happened, in the past: the timeline.
EVENTS: dict[Action, Any] = {
    Action.EDIT: _l("Changed"),
    Action.SUBMIT: _l("Submitted"),
    Action.WITHDRAW: _l("Withdrawn"),
    Action.CORRECT: _l("Corrected and submitted again"),
    Action.PASS_CHECK: _l("The check before publication passed"),
    Action.REJECT: _l("Rejected"),
    Action.FAIL_FIRST_SUPPORT: _l("Too few first supporters"),
    Action.PUBLISH: _l("Published, signing began"),
    Action.SUPPORT: _l("Threshold reached"),
    Action.FORWARD: _l("Handed to the addressee"),
    Action.REGISTER: _l("Registered, the review began"),
    Action.RECORD_STEP: _l("A step of the review"),
    Action.EXTEND: _l("The term of the review was extended"),
    Action.DECIDE: _l("Decided, the decision was published"),
    Action.MAKE_STATEMENT: _l("Official statement about the decision"),
    Action.RETURN: _l("The term ended below the threshold, sent on as a letter"),
    Action.ANSWER_LETTER: _l("The letter was answered"),
    Action.CLOSE: _l("Closed"),
    Action.REMOVE: _l("Removed from free access"),
}

# Who may do it, in words of roles: the diagram of states and the timeline never name people.
DOERS: dict[Action, Any] = {
    Action.EDIT: _l("the author"),
    Action.SUBMIT: _l("the author"),
    Action.WITHDRAW: _l("the author"),
    Action.CORRECT: _l("the author"),
    Action.INVITE: _l("the author"),
    Action.SIGN: _l("a citizen"),
    Action.WITHDRAW_SIGNATURE: _l("a citizen"),
    Action.FOLLOW: _l("anybody"),
    Action.RATE: _l("a signer"),
    Action.PASS_CHECK: _l("a moderator"),
    Action.REJECT: _l("a moderator"),
    Action.INVALIDATE: _l("a moderator"),
    Action.CLOSE: _l("a moderator"),
    Action.REMOVE: _l("an administrator"),
    Action.PUBLISH: _l("by itself, once both conditions are met"),
    Action.FAIL_FIRST_SUPPORT: _l("by itself, when the term ends"),
    Action.SUPPORT: _l("by itself, with the signature that reaches the threshold"),
    Action.FORWARD: _l("by itself"),
    Action.RETURN: _l("by itself, when the term ends"),
    Action.REGISTER: _l("an officer of the addressee"),
    Action.RECORD_STEP: _l("an officer of the addressee"),
    Action.EXTEND: _l("the head of the addressee"),
    Action.DRAFT_DECISION: _l("an officer of the addressee"),
    Action.DECIDE: _l("the head of the addressee"),
    Action.MAKE_STATEMENT: _l("an officer of the addressee"),
    Action.ANSWER_LETTER: _l("the head of the addressee"),
}

REQUIREMENTS: dict[Requirement, Any] = {
    Requirement.CHECK_PASSED: _l("the check is passed"),
    Requirement.FIRST_SUPPORT: _l("the first supporters have joined"),
    Requirement.STEPS_DONE: _l("every step of the review is done"),
    Requirement.DECISION_COMPLETE: _l("every demand is answered and no part of the decision is empty"),
}

FACETS: dict[Facet, Any] = {
    Facet.ALL: _l("All"),
    Facet.OPEN: _l("Open for signatures"),
    Facet.WITH_ADDRESSEE: _l("With the addressee"),
    Facet.DECIDED: _l("Decided"),
    Facet.NOT_SUPPORTED: _l("Not supported"),
}

ORDERS: dict[Order, Any] = {
    Order.NEWEST: _l("Newest first"),
    Order.MOST_SIGNED: _l("Most signed first"),
}

OUTCOMES: dict[Outcome, Label] = {
    Outcome.FULL: Label(_l("Satisfied in full"), "good"),
    Outcome.PARTIAL: Label(_l("Satisfied in part"), "soon"),
    Outcome.REFUSAL: Label(_l("Refused"), "late"),
}

ANSWER_KINDS: dict[AnswerKind, Label] = {
    AnswerKind.ACCEPTED: Label(_l("Accepted"), "good"),
    AnswerKind.PARTLY: Label(_l("Accepted in part"), "soon"),
    AnswerKind.REFUSED: Label(_l("Refused"), "late"),
    AnswerKind.OTHER_BODY: Label(_l("Another body decides this"), "quiet"),
    AnswerKind.ALREADY_DONE: Label(_l("Already done"), "good"),
}

RATINGS: dict[Rating, Any] = {
    Rating.YES: _l("Yes, it answers the demand"),
    Rating.PARTLY: _l("In part"),
    Rating.NO: _l("No"),
}

INVALIDATION_REASONS: dict[InvalidationReason, Any] = {
    InvalidationReason.NOT_A_CITIZEN: _l("the signer is not a citizen"),
    InvalidationReason.IDENTITY_REVOKED: _l("the means of identification was revoked"),
    InvalidationReason.COURT: _l("decision of a court"),
    InvalidationReason.TECHNICAL: _l("technical error"),
}

STEP_STATES: dict[StepState, Label] = {
    StepState.ANNOUNCED: Label(_l("Announced"), "open"),
    StepState.DONE: Label(_l("Done"), "good"),
    StepState.NOT_NEEDED: Label(_l("Not needed"), "quiet"),
}

DOCUMENT_KINDS: dict[DocumentKind, Any] = {
    DocumentKind.AUTHOR: _l("From the author"),
    DocumentKind.REVIEW: _l("From the review"),
    DocumentKind.DECISION: _l("To the decision"),
}


def how_computed(petition: Petition) -> str:
    """How the petition's own, frozen threshold was found; "" while it has none."""
    if petition.threshold_votes is None or petition.addressee is None:
        return ""
    percent = petition.threshold_percent
    threshold = Threshold(
        votes=petition.threshold_votes,
        addressee=petition.addressee.addressee_kind or AddresseeKind.CENTRAL_BODY,
        computation=Computation.PERCENT if percent else Computation.ABSOLUTE,
        percent=percent,
        population=petition.population,
        population_on=petition.population_on,
        if_population_over=None,
        source=petition.threshold_source or "",
        mark="law",
    )
    return law_how_computed(threshold)


def reported_count(count: int | None, reported_is: ReportedIs | None) -> str:
    """The count of another platform exactly as its source says it."""
    from app.web.filters import number

    if count is None:
        return str(_("The source names no count"))
    shown = number(count)
    match reported_is:
        case ReportedIs.ABOUT:
            return str(_("about %(count)s signatures", count=shown))
        case ReportedIs.AT_LEAST:
            return str(_("at least %(count)s signatures", count=shown))
        case ReportedIs.MORE_THAN:
            return str(_("more than %(count)s signatures", count=shown))
        case ReportedIs.ALMOST:
            return str(_("almost %(count)s signatures", count=shown))
        case _:
            return str(_("%(count)s signatures by the source", count=shown))
