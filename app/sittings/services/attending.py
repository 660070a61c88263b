"""Who came, who presides, opening and closing."""

from datetime import datetime

from app import clock
from app.access import Actor
from app.audit import record
from app.councils import policies as councils
from app.councils.models import Member
from app.councils.queries import composition
from app.db import db
from app.gatherings import services as gatherings
from app.law import council_rules_version
from app.sittings import policies, queries
from app.sittings.actions import Action
from app.sittings.errors import NotAMember, PresidingAbsent, TermOver, TooEarly, VoteRunning
from app.sittings.events import SittingClosed
from app.sittings.lifecycle import IN_THE_ROOM, AttendanceKind, ItemState, State
from app.sittings.models import Attendance, Sitting
from app.sittings.queries.record import HAND_OVER
from app.sittings.services import minutes
from app.sittings.services.transitions import lock, move


def own_seat(sitting: Sitting, actor: Actor, *, now: datetime) -> Member:
    """The actor's seat today. TermOver, with its last day, for somebody who sat once; NotAMember for everybody else."""
    today = clock.today(now)
    seat = councils.seat_of(actor, sitting.council, day=today)
    if seat is not None:
        return seat
    former = [
        member
        for member in sitting.council.members
        if actor.account_id is not None and member.account_id == actor.account_id and member.last_day < today
    ]
    if former:
        raise TermOver(on=max(member.last_day for member in former))
    raise NotAMember()


def seated(sitting: Sitting, member: Member, *, now: datetime) -> Member:
    """The member, if they sit in this council today."""
    if member.council_id != sitting.council_id:
        raise NotAMember()
    if not member.sits_on(clock.today(now)):
        raise TermOver(on=member.last_day)
    return member


def check_in(sitting: Sitting, *, remote: bool, actor: Actor, now: datetime) -> Attendance:
    """The member says that they are there, in the room or remotely. Pressed twice, the first entry stays. TooEarly
    before the day of the sitting."""
    lock(sitting)
    member = own_seat(sitting, actor, now=now)
    policies.check(Action.CHECK_IN, actor, sitting)
    day = clock.today(sitting.gathering.starts_at)
    if sitting.state is State.CALLED and clock.today(now) < day:
        raise TooEarly(on=day)
    kind = AttendanceKind.REMOTE if remote else AttendanceKind.PRESENT
    return _enter(sitting, member, kind, note=None, actor=actor, now=now)


def note(
    sitting: Sitting, member: Member, kind: AttendanceKind, *, note: str | None, actor: Actor, now: datetime
) -> Attendance:
    """The secretary notes a member as present, remote, excused, absent, or as having left."""
    lock(sitting)
    policies.check(Action.NOTE_ATTENDANCE, actor, sitting)
    return _enter(sitting, seated(sitting, member, now=now), kind, note=note, actor=actor, now=now)


def _enter(
    sitting: Sitting, member: Member, kind: AttendanceKind, *, note: str | None, actor: Actor, now: datetime
) -> Attendance:
    newest = queries.attendance_now(sitting).get(member.id)
    if newest is not None and newest.kind is kind and newest.note == note:
        return newest
    entry = Attendance(
        sitting_id=sitting.id, member_id=member.id, kind=kind, note=note, at=now, noted_by=actor.account_id
    )
    db.session.add(entry)
    db.session.flush()
    db.session.expire(sitting, ["attendance"])
    return entry


def open_sitting(sitting: Sitting, *, presiding: Member, actor: Actor, now: datetime) -> Sitting:
    """Opens the sitting: from now on its members and its quorum are fixed. Without a quorum it may hear reports, and
    puts nothing to the vote. PresidingAbsent if whoever is to preside is not there."""
    lock(sitting)
    policies.check(Action.OPEN, actor, sitting)
    _see_presiding(sitting, presiding, now=now)
    members = composition.members_on(sitting.council, clock.today(now))
    total = len(members)
    quorum = council_rules_version(sitting.rules_version).quorum(total)
    return move(
        sitting,
        Action.OPEN,
        actor=actor,
        now=now,
        columns={"opened_at": now, "presiding": presiding, "members_total": total, "quorum": quorum},
    )


def hand_over(sitting: Sitting, *, presiding: Member, actor: Actor, now: datetime) -> None:
    """Somebody else presides from now on: the chair had to leave, or has an interest in the item."""
    lock(sitting)
    policies.check(Action.OPEN_VOTE, actor, sitting)
    _see_presiding(sitting, presiding, now=now)
    was = sitting.presiding_id
    if was != presiding.id:
        sitting.presiding = presiding
        subject = f"sitting:{sitting.number}"
        record(actor, HAND_OVER, subject=subject, now=now, member=presiding.id, was=was)
        db.session.flush()


def _see_presiding(sitting: Sitting, presiding: Member, *, now: datetime) -> None:
    seated(sitting, presiding, now=now)
    entry = queries.attendance_now(sitting).get(presiding.id)
    if entry is None or entry.kind not in IN_THE_ROOM:
        raise PresidingAbsent(field="presiding")


def write_proceedings(item_id: int, sitting: Sitting, text: str, *, actor: Actor, now: datetime) -> None:
    """What was said on an item, in the secretary's words."""
    lock(sitting)
    policies.check(Action.NOTE_PROCEEDINGS, actor, sitting)
    item = queries.item_of(sitting, item_id)
    if item is None:
        raise NotAMember()
    item.proceedings = text


def close_sitting(sitting: Sitting, *, actor: Actor, now: datetime) -> Sitting:
    """Closes the sitting; what was neither decided nor dropped counts as heard. VoteRunning while a vote is open."""
    lock(sitting)
    policies.check(Action.CLOSE, actor, sitting)
    if queries.open_voting_of(sitting) is not None:
        raise VoteRunning()
    for item in sitting.items:
        if item.state is ItemState.WAITING:
            item.state = ItemState.HEARD
    move(sitting, Action.CLOSE, actor=actor, now=now, fact=SittingClosed, columns={"closed_at": now})
    gatherings.note_held(sitting.gathering, now=now)
    minutes.begin(sitting, now=now)
    return sitting
