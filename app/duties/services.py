"""Starting, extending, fulfilling and cancelling duties."""

from datetime import date, datetime

from sqlalchemy import update

from app import clock
from app.access import Actor
from app.agencies.models import Agency
from app.audit import record
from app.councils.models import Council
from app.db import db
from app.duties.models import Duty, DutyKind
from app.duties.queries import IS_OPEN
from app.errors import Conflict, InvalidInput
from app.law import calendar_now
from app.law.calendar import due_date
from app.law.rules import Deadline


class DutyClosed(Conflict):
    """A fulfilled or cancelled duty does not move any more."""


class ExtensionRefused(InvalidInput):
    """The new date is not after the old one, or further away than the law lets (`latest`)."""


def start(
    kind: DutyKind,
    *,
    agency: Agency | None = None,
    council: Council | None = None,
    subject_kind: str,
    subject_number: int,
    deadline: Deadline,
    rules_version: str,
    started_on: date,
) -> Duty:
    """A new duty of `agency`, or of a `council`, due by `deadline` counted from `started_on` on today's calendar."""
    calendar = calendar_now()
    duty = Duty(
        kind=kind,
        agency=agency,
        council=council,
        subject_kind=subject_kind,
        subject_number=subject_number,
        rules_version=rules_version,
        deadline=deadline.name,
        value=deadline.value,
        unit=deadline.unit.value,
        source=deadline.source,
        calendar_version=calendar.version,
        started_on=started_on,
        due_on=due_date(started_on, deadline, calendar),
    )
    db.session.add(duty)
    # Whatever is owed points to the duty by its id.
    db.session.flush()
    return duty


def fulfil(duty: Duty, *, now: datetime) -> None:
    """The thing that was owed was done; doing it again changes nothing."""
    if duty.is_open:
        duty.fulfilled_at, duty.fulfilled_on = now, clock.today(now)


def cancel(duty: Duty, *, now: datetime) -> None:
    """Nothing is owed any more: the petition was withdrawn or rejected."""
    if duty.is_open:
        duty.cancelled_at = now


def lapse(duty: Duty, *, now: datetime) -> None:
    """The term ended in silence, and the law says what silence means: nothing is owed any more."""
    if duty.is_open:
        duty.lapsed_at = now


def hand_over(*, old: Agency, new: Agency, actor: Actor, now: datetime) -> int:
    """Whatever a dissolved body still owes, its successor owes from now on, by the same day; how many duties moved."""
    moved = db.session.scalars(
        update(Duty).where(Duty.agency_id == old.id, IS_OPEN).values(agency_id=new.id).returning(Duty.id)
    ).all()
    if moved:
        record(actor, "hand_over_duties", subject=f"agency:{old.id}", now=now, to=new.id, duties=len(moved))
    return len(moved)


def extend(duty: Duty, *, to: date, reason: str, limit: Deadline, actor: Actor, now: datetime) -> None:
    """Puts the due date off, in public and with a reason, once, and no further than `limit` from today.

    APPC art. 76(3): a reasoned decision of the head, at most two months from that decision. Whether it applies to
    petitions is not established; the page says so.
    """
    if not duty.is_open:
        raise DutyClosed()
    latest = due_date(clock.today(now), limit, calendar_now())
    if duty.extended_to is not None or not duty.due_on < to <= latest:
        raise ExtensionRefused(field="to", latest=latest, earliest=duty.due_on)
    duty.extended_to, duty.extension_reason, duty.extended_at = to, reason, now
    record(actor, "extend", subject=f"duty:{duty.id}", now=now, to=to.isoformat())
