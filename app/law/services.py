"""Editing the operator's table of transfers. Nothing is overwritten: what counted yesterday can be read tomorrow.

A change never moves a due date that was already stored; it counts for the periods that begin afterwards.
"""

from datetime import date, datetime

from app.access import Actor
from app.audit import record
from app.db import db
from app.errors import Conflict, InvalidInput
from app.law import queries
from app.law.calendar import TransferKind
from app.law.models import CalendarTransfer
from app.law.registry import calendar
from app.law.rules import Words


class AlreadyTransferred(Conflict):
    """Another line in force already says what this day is: revoke that one first."""


class AlreadyRevoked(Conflict):
    """The line was revoked before."""


class ChangesNothing(InvalidInput):
    """The day already is what the line would make it."""


class SourceMissing(InvalidInput):
    """A day off without the decision that made it one is a guess."""


class OutsideTheCalendar(InvalidInput):
    """The calendar does not reach that day."""


def add_transfer(
    day: date, *, kind: TransferKind, reason: Words, source: str, actor: Actor, now: datetime
) -> CalendarTransfer:
    """Makes `day` a day off or a working day from now on; returns the new line, with its id."""
    days = calendar()
    if not days.first_day <= day <= days.last_day:
        raise OutsideTheCalendar(day=day, first=days.first_day, last=days.last_day)
    if not source.strip() or not all(text.strip() for text in reason.by_language().values()):
        raise SourceMissing(day=day)
    if queries.transfer_in_force_on(day) is not None:
        raise AlreadyTransferred(day=day)
    if days.is_working_day(day) is (kind is TransferKind.WORKING_DAY):
        raise ChangesNothing(day=day, kind=kind.value)
    line = CalendarTransfer(
        day=day,
        kind=kind,
        reason_kk=reason.kk,
        reason_ru=reason.ru,
        reason_en=reason.en,
        source=source.strip(),
        added_by=actor.account_id,
        added_at=now,
    )
    db.session.add(line)
    db.session.flush()  # the audit line names the id
    record(
        actor,
        "added_transfer",
        subject=f"calendar_transfer:{line.id}",
        now=now,
        day=day.isoformat(),
        kind=kind.value,
    )
    return line


def revoke_transfer(line: CalendarTransfer, *, reason: str, actor: Actor, now: datetime) -> None:
    """Takes a line out of force; it stays readable, with the reason."""
    if not line.is_in_force:
        raise AlreadyRevoked(day=line.day)
    if not reason.strip():
        raise SourceMissing(day=line.day)
    line.revoked_at, line.revoked_by, line.revoked_reason = now, actor.account_id, reason.strip()
    record(
        actor, "revoked_transfer", subject=f"calendar_transfer:{line.id}", now=now, day=line.day.isoformat()
    )
