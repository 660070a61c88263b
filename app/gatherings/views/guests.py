"""Saying that one comes, taking it back, and the list of those who come."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import db
from app.gatherings import labels, places, queries, services
from app.gatherings.errors import ModeImpossible, NotOpen, RoomFull
from app.gatherings.forms import NothingForm, coming_form
from app.gatherings.models import Gathering
from app.gatherings.policies import Action
from app.gatherings.views import bp
from app.i18n import _
from app.web.guards import current_actor, on


@bp.route("/gatherings/<int:gathering_id>/register", methods=["GET", "POST"])
@on(Gathering, may=Action.REGISTER, needs_sign_in=True)
def register(gathering: Gathering) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    guest = queries.guest_of(actor, gathering)
    form = coming_form(gathering, guest)
    if form.validate_on_submit():
        wish = form.details()
        try:
            # What was refused must not stay half done.
            with db.session.begin_nested():
                services.register(
                    gathering, mode=wish.mode, wants_to_speak=wish.wants_to_speak, actor=actor, now=now
                )
        except RoomFull:
            way = _("Choose to follow over the internet.") if gathering.link else ""
            form.mode.errors = [*form.mode.errors, f"{_('All places of the room are taken.')} {way}".strip()]
        except ModeImpossible:
            form.mode.errors = [*form.mode.errors, _("This is not possible here.")]
        except NotOpen:
            flash(_("Nobody can register any more: it has begun, or it was cancelled."))
            return _back(gathering)
        else:
            flash(_("You are registered. If you cannot come, please say so here."), "success")
            return _back(gathering)
    return (
        render_template(
            "gatherings/register.html",
            gathering=gathering,
            guest=guest,
            form=form,
            is_open=queries.is_open_for_guests(gathering, now=now),
            left=queries.places_left(gathering),
            way_back=places.address_of(gathering) or url_for("gatherings.calendar"),
        ),
        422 if form.errors else 200,
    )


@bp.post("/gatherings/<int:gathering_id>/withdraw")
@on(Gathering, may=Action.REGISTER)
def withdraw(gathering: Gathering) -> ResponseReturnValue:
    if NothingForm().validate_on_submit():
        services.withdraw(gathering, actor=current_actor(), now=clock.now())
        flash(_("You are no longer registered."), "success")
    return _back(gathering)


@bp.get("/desk/gatherings/<int:gathering_id>/guests")
@on(Gathering, may=Action.SEE_GUESTS, needs_sign_in=True)
def guests(gathering: Gathering) -> ResponseReturnValue:
    """Who comes and who wants to speak; for the secretary and the chair."""
    return render_template(
        "gatherings/guests.html",
        gathering=gathering,
        guests=queries.guests(gathering),
        count=queries.count_guests(gathering),
        labels=labels,
        way_back=places.address_of(gathering) or url_for("gatherings.calendar"),
    )


def _back(gathering: Gathering) -> ResponseReturnValue:
    return redirect(places.address_of(gathering) or url_for("gatherings.calendar"), 303)
