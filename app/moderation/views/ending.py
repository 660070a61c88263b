"""Closing a petition at its author's wish, and removing one by a court's decision: both with a note for everybody."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.i18n import _, ngettext
from app.moderation.forms import NoteForm
from app.moderation.views import bp
from app.petitions.actions import Action
from app.petitions.errors import ReasonMissing
from app.petitions.models import Petition
from app.petitions.services import closing
from app.web.guards import current_actor, on


@bp.route("/desk/petitions/<int:number>/close", methods=["GET", "POST"])
@on(Petition, may=Action.CLOSE)
def close(petition: Petition) -> ResponseReturnValue:
    return _end(
        petition, closing.close, template="moderation/close.html", done=_("Petition № %(number)s is closed.")
    )


@bp.route("/desk/petitions/<int:number>/remove", methods=["GET", "POST"])
@on(Petition, may=Action.REMOVE)
def remove(petition: Petition) -> ResponseReturnValue:
    return _end(
        petition,
        closing.remove,
        template="moderation/remove.html",
        done=_("Petition № %(number)s is removed from free access."),
    )


def _end(
    petition: Petition, act: Callable[..., Petition], *, template: str, done: str
) -> ResponseReturnValue:
    form = NoteForm()
    if form.validate_on_submit():
        try:
            act(petition, note=form.note.data, actor=current_actor(), now=clock.now())
        except ReasonMissing as refused:
            form.note.errors = [
                ngettext(
                    "Write at least %(num)s character, so that people understand it.",
                    "Write at least %(num)s characters, so that people understand it.",
                    int(str(refused.data["shortest"])),
                )
            ]
        else:
            flash(done % {"number": petition.number}, "success")
            return redirect(url_for("moderation.desk"), 303)
    return render_template(template, petition=petition, form=form), 422 if form.errors else 200
