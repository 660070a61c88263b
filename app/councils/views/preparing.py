"""The desk of those who form a council: their competitions, a new one, its announcement, its end without a result."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import labels, policies
from app.councils.actions import Action, CompetitionAction
from app.councils.errors import CompetitionUnfinished, TermOutOfOrder, TooManySeats
from app.councils.forms.forming import CancelForm, CompetitionForm
from app.councils.lifecycle import CandidacyState
from app.councils.models import Competition, Council
from app.councils.queries import forming as queries
from app.councils.services import forming
from app.councils.services.forming import rules_of
from app.councils.views import bp
from app.councils.views.competitions import days_left, group_figures
from app.db import db
from app.errors import DomainError
from app.i18n import _
from app.law import council_rules_in_force
from app.web.forms import Form
from app.web.guards import current_actor, on, signed_in

VERBS = (
    CompetitionAction.EDIT,
    CompetitionAction.ANNOUNCE,
    CompetitionAction.DECIDE,
    CompetitionAction.APPROVE,
    CompetitionAction.CANCEL,
    CompetitionAction.SEE_DOCUMENTS,
    CompetitionAction.FILL_SEAT,
)


@bp.get("/desk/competitions")
@signed_in()
def desk_competitions() -> ResponseReturnValue:
    """The councils that the actor forms, and the competitions in whose working group they are."""
    actor = current_actor()
    run = queries.councils_run_by(actor)
    found = list(queries.competitions_of(run))
    of_group = queries.of_working_group(actor.account_id or 0)
    known = {one.id for one in found}
    return render_template(
        "councils/competitions/desk/list.html",
        councils=run,
        competitions=[*found, *(one for one in of_group if one.id not in known)],
        labels=labels,
        days_left=days_left,
        may_open=lambda council: policies.may(Action.ANNOUNCE_COMPETITION, actor, council),
    )


@bp.route("/desk/councils/<slug>/competitions/new", methods=["GET", "POST"])
@on(Council, may=Action.ANNOUNCE_COMPETITION)
def new_competition(council: Council) -> ResponseReturnValue:
    if (running := queries.unfinished(council)) is not None:
        flash(_("This council is being formed already: here is its competition."))
        return redirect(_file(running), 303)
    form = CompetitionForm.of(None, more_rows=_wants_rows())
    if not _wants_rows() and form.validate_on_submit():
        plan = form.details()
        try:
            with db.session.begin_nested():
                competition = forming.open_competition(
                    council,
                    seats=plan.seats,
                    texts=plan.texts,
                    applications_until=plan.applications_until,
                    term_from=plan.term_from,
                    working_group=plan.working_group,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except (TermOutOfOrder, TooManySeats) as refused:
            _explain(form, refused)
        else:
            flash(_("The competition is saved. Nobody else sees it until you announce it."), "success")
            return redirect(_file(competition), 303)
    return _form_page(form, council, None)


@bp.route("/desk/competitions/<int:competition_id>/edit", methods=["GET", "POST"])
@on(Competition, may=CompetitionAction.EDIT)
def edit_competition(competition: Competition) -> ResponseReturnValue:
    form = CompetitionForm.of(competition, more_rows=_wants_rows())
    if not _wants_rows() and form.validate_on_submit():
        plan = form.details()
        try:
            with db.session.begin_nested():
                forming.edit(
                    competition,
                    seats=plan.seats,
                    texts=plan.texts,
                    applications_until=plan.applications_until,
                    term_from=plan.term_from,
                    working_group=plan.working_group,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except (TermOutOfOrder, TooManySeats) as refused:
            _explain(form, refused)
        else:
            flash(_("The competition is saved."), "success")
            return redirect(_file(competition), 303)
    return _form_page(form, competition.council, competition)


@bp.get("/desk/competitions/<int:competition_id>")
@on(Competition, may=CompetitionAction.SEE_FILE)
def desk_competition(competition: Competition) -> ResponseReturnValue:
    return file_of(competition)


def file_of(competition: Competition, *, problem: str = "", status: int = 200) -> ResponseReturnValue:
    """The file of a competition: what is to be done next, who applied, and the reserve list."""
    actor, today = current_actor(), clock.today()
    rules = rules_of(competition)
    candidates = queries.candidates(competition)
    chosen = sum(one.state is CandidacyState.CHOSEN for one in candidates)
    page = render_template(
        "councils/competitions/desk/file.html",
        competition=competition,
        council=competition.council,
        labels=labels,
        rules=rules,
        missing=forming.missing(competition, today=today),
        days_left=days_left(competition),
        group=group_figures(competition),
        candidates=candidates,
        is_namesake=lambda one: queries.is_namesake(competition, one.name),
        reserve=queries.reserve(competition),
        free_seats=queries.free_seats(competition, today=today),
        after=queries.after(competition, rules, chosen=chosen, today=today),
        may={verb.value: policies.may_in_competition(verb, actor, competition) for verb in VERBS},
        problem=problem,
    )
    return page, status


@bp.route("/desk/competitions/<int:competition_id>/announce", methods=["GET", "POST"])
@on(Competition, may=CompetitionAction.ANNOUNCE)
def announce_competition(competition: Competition) -> ResponseReturnValue:
    status = 200
    if Form().validate_on_submit():
        try:
            with db.session.begin_nested():
                forming.announce(competition, actor=current_actor(), now=clock.now())
        except CompetitionUnfinished as refused:
            status = refused.status
        else:
            flash(_("The competition is announced. Candidates can apply now."), "success")
            return redirect(_file(competition), 303)
    page = render_template(
        "councils/competitions/desk/announce.html",
        competition=competition,
        council=competition.council,
        labels=labels,
        missing=forming.missing(competition, today=clock.today()),
    )
    return page, status


@bp.route("/desk/competitions/<int:competition_id>/cancel", methods=["GET", "POST"])
@on(Competition, may=CompetitionAction.CANCEL)
def cancel_competition(competition: Competition) -> ResponseReturnValue:
    form = CancelForm()
    if form.validate_on_submit():
        forming.cancel(competition, reason=str(form.reason.data), actor=current_actor(), now=clock.now())
        flash(_("The competition is cancelled."), "success")
        return redirect(url_for("councils.desk_competitions"), 303)
    page = render_template(
        "councils/competitions/desk/cancel.html",
        competition=competition,
        council=competition.council,
        form=form,
        candidates=queries.count_candidates(competition),
    )
    return page, 422 if form.errors else 200


def _wants_rows() -> bool:
    """The button that adds rows for the working group sends the form without checking it."""
    return request.method == "POST" and "more" in request.form


def _file(competition: Competition) -> str:
    return url_for("councils.desk_competition", competition_id=competition.id)


def _form_page(
    form: CompetitionForm, council: Council, competition: Competition | None
) -> ResponseReturnValue:
    rules, today = council_rules_in_force(clock.today()), clock.today()
    page = render_template(
        "councils/competitions/desk/form.html",
        form=form,
        council=council,
        competition=competition,
        rules=rules,
        begins_by=queries.begins_by(council, rules, today=today),
        today=today,
    )
    return page, 422 if form.errors else 200


def _explain(form: CompetitionForm, refused: DomainError) -> None:
    if isinstance(refused, TooManySeats):
        form.seats.errors = [
            _("A council of this kind has at most %(most)s members.", most=refused.data["most"])
        ]
    elif refused.data["field"] == "term_from":
        form.term_from.errors = [_("The new term begins after applications have closed.")]
    else:
        form.applications_until.errors = [_("The last day for applications is today or later.")]
