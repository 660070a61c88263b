"""The check before publication: the whole petition, pass it or refuse it, and what happens if two do so at once."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts import queries as accounts
from app.duties.queries import clock_of
from app.errors import Conflict
from app.i18n import _, ngettext
from app.law import PetitionRules, rules_version
from app.moderation import queries
from app.moderation.forms import RejectionForm
from app.moderation.views import bp
from app.petitions import labels, policies
from app.petitions import queries as petitions
from app.petitions.actions import Action
from app.petitions.errors import AlreadyDecided, ReasonMissing
from app.petitions.models import Petition, TransitionRow
from app.petitions.queries import page
from app.petitions.services import checking
from app.petitions.services.reasons import SHORTEST_REASON
from app.petitions.views.reading import event_in_words
from app.text import topics
from app.web.guards import current_actor, on

# What ends the check; the newest of them is what the other moderator did.
ENDINGS = frozenset(
    {Action.PASS_CHECK, Action.REJECT, Action.WITHDRAW, Action.FAIL_FIRST_SUPPORT},
)


@bp.get("/desk/checks/<int:number>")
@on(Petition, may=Action.SEE_CHECK)
def check(petition: Petition) -> ResponseReturnValue:
    return _page(petition, RejectionForm.by(_rules(petition), is_sent=False), status=200)


@bp.post("/desk/checks/<int:number>/pass")
@on(Petition, may=Action.SEE_CHECK)
def pass_check(petition: Petition) -> ResponseReturnValue:
    try:
        checking.pass_check(petition, actor=current_actor(), now=clock.now())
    except (AlreadyDecided, policies.NotInThisState):
        return _too_late(petition)
    if petition.published_at is not None:
        flash(_("Petition № %(number)s is published. Signing has begun.", number=petition.number), "success")
    else:
        flash(
            _(
                "The check of petition № %(number)s is passed. It is published as soon as its first supporters are there.",
                number=petition.number,
            ),
            "success",
        )
    return redirect(url_for("moderation.desk"), 303)


@bp.post("/desk/checks/<int:number>/reject")
@on(Petition, may=Action.SEE_CHECK)
def reject(petition: Petition) -> ResponseReturnValue:
    """Shows first what the author and the public will read; rejects when that was confirmed."""
    form = RejectionForm.by(_rules(petition), is_sent=True)
    if "change" in request.form:
        return _page(petition, form, status=200)
    if not policies.may(Action.REJECT, current_actor(), petition) or petition.check_passed_at:
        return _too_late(petition, reason=form.reason.data or "")
    if not form.validate():
        return _page(petition, form, status=422)
    if len(form.reason.data) < SHORTEST_REASON:
        return _reason_too_short(petition, form)
    if "confirmed" not in request.form:
        return render_template(
            "moderation/reject.html",
            petition=petition,
            form=form,
            ground=_rules(petition).ground(form.ground.data),
            today=clock.today(),
        )
    try:
        checking.reject(
            petition,
            ground=form.ground.data,
            reason=form.reason.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except ReasonMissing:
        return _reason_too_short(petition, form)
    except (AlreadyDecided, policies.NotInThisState):
        return _too_late(petition, reason=form.reason.data)
    flash(
        _("Petition № %(number)s is rejected. Its author is told the reason.", number=petition.number),
        "success",
    )
    return redirect(url_for("moderation.desk"), 303)


def _reason_too_short(petition: Petition, form: RejectionForm) -> ResponseReturnValue:
    form.reason.errors = [
        ngettext(
            "Write at least %(num)s character, so that the author understands what to correct.",
            "Write at least %(num)s characters, so that the author understands what to correct.",
            SHORTEST_REASON,
        )
    ]
    return _page(petition, form, status=422)


def _rules(petition: Petition) -> PetitionRules:
    return rules_version(petition.rules_version or "")


def _page(petition: Petition, form: RejectionForm, *, status: int) -> ResponseReturnValue:
    now = clock.now()
    today = clock.today(now)
    rules = _rules(petition)
    actor = current_actor()
    answers = petition.draft_answers
    return (
        render_template(
            "moderation/check.html",
            petition=petition,
            form=form,
            rules=rules,
            duty=petition.check_duty,
            clock_shown=clock_of(petition.check_duty, today=today) if petition.check_duty else None,
            asked=[(matter, answers.get(matter.id)) for matter in rules.excluded_matters],
            similar=queries.similar_to(petition, now=now),
            signatures=petitions.signatures_of([petition]).get(petition.id, 0),
            documents=petitions.documents_of(petition),
            events=[
                event_in_words(event, petition)
                for event in page.events_of(petition, steps=[], closes_on=None, today=today)
            ],
            may_decide=policies.may(Action.PASS_CHECK, actor, petition) and petition.check_passed_at is None,
            ended=_ending(petition),
            topic=topics.topic(petition.topic),
            labels=labels,
            next_number=_next_number(petition),
        ),
        status,
    )


def _next_number(petition: Petition) -> int | None:
    """The petition that comes after this one in the queue."""
    numbers = [row.petition.number for row in queries.checks(now=clock.now())]
    if petition.number in numbers:
        numbers = numbers[numbers.index(petition.number) + 1 :]
    return numbers[0] if numbers else None


def _ending(petition: Petition) -> TransitionRow | None:
    """The act that ended the check; None while it is open."""
    ends = [row for row in petitions.timeline_of(petition) if row.action in ENDINGS]
    return ends[-1] if ends else None


def _too_late(petition: Petition, *, reason: str = "") -> ResponseReturnValue:
    """Somebody was faster: what they did, and what was typed here, to be copied."""
    ending = _ending(petition)
    if ending is None:
        raise Conflict()
    other = accounts.by_id(ending.actor_id)
    ground = petition.rejection_ground
    return (
        render_template(
            "moderation/already_decided.html",
            petition=petition,
            ending=ending,
            other=other.name if other is not None and ending.action != Action.WITHDRAW else "",
            ground=_rules(petition).ground(ground) if ground else None,
            reason=reason,
            state=labels.STATES[petition.state],
        ),
        409,
    )
