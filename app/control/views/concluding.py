"""The final document: its texts, its recommendations, the signature."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.control import labels, policies
from app.control.forms.asking import NothingForm
from app.control.forms.explaining import explain
from app.control.forms.holding import final_form, row_form
from app.control.lifecycle import MEETINGS, Action, Assessment
from app.control.models import ControlAct
from app.control.services import concluding
from app.control.services.preparing import rules_of
from app.control.views import bp
from app.control.views.preparing import back
from app.db import db
from app.errors import DomainError, NotFound
from app.i18n import _
from app.web.guards import current_actor, on


@bp.route("/desk/control/<int:number>/final", methods=["GET", "POST"])
@on(ControlAct, may=Action.DRAFT_DOCUMENT)
def final(act: ControlAct) -> ResponseReturnValue:
    form = final_form(act)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                concluding.draft(
                    act,
                    texts=form.texts(),
                    in_favour=form.given_in_favour(),
                    assessment=form.given_assessment(),
                    actor=current_actor(),
                    now=clock.now(),
                )
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("Saved. Nobody else sees it before it is signed."), "success")
            return redirect(url_for("control.final", number=act.number), 303)
    return (
        render_template(
            "control/desk/final.html",
            act=act,
            form=form,
            rows=concluding.list_of(act).rows,
            needed_votes=concluding.least_in_favour(act) if act.form in MEETINGS else None,
            may_conclude=policies.may(Action.CONCLUDE, current_actor(), act),
        ),
        422 if form.errors else 200,
    )


@bp.route("/desk/control/<int:number>/rows/<int:position>", methods=["GET", "POST"])
@on(ControlAct, may=Action.DRAFT_DOCUMENT)
def row(act: ControlAct, position: int) -> ResponseReturnValue:
    """One recommendation in both languages; the number after the last one is a new row."""
    rows = [dict(one.texts) for one in concluding.list_of(act).rows]
    if not 1 <= position <= len(rows) + 1:
        raise NotFound(kind="Recommendation")
    is_new = position == len(rows) + 1
    form = row_form(act, {} if is_new else rows[position - 1])
    if form.validate_on_submit():
        rows[position - 1 : position] = [form.texts()]
        try:
            with db.session.begin_nested():
                concluding.set_rows(act, rows, actor=current_actor(), now=clock.now())
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("The recommendation is saved."), "success")
            return redirect(url_for("control.final", number=act.number, _anchor="recommendations"), 303)
    return (
        render_template("control/desk/row.html", act=act, form=form, position=position, is_new=is_new),
        422 if form.errors else 200,
    )


@bp.post("/desk/control/<int:number>/rows/<int:position>/remove")
@on(ControlAct, may=Action.DRAFT_DOCUMENT)
def remove_row(act: ControlAct, position: int) -> ResponseReturnValue:
    rows = [dict(one.texts) for one in concluding.list_of(act).rows]
    if not 1 <= position <= len(rows):
        raise NotFound(kind="Recommendation")
    if NothingForm().validate_on_submit():
        del rows[position - 1]
        concluding.set_rows(act, rows, actor=current_actor(), now=clock.now())
        flash(_("The recommendation is taken away; those after it have new numbers."), "success")
    return redirect(url_for("control.final", number=act.number, _anchor="recommendations"), 303)


@bp.route("/desk/control/<int:number>/conclude", methods=["GET", "POST"])
@on(ControlAct, may=Action.CONCLUDE)
def conclude(act: ControlAct) -> ResponseReturnValue:
    """The chair's last look before everybody reads it and the body owes its answers."""
    form = NothingForm()
    words = final_form(act)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                concluding.conclude(act, actor=current_actor(), now=clock.now())
        except DomainError as refused:
            if not explain(words, refused):
                raise
        else:
            flash(_("The final document is signed, published and sent to the body."), "success")
            return back(act)
    problems = [str(error) for field in words for error in field.errors]
    return (
        render_template(
            "control/desk/conclude.html",
            act=act,
            rows=concluding.list_of(act).rows,
            problems=problems,
            needed_votes=concluding.least_in_favour(act) if act.form in MEETINGS else None,
            assessment=labels.ASSESSMENTS[Assessment(act.assessment)] if act.assessment else None,
            answer_term=rules_of(act).form(act.form).answer,
        ),
        422 if problems else 200,
    )
