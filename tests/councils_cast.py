"""Councils with people, made by the services themselves.

`council()` is a place of the register without anybody; `seated()` gives it members with accounts, a chair, a deputy and
a secretary. The first members are citizens of civil society, the last ones represent the body.
"""

import itertools
from datetime import date, timedelta

from app import clock
from app.access import CLOCK, Role
from app.accounts.models import Account
from app.agencies import queries as agencies
from app.agencies.models import Agency
from app.councils.models import Council, CouncilLevel, Member, OfficeKind, Origin, Secretary
from app.councils.queries import by_slug
from app.councils.services import seating
from app.db import db
from tests.cast import ADDRESSEE, citizen, employee

# Born on a day of their own, so that no other test's citizens are among them.
_people = itertools.cycle(range(1, 4900))
NAMES = (
    ("Асқар", "Бекенов"),
    ("Ләззат", "Жұмабаева"),
    ("Ержан", "Қалиев"),
    ("Мәдина", "Оспанова"),
    ("Нұржан", "Төлегенов"),
    ("Гүлсім", "Әбенова"),
    ("Қайрат", "Сәдуақасов"),
    ("Айнұр", "Мұқанова"),
    ("Данияр", "Ибраев"),
    ("Жанар", "Кәрімова"),
    ("Серік", "Досмағамбетов"),
    ("Әлия", "Рахымова"),
    ("Бауыржан", "Смағұлов"),
    ("Зәуре", "Тілеуова"),
    ("Мұрат", "Есенов"),
    ("Роза", "Байжанова"),
)


def council(slug: str = "akmola-region", agency: Agency | str | None = ADDRESSEE) -> Council:
    """The council of that slug, made if the register has none; `agency` is the body at which it stands."""
    found = by_slug(slug)
    if found is not None:
        return found
    body = agencies.by_slug(agency) if isinstance(agency, str) else agency
    is_local = body is not None and body.territory_id is not None
    # The maslikhat approves who sits in a local council, the body itself in its own (LPC art. 8, 9).
    approver = agencies.by_slug(body.slug.replace("akimat", "maslikhat")) if body else None
    made = Council(
        slug=slug,
        level=CouncilLevel.REGIONAL if is_local else CouncilLevel.REPUBLICAN,
        name_kk="Ақмола облысының қоғамдық кеңесі" if is_local else "Министрліктің қоғамдық кеңесі",
        name_ru="Общественный совет Акмолинской области" if is_local else "Общественный совет министерства",
        name_en="Public Council of Akmola Region" if is_local else "Public Council of the Ministry",
        agency_id=body.id if body else None,
        approver_id=approver.id if approver else None,
        body_kk=None if body else "Компания",
        body_ru=None if body else "Компания",
        body_en=None if body else "Company",
        territory_id=body.territory_id if body else None,
        topics=[],
        seats=None,
    )
    db.session.add(made)
    db.session.flush()
    return made


def seated(
    council: Council,
    n: int = 15,
    civil: int = 11,
    *,
    starts_on: date | None = None,
    with_offices: bool = True,
) -> list[Member]:
    """`n` members with accounts, `civil` of them of civil society; the first is chair, the second deputy."""
    starts_on = starts_on or clock.today() - timedelta(days=200)
    members = [_member(council, i, is_civil=i < civil, starts_on=starts_on) for i in range(n)]
    if with_offices:
        for member, kind in zip(members, (OfficeKind.CHAIR, OfficeKind.DEPUTY), strict=False):
            seating.elect(member, kind, on=starts_on, actor=CLOCK, now=clock.now())
        secretary_of(council, on=starts_on)
    return members


def _member(council: Council, i: int, *, is_civil: bool, starts_on: date) -> Member:
    number = next(_people)
    given, family = NAMES[i % len(NAMES)]
    given = given if i < len(NAMES) else f"{given} {i}"
    account = citizen(number, given_name=given, family_name=family, born="800101")
    return seating.seat(
        council,
        name=account.name,
        origin=Origin.CIVIL_SOCIETY if is_civil else Origin.BODY,
        ngo=f"«Бастау {i + 1}» қоғамдық бірлестігі" if is_civil else None,
        account_id=account.id,
        starts_on=starts_on,
        actor=CLOCK,
        now=clock.now(),
    )


def secretary_of(council: Council, *, email: str | None = None, on: date | None = None) -> Secretary:
    account = employee(email or f"secretary-{council.slug}@example.kz", Role.SECRETARY, given_name="Жібек")
    on = on or clock.today() - timedelta(days=200)
    return seating.appoint_secretary(council, account.id, on=on, actor=CLOCK, now=clock.now())


def chair(council: Council) -> Account:
    """The account of whoever presides today."""
    return _holder(council, OfficeKind.CHAIR)


def deputy(council: Council) -> Account:
    return _holder(council, OfficeKind.DEPUTY)


def secretary(council: Council) -> Account:
    """The account of whoever keeps the council's papers today; appointed if nobody does."""
    today = clock.today()
    held = next((s for s in council.secretaries if s.until_on is None or s.until_on >= today), None)
    return (held or secretary_of(council)).account


def approver(council: Council) -> Account:
    """The head of whoever approves the composition: of the maslikhat for a local council, else of the body."""
    body = council.approver_id or council.agency_id
    return employee(f"head-of-{body}@example.kz", Role.HEAD, agency_id=body, given_name="Ораз")


def _holder(council: Council, kind: OfficeKind) -> Account:
    account = next(
        o.member.account for o in council.offices if o.kind is kind and o.is_held_on(clock.today())
    )
    assert account is not None
    return account
