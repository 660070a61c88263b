"""Who sits in a council on a day, and whether the council is made up as the law asks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from app.councils.models import (
    Commission,
    CommissionSeat,
    Council,
    Member,
    Office,
    OfficeKind,
    Origin,
    Secretary,
)
from app.db import db
from app.law import council_rules_in_force


@dataclass(frozen=True, slots=True)
class Composition:
    """A council on one day. `seats` is the size that its regulation names, the number of members where it names none.

    `is_enough` says whether the least share of civil society is kept among those who sit.
    """

    members: list[Member]
    seats: int
    civil_society: int
    least_civil_society: int
    is_enough: bool
    chair: Member | None
    deputies: list[Member]
    secretaries: list[Secretary]
    presidium: list[Member]
    commissions: list[Commission]

    @property
    def in_order(self) -> list[Member]:
        """The members as a page lists them: who presides, the deputies, then by name."""
        first = [*([self.chair] if self.chair else []), *self.deputies]
        return [*dict.fromkeys(first), *(member for member in self.members if member not in first)]

    def working_in(self, commission: Commission) -> list[CommissionSeat]:
        """Who works in the commission: whose seat in the council ended does not."""
        sitting = {member.id for member in self.members}
        return [seat for seat in commission.seats if seat.member_id in sitting]

    @property
    def vacant(self) -> int:
        return max(0, self.seats - len(self.members))


def members_on(council: Council, day: date) -> list[Member]:
    """The members who sit on that day, by name."""
    found = (
        select(Member).where(Member.council_id == council.id, sits_on(day)).order_by(Member.name, Member.id)
    )
    return list(db.session.scalars(found))


def sits_on(day: date) -> ColumnElement[bool]:
    """The seats of that day, as a condition on Member."""
    return and_(Member.starts_on <= day, func.coalesce(Member.ended_on, Member.ends_on) >= day)


def composition(council: Council, day: date) -> Composition:
    """Everybody who holds a seat or an office on that day."""
    members = members_on(council, day)
    offices = [office for office in _offices(council) if office.is_held_on(day)]
    chairs = [office.member for office in offices if office.kind is OfficeKind.CHAIR]
    civil_society = sum(member.origin is Origin.CIVIL_SOCIETY for member in members)
    least = council_rules_in_force(day).civil_society_least(len(members))
    return Composition(
        members=members,
        seats=council.seats or len(members),
        civil_society=civil_society,
        least_civil_society=least,
        is_enough=bool(members) and civil_society >= least,
        chair=chairs[-1] if chairs else None,
        deputies=[office.member for office in offices if office.kind is OfficeKind.DEPUTY],
        secretaries=secretaries_on(council, day),
        presidium=[m for m in members if m.in_presidium or m in chairs],
        commissions=commissions_on(council, day),
    )


def secretaries_on(council: Council, day: date) -> list[Secretary]:
    found = (
        select(Secretary)
        .where(
            Secretary.council_id == council.id,
            Secretary.from_on <= day,
            or_(Secretary.until_on.is_(None), Secretary.until_on >= day),
        )
        .order_by(Secretary.id)
    )
    return list(db.session.scalars(found))


def commissions_on(council: Council, day: date) -> list[Commission]:
    found = (
        select(Commission)
        .where(
            Commission.council_id == council.id,
            or_(Commission.ended_on.is_(None), Commission.ended_on >= day),
        )
        .options(selectinload(Commission.seats).joinedload(CommissionSeat.member))
        .order_by(Commission.id)
    )
    return list(db.session.scalars(found))


def former(council: Council, day: date) -> list[Member]:
    """The seats that ended before that day, the latest first."""
    last = func.coalesce(Member.ended_on, Member.ends_on)
    found = (
        select(Member)
        .where(Member.council_id == council.id, last < day)
        .order_by(last.desc(), Member.name, Member.id)
    )
    return list(db.session.scalars(found))


def to_come(council: Council, day: date) -> list[Member]:
    """The seats of a term that has not begun."""
    found = (
        select(Member)
        .where(Member.council_id == council.id, Member.starts_on > day)
        .order_by(Member.starts_on, Member.name, Member.id)
    )
    return list(db.session.scalars(found))


def member_of(council: Council, member_id: int) -> Member | None:
    return db.session.scalar(select(Member).where(Member.council_id == council.id, Member.id == member_id))


def office_of(council: Council, office_id: int) -> Office | None:
    return db.session.scalar(select(Office).where(Office.council_id == council.id, Office.id == office_id))


def _offices(council: Council) -> list[Office]:
    return list(db.session.scalars(select(Office).where(Office.council_id == council.id).order_by(Office.id)))
