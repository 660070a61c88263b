"""What an author does with a finished draft, and sees of it until it is published."""

from datetime import date, timedelta
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.duties.queries import clock_of
from app.errors import NotFound
from app.i18n import _
from app.law import calendar_now, rules_in_force, rules_version, working_days_left
from app.law.labels import MARKS, how_computed, period
from app.petitions import policies, queries
from app.petitions.actions import Action
from app.petitions.errors import DraftIncomplete
from app.petitions.labels import DRAFT_STEPS, EVENTS, STATES
from app.petitions.lifecycle import PRIVATE_STATES, State
from app.petitions.models import Petition, TransitionRow
from app.petitions.queries import expected
from app.petitions.services import closing, drafting
from app.petitions.services.drafting import STEPS
from app.petitions.views import bp, drafts
from app.territories import queries as territories
from app.text.topics import topic
from app.web.guards import current_actor, on


@bp.get("/petitions/<int:number>/draft/check")
@on(Petition, needs_sign_in=True)
def draft_check(petition: Petition) -> ResponseReturnValue:
    return drafts.elsewhere(petition) or _check_page(petition)


def _check_page(petition: Petition) -> str:
    rules, addressee = rules_in_force(clock.today()), petition.addressee
    dates = threshold = None
    if addressee is not None and addressee.addressee_kind is not None:
        threshold = expected.threshold_of(addressee, rules=rules)
        dates = expected.dates_of(
            addressee.addressee_kind, rules=rules, today=clock.today(), calendar=calendar_now()
        )
    return render_template(
        "petitions/new/check.html",
        petition=petition,
        rules=rules,
        missing=drafts.missing(petition),
        addresses={step: drafts.address(petition, step) for step in STEPS},
        back=drafts.address(petition, STEPS[-1]),
        documents=queries.documents_of(petition),
        region=territories.by_code(petition.region_code) if petition.region_code else None,
        threshold=threshold,
        calculation=how_computed(threshold) if threshold else "",
        marks=MARKS,
        topic=topic(petition.topic),
        dates=dates,
        population_reading=next((r for r in rules.readings if r.id == "population"), None),
        frame=drafts.frame(petition, "check"),
        step_names=DRAFT_STEPS,
    )


@bp.post("/petitions/<int:number>/submit")
@on(Petition, needs_sign_in=True)
def submit(petition: Petition) -> ResponseReturnValue:
    """Submits once: a second press of the button leads to the same page as the first."""
    if elsewhere := drafts.elsewhere(petition):
        return elsewhere
    try:
        drafting.submit(petition, actor=current_actor(), now=clock.now())
    except DraftIncomplete:
        return _check_page(petition), 422
    except policies.NotInThisState:
        # The other of two requests at once was faster.
        pass
    return redirect(url_for("petitions.progress", number=petition.number), 303)


@bp.get("/petitions/<int:number>/progress")
@on(Petition, needs_sign_in=True)
def progress(petition: Petition) -> ResponseReturnValue:
    """The author's page: what is missing until publication, or why there was none."""
    if not policies.is_author(current_actor(), petition):
        raise NotFound(kind="Petition")
    if petition.state is State.DRAFT:
        return redirect(drafts.first_open(petition), 303)
    today = clock.today()
    tally = queries.tally_of(petition)
    rules = rules_version(petition.rules_version) if petition.rules_version else rules_in_force(today)
    last_day = _support_last_day(petition)
    return render_template(
        "petitions/progress.html",
        petition=petition,
        rules=rules,
        marks=MARKS,
        state=STATES[petition.state],
        is_private=petition.state in PRIVATE_STATES,
        count=tally.signatures if tally else 0,
        support_last_day=last_day,
        support_days_left=last_day and working_days_left(today, last_day, calendar_now()),
        check=petition.check_duty and clock_of(petition.check_duty, today=today),
        ground=rules.ground(petition.rejection_ground) if petition.rejection_ground else None,
        private_link=_private_link(petition),
        complaint_term=period(rules.deadline("complaint")),
        history=[_line(row) for row in queries.timeline_of(petition)],
        may_withdraw=policies.may(Action.WITHDRAW, current_actor(), petition),
        may_correct=policies.may(Action.CORRECT, current_actor(), petition),
    )


def _support_last_day(petition: Petition) -> date | None:
    """The day before the instant at which the term of the first supporters ends."""
    ends = petition.support_closes_at
    return clock.today(ends - timedelta(microseconds=1)) if ends else None


def _private_link(petition: Petition) -> str | None:
    """The whole address that the author sends to the first supporters; None once it opens nothing."""
    if petition.state is not State.SUBMITTED or petition.support_token is None:
        return None
    path = url_for("petitions.support", token=petition.support_token)
    return str(current_app.config["PUBLIC_URL"]) + path


def _line(row: TransitionRow) -> dict[str, Any]:
    happened = {action.value: words for action, words in EVENTS.items()}
    return {"at": row.at, "what": happened.get(row.action) or _("The first supporters are enough")}


@bp.route("/petitions/<int:number>/withdraw", methods=["GET", "POST"])
@on(Petition, may=Action.WITHDRAW, needs_sign_in=True)
def withdraw(petition: Petition) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template(
            "petitions/withdraw.html", petition=petition, is_draft=petition.state is State.DRAFT
        )
    closing.withdraw(petition, actor=current_actor(), now=clock.now())
    flash(_("The petition is withdrawn."), "success")
    return redirect(url_for("petitions.progress", number=petition.number), 303)


@bp.post("/petitions/<int:number>/correct")
@on(Petition, may=Action.CORRECT, needs_sign_in=True)
def correct(petition: Petition) -> ResponseReturnValue:
    draft = drafting.correct(petition, actor=current_actor(), now=clock.now())
    return redirect(url_for("petitions.draft_check", number=draft.number), 303)
