"""The check before publication, and publication itself."""

from datetime import datetime

from app import clock
from app.access import CLOCK, Actor
from app.audit import record
from app.duties import services as duties
from app.errors import InvalidInput
from app.law import calendar_now, due_date, rules_version
from app.outbox import publish as publish_fact
from app.petitions.actions import Action
from app.petitions.errors import AlreadyDecided
from app.petitions.events import (
    CheckPassed,
    FirstSupportFailed,
    FirstSupportReached,
    PetitionPublished,
    PetitionRejected,
)
from app.petitions.lifecycle import State
from app.petitions.models import Petition, TransitionRow
from app.petitions.services.drafting import expected_threshold, threshold_columns
from app.petitions.services.reasons import require_reason
from app.petitions.services.transitions import lock, move


def pass_check(petition: Petition, *, actor: Actor, now: datetime) -> Petition:
    """The petition fulfils the conditions of APPC art. 90-2(4); it is published as soon as it has its first support.

    AlreadyDecided if another moderator was faster.
    """
    _first_to_decide(petition)
    move(
        petition, Action.PASS_CHECK, actor=actor, now=now, fact=CheckPassed, columns={"check_passed_at": now}
    )
    if petition.check_duty:
        duties.fulfil(petition.check_duty, now=now)
    return publish_if_ready(petition, now=now)


def reject(petition: Petition, *, ground: str, reason: str, actor: Actor, now: datetime) -> Petition:
    """Refuses publication by an item of the law's list, with a reason for the author (APPC art. 90-2(6)).

    The register of rejections keeps a stub in public: number, addressee, ground, date.
    """
    _first_to_decide(petition)
    rules = rules_version(petition.rules_version or "")
    if ground not in {g.id for g in rules.rejection_grounds}:
        raise InvalidInput(field="ground")
    require_reason(reason, field="reason")
    move(
        petition,
        Action.REJECT,
        actor=actor,
        now=now,
        fact=PetitionRejected,
        columns={"rejected_at": now, "rejection_ground": ground, "rejection_reason": reason},
    )
    if petition.check_duty:
        duties.fulfil(petition.check_duty, now=now)
    return petition


def record_first_support(petition: Petition, *, now: datetime) -> Petition:
    """The first supporters are enough. Said once; a later withdrawal does not unsay it."""
    lock(petition)
    if petition.first_support_at is None:
        petition.first_support_at = now
        petition.transitions.append(
            TransitionRow(action="first_support", source=petition.state, target=petition.state, at=now)
        )
        record(CLOCK, "first_support", subject=f"petition:{petition.number}", now=now)
        publish_fact(FirstSupportReached(petition_id=petition.id))
    return publish_if_ready(petition, now=now)


def publish_if_ready(petition: Petition, *, now: datetime) -> Petition:
    """Publishes once both the check and the first support are there, in whichever order they came."""
    if petition.state is not State.SUBMITTED or not (petition.check_passed_at and petition.first_support_at):
        return petition
    rules = rules_version(petition.rules_version or "")
    assert petition.addressee is not None  # noqa: S101  a CHECK says so
    closes_on = due_date(clock.today(now), rules.deadline("collection"), calendar_now())
    return move(
        petition,
        Action.PUBLISH,
        actor=CLOCK,
        now=now,
        fact=PetitionPublished,
        columns={
            "published_at": now,
            "closes_at": clock.end_of(closes_on),
            # The figure that counts is that of the day of publication.
            **threshold_columns(expected_threshold(petition.addressee, rules=rules)),
        },
    )


def fail_first_support(petition: Petition, *, now: datetime) -> Petition:
    """The term for the first supporters passed without enough of them; the author may try again."""
    move(petition, Action.FAIL_FIRST_SUPPORT, actor=CLOCK, now=now, fact=FirstSupportFailed)
    if petition.check_duty:
        duties.cancel(petition.check_duty, now=now)
    return petition


def _first_to_decide(petition: Petition) -> None:
    lock(petition)
    if petition.check_passed_at is not None or petition.state is State.REJECTED:
        raise AlreadyDecided(state=petition.state)
