"""Who gets a seat, loses it, and is elected to an office of the council.

The checks are those of the rules in force on the day of the act: the term, two terms in a row, one seat for an
organisation, one republican council for a person, and the share of civil society.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from app import clock
from app.access import CLOCK, Actor, Role
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.accounts.services import staff
from app.audit import record
from app.councils import policies
from app.councils.actions import Action
from app.councils.errors import (
    AlreadyHolds,
    AlreadyLetIn,
    NotElectable,
    NotInTerm,
    SeatEnded,
    SecretaryCannotSit,
    UnknownAccount,
    UnknownGround,
)
from app.councils.events import MemberRemoved
from app.councils.models import Council, Member, Office, OfficeKind, Origin, Secretary
from app.councils.services import eligibility
from app.councils.services.commissions import (
    end_commission,
    join_commission,
    leave_commission,
    make_commission,
)
from app.councils.services.eligibility import Seat
from app.db import db
from app.law import council_rules_in_force
from app.outbox import publish
from app.text.normalize import shown_line

__all__ = [
    "appoint_secretary",
    "elect",
    "end_commission",
    "join_commission",
    "leave_commission",
    "leave_office",
    "let_in",
    "make_commission",
    "release_secretary",
    "remove",
    "seat",
    "set_presidium",
]


def seat(
    council: Council,
    *,
    name: str,
    origin: Origin,
    ngo: str | None = None,
    account_id: int | None = None,
    starts_on: date,
    ends_on: date | None = None,
    actor: Actor,
    now: datetime,
    in_presidium: bool = False,
) -> Member:
    """A new seat for one term. SeatRefused says which rule it would break.

    The term is the council's: who comes in the middle of it stays until its end. `ends_on` names another last day,
    at most a whole term away.
    """
    lock(council)
    policies.check(Action.SEAT, actor, council)
    rules = council_rules_in_force(clock.today(now))
    _hold_person(account_id)
    wanted = Seat(shown_line(name), origin, shown_line(ngo or "") or None, account_of(account_id), starts_on)
    last_day = eligibility.last_day(council, starts_on, ends_on, rules)
    term = eligibility.check(council, wanted, rules)
    member = Member(
        name=wanted.name,
        origin=origin,
        ngo=wanted.ngo,
        account_id=account_id,
        term=term,
        starts_on=starts_on,
        ends_on=last_day,
        in_presidium=in_presidium,
        seated_at=now,
    )
    council.members.append(member)
    db.session.flush()
    _open_door(member, actor=actor, now=now)
    record(
        actor,
        "seat",
        subject=subject(council),
        now=now,
        member=member.id,
        origin=origin.value,
        term=term,
        starts_on=str(starts_on),
    )
    return member


def remove(member: Member, *, ground: str, note: str, on: date, actor: Actor, now: datetime) -> Member:
    """Ends the seat early, `on` its last day, on a ground of the rules (LPC art. 15); its offices end with it."""
    council = lock(member.council)
    policies.check(Action.REMOVE, actor, council)
    if member.ended_on is not None:
        raise SeatEnded(field="ended_on", on=member.ended_on)
    if not member.starts_on <= on <= member.ends_on:
        raise NotInTerm(field="on", first=member.starts_on, last=member.ends_on)
    if ground not in {one.id for one in council_rules_in_force(clock.today(now)).removal_grounds}:
        raise UnknownGround(field="ground", ground=ground)
    member.ended_on, member.removal_ground, member.removal_note = on, ground, shown_line(note) or None
    for office in _offices(council):
        if office.member_id == member.id and office.until_on is None:
            office.until_on = max(on, office.from_on)
    db.session.flush()
    db.session.expire(council, ["offices"])
    record(
        actor,
        "remove_member",
        subject=subject(council),
        now=now,
        member=member.id,
        ground=ground,
        on=str(on),
    )
    publish(MemberRemoved(member_id=member.id))
    return member


def elect(member: Member, kind: OfficeKind, *, on: date, actor: Actor, now: datetime) -> Office:
    """The member is chair or deputy from `on`; a chair before them leaves the office.

    A chair comes from the members who are known in public and not in the state's service (LPC art. 12): read as the
    members of civil society.
    """
    council = lock(member.council)
    policies.check(Action.MANAGE, actor, council)
    if not member.sits_on(on):
        raise NotInTerm(field="on", first=member.starts_on, last=member.last_day)
    if kind is OfficeKind.CHAIR and member.origin is not Origin.CIVIL_SOCIETY:
        raise NotElectable(field="member", kind=kind)
    standing = [office for office in _offices(council) if office.kind is kind and office.until_on is None]
    if any(office.member_id == member.id and office.is_held_on(on) for office in standing):
        raise AlreadyHolds(field="member", kind=kind)
    if kind is OfficeKind.CHAIR:
        for office in standing:
            office.until_on = max(office.from_on, min(on - timedelta(days=1), office.member.last_day))
        # Only one chair may be open at any moment: the old one ends before the new one begins.
        db.session.flush()
    office = Office(council_id=council.id, member=member, kind=kind, from_on=on)
    db.session.add(office)
    db.session.flush()
    db.session.expire(council, ["offices"])
    record(actor, "elect", subject=subject(council), now=now, member=member.id, office=kind.value, on=str(on))
    return office


def leave_office(office: Office, *, on: date, actor: Actor, now: datetime) -> Office:
    """Ends the office, `on` its last day; the seat stays."""
    council = lock(office.member.council)
    policies.check(Action.MANAGE, actor, council)
    if office.until_on is not None:
        raise SeatEnded(field="on", on=office.until_on)
    if on < office.from_on:
        raise NotInTerm(field="on", first=office.from_on, last=office.member.last_day)
    office.until_on = on
    db.session.flush()
    record(actor, "leave_office", subject=subject(council), now=now, office=office.id, on=str(on))
    return office


def let_in(member: Member, account_id: int, *, actor: Actor = CLOCK, now: datetime | None = None) -> Member:
    """Ties the seat to the account with which the member signs in; a member of staff gets the role for it.

    AlreadyLetIn where another account that works is tied to it: whoever keeps the papers does not choose who votes.
    """
    now = now or clock.now()
    council = lock(member.council)
    policies.check(Action.MANAGE, actor, council)
    db.session.refresh(member)
    if member.account is not None and member.account_id != account_id and member.account.disabled_at is None:
        raise AlreadyLetIn(field="email")
    _hold_person(account_id)
    account = account_of(account_id)
    eligibility.check_person(council, account, member, council_rules_in_force(clock.today(now)))
    member.account_id = account_id
    db.session.flush()
    db.session.expire(member, ["account"])
    _open_door(member, actor=actor, now=now)
    record(actor, "let_in", subject=subject(council), now=now, member=member.id, account=account_id)
    return member


def set_presidium(member: Member, *, sits: bool, actor: Actor, now: datetime) -> Member:
    """Whether the member works in the presidium between sittings (LPC art. 11)."""
    policies.check(Action.MANAGE, actor, member.council)
    member.in_presidium = sits
    db.session.flush()
    record(actor, "presidium", subject=subject(member.council), now=now, member=member.id, sits=sits)
    return member


def appoint_secretary(
    council: Council, account_id: int, *, on: date, actor: Actor, now: datetime
) -> Secretary:
    """The account keeps the council's papers from `on`. Idempotent; a member cannot (LPC art. 12, 13)."""
    lock(council)
    policies.check(Action.SEAT, actor, council)
    account = account_of(account_id)
    assert account is not None
    if any(m.account_id == account_id and m.last_day >= on for m in council.members):
        raise SecretaryCannotSit(field="email")
    for held in council.secretaries:
        if held.account_id == account_id and (held.until_on is None or held.until_on >= on):
            return held
    secretary = Secretary(account=account, from_on=on)
    council.secretaries.append(secretary)
    if account.password_hash is not None:
        staff.give_role(account, Role.SECRETARY, actor=actor, now=now)
    db.session.flush()
    record(actor, "appoint_secretary", subject=subject(council), now=now, account=account_id, on=str(on))
    return secretary


