"""Before the announcement: a new act, its card, its people, its documents."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.control import labels, policies, queries
from app.control.forms.asking import NothingForm
from app.control.forms.explaining import explain
from app.control.forms.preparing import card_form, document_form, limits_of, participant_form
from app.control.lifecycle import Action, Form, Purpose
from app.control.models import ControlAct
from app.control.services import preparing
from app.control.services.preparing import rules_of
from app.control.views import bp
from app.councils.actions import Action as CouncilAction
from app.councils.models import Council
from app.db import db
from app.errors import DomainError, NotFound
from app.i18n import _
from app.law import council_rules_in_force
from app.web.guards import current_actor, on


@bp.route("/desk/councils/<slug>/control/new", methods=["GET", "POST"])
@on(Council, may=CouncilAction.SEE_ROOM, needs_sign_in=True)
def new(council: Council) -> ResponseReturnValue:
    """The form is chosen first: the law asks other things of each."""
    rules = council_rules_in_force(clock.today())
    chosen = request.args.get("form", "")
    if chosen not in set(Form):
        return render_template("control/desk/choose.html", council=council, forms=rules.forms)
    kind = Form(chosen)
    form = card_form(council, None)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                act = preparing.begin(
                    council, form=kind, card=form.details(), actor=current_actor(), now=clock.now()
                )
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("It is begun. Only the secretary and the chair see it until it is announced."), "success")
            return redirect(url_for("control.edit", number=act.number), 303)
    return (
        render_template(
            "control/desk/card.html", council=council, act=None, kind=kind, form=form, rule=rules.form(kind)
        ),
        422 if form.errors else 200,
    )


@bp.route("/desk/control/<int:number>/card", methods=["GET", "POST"])
@on(ControlAct, may=Action.EDIT)
def card(act: ControlAct) -> ResponseReturnValue:
    form = card_form(act.council, act)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                preparing.describe(act, card=form.details(), actor=current_actor(), now=clock.now())
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("Saved."), "success")
            return back(act)
    return (
        render_template(
            "control/desk/card.html",
            council=act.council,
            act=act,
            kind=act.form,
            form=form,
            rule=rules_of(act).form(act.form),
        ),
        422 if form.errors else 200,
    )


@bp.route("/desk/control/<int:number>/participants", methods=["GET", "POST"])
@on(ControlAct, may=Action.EDIT)
def participants(act: ControlAct) -> ResponseReturnValue:
    form = participant_form(act)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                preparing.add_participant(act, named=form.details(), actor=current_actor(), now=clock.now())
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The person is added."), "success")
            return redirect(url_for("control.participants", number=act.number), 303)
    return (
        render_template(
            "control/desk/participants.html", act=act, form=form, labels=labels, rules=rules_of(act)
        ),
        422 if form.errors else 200,
    )


@bp.post("/desk/control/<int:number>/participants/<int:participant_id>/remove")
@on(ControlAct, may=Action.EDIT)
def remove_participant(act: ControlAct, participant_id: int) -> ResponseReturnValue:
    person = queries.participant_of(act, participant_id)
    if person is None:
        raise NotFound(kind="Participant")
    if NothingForm().validate_on_submit():
        preparing.remove_participant(person, actor=current_actor(), now=clock.now())
        flash(_("The person is taken off the list."), "success")
    return redirect(url_for("control.participants", number=act.number), 303)


@bp.route("/desk/control/<int:number>/documents", methods=["GET", "POST"])
@on(ControlAct, may=Action.ADD_DOCUMENT)
def documents(act: ControlAct) -> ResponseReturnValue:
    form = document_form(act)
    if form.validate_on_submit():
        upload = form.upload()
        if upload is None:
            form.file.errors = [*form.file.errors, _("Choose a file.")]
        else:
            try:
                with db.session.begin_nested():
                    preparing.add_file(
                        act,
                        upload=upload,
                        purpose=Purpose(form.purpose.data),
                        caption=form.caption.data or "",
                        actor=current_actor(),
                        now=clock.now(),
                    )
            except DomainError as refused:
                if not explain(form, refused):
                    raise
            else:
                flash(_("The file is added."), "success")
                return redirect(url_for("control.documents", number=act.number), 303)
    return (
        render_template(
            "control/desk/documents.html",
            act=act,
            form=form,
            labels=labels,
            limits=limits_of(rules_of(act)),
            may_remove=policies.may(Action.EDIT, current_actor(), act),
        ),
        422 if form.errors else 200,
    )


@bp.post("/desk/control/<int:number>/documents/<key>/remove")
@on(ControlAct, may=Action.EDIT)
def remove_document(act: ControlAct, key: str) -> ResponseReturnValue:
    kept = queries.file_of(act, key)
    if kept is None:
        raise NotFound(kind="Attachment")
    if NothingForm().validate_on_submit():
        preparing.remove_file(kept, actor=current_actor(), now=clock.now())
        flash(_("The file is taken away."), "success")
    return redirect(url_for("control.documents", number=act.number), 303)


def back(act: ControlAct) -> ResponseReturnValue:
    """To the file of the act."""
    return redirect(url_for("control.edit", number=act.number), 303)
