"""The working group's decision, the approval, the documents of candidates, and the seats that fall free."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import labels
from app.councils.actions import CompetitionAction
from app.councils.errors import (
    CannotBeSeated,
    DecisionRefused,
    ReserveEmpty,
    SeatNotFree,
    SeatRefused,
    TooFewOfCivilSociety,
)
from app.councils.forms.forming import decision_form
from app.councils.lifecycle import CandidacyState
from app.councils.models import Competition
from app.councils.queries import forming as queries
from app.councils.services import candidacies, deciding
from app.councils.services.forming import rules_of
from app.councils.views import bp
from app.councils.views.competitions import group_figures
from app.councils.views.preparing import file_of
from app.db import db
from app.errors import NotFound
from app.files.downloads import download
from app.i18n import _
from app.text.normalize import shown_line
from app.web.forms import Form
from app.web.guards import current_actor, on


@bp.route("/desk/competitions/<int:competition_id>/decision", methods=["GET", "POST"])
@on(Competition, may=CompetitionAction.DECIDE)
def decide(competition: Competition) -> ResponseReturnValue:
    """All candidates on one page: nothing is decided until everything is."""
    candidates = queries.candidates(competition)
    form = decision_form(candidates)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                deciding.decide(competition, form.details(), actor=current_actor(), now=clock.now())
        except DecisionRefused as refused:
            problems = refused.data["problems"]
            form.explain(problems if isinstance(problems, list) else [])
        else:
            flash(_("The decision is published. The composition waits for its approval."), "success")
            return redirect(url_for("councils.desk_competition", competition_id=competition.id), 303)
    page = render_template(
        "councils/competitions/desk/decide.html",
        competition=competition,
        council=competition.council,
        form=form,
        candidates=candidates,
        group=group_figures(competition),
        is_namesake=lambda one: queries.is_namesake(competition, one.name),
    )
    return page, 422 if form.errors else 200


@bp.route("/desk/competitions/<int:competition_id>/approval", methods=["GET", "POST"])
@on(Competition, may=CompetitionAction.APPROVE)
def approve(competition: Competition) -> ResponseReturnValue:
    problem, status = "", 200
    if Form().validate_on_submit():
        try:
            with db.session.begin_nested():
                deciding.approve(competition, actor=current_actor(), now=clock.now())
        except CannotBeSeated as refused:
            problem, status = _why(refused), refused.status
        except TooFewOfCivilSociety as refused:
            problem = _("Too few members would come from civil society. Nobody was seated.")
            status = refused.status
        else:
            flash(_("The composition is approved and published."), "success")
            return redirect(url_for("councils.competition", competition_id=competition.id), 303)
    rules = rules_of(competition)
    candidates = queries.candidates(competition)
    chosen = [one for one in candidates if one.state is CandidacyState.CHOSEN]
    page = render_template(
        "councils/competitions/desk/approve.html",
        competition=competition,
        council=competition.council,
        chosen=chosen,
        reserve=queries.reserve(competition),
        rules=rules,
        after=queries.after(competition, rules, chosen=len(chosen), today=clock.today()),
        problem=problem,
    )
    return page, status


@bp.post("/desk/competitions/<int:competition_id>/files/<key>")
@on(Competition, may=CompetitionAction.SEE_DOCUMENTS)
def candidacy_file(competition: Competition, key: str) -> ResponseReturnValue:
    """A candidate's certificate. Sent with a button and not behind a link, because looking at it is recorded."""
    document = queries.file_of(competition, shown_line(key))
    if document is None:
        raise NotFound(kind="CandidacyFile")
    attachment = candidacies.look_at(document, actor=current_actor(), now=clock.now())
    return download(attachment, is_public=False)


@bp.post("/desk/competitions/<int:competition_id>/reserve")
@on(Competition, may=CompetitionAction.FILL_SEAT)
def fill_seat(competition: Competition) -> ResponseReturnValue:
    """The next of the reserve list gets a seat that fell free."""
    sent = request.form.get("member", "")
    wanted = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
    free = {member.id: member for member in queries.free_seats(competition, today=clock.today())}
    try:
        if not Form().validate() or wanted not in free:
            raise SeatNotFree(member_id=wanted)
        with db.session.begin_nested():
            member = deciding.fill_from_reserve(
                competition, freed=free[wanted], actor=current_actor(), now=clock.now()
            )
    except SeatNotFree as refused:
        return file_of(
            competition,
            problem=_("This seat is not free any more. Nothing was changed."),
            status=refused.status,
        )
    except ReserveEmpty as refused:
        return file_of(
            competition,
            problem=_("Nobody on the reserve list can take this seat now. Nothing was changed."),
            status=refused.status,
        )
    flash(_("%(name)s has the seat for the rest of the term.", name=member.name), "success")
    return redirect(url_for("councils.desk_competition", competition_id=competition.id), 303)


def _why(refused: CannotBeSeated) -> str:
    why = refused.data["why"]
    assert isinstance(why, SeatRefused)  # noqa: S101  what the service puts there
    return str(
        _(
            "%(name)s cannot be seated any more: %(reason)s Nobody was seated.",
            name=refused.data["name"],
            reason=labels.refusal(why),
        )
    )
