"""From an adopted vote to a signed ruling: its text in two languages, its recommendations, the signature."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import db
from app.errors import NotFound
from app.i18n import _
from app.law import council_rules_version
from app.law.labels import period
from app.recommendations.errors import TooLong, TooManyRows
from app.sittings import labels, policies, problems, queries
from app.sittings.actions import Action
from app.sittings.errors import (
    ItemDropped,
    OneLanguageMissing,
    RecommendationsMissing,
    StaleRuling,
)
from app.sittings.forms.calling import NothingForm
from app.sittings.forms.ruling import RulingForm, places_of
from app.sittings.lifecycle import ItemState, RulingState
from app.sittings.models import AgendaItem, Ruling, Sitting
from app.sittings.queries import desk
from app.sittings.services import ruling as rulings
from app.sittings.views import bp
from app.sittings.views.agenda import item_of
from app.web.guards import current_actor, on

# Clauses offered to choose from; a longer act is searched by number.
PLACES_OFFERED = 1000


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/ruling", methods=["GET", "POST"])
@on(Sitting, may=Action.DRAFT_RULING)
def ruling_draft(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """Saved as often as wanted, with half of it missing; signed on a page of its own."""
    item = item_of(sitting, item_id)
    ruling = queries.ruling_of(item)
    if ruling is None:
        return _begin(item)
    if ruling.state is RulingState.PUBLISHED:
        flash(_("The ruling is signed and published: it is not changed any more."))
        return redirect(url_for("sittings.desk", number=sitting.number), 303)
    form = RulingForm.of(ruling, council_rules_version(sitting.rules_version).limits)
    if request.method == "POST" and "more" in request.form:
        # Nothing is saved and nothing is lost: the page comes back with one more row.
        form.rows.append_entry()
        return _page(ruling, form, focus=len(form.rows) - 1)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                _save(ruling, form)
        except StaleRuling:
            return _page(ruling, form, is_newer=True)
        except (TooManyRows, TooLong) as refused:
            form.form_errors.append(problems.sentence(refused))
        else:
            return _saved(ruling, form)
    return _page(ruling, form)


def _begin(item: AgendaItem) -> ResponseReturnValue:
    """One button that begins it: looking at a page writes nothing. NotFound where no vote has adopted anything."""
    adopted = [one for one in queries.votings_of(item) if one.is_adopted and one.outcome is not None]
    if not adopted or item.state is ItemState.DROPPED:
        raise NotFound(kind="Ruling")
    if NothingForm().validate_on_submit():
        rulings.begin(adopted[-1], actor=current_actor(), now=clock.now())
        return redirect(url_for("sittings.ruling_draft", number=item.sitting.number, item_id=item.id), 303)
    return render_template(
        "sittings/desk/ruling_begin.html",
        sitting=item.sitting,
        item=item,
        voting=adopted[-1],
        outcome=labels.outcome_of_vote(adopted[-1]),
    )


def _save(ruling: Ruling, form: RulingForm) -> None:
    rulings.save(
        ruling,
        texts=form.texts(),
        rows=form.row_words(),
        revision=number_of(form.revision.data),
        actor=current_actor(),
        now=clock.now(),
    )


def number_of(revision: str | None) -> int:
    """The revision that a form carries; 0, which is nobody's newest, for anything that is no small number."""
    return int(revision) if revision and revision.isdecimal() and len(revision) < 10 else 0


def _saved(ruling: Ruling, form: RulingForm) -> ResponseReturnValue:
    """Saved; on the way to the signature what is still missing is said at its box."""
    if "sign" not in request.form:
        flash(_("The ruling is saved."), "success")
        return redirect(
            url_for("sittings.ruling_draft", number=ruling.item.sitting.number, item_id=ruling.item_id), 303
        )
    _say_what_is_missing(ruling, form)
    if form.errors:
        form.revision.data = str(ruling.revision)
        return _page(ruling, form, was_saved=True)
    return redirect(url_for("sittings.sign_ruling", number=ruling.number), 303)


