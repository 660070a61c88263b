"""Moderators take words out of sight that the rules do not let stand."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.errors import DomainError
from app.i18n import _
from app.proposals.forms import explain, hide_form, notes_on_reasons
from app.proposals.lifecycle import Action
from app.proposals.models import Proposal
from app.proposals.services import hiding
from app.proposals.views import bp
from app.web.guards import current_actor, on


@bp.route("/desk/proposals/<int:number>/hide", methods=["GET", "POST"])
@on(Proposal, may=Action.HIDE)
def hide(proposal: Proposal) -> ResponseReturnValue:
    form = hide_form()
    if form.validate_on_submit():
        try:
            hiding.hide(
                proposal,
                reason=form.reason.data,
                explanation=form.explanation.data,
                actor=current_actor(),
                now=clock.now(),
            )
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The proposal is hidden. Its author is told why."), "success")
            return redirect(url_for("proposals.show", number=proposal.number), 303)
    page = render_template("proposals/desk/hide.html", proposal=proposal, form=form, notes=notes_on_reasons())
    return page, 422 if form.errors else 200
