"""Handing a supported petition over to its addressee, who must register it."""

from collections.abc import Sequence
from datetime import date, datetime

from app import clock
from app.access import CLOCK, Actor
from app.duties import queries as duty_queries
from app.duties import services as duties
from app.duties.models import Duty, DutyKind
from app.law import calendar_now, office_closes_at, rules_version
from app.law.calendar import day_of_receipt, is_working_day
from app.outbox import publish
from app.petitions import queries
from app.petitions.actions import Action
from app.petitions.events import (
    PetitionForwarded,
    PetitionRegistered,
    RegistrationEscalated,
    RegistrationOverdue,
)
from app.petitions.lifecycle import State
from app.petitions.models import Petition
from app.petitions.services.transitions import lock, move


def forward(petition: Petition, *, now: datetime) -> bool:
    """Sends the petition to the addressee's desk; False if that was done before.

    The addressee owes the registration on the day of receipt; what comes after office hours or on a day off counts as
    received on the next working day (APPC art. 90-4(2), 64(3)). Refusing to accept is forbidden, and so impossible.
    """
    lock(petition)
    if petition.state is not State.SUPPORTED:
        return False
    assert petition.addressee is not None  # noqa: S101  a CHECK says so
    rules = rules_version(petition.rules_version or "")
    duty = duties.start(
        DutyKind.REGISTER,
        agency=petition.addressee,
        subject_kind="petition",
        subject_number=petition.number,
        deadline=rules.deadline("register"),
        rules_version=rules.id,
        started_on=received_on(now),
    )
    move(
        petition,
        Action.FORWARD,
        actor=CLOCK,
        now=now,
        fact=PetitionForwarded,
        columns={"register_duty_id": duty.id},
    )
    return True


def received_on(now: datetime) -> date:
    """The day on which something sent at `now` counts as received (APPC art. 64(3))."""
    return day_of_receipt(clock.local(now), closes_at=office_closes_at(), calendar=calendar_now())


def register(petition: Petition, *, registration_number: str, actor: Actor, now: datetime) -> Petition:
    """The addressee enters the petition into its books: from here the clock of the decision runs, 40 or 20 working
    days (APPC art. 90-5(1))."""
    lock(petition)
    assert petition.addressee is not None  # noqa: S101  a CHECK says so
    rules = rules_version(petition.rules_version or "")
    today = clock.today(now)
    review = None
    if petition.state is State.FORWARDED and petition.register_duty is not None:
        review = duties.start(
            DutyKind.REVIEW,
            agency=petition.addressee,
            subject_kind="petition",
            subject_number=petition.number,
            deadline=rules.review_deadline(petition.addressee.addressee_kind or ""),
            rules_version=rules.id,
            started_on=max(today, petition.register_duty.started_on),
        )
        duties.fulfil(petition.register_duty, now=now)
    return move(
        petition,
        Action.REGISTER,
        actor=actor,
        now=now,
        fact=PetitionRegistered,
        columns={"registration_number": registration_number, "review_duty_id": review.id if review else None},
        details={"registration_number": registration_number},
    )


def chase_registrations(*, now: datetime) -> int:
    """Reminds addressees who have not registered in time, and a working day later tells the authorised body.

    On a day off nobody is late and nobody is told.
    """
    today = clock.today(now)
    if not is_working_day(today, calendar_now()):
        return 0
    told = 0
    for duty, petition in _late_registrations(before=today):
        if duty.reminded_at is None:
            duty.reminded_at = now
            publish(RegistrationOverdue(petition_id=petition.id))
            told += 1
        elif duty.escalated_at is None and clock.today(duty.reminded_at) < today:
            duty.escalated_at = now
            publish(RegistrationEscalated(petition_id=petition.id))
            told += 1
    return told


def _late_registrations(*, before: date) -> Sequence[tuple[Duty, Petition]]:
    late = duty_queries.late(kind=DutyKind.REGISTER, before=before)
    by_duty = queries.by_register_duty([duty.id for duty in late])
    return [(duty, by_duty[duty.id]) for duty in late if duty.id in by_duty]