def release_secretary(secretary: Secretary, *, on: date, actor: Actor, now: datetime) -> Secretary:
    """The secretary's last day; the role stays, as they may keep the papers of another council."""
    policies.check(Action.SEAT, actor, secretary.council)
    if secretary.until_on is not None:
        raise SeatEnded(field="on", on=secretary.until_on)
    if on < secretary.from_on:
        raise NotInTerm(field="on", first=secretary.from_on, last=on)
    secretary.until_on = on
    db.session.flush()
    record(
        actor, "release_secretary", subject=subject(secretary.council), now=now, account=secretary.account_id
    )
    return secretary


def lock(council: Council) -> Council:
    """The council as it is now, and nobody else's to fill until the transaction ends: two windows, one seat."""
    db.session.flush()
    db.session.execute(select(Council.id).where(Council.id == council.id).with_for_update())
    db.session.expire(council, ["members", "offices", "secretaries"])
    return council


def _hold_person(account_id: int | None) -> None:
    """Nobody else's to seat until the transaction ends: two councils at once would both find that they sit nowhere."""
    if account_id is not None:
        held = select(Account.id).where(Account.id == account_id).with_for_update(key_share=True)
        db.session.execute(held)


def account_of(account_id: int | None) -> Account | None:
    """The account; None for a member who was not let in yet. UnknownAccount if there is none of that id."""
    account = accounts.by_id(account_id)
    if account_id is not None and (account is None or account.disabled_at is not None):
        raise UnknownAccount(field="email")
    return account


def _open_door(member: Member, *, actor: Actor, now: datetime) -> None:
    # Citizens sign in as themselves; a member with a staff account needs the role to be let to the members' pages.
    if member.account is not None and member.account.password_hash is not None:
        staff.give_role(member.account, Role.COUNCIL_MEMBER, actor=actor, now=now)


def _offices(council: Council) -> list[Office]:
    return list(db.session.scalars(select(Office).where(Office.council_id == council.id).order_by(Office.id)))


def subject(council: Council) -> str:
    return f"council:{council.id}"
