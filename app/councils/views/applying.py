"""What a candidate does: apply, look at their own application, take it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.councils import labels, policies
from app.councils.actions import CompetitionAction
from app.councils.errors import AlreadyApplied, ApplicationsOver, Barred, BarredBy
from app.councils.forms.applying import ApplyForm, apply_form
from app.councils.lifecycle import CandidacyState
from app.councils.models import Candidacy, Competition
from app.councils.policies import NotInThisState
from app.councils.queries import forming as queries
from app.councils.services import candidacies
from app.councils.services.forming import rules_of
from app.councils.views import bp
from app.councils.views.competitions import days_left
from app.db import db
from app.errors import Forbidden, NotFound
from app.files.errors import AttachmentRefused
from app.i18n import _
from app.web.forms import Form
from app.web.guards import current_actor, on


@bp.route("/competitions/<int:competition_id>/apply", methods=["GET", "POST"])
@on(Competition, needs_sign_in=True)
def apply(competition: Competition) -> ResponseReturnValue:
    """The form; or, before anything is typed, why this person cannot apply here."""
    actor, account = current_actor(), _account()
    try:
        policies.check_competition(CompetitionAction.APPLY, actor, competition)
    except NotInThisState:
        return _cannot_apply(competition, None)
    if days_left(competition) is None:
        return _cannot_apply(competition, None)
    if _standing(competition) is not None:
        return redirect(_own(competition), 303)
    if barred := candidacies.bar_of(competition, account, today=clock.today()):
        return _cannot_apply(competition, barred)
    rules = rules_of(competition)
    form = apply_form(rules, rules.requirements_at(competition.council.level))
    if form.validate_on_submit() and _was_sent(competition, form):
        flash(_("Your application is sent."), "success")
        return redirect(_own(competition), 303)
    page = render_template(
        "councils/competitions/apply.html",
        competition=competition,
        council=competition.council,
        form=form,
        account=account,
        residence=labels.RESIDENCE[queries.residence(competition.council, account.region_code)],
        rules=rules,
        days_left=days_left(competition),
    )
    return page, 422 if form.errors else 200


def _was_sent(competition: Competition, form: ApplyForm) -> bool:
    try:
        with db.session.begin_nested():
            candidacies.apply(
                competition,
                ngo=form.ngo.data,
                statement=form.statement.data,
                language=form.language.data,
                checklist=form.confirmed(),
                uploads=form.uploads(),
                actor=current_actor(),
                now=clock.now(),
            )
    except AttachmentRefused as refused:
        form.show_refused(refused)
        return False
    except AlreadyApplied:
        # The other window was quicker: there is one application, and it is shown.
        return True
    return True


@bp.get("/competitions/<int:competition_id>/application")
@on(Competition, needs_sign_in=True)
def application(competition: Competition) -> ResponseReturnValue:
    candidacy = queries.candidacy_of(competition, current_actor().account_id)
    if candidacy is None:
        raise NotFound(kind="Candidacy")
    rules = rules_of(competition)
    return render_template(
        "councils/competitions/application.html",
        competition=competition,
        council=competition.council,
        candidacy=candidacy,
        labels=labels,
        requirements=rules.requirements_at(competition.council.level),
        may_withdraw=candidacy.state is CandidacyState.APPLIED
        and policies.may_in_competition(CompetitionAction.WITHDRAW_APPLICATION, current_actor(), competition),
        may_apply=candidacy.state is CandidacyState.WITHDRAWN and days_left(competition) is not None,
    )


@bp.route("/competitions/<int:competition_id>/withdraw-application", methods=["GET", "POST"])
@on(Competition, needs_sign_in=True)
def withdraw_application(competition: Competition) -> ResponseReturnValue:
    if _standing(competition) is None:
        raise NotFound(kind="Candidacy")
    policies.check_competition(CompetitionAction.WITHDRAW_APPLICATION, current_actor(), competition)
    if Form().validate_on_submit():
        candidacies.withdraw(competition, actor=current_actor(), now=clock.now())
        flash(_("Your application is taken back, and its documents are deleted."), "success")
        return redirect(_own(competition), 303)
    return render_template(
        "councils/competitions/withdraw.html", competition=competition, council=competition.council
    )


def _account() -> Account:
    account = accounts.by_id(current_actor().account_id)
    if account is None:
        raise Forbidden(reason="account")
    return account


def _standing(competition: Competition) -> Candidacy | None:
    """The actor's application, unless it was taken back."""
    found = queries.candidacy_of(competition, current_actor().account_id)
    return found if found is not None and found.state is not CandidacyState.WITHDRAWN else None


def _own(competition: Competition) -> str:
    return url_for("councils.application", competition_id=competition.id)


def _cannot_apply(competition: Competition, barred: BarredBy | None) -> ResponseReturnValue:
    """Why not, in words, and what can be done instead."""
    page = render_template(
        "councils/competitions/cannot_apply.html",
        competition=competition,
        council=competition.council,
        reason=labels.BARS[barred] if barred else None,
        is_region=barred is BarredBy.OTHER_REGION,
    )
    return page, (Barred if barred else ApplicationsOver).status
