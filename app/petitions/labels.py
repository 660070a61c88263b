"""States, verbs, outcomes and reasons of petitions in words, and the tone in which a state is shown."""

from datetime import date
from typing import Any

from app.i18n import _, _l, ngettext
from app.law import rules_version
from app.law.labels import how_computed as how_found
from app.law.thresholds import AddresseeKind, Computation, Threshold
from app.petitions.actions import Action
from app.petitions.lifecycle import Requirement, State
from app.petitions.models import (
    AnswerKind,
    ArchivedPetition,
    DocumentKind,
    InvalidationReason,
    Outcome,
    Petition,
    Rating,
    ReportedIs,
    Step,
    StepState,
)
from app.petitions.queries.listing import Facet, Order
from app.petitions.queries.page import Coming, Event
from app.web.filters import day, number
from app.web.labels import Label

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
    State.REJECTED: _l(
        "The check found a reason in the law why it cannot be published. The author may correct it."
    ),
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

# What the author can do now, in one sentence.
NEXT_FOR_AUTHOR: dict[State, Any] = {
    State.DRAFT: _l("Finish the remaining steps and submit it."),
    State.SUBMITTED: _l("Send the private link to people who may support it. The check runs meanwhile."),
    State.REJECTED: _l("Read the reason, correct the text and submit it again."),
    State.LAPSED: _l("You can submit it again and look for supporters anew."),
    State.WITHDRAWN: _l("You took it back. You can start a new one."),
    State.PUBLISHED: _l("Share its address, so that people who agree can sign."),
    State.SUPPORTED: _l("There is nothing to do: it is on its way to the addressee."),
    State.FORWARDED: _l("There is nothing to do: the addressee must register it."),
    State.UNDER_REVIEW: _l("The day on which the answer is due stands on the petition’s page."),
    State.DECIDED: _l("Read the answer to each demand. The page says how to complain if you disagree."),
    State.RETURNED: _l("The day on which the answer to the letter is due stands on the petition’s page."),
    State.ANSWERED: _l("Read the answer on the petition’s page."),
    State.CLOSED: _l("The petition’s page says why it was closed. You can start a new one."),
    State.REMOVED: _l("The petition’s page says why it was removed."),
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
    Action.INVALIDATE: _l("Signatures were taken out of the count"),
    Action.CLOSE: _l("Closed"),
    Action.REMOVE: _l("Removed from free access"),
}

COMING: dict[Coming, Any] = {
    Coming.CLOSING: _l("Signing ends"),
    Coming.REGISTRATION: _l("The addressee registers the petition, by this day at the latest"),
    Coming.DECISION: _l("The addressee decides, by this day at the latest"),
    Coming.LETTER: _l("The addressee answers the letter, by this day at the latest"),
}

# The log's verb for the moment in which the first supporters were enough; nobody does it.
FIRST_SUPPORT = "first_support"

