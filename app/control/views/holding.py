"""Visits of a monitoring group, and that an act took place."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.control.forms.explaining import explain
from app.control.forms.holding import VisitForm, hold_form
from app.control.lifecycle import Action
from app.control.models import ControlAct
from app.control.services import holding
from app.control.services.preparing import rules_of
from app.control.views import bp
from app.control.views.preparing import back
from app.db import db
from app.errors import DomainError
from app.i18n import _
from app.web.guards import current_actor, on


@bp.route("/desk/control/<int:number>/visits", methods=["GET", "POST"])
@on(ControlAct, may=Action.NOTE_VISIT)
def visits(act: ControlAct) -> ResponseReturnValue:
    form = VisitForm(data={"on": clock.today()})
    if form.validate_on_submit():
        assert form.on.data is not None  # noqa: S101  the form is valid
        try:
            with db.session.begin_nested():
                holding.note_visit(
                    act,
                    on=form.on.data,
                    place=str(form.place.data),
                    note=str(form.note.data),
                    actor=current_actor(),
                    now=clock.now(),
                )
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The visit is noted and public. Photographs are added among the documents."), "success")
            return redirect(url_for("control.visits", number=act.number), 303)
    repeat = rules_of(act).deadlines.get("monitoring_repeat_refusal")
    return (
        render_template("control/desk/visits.html", act=act, form=form, repeat=repeat),
        422 if form.errors else 200,
    )


@bp.route("/desk/control/<int:number>/hold", methods=["GET", "POST"])
@on(ControlAct, may=Action.HOLD)
def hold(act: ControlAct) -> ResponseReturnValue:
    form = hold_form(act, today=clock.today())
    if form.validate_on_submit():
        held = form.details()
        try:
            with db.session.begin_nested():
                holding.hold(
                    act,
                    held_on=held.held_on,
                    present=held.present,
                    chair=held.chair,
                    secretary=held.secretary,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("It is noted. The term of the final document runs from that day."), "success")
            return back(act)
    return (
        render_template(
            "control/desk/hold.html",
            act=act,
            form=form,
            document_term=rules_of(act).deadline("control_document_sent"),
            has_begun=act.gathering.starts_at <= clock.now(),
        ),
        422 if form.errors else 200,
    )
