"""The people of every test, and how they sign in.

Aigul writes petitions, Bolat and Dana sign them, Yerlan moderates, Saule too; Marat is an officer and Gulnar the head
of the addressee, Timur an officer of another body; Asel administers.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient

from app import clock
from app.access import CLOCK, Actor, Role
from app.accounts.identity_providers import Identity
from app.accounts.iin import check_digit, parse
from app.accounts.models import Account
from app.accounts.services import signing_in, staff
from app.agencies import queries as agencies
from app.db import db

PASSWORD = "correct horse battery staple"
# 10 in the morning in Kazakhstan on an ordinary working day.
MONDAY = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)


def iin(n: int, *, born: str = "900515", century_and_sex: str = "4") -> str:
    """A valid IIN that differs for each `n` up to about 9,000."""
    serial = n % 10000
    while True:
        first_eleven = f"{born}{century_and_sex}{serial:04d}"
        digit = check_digit(first_eleven)
        if digit is not None:
            return f"{first_eleven}{digit}"
        serial = (serial + 5000) % 10000


def citizen(
    n: int,
    *,
    given_name: str = "Айгүл",
    family_name: str = "Сейітова",
    born: str = "900515",
    century_and_sex: str = "4",
    now: datetime | None = None,
) -> Account:
    number = parse(iin(n, born=born, century_and_sex=century_and_sex))
    identity = Identity(number, given_name, family_name, "trial")
    return signing_in.enter_as_citizen(identity, language="kk", now=now or clock.now()).account


def employee(email: str, role: Role, *, agency_id: int | None = None, given_name: str = "Ерлан") -> Account:
    account = staff.appoint(
        email=email,
        password=PASSWORD,
        given_name=given_name,
        family_name="Ахметов",
        role=role,
        agency_id=agency_id,
        actor=CLOCK,
        now=clock.now(),
    )
    db.session.flush()
    db.session.refresh(account)
    return account


def actor(account: Account) -> Actor:
    return account.actor()


@dataclass
class Cast:
    """Everybody, made when first asked for."""

    def __post_init__(self) -> None:
        self._made: dict[str, Account] = {}

    def _one(self, name: str, make: Any) -> Account:
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @property
    def aigul(self) -> Account:
        return self._one("aigul", lambda: citizen(1))

    @property
    def bolat(self) -> Account:
        return self._one("bolat", lambda: citizen(2, given_name="Болат", family_name="Нұрланов"))

    @property
    def dana(self) -> Account:
        return self._one("dana", lambda: citizen(3, given_name="Дана", family_name="Омарова"))

    @property
    def yerlan(self) -> Account:
        return self._one("yerlan", lambda: employee("yerlan@example.kz", Role.MODERATOR))

    @property
    def saule(self) -> Account:
        return self._one("saule", lambda: employee("saule@example.kz", Role.MODERATOR, given_name="Сәуле"))

    @property
    def marat(self) -> Account:
        return self._one(
            "marat",
            lambda: employee("marat@example.kz", Role.OFFICER, agency_id=addressee().id, given_name="Марат"),
        )

    @property
    def gulnar(self) -> Account:
        return self._one(
            "gulnar",
            lambda: employee("gulnar@example.kz", Role.HEAD, agency_id=addressee().id, given_name="Гүлнар"),
        )

    @property
    def timur(self) -> Account:
        return self._one(
            "timur",
            lambda: employee("timur@example.kz", Role.OFFICER, agency_id=other_body().id, given_name="Тимур"),
        )

    @property
    def asel(self) -> Account:
        return self._one("asel", lambda: employee("asel@example.kz", Role.ADMINISTRATOR, given_name="Әсел"))


ADDRESSEE, OTHER_BODY = "akimat-of-akmola-region", "ministry-of-justice"


def addressee() -> Any:
    found = agencies.by_slug(ADDRESSEE)
    assert found is not None
    return found


def other_body() -> Any:
    found = agencies.by_slug(OTHER_BODY)
    assert found is not None
    return found


def sign_in(client: FlaskClient, account: Account) -> None:
    """Puts `account` behind `client` as if the sign-in page had been used."""
    entrance = signing_in._enter(account, provider="test", now=clock.now())
    role = Role.CITIZEN if account.person_tag else Role.OFFICER
    tag = account.person_tag.hex() if account.person_tag else None
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["_user_id"] = entrance.token
        cookie["_fresh"] = True
        cookie["seen"] = int(clock.now().timestamp())
        cookie["role"] = role.value
        if tag:
            cookie["tag"] = tag


def sign_out(client: FlaskClient) -> None:
    client.delete_cookie("unqos")
