"""Making an act public, moving and cancelling it."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.control import labels
from app.control.errors import Unfinished
from app.control.forms.asking import NothingForm
from app.control.forms.explaining import explain
from app.control.lifecycle import Action, Requirement
from app.control.models import ControlAct
from app.control.services import announcing
from app.control.views import bp
from app.control.views.preparing import back
from app.db import db
from app.errors import DomainError
from app.gatherings.forms import CancelForm, MoveForm, saved_when
from app.i18n import _
from app.web.guards import current_actor, on


@bp.route("/desk/control/<int:number>/announce", methods=["GET", "POST"])
@on(ControlAct, may=Action.ANNOUNCE)
def announce(act: ControlAct) -> ResponseReturnValue:
    """What everybody will read, and whether the notice comes early enough."""
    form, is_refused = NothingForm(), False
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                announcing.announce(act, actor=current_actor(), now=clock.now())
        except Unfinished:
            is_refused = True
        except DomainError as refused:
            if not explain(MoveForm(), refused):
                raise
            is_refused = True
        else:
            flash(_("It is announced. The notice stands in the public calendar."), "success")
            return back(act)
    today = clock.today()
    missing = announcing.missing(act)
    return (
        render_template(
            "control/desk/announce.html",
            act=act,
            labels=labels,
            missing=[one for one in Requirement if one in missing],
            notices=announcing.notices(act),
            earliest=announcing.earliest_day(act, today=today),
            is_too_short=clock.today(act.gathering.starts_at) < announcing.earliest_day(act, today=today),
            is_over=act.gathering.starts_at <= clock.now(),
        ),
        422 if is_refused else 200,
    )


@bp.route("/desk/control/<int:number>/move", methods=["GET", "POST"])
@on(ControlAct, may=Action.MOVE)
def move(act: ControlAct) -> ResponseReturnValue:
    form = MoveForm(data=saved_when(act.gathering))
    if form.validate_on_submit():
        when = form.when()
        try:
            with db.session.begin_nested():
                announcing.move(
                    act,
                    starts_at=when.starts_at,
                    ends_at=when.ends_at,
                    place=when.place,
                    link=when.link,
                    reason=str(form.reason.data),
                    actor=current_actor(),
                    now=clock.now(),
                )
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("It is moved. What it was before stays on the page, with your reason."), "success")
            return back(act)
    return render_template("control/desk/move.html", act=act, form=form), 422 if form.errors else 200


@bp.route("/desk/control/<int:number>/cancel", methods=["GET", "POST"])
@on(ControlAct, may=Action.CANCEL)
def cancel(act: ControlAct) -> ResponseReturnValue:
    form = CancelForm()
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                announcing.cancel(act, reason=str(form.reason.data), actor=current_actor(), now=clock.now())
        except DomainError as refused:
            if not explain(form, refused):
                raise
        else:
            flash(_("It is cancelled. Your reason stands on its page."), "success")
            return back(act)
    return render_template("control/desk/cancel.html", act=act, form=form), 422 if form.errors else 200
