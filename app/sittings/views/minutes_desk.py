"""The minutes on their way: generated, added to in sight of everybody, signed by two, published."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import db
from app.duties.queries import clock_of
from app.errors import NotFound
from app.i18n import _, current_language
from app.sittings import labels, papers, policies, problems, queries
from app.sittings.actions import Action
from app.sittings.errors import Unfinished
from app.sittings.forms.calling import NothingForm
from app.sittings.forms.running import AdditionForm
from app.sittings.models import Minutes, Sitting
from app.sittings.services import minutes as service
from app.sittings.views import bp
from app.web.guards import current_actor, on


@bp.get("/desk/sittings/<int:number>/minutes")
@on(Sitting, may=Action.SEE_ROOM)
def minutes_desk(sitting: Sitting) -> ResponseReturnValue:
    return _page(sitting, AdditionForm(formdata=None))


@bp.post("/desk/sittings/<int:number>/minutes/add")
@on(Sitting, may=Action.ADD_TO_MINUTES)
def add_to_minutes(sitting: Sitting) -> ResponseReturnValue:
    form, minutes = AdditionForm(), _minutes(sitting)
    if form.validate_on_submit():
        was_signed = minutes.published_at is None and bool(
            minutes.chair_signed_at or minutes.secretary_signed_at
        )
        try:
            with db.session.begin_nested():
                service.add(
                    sitting,
                    text=form.text.data,
                    language=form.language.data,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except Unfinished as refused:
            problems.show(form, refused)
        else:
            flash(
                _(
                    "The addition stands in the minutes. They are signed anew: nobody has signed what was added later."
                )
                if was_signed
                else _("The addition stands in the minutes."),
                "success",
            )
            return _back(sitting)
    return _page(sitting, form, status=422)


@bp.post("/desk/sittings/<int:number>/minutes/sign")
@on(Sitting, may=Action.SIGN_MINUTES)
def sign_minutes(sitting: Sitting) -> ResponseReturnValue:
    _minutes(sitting)
    if NothingForm().validate_on_submit():
        service.sign(sitting, actor=current_actor(), now=clock.now())
        flash(_("You have signed the minutes."), "success")
    return _back(sitting)


@bp.post("/desk/sittings/<int:number>/minutes/publish")
@on(Sitting, may=Action.PUBLISH_MINUTES)
def publish_minutes(sitting: Sitting) -> ResponseReturnValue:
    _minutes(sitting)
    if NothingForm().validate_on_submit():
        try:
            with db.session.begin_nested():
                service.publish_minutes(sitting, actor=current_actor(), now=clock.now())
        except Unfinished as refused:
            return _page(sitting, AdditionForm(formdata=None), problem=problems.sentence(refused), status=422)
        flash(_("The minutes are published; their files are being made."), "success")
    return _back(sitting)


def _minutes(sitting: Sitting) -> Minutes:
    found = queries.minutes_of(sitting)
    if found is None:
        raise NotFound(kind="Minutes")
    return found


def _back(sitting: Sitting) -> ResponseReturnValue:
    return redirect(url_for("sittings.minutes_desk", number=sitting.number), 303)


def _page(
    sitting: Sitting, form: AdditionForm, *, problem: str = "", status: int = 200
) -> ResponseReturnValue:
    minutes, actor = _minutes(sitting), current_actor()
    language = current_language()
    language = language if language in service.LANGUAGES else "kk"
    return (
        render_template(
            "sittings/desk/minutes.html",
            sitting=sitting,
            minutes=minutes,
            clock=clock_of(minutes.duty, today=clock.today()),
            parts=papers.minutes(sitting, language=language).parts,
            language=language,
            form=form,
            problem=problem,
            may={
                action.value: policies.may(action, actor, sitting)
                for action in (Action.ADD_TO_MINUTES, Action.SIGN_MINUTES, Action.PUBLISH_MINUTES)
            },
            signs_as_secretary=policies.is_secretary(actor, sitting),
            signs_as_chair=policies.presides(actor, sitting),
            labels=labels,
        ),
        status,
    )
