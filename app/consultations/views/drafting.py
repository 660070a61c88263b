"""Before the announcement: the card, the term, and giving the draft up."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.consultations.actions import Action
from app.consultations.errors import TermInThePast, TermTooShort
from app.consultations.forms.drafting import NothingForm, card_form, term_form
from app.consultations.models import DraftAct
from app.consultations.services import drafting
from app.consultations.views import bp
from app.consultations.views.officers import back, rules_for, words_missing
from app.i18n import _
from app.web.filters import day
from app.web.forms import Form
from app.web.guards import current_actor, on


@bp.route("/desk/drafts/<int:number>/card", methods=["GET", "POST"])
@on(DraftAct, may=Action.EDIT)
def card(draft: DraftAct) -> ResponseReturnValue:
    rules = rules_for(draft)
    form = card_form(draft, rules)
    if form.validate_on_submit():
        had_term = draft.opens_on is not None
        drafting.describe(draft, card=form.details(), actor=current_actor())
        flash(_saved_in_words(draft, had_term=had_term), "success")
        return back(draft)
    return (
        render_template("consultations/desk/card.html", draft=draft, form=form, rules=rules),
        422 if form.errors else 200,
    )


def _saved_in_words(draft: DraftAct, *, had_term: bool) -> str:
    if had_term and draft.opens_on is None:
        return str(_("The card is saved. The term was counted for another kind or stage: set it anew."))
    if words_missing(draft):
        return str(_("The card is saved. What is still missing stands below."))
    return str(_("The card is saved and complete."))


@bp.route("/desk/drafts/<int:number>/term", methods=["GET", "POST"])
@on(DraftAct, may=Action.EDIT)
def term(draft: DraftAct) -> ResponseReturnValue:
    rules, now = rules_for(draft), clock.now()
    if not (draft.kind and draft.stage):
        flash(_("Fill in the card first: the term hangs on kind and stage."))
        return redirect(url_for("consultations.card", number=draft.number), 303)
    today = clock.today(now)
    proposal = drafting.propose_term(draft, rules=rules, opens_on=max(draft.opens_on or today, today))
    form = term_form(draft, proposed=(proposal.opens_on, proposal.closes_on))
    if form.validate_on_submit():
        try:
            drafting.set_term(draft, term=form.details(), rules=rules, actor=current_actor(), now=now)
        except (TermTooShort, TermInThePast) as refused:
            show_at_field(form, refused.data, why_no_term(refused))
        else:
            flash(_("The term is set."), "success")
            return back(draft)
    if form.opens_on.data and not form.opens_on.errors:
        proposal = drafting.propose_term(draft, rules=rules, opens_on=form.opens_on.data)
    return (
        render_template(
            "consultations/desk/term.html", draft=draft, form=form, rules=rules, proposal=proposal
        ),
        422 if form.errors else 200,
    )


def why_no_term(refused: TermTooShort | TermInThePast) -> str:
    earliest = refused.data.get("earliest")
    latest = refused.data.get("latest")
    if isinstance(latest, date):
        return str(_("This day is still to come. The latest possible day is %(day)s.", day=day(latest)))
    assert isinstance(earliest, date)  # noqa: S101  every other refusal names it
    if isinstance(refused, TermTooShort):
        return str(
            _(
                "This is shorter than the rules let: the earliest last day is %(day)s. Choose it or a later one, or state the ground for a shorter discussion.",
                day=day(earliest),
            )
        )
    return str(_("This day is too early. The earliest possible day is %(day)s.", day=day(earliest)))


@bp.route("/desk/drafts/<int:number>/discard", methods=["GET", "POST"])
@on(DraftAct, may=Action.DISCARD)
def discard(draft: DraftAct) -> ResponseReturnValue:
    if NothingForm().validate_on_submit():
        drafting.discard(draft, actor=current_actor(), now=clock.now())
        flash(_("The draft is dropped. Nobody outside your body saw it."), "success")
        return redirect(url_for("consultations.desk_list"), 303)
    return render_template("consultations/desk/discard.html", draft=draft)


def show_at_field(form: Form, data: dict[str, Any], sentence: str) -> None:
    """Shows what a service refused at the field that it named, or at the first one."""
    name = str(data.get("field", ""))
    field = form[name] if name in form else next(iter(form))
    field.errors = [*field.errors, sentence]
