"""The developing body asks one more council to read its draft (LLA art. 20)."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.consultations.actions import Action as DraftAction
from app.consultations.models import DraftAct
from app.councils import queries as councils
from app.db import db
from app.duties.queries import clock_of
from app.i18n import _
from app.sittings import labels, problems, queries
from app.sittings.errors import NotificationTooLate
from app.sittings.forms.calling import NotifyForm
from app.sittings.queries import desk
from app.sittings.services import examining
from app.sittings.views import bp
from app.web.guards import current_actor, on


@bp.route("/desk/drafts/<int:number>/councils", methods=["GET", "POST"])
@on(DraftAct, may=DraftAction.SEE_FILE)
def notify_council(draft: DraftAct) -> ResponseReturnValue:
    """Who was notified and how it stands with each; and one more, while recommendations can change the draft."""
    examinations = queries.examinations_of(draft)
    form = NotifyForm.of(desk.not_notified(draft))
    is_open = draft.state in examining.EXAMINED
    if form.validate_on_submit():
        council = councils.by_slug(form.council.data)
        try:
            with db.session.begin_nested():
                if council is not None:
                    examining.notify(council, draft, actor=current_actor(), now=clock.now())
        except NotificationTooLate as refused:
            problems.show(form, refused)
        else:
            flash(_("The council is notified; its term runs from today."), "success")
            return redirect(url_for("sittings.notify_council", number=draft.number), 303)
    today = clock.today()
    return (
        render_template(
            "sittings/desk/notify.html",
            draft=draft,
            examinations=[(one, clock_of(one.duty, today=today)) for one in examinations],
            form=form,
            is_open=is_open,
            labels=labels,
        ),
        422 if form.errors else 200,
    )
