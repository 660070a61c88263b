"""The people of the demo country: citizens with an IIN each, and staff with one password for all."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.access import CLOCK, Actor, Role
from app.accounts import queries as accounts
from app.accounts.identity_providers import Identity
from app.accounts.iin import check_digit, parse
from app.accounts.models import Account
from app.accounts.services import signing_in, staff
from app.agencies import queries as agencies
from app.dev.seed import texts
from app.law import rules_version
from app.petitions.models import Petition
from app.petitions.services import signing
from app.petitions.services.signing import Claim, SignatureDetails

PASSWORD = "every-voice-counts"  # noqa: S105  printed for everybody; refused in production with the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """`years` instead of a birthday: somebody who is of that age in the year of seeding, whichever it is."""

    key: str
    given_name: str
    family_name: str
    serial: int
    is_female: bool
    region: str
    language: str
    born: date | None = None
    years: int | None = None
    can: str = ""

    def iin(self, today: date) -> str:
        return iin_of(self.born_on(today), is_female=self.is_female, serial=self.serial)

    def born_on(self, today: date) -> date:
        return self.born or date(today.year - (self.years or 0), 1, 1)

    @property
    def email(self) -> str:
        return f"{self.key}@example.kz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """`can` says what the demo shows with this person; who has none is not listed."""

    email: str
    given_name: str
    family_name: str
    roles: tuple[Role, ...]
    agencies: tuple[str, ...] = ()
    language: str = "kk"
    can: str = ""


def citizens() -> Sequence[Citizen]:
    return [Citizen(**row) for row in texts.people()["citizen"]]


def employees() -> Sequence[Employee]:
    return [
        Employee(
            **{
                **row,
                "roles": tuple(Role(role) for role in row["roles"]),
                "agencies": tuple(row.get("agencies", ())),
            }
        )
        for row in texts.people()["employee"]
    ]


def iin_of(born: date, *, is_female: bool, serial: int) -> str:
    """The IIN of that birthday and serial number, or of the next serial for which there is a check digit."""
    century = {19: 3, 20: 5}[born.year // 100] + is_female
    while True:
        first_eleven = f"{born:%y%m%d}{century}{serial:04d}"
        if (digit := check_digit(first_eleven)) is not None:
            return f"{first_eleven}{digit}"
        serial += 1


def are_there() -> bool:
    """Whether the demo country was seeded: its first member of staff has an account."""
    return accounts.staff_by_email(employees()[0].email) is not None


class People:
    """Everybody by key, at home from `since` on."""

    def __init__(self, *, since: datetime, today: date) -> None:
        self.today = today
        self.citizens = {citizen.key: citizen for citizen in citizens()}
        self.accounts = {key: self._enter(key, now=since).account for key in self.citizens}
        self.offices: dict[int, list[Account]] = {}
        self.moderators: list[Account] = []
        self.administrator = self._appoint_everybody(since)

    def sign(self, petition: Petition, key: str, *, now: datetime) -> None:
        """The citizen `key` signs in and signs, as on the page."""
        entrance = self._enter(key, now=now)
        signing.sign(
            petition.number,
            details=SignatureDetails(
                region_code=self.citizens[key].region,
                consent_version=rules_version(petition.rules_version or "").consent.version,
            ),
            claim=Claim(token=entrance.token, person_tag=entrance.account.person_tag or b""),
            support_token=petition.support_token,
            now=now,
        )

    def actor(self, key: str) -> Actor:
        return self.accounts[key].actor()

    def moderator(self, petition: Petition) -> Actor:
        """One of the moderators, in turn."""
        return self.moderators[petition.number % len(self.moderators)].actor()

    def officer(self, petition: Petition) -> Actor:
        return self.officer_of(petition.addressee_id or 0)

    def head(self, petition: Petition) -> Actor:
        return self.head_of(petition.addressee_id or 0)

    def officer_of(self, agency_id: int) -> Actor:
        return self._in_office(agency_id, Role.OFFICER)

    def head_of(self, agency_id: int) -> Actor:
        return self._in_office(agency_id, Role.HEAD)

    def _in_office(self, agency_id: int, role: Role) -> Actor:
        actors = [account.actor() for account in self.offices[agency_id]]
        return next(actor for actor in actors if actor.has(role))

    def _enter(self, key: str, *, now: datetime) -> signing_in.Entrance:
        person = self.citizens[key]
        identity = Identity(parse(person.iin(self.today)), person.given_name, person.family_name, "trial")
        entrance = signing_in.enter_as_citizen(identity, language=person.language, now=now)
        entrance.account.region_code = person.region
        return entrance

    def _appoint_everybody(self, since: datetime) -> Account:
        administrators = []
        for employee in employees():
            account = self._appoint(employee, since)
            if Role.MODERATOR in employee.roles:
                self.moderators.append(account)
            if Role.ADMINISTRATOR in employee.roles:
                administrators.append(account)
        return administrators[0]

    def _appoint(self, employee: Employee, since: datetime) -> Account:
        # Whoever only keeps offices of the past running is nobody to sign in as.
        password = PASSWORD if employee.can else secrets.token_urlsafe(24)
        account: Account | None = None
        for body in [agencies.by_slug(slug) for slug in employee.agencies] or [None]:
            for role in employee.roles:
                account = staff.appoint(
                    email=employee.email,
                    password=password,
                    given_name=employee.given_name,
                    family_name=employee.family_name,
                    role=role,
                    agency_id=body.id if body else None,
                    language=employee.language,
                    actor=CLOCK,
                    now=since,
                )
            if body and account:
                self.offices.setdefault(body.id, []).append(account)
        assert account is not None  # noqa: S101  everybody in the file has a role
        return account
