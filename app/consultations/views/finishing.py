"""How a discussion ends: the report is made, looked at and published; the act is adopted, or the draft withdrawn."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.comments.queries import figures
from app.consultations import policies, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion, TermInThePast, Unfinished
from app.consultations.forms.deciding import AdoptForm, WithdrawForm
from app.consultations.lifecycle import State
from app.consultations.models import DraftAct
from app.consultations.services import announcing, reporting
from app.consultations.views import bp
from app.consultations.views.announcing import show_unfinished
from app.consultations.views.drafting import show_at_field, why_no_term
from app.consultations.views.officers import back
from app.db import db
from app.i18n import _
from app.web.forms import Form
from app.web.guards import current_actor, on


@bp.get("/desk/drafts/<int:number>/report")
@on(DraftAct, may=Action.SEE_FILE)
def desk_report(draft: DraftAct) -> ResponseReturnValue:
    return _report(draft)


@bp.post("/desk/drafts/<int:number>/report/preview")
@on(DraftAct, may=Action.PREPARE_REPORT)
def ask_report(draft: DraftAct) -> ResponseReturnValue:
    if Form().validate():
        reporting.ask(draft, actor=current_actor(), now=clock.now())
        flash(_("The report is being made. Look again in a moment."))
    return redirect(url_for("consultations.desk_report", number=draft.number), 303)


@bp.post("/desk/drafts/<int:number>/report/publish")
@on(DraftAct, may=Action.PUBLISH_REPORT)
def publish_report(draft: DraftAct) -> ResponseReturnValue:
    if not Form().validate():
        return _report(draft, problem=_("The report was not published. Try again."))
    try:
        with db.session.begin_nested():
            reporting.publish_report(draft, actor=current_actor(), now=clock.now())
    except StaleVersion as refused:
        return _report(
            draft,
            problem=_("There is no report yet. Have it made first.")
            if refused.data.get("missing")
            else _(
                "A comment or an answer came since the report was made. Nothing was published. Make it again, and look at it once more."
            ),
            status=409,
        )
    flash(_("The report is published. The discussion is over."), "success")
    return back(draft)


def _report(draft: DraftAct, *, problem: str = "", status: int = 422) -> ResponseReturnValue:
    actor = current_actor()
    return (
        render_template(
            "consultations/desk/report.html",
            draft=draft,
            report=queries.report_of(draft),
            figures=figures.of(draft.thread) if draft.thread else None,
            has_unanswered=queries.has_unanswered(draft) if draft.thread_id else False,
            may_prepare=policies.may(Action.PREPARE_REPORT, actor, draft),
            may_publish=policies.may(Action.PUBLISH_REPORT, actor, draft),
            is_reviewed=draft.state not in (State.PREPARING, State.ANNOUNCED, State.OPEN, State.CLOSED),
            problem=problem,
        ),
        status if problem else 200,
    )


@bp.route("/desk/drafts/<int:number>/adopt", methods=["GET", "POST"])
@on(DraftAct, may=Action.ADOPT)
def adopt(draft: DraftAct) -> ResponseReturnValue:
    form = AdoptForm(data={"title": draft.title})
    if form.validate_on_submit():
        said = form.details()
        try:
            with db.session.begin_nested():
                announcing.adopt(
                    draft,
                    link=said.link,
                    title=said.title,
                    adopted_on=said.adopted_on,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except TermInThePast as refused:
            show_at_field(form, refused.data, why_no_term(refused))
        else:
            flash(_("The adoption is recorded. The link stands on the draft’s page."), "success")
            return back(draft)
    status = 422 if form.errors else 200
    return render_template("consultations/desk/adopt.html", draft=draft, form=form), status


@bp.route("/desk/drafts/<int:number>/withdraw", methods=["GET", "POST"])
@on(DraftAct, may=Action.WITHDRAW)
def withdraw(draft: DraftAct) -> ResponseReturnValue:
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                announcing.withdraw(
                    draft, reason=str(form.reason.data), actor=current_actor(), now=clock.now()
                )
        except Unfinished as refused:
            show_unfinished(form, refused, "reason")
        else:
            flash(_("The draft is withdrawn. Its comments and answers stay readable."), "success")
            return back(draft)
    status = 422 if form.errors else 200
    return render_template("consultations/desk/withdraw.html", draft=draft, form=form), status
