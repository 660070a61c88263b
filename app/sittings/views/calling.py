"""Before a sitting: when and where, its notice, moving and cancelling it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import policies as council_policies
from app.councils.actions import Action as CouncilAction
from app.councils.models import Council
from app.db import db
from app.errors import DomainError, Forbidden
from app.gatherings import errors as gatherings
from app.i18n import _
from app.law import council_rules_version
from app.sittings import labels, problems
from app.sittings.actions import Action
from app.sittings.errors import Unfinished
from app.sittings.forms.calling import MoveForm, NothingForm, ReasonForm, WhenForm
from app.sittings.lifecycle import State
from app.sittings.models import Sitting
from app.sittings.services import calling
from app.sittings.views import bp
from app.web.guards import current_actor, on

WRONG_TIME = (
    calling.InThePast,
    gatherings.InThePast,
    gatherings.EndsBeforeStart,
    gatherings.PlaceMissing,
    gatherings.ReasonMissing,
)
SHORT_WARNING = timedelta(hours=24)


def back(sitting: Sitting, *, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("sittings.desk", number=sitting.number, _anchor=anchor), 303)


@bp.route("/desk/councils/<slug>/sittings/new", methods=["GET", "POST"])
@on(Council, may=CouncilAction.SEE_ROOM, needs_sign_in=True)
def new(council: Council) -> ResponseReturnValue:
    actor = current_actor()
    if not council_policies.is_secretary(actor, council):
        raise Forbidden(action=Action.PREPARE)
    form = WhenForm()
    if form.validate_on_submit():
        wish = form.details()
        try:
            with db.session.begin_nested():
                sitting = calling.prepare(
                    council,
                    starts_at=wish.starts_at,
                    ends_at=wish.ends_at,
                    place=wish.place,
                    link=wish.link,
                    places=wish.places,
                    actor=actor,
                    now=clock.now(),
                )
        except WRONG_TIME as refused:
            problems.show(form, refused, starts_at="on", ends_at="ends")
        else:
            flash(
                _("The sitting is begun. Only the council sees it until its notice is published."), "success"
            )
            return _onwards(sitting)
    return (
        render_template("sittings/desk/when.html", council=council, sitting=None, form=form),
        422 if form.errors else 200,
    )


def _onwards(sitting: Sitting) -> ResponseReturnValue:
    """To the item for which the sitting was begun, if there is one."""
    draft = request.args.get("draft", "")
    if draft.isdecimal():
        return redirect(url_for("sittings.add_item", number=sitting.number, kind="draft", draft=draft), 303)
    return back(sitting)


@bp.route("/desk/sittings/<int:number>/when", methods=["GET", "POST"])
@on(Sitting, may=Action.PREPARE)
def when(sitting: Sitting) -> ResponseReturnValue:
    """Another time or place while nobody was told; a called sitting is moved instead."""
    if sitting.state is not State.PREPARING:
        return redirect(url_for("sittings.move", number=sitting.number), 303)
    form = WhenForm(data=WhenForm.typed(sitting))
    if form.validate_on_submit():
        wish = form.details()
        try:
            with db.session.begin_nested():
                calling.change(
                    sitting,
                    starts_at=wish.starts_at,
                    ends_at=wish.ends_at,
                    place=wish.place,
                    link=wish.link,
                    places=wish.places,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except WRONG_TIME as refused:
            problems.show(form, refused, starts_at="on", ends_at="ends")
        else:
            flash(_("Time and place are saved."), "success")
            return back(sitting)
    return (
        render_template("sittings/desk/when.html", council=sitting.council, sitting=sitting, form=form),
        422 if form.errors else 200,
    )


@bp.route("/desk/sittings/<int:number>/call", methods=["GET", "POST"])
@on(Sitting, may=Action.CALL)
def call(sitting: Sitting) -> ResponseReturnValue:
    """The notice as everybody will read it, and the button that publishes it."""
    problem = ""
    if NothingForm().validate_on_submit():
        try:
            with db.session.begin_nested():
                calling.call(sitting, actor=current_actor(), now=clock.now())
        except (Unfinished, *WRONG_TIME) as refused:
            problem = problems.sentence(refused)
        else:
            flash(_("The notice is published, and the members are told."), "success")
            return back(sitting)
    return (
        render_template(
            "sittings/desk/call.html",
            sitting=sitting,
            problem=problem or _cannot_be_called(sitting),
            days_before=(clock.today(sitting.gathering.starts_at) - clock.today()).days,
            notice_days=calling.notice_days(sitting),
            notice=council_rules_version(sitting.rules_version).deadline("council_notice"),
            labels=labels,
        ),
        422 if problem else 200,
    )


def _cannot_be_called(sitting: Sitting) -> str:
    """What would be refused, before anybody presses the button."""
    try:
        if not sitting.items:
            raise Unfinished(missing=["agenda"])
        if not sitting.gathering.place and not sitting.gathering.link:
            raise Unfinished(missing=["place"])
        if sitting.gathering.starts_at <= clock.now():
            raise calling.InThePast()
    except DomainError as refused:
        return problems.sentence(refused)
    return ""


@bp.route("/desk/sittings/<int:number>/move", methods=["GET", "POST"])
@on(Sitting, may=Action.MOVE)
def move(sitting: Sitting) -> ResponseReturnValue:
    form = MoveForm(data=WhenForm.typed(sitting))
    if form.validate_on_submit():
        wish = form.details()
        try:
            with db.session.begin_nested():
                calling.reschedule(
                    sitting,
                    starts_at=wish.starts_at,
                    ends_at=wish.ends_at,
                    place=wish.place,
                    link=wish.link,
                    reason=form.reason.data,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except (*WRONG_TIME, gatherings.Over) as refused:
            problems.show(form, refused, starts_at="on", ends_at="ends")
        else:
            flash(
                _(
                    "The sitting is moved. Members and guests are told; its page says from when to when, and why."
                ),
                "success",
            )
            return back(sitting)
    return (
        render_template(
            "sittings/desk/move.html",
            sitting=sitting,
            form=form,
            is_near=sitting.gathering.starts_at - clock.now() < SHORT_WARNING,
            notice_days=calling.notice_days(sitting),
        ),
        422 if form.errors else 200,
    )


@bp.route("/desk/sittings/<int:number>/cancel", methods=["GET", "POST"])
@on(Sitting, may=Action.CANCEL)
def cancel(sitting: Sitting) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                calling.cancel(sitting, reason=form.reason.data, actor=current_actor(), now=clock.now())
        except (Unfinished, gatherings.ReasonMissing, gatherings.Over) as refused:
            problems.show(form, refused)
        else:
            flash(_("The sitting is cancelled."), "success")
            return redirect(url_for("sittings.room", slug=sitting.council.slug), 303)
    return (
        render_template(
            "sittings/desk/reason.html",
            sitting=sitting,
            form=form,
            title=_("Cancel the sitting"),
            consequences=[
                _("The sitting does not take place. Its page stays, with your reason."),
                _("Whoever registered or follows it is told."),
                _("It cannot be taken back. A new sitting is called anew."),
            ],
            button=_("Cancel the sitting"),
            is_destructive=True,
        ),
        422 if form.errors else 200,
    )
