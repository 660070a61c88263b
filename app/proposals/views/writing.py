"""Proposing in two steps, supporting, taking back, and one's own page of both."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Role
from app.agencies.models import Agency
from app.councils.models import Council
from app.errors import DomainError, InvalidInput
from app.i18n import _
from app.proposals import labels, queries
from app.proposals.errors import ProposedAlready
from app.proposals.forms import LONGEST_SEARCH, SendForm, explain, offer, send_form, words_form
from app.proposals.lifecycle import Action
from app.proposals.models import Proposal
from app.proposals.queries import similar
from app.proposals.services import proposing, supporting
from app.proposals.views import bp
from app.territories import queries as territories
from app.text import topics
from app.text.normalize import shown_line
from app.web.forms import Form
from app.web.guards import current_actor, on, signed_in


@bp.get("/proposals/new")
@signed_in(Role.CITIZEN)
def new() -> ResponseReturnValue:
    """The first step; with words in the address, the second."""
    written = request.args.get("to", "")
    to = queries.addressed(written)
    is_begun = "title" in request.args
    asked = words_form(request.args if is_begun else None)
    if not is_begun or not asked.validate():
        page = render_template("proposals/new/words.html", form=asked, to=to, written=written)
        return page, 422 if is_begun else 200
    values = {"title": asked.title.data, "topic": asked.topic.data, "region": asked.region.data}
    return _send_page(send_form({**values, **({"addressee": written} if to is not None else {})}))


@bp.post("/proposals/new")
@signed_in(Role.CITIZEN)
def send() -> ResponseReturnValue:
    form = send_form()
    if "find" in request.form:
        return _send_page(form)
    addressee = queries.addressed(str(form.addressee.data or ""))
    # Only what the page offered can be chosen, and the page offers again what was chosen.
    offer(form, [addressee] if addressee is not None else [])
    if addressee is None:
        form.addressee.data = None
    if not form.validate():
        return _send_page(form), 422
    words = form.details()
    try:
        proposal = proposing.propose(
            title=words.title,
            text=words.text,
            language=words.language,
            topic=words.topic,
            region_code=words.region_code,
            council=addressee if isinstance(addressee, Council) else None,
            agency=addressee if isinstance(addressee, Agency) else None,
            actor=current_actor(),
            now=clock.now(),
        )
    except ProposedAlready as first:
        form.title.errors = [_("You proposed this already, in the same words.")]
        return _send_page(form, first=first.data["number"]), 409
    except DomainError as refused:
        if not explain(form, refused):
            raise
        return _send_page(form), 422
    flash(_("Your proposal is sent. The day by which it must be answered stands on its page."), "success")
    return redirect(url_for("proposals.show", number=proposal.number), 303)


def _send_page(form: SendForm, **more: Any) -> str:
    """Similar proposals, whoever may be competent, and the form; what was chosen stays chosen."""
    title = shown_line(form.title.data or "")[:LONGEST_SEARCH]
    sought = shown_line(request.form.get("q", ""))[:LONGEST_SEARCH]
    topic = topics.topic(form.topic.data or "")
    words = f"{title} {topic.name}" if topic else title
    chosen = queries.addressed(str(form.addressee.data or ""))
    region = form.region.data if form.region.data in territories.region_codes() else None
    offered = similar.offered(words, region=region, sought=sought, chosen=chosen)
    return render_template(
        "proposals/new/send.html",
        form=form,
        similar=similar.similar_to(title),
        items=offer(form, offered),
        sought=sought,
        **more,
    )


@bp.post("/proposals/<int:number>/support")
@on(Proposal, may=Action.SUPPORT)
def support(proposal: Proposal) -> ResponseReturnValue:
    """Says that one wants it too, or takes that back."""
    if not Form().validate():
        raise InvalidInput(field="support")
    act = supporting.take_support_back if request.form.get("take_back") else supporting.support
    act(proposal, actor=current_actor(), now=clock.now())
    return redirect(url_for("proposals.show", number=proposal.number, _anchor="support"), 303)


@bp.route("/proposals/<int:number>/withdraw", methods=["GET", "POST"])
@on(Proposal, may=Action.WITHDRAW)
def withdraw(proposal: Proposal) -> ResponseReturnValue:
    if Form().validate_on_submit():
        proposing.withdraw(proposal, actor=current_actor(), now=clock.now())
        flash(_("Your proposal is taken back. Nobody owes an answer any more."), "success")
        return redirect(url_for("proposals.show", number=proposal.number), 303)
    return render_template("proposals/withdraw.html", proposal=proposal)


@bp.get("/my/proposals")
@signed_in(Role.CITIZEN)
def mine() -> ResponseReturnValue:
    account_id = current_actor().account_id or 0
    return render_template(
        "proposals/mine.html",
        written=queries.written_by(account_id),
        supported=queries.supported_by(account_id),
        labels=labels,
    )
