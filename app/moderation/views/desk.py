"""One desk for everybody who works here: what waits, what is late first."""

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Actor, Role
from app.agencies import queries as agencies
from app.comments.queries import moderation as comments
from app.councils.models import Council
from app.councils.queries import concerned
from app.duties import labels as duty_labels
from app.moderation import queries
from app.moderation.views import bp
from app.petitions import labels, policies
from app.petitions import queries as petitions
from app.petitions.actions import Action
from app.petitions.models import Petition
from app.recommendations import queries as recommendations
from app.web.guards import current_actor, signed_in

STAFF = (
    Role.MODERATOR,
    Role.OFFICER,
    Role.HEAD,
    Role.COUNCIL_MEMBER,
    Role.SECRETARY,
    Role.ADMINISTRATOR,
)
# What can be done to a petition that was looked up by its number.
ON_A_PETITION = (Action.SEE_CHECK, Action.INVALIDATE, Action.CLOSE, Action.REMOVE, Action.SEE_FILE)


@bp.get("/desk")
@signed_in(*STAFF)
def desk() -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    is_operator = actor.has(Role.ADMINISTRATOR)
    sees_checks = actor.has(Role.MODERATOR) or is_operator
    number = request.args.get("number", "").strip().removeprefix("№").strip()
    return render_template(
        "moderation/desk.html",
        checks=queries.checks(now=now) if sees_checks else [],
        sees_checks=sees_checks,
        may_check=actor.has(Role.MODERATOR),
        appeals=comments.appeals_count(for_actor=actor) if actor.has(Role.MODERATOR) else 0,
        councils=_councils(actor, now=now),
        agencies=list(agencies.with_ids(list(actor.agency_ids)).values()),
        owed=queries.owed_by(actor.agency_ids, now=now) if actor.agency_ids else [],
        drafts_owed=queries.drafts_owed_by(actor.agency_ids, now=now) if actor.agency_ids else [],
        recommendations=recommendations.count_owed_by(actor.agency_ids) if actor.agency_ids else None,
        done=queries.done_by(actor.agency_ids, now=now) if actor.agency_ids else [],
        figures=queries.figures_of(actor.agency_ids, now=now) if actor.agency_ids else None,
        operations=queries.operations(now=now) if is_operator else None,
        kinds=duty_labels.KINDS,
        number=number,
        found=_found(number, actor),
        verbs=_verbs(number, actor),
        labels=labels,
        is_author=policies.is_author,
    )


def _councils(actor: Actor, *, now: datetime) -> list[Council]:
    """The councils in which the actor has a seat or keeps the papers."""
    return concerned.councils_of_account(actor.account_id, clock.today(now)) if actor.account_id else []


def _found(number: str, actor: Actor) -> Petition | None:
    """The petition of that number, if this person may know of it."""
    if not number.isdecimal() or len(number) > 9:
        return None
    petition = petitions.by_number(int(number))
    return petition if petition is not None and policies.may_know(actor, petition) else None


def _verbs(number: str, actor: Actor) -> dict[str, bool]:
    petition = _found(number, actor)
    return {
        verb.value: petition is not None and policies.may(verb, actor, petition) for verb in ON_A_PETITION
    }
