"""Whether a person may have a seat, by the rules of composition. Reads only."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.accounts.models import Account
from app.councils.errors import (
    AlreadySits,
    CouncilFull,
    NgoHasSeat,
    NgoOfBody,
    OtherRepublicanCouncil,
    SecretaryCannotSit,
    TermsInARow,
    TermTooLong,
    TooFewOfCivilSociety,
    UnderAge,
)
from app.councils.models import Council, Member, Origin
from app.councils.models.council import REPUBLICAN_LEVELS
from app.db import db
from app.law import CouncilRules
from app.text.normalize import words


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that is asked for."""

    name: str
    origin: Origin
    ngo: str | None
    account: Account | None
    starts_on: date

    def is_of(self, member: Member) -> bool:
        """Whether the person is the one of that seat: by account, and by name where one of both has none.

        Two namesakes without accounts are taken for one person, so that nobody sits twice; an operator who knows
        better writes the patronymic.
        """
        if self.account is not None and member.account_id is not None:
            return self.account.id == member.account_id
        return words(self.name) == words(member.name)


def check(council: Council, seat: Seat, rules: CouncilRules) -> int:
    """Which term in a row the seat would be; SeatRefused if a rule says no."""
    sitting = [member for member in council.members if member.sits_on(seat.starts_on)]
    if any(seat.is_of(member) for member in sitting):
        raise AlreadySits(field="name")
    if seat.account is not None:
        check_account(council, seat.account, seat.starts_on, rules)
    _check_ngo(sitting, seat, rules)
    _check_numbers(council, sitting, seat, rules)
    return _term(council, seat, rules)


def check_person(council: Council, account: Account | None, member: Member, rules: CouncilRules) -> None:
    """Whether the account may be tied to a seat that exists."""
    if account is None:
        return
    if any(
        other is not member and other.account_id == account.id and _overlap(other, member)
        for other in council.members
    ):
        raise AlreadySits(field="email")
    check_account(council, account, member.starts_on, rules, until=member.last_day)


def check_account(
    council: Council, account: Account, day: date, rules: CouncilRules, *, until: date | None = None
) -> None:
    """What is asked of the person behind the account: of age, not the secretary, on no other republican council."""
    if account.born_on is not None and not _is_of_age(account.born_on, day, rules.adult_age):
        raise UnderAge(field="name", least=rules.adult_age)
    if any(
        s.account_id == account.id and (s.until_on is None or s.until_on >= day) for s in council.secretaries
    ):
        raise SecretaryCannotSit(field="name")
    if council.level not in REPUBLICAN_LEVELS:
        return
    elsewhere = db.session.scalars(
        select(Member)
        .join(Council)
        .where(
            Member.account_id == account.id,
            Member.council_id != council.id,
            Council.level.in_(REPUBLICAN_LEVELS),
            Member.ends_on >= day,
        )
    )
    others = [m for m in elsewhere if m.last_day >= day and (until is None or m.starts_on <= until)]
    if len(others) >= rules.number("republican_councils_per_person"):
        raise OtherRepublicanCouncil(field="name", council=others[0].council.slug)


def last_day(council: Council, starts_on: date, ends_on: date | None, rules: CouncilRules) -> date:
    """The last day of a seat that begins on `starts_on`: that of the council's term, or of a new one."""
    whole = anniversary(starts_on, rules.term_years) - timedelta(days=1)
    if ends_on is not None:
        if not starts_on <= ends_on <= whole:
            raise TermTooLong(field="ends_on", latest=whole)
        return ends_on
    running = [member.ends_on for member in council.members if member.sits_on(starts_on)]
    return min(whole, max(running, default=whole))


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _check_ngo(sitting: list[Member], seat: Seat, rules: CouncilRules) -> None:
    if seat.ngo is None:
        return
    if seat.origin is Origin.BODY:
        raise NgoOfBody(field="ngo")
    most = rules.number("per_ngo")
    if sum(words(member.ngo) == words(seat.ngo) for member in sitting if member.ngo) >= most:
        raise NgoHasSeat(field="ngo", ngo=seat.ngo, most=most)


def _check_numbers(council: Council, sitting: list[Member], seat: Seat, rules: CouncilRules) -> None:
    most = council.seats or rules.level(council.level.value).members_most
    if most is not None and len(sitting) >= most:
        raise CouncilFull(field="name", most=most)
    # Seats are filled one after the other: the share is asked of the whole council, where its size is known.
    whole = most or len(sitting) + 1
    of_body = sum(member.origin is Origin.BODY for member in sitting) + (seat.origin is Origin.BODY)
    least = rules.civil_society_least(whole)
    if seat.origin is Origin.BODY and whole - of_body < least:
        raise TooFewOfCivilSociety(field="origin", least=least, members=whole)


def _term(council: Council, seat: Seat, rules: CouncilRules) -> int:
    """Counted in a row: a break of a whole term starts anew; a second seat in the same term is the same term."""
    before = [m for m in council.members if seat.is_of(m) and m.starts_on < seat.starts_on]
    if not before:
        return 1
    latest = max(before, key=lambda member: member.starts_on)
    if seat.starts_on <= latest.ends_on:
        return latest.term
    if seat.starts_on > anniversary(latest.ends_on, rules.term_years):
        return 1
    if latest.term >= rules.terms_in_a_row:
        raise TermsInARow(field="name", most=rules.terms_in_a_row)
    return latest.term + 1


def _overlap(one: Member, other: Member) -> bool:
    return one.starts_on <= other.last_day and other.starts_on <= one.last_day


def _is_of_age(born_on: date, day: date, age: int) -> bool:
    return anniversary(born_on, age) <= day
