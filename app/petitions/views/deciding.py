"""The decision: written by the addressee's officers box by box, published by its head."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts import queries as accounts
from app.i18n import LANGUAGE_NAMES, _
from app.law import rules_version
from app.petitions import labels, policies, queries
from app.petitions.actions import Action
from app.petitions.errors import DecisionIncomplete, EditedMeanwhile
from app.petitions.forms.officers import DecisionForm, number_of
from app.petitions.models import Decision, Petition
from app.petitions.services import reviewing
from app.petitions.views import bp
from app.petitions.views.officers import missing_in_words
from app.web.guards import current_actor, on


@bp.route("/desk/petitions/<int:number>/decision", methods=["GET", "POST"])
@on(Petition, may=Action.DRAFT_DECISION)
def decision(petition: Petition) -> ResponseReturnValue:
    """The draft of the decision: anything may be empty, nothing that was typed is lost."""
    if request.method == "GET":
        form = DecisionForm.of(petition, queries.decision_of(petition))
        return _draft(petition, form, status=200)
    form = DecisionForm.of(petition, None)
    if not form.validate():
        return _draft(petition, form, status=422)
    try:
        reviewing.save_decision(
            petition, draft=form.details(petition), actor=current_actor(), now=clock.now()
        )
    except EditedMeanwhile:
        return _beside_the_newer(petition, form)
    flash(_("The draft is saved. Only your body can read it."), "success")
    return redirect(url_for("petitions.decision", number=petition.number), 303)


@bp.route("/desk/petitions/<int:number>/decision/publish", methods=["GET", "POST"])
@on(Petition, may=Action.DECIDE)
def publish_decision(petition: Petition) -> ResponseReturnValue:
    """The head reads what will happen, and decides. What was not read is not published."""
    if request.method == "GET":
        return _last_look(petition, status=200)
    revision = request.form.get("revision", "")
    try:
        reviewing.publish_decision(
            petition,
            revision=number_of(revision),
            actor=current_actor(),
            now=clock.now(),
        )
    except DecisionIncomplete:
        return _last_look(petition, status=422)
    except EditedMeanwhile:
        return _last_look(petition, status=409, is_newer=True)
    flash(_("The decision is published. The author and everybody who follows will be told."), "success")
    return redirect(url_for("petitions.desk_item", number=petition.number), 303)


def _draft(petition: Petition, form: DecisionForm, *, status: int) -> ResponseReturnValue:
    return _decision_page(petition, form, theirs=None), status


def _beside_the_newer(petition: Petition, form: DecisionForm) -> ResponseReturnValue:
    """Somebody saved a newer text meanwhile: both are shown, and saving again is then a choice and no accident."""
    newer = queries.decision_of(petition)
    assert newer is not None  # noqa: S101  it was edited meanwhile
    form.revision.data = str(newer.revision)
    return _decision_page(petition, form, theirs=newer), 409


def _decision_page(petition: Petition, form: DecisionForm, *, theirs: Decision | None) -> str:
    rules = rules_version(petition.rules_version or "")
    saved = queries.decision_of(petition)
    saver = accounts.by_id(saved.saved_by_id) if saved else None
    return render_template(
        "petitions/desk/decision.html",
        petition=petition,
        form=form,
        saved=saved,
        saved_by=saver.name if saver else "",
        theirs=theirs,
        labels=labels,
        language_names=LANGUAGE_NAMES,
        parts={part.id: part for part in rules.decision_parts},
        text_parts=reviewing.TEXT_PARTS,
        boxes=list(zip(petition.demands, form.answers, strict=False)),
        missing=missing_in_words(petition),
        may_publish=policies.may(Action.DECIDE, current_actor(), petition),
    )


def _last_look(petition: Petition, *, status: int, is_newer: bool = False) -> ResponseReturnValue:
    return (
        render_template(
            "petitions/desk/publish_decision.html",
            petition=petition,
            decision=queries.decision_of(petition),
            missing=missing_in_words(petition),
            is_newer=is_newer,
            text_parts=reviewing.TEXT_PARTS,
            part_names=DecisionForm.part_names(),
            labels=labels,
        ),
        status,
    )
