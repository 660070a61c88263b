"""The commissions of a council, and who works in them (LPC art. 11)."""

from collections.abc import Mapping
from datetime import date, datetime

from app.access import Actor
from app.audit import record
from app.councils import policies
from app.councils.actions import Action
from app.councils.errors import NotInTerm, SeatEnded
from app.councils.models import Commission, CommissionSeat, Council, Member
from app.db import db
from app.errors import NotFound
from app.text.normalize import shown_line


def make_commission(council: Council, *, names: Mapping[str, str], actor: Actor, now: datetime) -> Commission:
    """A commission with its name in Kazakh and Russian, and in English where there is one."""
    policies.check(Action.MANAGE, actor, council)
    commission = Commission(
        name_kk=shown_line(names["kk"]),
        name_ru=shown_line(names["ru"]),
        name_en=shown_line(names.get("en", "")) or None,
    )
    council.commissions.append(commission)
    db.session.flush()
    record(actor, "make_commission", subject=f"council:{council.id}", now=now, commission=commission.id)
    return commission


def end_commission(commission: Commission, *, on: date, actor: Actor, now: datetime) -> Commission:
    """The commission's last day; it stays on the page of former ones."""
    policies.check(Action.MANAGE, actor, commission.council)
    _check_open(commission)
    commission.ended_on = on
    db.session.flush()
    record(actor, "end_commission", subject=_subject(commission), now=now, commission=commission.id)
    return commission


def join_commission(
    commission: Commission, member: Member, *, is_head: bool = False, on: date, actor: Actor, now: datetime
) -> CommissionSeat:
    """The member works in the commission; its head sits in the presidium, and there is one head."""
    policies.check(Action.MANAGE, actor, commission.council)
    _check_open(commission)
    if member.council_id != commission.council_id:
        raise NotFound(member=member.id)
    if not member.sits_on(on):
        raise NotInTerm(field="member", first=member.starts_on, last=member.last_day)
    seat = next((one for one in commission.seats if one.member_id == member.id), None)
    if seat is None:
        seat = CommissionSeat(member=member)
        commission.seats.append(seat)
    if is_head:
        for one in commission.seats:
            one.is_head = False
        member.in_presidium = True
    seat.is_head = is_head
    db.session.flush()
    record(actor, "join_commission", subject=_subject(commission), now=now, member=member.id, is_head=is_head)
    return seat


def leave_commission(seat: CommissionSeat, *, actor: Actor, now: datetime) -> None:
    commission = seat.commission
    policies.check(Action.MANAGE, actor, commission.council)
    record(actor, "leave_commission", subject=_subject(commission), now=now, member=seat.member_id)
    commission.seats.remove(seat)
    db.session.delete(seat)
    db.session.flush()


def _check_open(commission: Commission) -> None:
    if commission.ended_on is not None:
        raise SeatEnded(field="commission", on=commission.ended_on)


def _subject(commission: Commission) -> str:
    return f"council:{commission.council_id}"
