"""States, verbs and orders of proposals in words, and the tone in which a state is shown."""

from flask_babel import LazyString

from app.i18n import _, _l
from app.law import consultation_versions
from app.proposals.lifecycle import Action, State
from app.proposals.models import Proposal, ProposalStep
from app.proposals.queries.listing import Facet, Order
from app.web.labels import Label

STATES: dict[State, Label] = {
    State.OPEN: Label(_l("Waits for an answer"), "open"),
    State.TAKEN_UP: Label(_l("Taken up"), "good"),
    State.DECLINED: Label(_l("Declined with a reason"), "late"),
    State.DONE: Label(_l("Result reported"), "good"),
    State.WITHDRAWN: Label(_l("Withdrawn by its author"), "quiet"),
    State.HIDDEN: Label(_l("Hidden by a moderator"), "late"),
}

# What a state means for a reader, in one sentence.
STATES_EXPLAINED: dict[State, LazyString] = {
    State.OPEN: _l("Whoever it is addressed to must say by the day named what it does with it."),
    State.TAKEN_UP: _l("Its addressee goes on with it and will report what came of it."),
    State.DECLINED: _l("Its addressee does not go on with it and says why."),
    State.DONE: _l("Its addressee took it up and says what came of it."),
    State.WITHDRAWN: _l("The author took it back before it was answered."),
    State.HIDDEN: _l("A moderator hid the words. The class of reason is public."),
}

FACETS: dict[Facet, LazyString] = {
    Facet.ALL: _l("All"),
    Facet.OPEN: _l("Waits for an answer"),
    Facet.OVERDUE: _l("Answer overdue"),
    Facet.TAKEN_UP: _l("Taken up"),
    Facet.DONE: _l("Result reported"),
    Facet.DECLINED: _l("Declined with a reason"),
}

ORDERS: dict[Order, LazyString] = {
    Order.SUPPORT: _l("Most supported"),
    Order.NEWEST: _l("Newest first"),
}

# What its addressee can do, as a choice.
ANSWERS: dict[Action, LazyString] = {
    Action.TAKE_UP: _l("Take it up"),
    Action.FORWARD: _l("Send it to another council or body"),
    Action.DECLINE: _l("Decline it"),
}


def event(step: ProposalStep) -> str:
    """One line of the public history."""
    to = step.to_council or step.to_agency
    match step.action:
        case "submit":
            return str(_("Proposed to: %(name)s", name=to.name if to else ""))
        case Action.FORWARD:
            sender = step.from_council or step.from_agency
            return str(
                _(
                    "Sent on by %(sender)s to: %(name)s",
                    sender=sender.name if sender else "",
                    name=to.name if to else "",
                )
            )
        case Action.TAKE_UP:
            return str(_("Taken up"))
        case Action.DECLINE:
            return str(_("Declined"))
        case Action.REPORT_RESULT:
            return str(_("The result was reported"))
        case Action.WITHDRAW:
            return str(_("Taken back by its author"))
        case _:
            return str(_("Hidden by a moderator"))


def hiding_reason(proposal: Proposal) -> str:
    """The class of reasons in the words of the newest rules that know it."""
    for rules in reversed(consultation_versions()):
        for reason in rules.hiding_reasons:
            if reason.id == proposal.hidden_reason:
                return str(reason.text)
    return proposal.hidden_reason or ""