def _say_what_is_missing(ruling: Ruling, form: RulingForm) -> None:
    sentences = {
        "kk": _("The Kazakh text is missing: a ruling is published in Kazakh and in Russian."),
        "ru": _("The Russian text is missing: a ruling is published in Kazakh and in Russian."),
    }
    for code, sentence in sentences.items():
        if not form.texts()[code]:
            form[f"text_{code}"].errors = [sentence]
        for row in form.rows:
            if not row.form.is_empty and not row.form[f"text_{code}"].data:
                row.form[f"text_{code}"].errors = [sentence]
    if labels.outcome_of(ruling).needs_recommendations and all(row.form.is_empty for row in form.rows):
        form.rows[0].form.text_kk.errors = [
            _("This outcome says nothing without recommendations: write at least one.")
        ]


def _page(
    ruling: Ruling,
    form: RulingForm,
    *,
    is_newer: bool = False,
    was_saved: bool = False,
    focus: int | None = None,
) -> ResponseReturnValue:
    if is_newer:
        db.session.refresh(ruling)
        # What stands in the boxes replaces the newer text, once its author has seen that.
        form.revision.data = str(ruling.revision)
    return (
        render_template(
            "sittings/desk/ruling.html",
            ruling=ruling,
            item=ruling.item,
            sitting=ruling.item.sitting,
            form=form,
            is_newer=is_newer,
            was_saved=was_saved,
            saved_by=desk.name_of(ruling.saved_by),
            focus=focus,
            places=places_of(form.version, most=PLACES_OFFERED),
            may_sign=policies.may(Action.SIGN_RULING, current_actor(), ruling.item.sitting),
            outcome=labels.outcome_of(ruling),
            addressee=rulings.addressee(ruling.item),
            labels=labels,
        ),
        409 if is_newer else 422 if form.errors else 200,
    )


@bp.route("/desk/rulings/<int:number>/sign", methods=["GET", "POST"])
@on(Ruling, may=Action.SIGN_RULING)
def sign_ruling(ruling: Ruling) -> ResponseReturnValue:
    """The ruling as everybody will read it, and the signature that publishes it."""
    sitting = ruling.item.sitting
    if ruling.state is RulingState.PUBLISHED:
        flash(_("The ruling is signed and published: it is not changed any more."))
        return redirect(url_for("sittings.desk", number=sitting.number), 303)
    problem = ""
    if NothingForm().validate_on_submit():
        try:
            with db.session.begin_nested():
                read = number_of(request.form.get("revision"))
                rulings.sign(ruling, revision=read, actor=current_actor(), now=clock.now())
        except StaleRuling:
            problem = _(
                "Somebody saved the ruling while you were reading. Nothing was signed; read it as it stands now."
            )
        except (OneLanguageMissing, RecommendationsMissing, ItemDropped) as refused:
            problem = problems.sentence(refused)
        else:
            flash(
                _("The ruling is signed and published. Its recommendations are on their way to the body."),
                "success",
            )
            return redirect(url_for("sittings.desk", number=sitting.number), 303)
    return (
        render_template("sittings/desk/sign.html", problem=problem, **_before_signing(ruling)),
        422 if problem else 200,
    )


def _before_signing(ruling: Ruling) -> dict[str, Any]:
    item = ruling.item
    outcome = labels.outcome_of(ruling)
    lacking = [problems.MISSING[code]() for code in rulings.missing(ruling)]
    if outcome.needs_recommendations and not ruling.recommendations.rows:
        lacking.append(_("This outcome says nothing without recommendations: write at least one."))
    rules = council_rules_version(item.sitting.rules_version)
    return {
        "ruling": ruling,
        "item": item,
        "sitting": item.sitting,
        "outcome": outcome,
        "lacking": lacking,
        "addressee": rulings.addressee(item),
        "term": period(rules.deadline(rulings.deadline(item))),
        "may_draft": policies.may(Action.DRAFT_RULING, current_actor(), item.sitting),
        "labels": labels,
    }
