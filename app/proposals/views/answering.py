"""The desk of councils and bodies: what was proposed to them, and what they do with it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.agencies.models import Agency
from app.councils.models import Council
from app.duties.queries import clock_of
from app.errors import DomainError, Forbidden
from app.i18n import _
from app.proposals import labels, policies, queries
from app.proposals.forms import (
    LONGEST_SEARCH,
    AnswerForm,
    ResultForm,
    answer_form,
    explain,
    offer,
    result_form,
)
from app.proposals.lifecycle import Action
from app.proposals.models import Proposal
from app.proposals.policies import AlreadyForwarded, NotInThisState
from app.proposals.queries import desk as desk_queries
from app.proposals.queries import similar
from app.proposals.services import answering
from app.proposals.views import bp
from app.proposals.views.reading import event_in_words
from app.text import topics
from app.text.normalize import shown_line
from app.web.guards import current_actor, on, signed_in

ANSWERS = (Action.TAKE_UP, Action.FORWARD, Action.DECLINE)


@bp.get("/desk/proposals")
@signed_in()
def desk() -> ResponseReturnValue:
    addressees = desk_queries.addressees_of(current_actor(), today=clock.today())
    if not addressees:
        raise Forbidden(reason="role")
    now = clock.now()
    return render_template(
        "proposals/desk/list.html",
        waiting=desk_queries.waiting(addressees, now=now),
        in_work=desk_queries.in_work(addressees, now=now),
        has_several=len(addressees.councils) + len(addressees.agency_ids) > 1,
    )


@bp.route("/desk/proposals/<int:number>", methods=["GET", "POST"])
@on(Proposal, needs_sign_in=True)
def answer(proposal: Proposal) -> ResponseReturnValue:
    actor = current_actor()
    if not policies.answers_for(actor, proposal):
        raise Forbidden(action=Action.TAKE_UP)
    acts = [act for act in ANSWERS if policies.may(act, actor, proposal)]
    if acts:
        return _answer(proposal, answer_form(acts))
    if policies.may(Action.REPORT_RESULT, actor, proposal):
        return _report(proposal, result_form())
    if request.method == "POST":
        return _too_late(proposal)
    return _page(proposal)


def _answer(proposal: Proposal, form: AnswerForm) -> ResponseReturnValue:
    if request.method == "GET" or "find" in request.form:
        return _page(proposal, form)
    if not form.validate():
        return _page(proposal, form), 422
    act = Action(form.act.data)
    try:
        said = _done(proposal, act, form)
    except (NotInThisState, AlreadyForwarded):
        return _too_late(proposal)
    except DomainError as refused:
        if not explain(form, refused):
            raise
        return _page(proposal, form), 422
    flash(said, "success")
    return redirect(url_for("proposals.desk") if act is Action.FORWARD else _own_address(proposal), 303)


def _done(proposal: Proposal, act: Action, form: AnswerForm) -> str:
    """Does it, and what the page says then."""
    words, language = form.words.data, form.language.data
    actor, now = current_actor(), clock.now()
    if act is Action.TAKE_UP:
        answering.take_up(proposal, words=words, language=language, actor=actor, now=now)
        return str(_("The proposal is taken up. Report here what came of it."))
    if act is Action.DECLINE:
        answering.decline(proposal, reason=words, language=language, actor=actor, now=now)
        return str(_("The proposal is declined. The author and everybody read why."))
    to = queries.addressed(str(form.addressee.data or ""))
    answering.forward(
        proposal,
        to_council=to if isinstance(to, Council) else None,
        to_agency=to if isinstance(to, Agency) else None,
        words=words,
        actor=actor,
        now=now,
    )
    return str(_("The proposal is sent on. Its new addressee has a term of its own."))


def _report(proposal: Proposal, form: ResultForm) -> ResponseReturnValue:
    if request.method == "GET":
        return _page(proposal, form)
    if "act" in request.form:
        # The page of an answer, opened before a colleague gave one.
        return _too_late(proposal)
    if not form.validate():
        return _page(proposal, form), 422
    try:
        answering.report_result(
            proposal, words=form.words.data, link=form.link.data, actor=current_actor(), now=clock.now()
        )
    except NotInThisState:
        return _too_late(proposal)
    except DomainError as refused:
        if not explain(form, refused):
            raise
        return _page(proposal, form), 422
    flash(_("The result is published."), "success")
    return redirect(_own_address(proposal), 303)


def _page(proposal: Proposal, form: AnswerForm | ResultForm | None = None, **more: Any) -> str:
    sought = shown_line(request.form.get("q", ""))[:LONGEST_SEARCH]
    items: list[dict[str, Any]] = []
    if isinstance(form, AnswerForm):
        items = offer(form, _others(proposal, form, sought))
    return render_template(
        "proposals/desk/item.html",
        proposal=proposal,
        form=form,
        items=items,
        sought=sought,
        is_result=isinstance(form, ResultForm),
        label=labels.STATES[proposal.state],
        topic=topics.topic(proposal.topic),
        clock_says=clock_of(proposal.duty, today=clock.today()),
        events=[event_in_words(step) for step in queries.history_of(proposal)],
        **more,
    )


def _others(proposal: Proposal, form: AnswerForm, sought: str) -> list[Council | Agency]:
    """To whom it can be sent; not to whoever has it."""
    chosen = queries.addressed(str(form.addressee.data or ""))
    offered = similar.offered(proposal.title, region=proposal.region_code, sought=sought, chosen=chosen)
    if proposal.council is not None and proposal.council.agency is not None:
        # What is not the council's own to do is most often its body's.
        offered = [proposal.council.agency, *(one for one in offered if one is not proposal.council.agency)]
    return [one for one in offered if one is not proposal.addressee]


def _too_late(proposal: Proposal) -> ResponseReturnValue:
    """A colleague was faster: what was done, and what was typed here, to be copied."""
    return _page(proposal, typed=request.form.get("words", ""), is_too_late=True), 409


def _own_address(proposal: Proposal) -> str:
    return url_for("proposals.answer", number=proposal.number)