# Who may do it, in words of roles: the diagram of states and the timeline never name people.
DOERS: dict[Action, Any] = {
    Action.EDIT: _l("The author"),
    Action.SUBMIT: _l("The author"),
    Action.WITHDRAW: _l("The author"),
    Action.CORRECT: _l("The author"),
    Action.INVITE: _l("The author"),
    Action.SIGN: _l("A citizen"),
    Action.WITHDRAW_SIGNATURE: _l("A citizen"),
    Action.FOLLOW: _l("Anybody"),
    Action.RATE: _l("A signer"),
    Action.SEE_CHECK: _l("A moderator"),
    Action.PASS_CHECK: _l("A moderator"),
    Action.REJECT: _l("A moderator"),
    Action.INVALIDATE: _l("A moderator"),
    Action.CLOSE: _l("A moderator"),
    Action.REMOVE: _l("An administrator"),
    Action.PUBLISH: _l("By itself, once both conditions are met"),
    Action.FAIL_FIRST_SUPPORT: _l("By itself, when the term ends"),
    Action.SUPPORT: _l("By itself, with the signature that reaches the threshold"),
    Action.FORWARD: _l("By itself"),
    Action.RETURN: _l("By itself, when the term ends"),
    Action.SEE_FILE: _l("An officer of the addressee"),
    Action.REGISTER: _l("An officer of the addressee"),
    Action.RECORD_STEP: _l("An officer of the addressee"),
    Action.EXTEND: _l("The head of the addressee"),
    Action.DRAFT_DECISION: _l("An officer of the addressee"),
    Action.DECIDE: _l("The head of the addressee"),
    Action.MAKE_STATEMENT: _l("An officer of the addressee"),
    Action.ANSWER_LETTER: _l("The head of the addressee"),
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

# The parts of a decision that are boxes of text, as headings; the rules page prints them in the words of the law.
DECISION_PARTS: dict[str, Any] = {
    "facts": _l("The facts"),
    "reasons": _l("Grounds and reasons"),
    "legal_basis": _l("The law it rests on"),
    "appeal": _l("The right to complain"),
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
    kind = petition.addressee.addressee_kind or AddresseeKind.CENTRAL_BODY
    rule = next(
        rule for rule in rules_version(petition.rules_version or "").thresholds if rule.addressee is kind
    )
    threshold = Threshold(
        votes=petition.threshold_votes,
        addressee=kind,
        computation=Computation(petition.threshold_rule or Computation.ABSOLUTE),
        percent=petition.threshold_percent,
        population=petition.population,
        population_on=petition.population_on,
        if_population_over=rule.if_population_over,
        source=petition.threshold_source or rule.source,
        mark=rule.mark,
    )
    return how_found(threshold)


def reported_count(count: int | None, reported_is: ReportedIs | None) -> str:
    """The count of another platform, exactly as its source says it."""
    if count is None:
        return str(_("The source names no count"))
    shown = number(count)
    match reported_is:
        case ReportedIs.ABOUT:
            words = ngettext("about %(count)s signature", "about %(count)s signatures", count, count=shown)
        case ReportedIs.AT_LEAST:
            words = ngettext(
                "at least %(count)s signature", "at least %(count)s signatures", count, count=shown
            )
        case ReportedIs.MORE_THAN:
            words = ngettext(
                "more than %(count)s signature", "more than %(count)s signatures", count, count=shown
            )
        case ReportedIs.ALMOST:
            words = ngettext("almost %(count)s signature", "almost %(count)s signatures", count, count=shown)
        case _:
            words = ngettext("%(count)s signature", "%(count)s signatures", count, count=shown)
    return str(words)


# The pages of a draft, in the order of `services.drafting.STEPS`, and the last one that shows everything.
DRAFT_STEPS: dict[str, Any] = {
    "matters": _l("What a petition may not be about"),
    "addressee": _l("Addressee"),
    "title": _l("Title and language"),
    "demands": _l("Demands"),
    "arguments": _l("Arguments and files"),
    "contact": _l("Your region and e-mail"),
    "check": _l("Check and submit"),
}


def event(event: Event, petition: Petition) -> tuple[str, str, str]:
    """What happened, who did it (a role, never a name) and what there is to add."""
    if event.coming is not None:
        return str(COMING[event.coming]), "", ""
    if event.step is not None:
        return _step(event.step, petition)
    if event.action == FIRST_SUPPORT:
        needed = number(petition.first_support_needed or 0)
        return str(_("The first %(count)s supporters have joined", count=needed)), "", ""
    action = Action(event.action or "")
    note = event.note
    if action is Action.REGISTER and petition.registration_number:
        note = str(_("Registered under number %(number)s", number=petition.registration_number))
    if action is Action.INVALIDATE:
        figures = invalidated(int(event.details.get("count", 0)), str(event.details.get("reason", "")))
        note = "\n".join(part for part in (figures, note) if part)
    return str(EVENTS[action]), str(DOERS[action]), note


def _step(step: Step, petition: Petition) -> tuple[str, str, str]:
    rules = rules_version(petition.rules_version or "")
    name = next((str(known.text) for known in rules.steps if known.id == step.step), step.step)
    match step.state:
        case StepState.ANNOUNCED:
            words = _("Announced: %(step)s", step=name)
        case StepState.NOT_NEEDED:
            words = _("Not needed: %(step)s", step=name)
        case _:
            words = _("Done: %(step)s", step=name)
    note = "\n".join(part for part in (step.place, step.note) if part)
    return str(words), str(DOERS[Action.RECORD_STEP]), note


def reported_on(petition: ArchivedPetition) -> str:
    """When the source counted: a day in the reader's words, or the source's own words where it names no day."""
    try:
        return day(date.fromisoformat(petition.signatures_as_of))
    except ValueError:
        return petition.signatures_as_of


def invalidated(count: int, reason: str) -> str:
    """How many signatures were taken out of the count, and the public class of reason."""
    words = ngettext(
        "%(count)s signature, reason: %(reason)s",
        "%(count)s signatures, reason: %(reason)s",
        count,
        count=number(count),
        reason=invalidation_reason(reason),
    )
    return str(words)


def invalidation_reason(reason: str) -> str:
    """The public class of reason for which signatures were taken out of the count."""
    return str(INVALIDATION_REASONS[InvalidationReason(reason)]) if reason else str(_("no reason recorded"))
