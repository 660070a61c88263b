"""The public councils of the demo country: the register, who sits in the few that have people, and who keeps the
papers, as `councils.toml` tells."""

import random
import secrets
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import func, insert, select

from app import clock
from app.access import CLOCK, Actor
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.councils.models import Council, CouncilLevel, Member, OfficeKind, Origin
from app.councils.queries import by_slug
from app.councils.services import seating
from app.db import db
from app.dev.seed.stage import Stage, Tale
from app.dev.seed.texts import DATA
from app.notifications.models import Follow

# One table of a file, as its header describes it.
Row: TypeAlias = Mapping[str, Any]

# The figures of the seeds: 35 councils of the republic, 20 of regions, 203 of cities and districts.
REGISTER = {"republican": 35, "regional": 20, "local": 203}
LANGUAGES = ("kk", "ru", "en")


@cache
def read(name: str) -> Row:
    """One of the files in `app/dev/data`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def told() -> Mapping[str, Row]:
    """The councils with people, by key."""
    councils: Mapping[str, Row] = read("councils")["council"]
    return councils


def moment(stage: Stage, said: Any) -> datetime:
    """A moment as the files say it: [working days ago, hour, minute], the days ahead with a minus; "now" is a little
    before the seeding."""
    if said == "now":
        return stage.now - timedelta(minutes=45)
    days, hour, minute = said
    return stage.when.working_days_ago(days, hour, minute)


def day(stage: Stage, working_days_ago: int) -> date:
    return clock.today(stage.when.working_days_ago(working_days_ago, 12))


class Chambers:
    """The councils with people, by key, and everybody in them."""

    def __init__(self, stage: Stage, *, since: datetime) -> None:
        self.stage = stage
        self.councils = {key: council_of(row["slug"]) for key, row in told().items()}
        self.members: dict[tuple[str, str], Member] = {}
        self.accounts: dict[tuple[str, str], Account] = {}
        # The members' accounts that are citizens: they support proposals and questions like everybody.
        self.known: list[int] = []
        for key, row in told().items():
            self._let_in(key, row, since=since)
            self._fill(key, row, now=since)

    def member(self, council: str, key: str) -> Member:
        return self.members[council, key]

    def actor(self, council: str, key: str) -> Actor:
        return self.accounts[council, key].actor()

    def chair(self, council: str) -> Actor:
        return self.actor(council, told()[council]["chair"])

    def secretary(self, council: str) -> Actor:
        return staff(told()[council]["secretary"]).actor()

    def sitting_on(self, council: str, on: date) -> dict[str, Member]:
        """Who has a seat that day, by key, in the order of the file."""
        return {
            key: member for (of, key), member in self.members.items() if of == council and member.sits_on(on)
        }

    def _let_in(self, key: str, row: Row, *, since: datetime) -> None:
        """An account for every member: of the staff, or as a citizen of whom only the name is known."""
        emails: Mapping[str, str] = row.get("email", {})
        plain = [(who, name) for who, name, _ in row["members"] if who not in emails]
        made = citizens([name for _, name in plain], region=row["region"], since=since)
        self.known += [account.id for account in made]
        self.accounts |= {(key, who): staff(email) for who, email in emails.items()}
        self.accounts |= {(key, who): account for (who, _), account in zip(plain, made, strict=True)}

    def _fill(self, key: str, row: Row, *, now: datetime) -> None:
        council, today = self.councils[key], clock.today(now)
        # The size is a matter of the council's own regulation.
        council.seats = row["seats"]
        for who in (who for who, *_ in row["members"] if who not in row.get("joined", {})):
            self._seat(key, who, now=now)
        for kind, holders in ((OfficeKind.CHAIR, [row["chair"]]), (OfficeKind.DEPUTY, row["deputies"])):
            for who in holders:
                seating.elect(self.member(key, who), kind, on=today, actor=CLOCK, now=now)
        for who in (row["chair"], *row["deputies"], *row["presidium"]):
            seating.set_presidium(self.member(key, who), sits=True, actor=CLOCK, now=now)
        for said in row.get("commissions", ()):
            commission = seating.make_commission(council, names=said["name"], actor=CLOCK, now=now)
            for who in (said["head"], *said["members"]):
                seating.join_commission(
                    commission,
                    self.member(key, who),
                    is_head=who == said["head"],
                    on=today,
                    actor=CLOCK,
                    now=now,
                )
        secretary = staff(row["secretary"])
        seating.appoint_secretary(council, secretary.id, on=today, actor=CLOCK, now=now)

    def _seat(self, council: str, who: str, *, now: datetime) -> None:
        name, ngo = next((name, ngo) for key, name, ngo in told()[council]["members"] if key == who)
        self.members[council, who] = seating.seat(
            self.councils[council],
            name=name,
            origin=Origin.CIVIL_SOCIETY if ngo else Origin.BODY,
            ngo=ngo or None,
            account_id=self.accounts[council, who].id,
            starts_on=clock.today(now),
            actor=CLOCK,
            now=now,
        )

    def turnover(self) -> Tale:
        """Who left before the end of the term, and who came instead."""
        for key, row in told().items():
            if "left" in row:
                now = yield self.stage.when.days_ago(row["left"]["days"], 12)
                seating.remove(
                    self.member(key, row["left"]["who"]),
                    ground=row["left"]["ground"],
                    note=row["left"]["note"],
                    on=clock.today(now),
                    actor=CLOCK,
                    now=now,
                )
            for who, days in row.get("joined", {}).items():
                now = yield self.stage.when.days_ago(days, 10)
                self._seat(key, who, now=now)


def council_of(slug: str) -> Council:
    found = by_slug(slug)
    if found is None:
        raise LookupError(slug)
    return found


def staff(email: str) -> Account:
    found = accounts.staff_by_email(email)
    if found is None:
        raise LookupError(email)
    return found


def citizens(names: Sequence[str], *, region: str, since: datetime) -> list[Account]:
    """Accounts of those names, made without signing in: each has a key that belongs to no IIN."""
    luck = random.Random("".join(names))
    rows = [
        {
            "person_tag": secrets.token_bytes(32),
            "born_on": date(luck.randint(1955, 1996), luck.randint(1, 12), 15),
            "given_name": given,
            "family_name": family,
            "language": "kk",
            "region_code": region,
            "created_at": since,
        }
        for given, _, family in (name.partition(" ") for name in names)
    ]
    ids = db.session.scalars(insert(Account).returning(Account.id, sort_by_parameter_order=True), rows).all()
    found = {
        account.id: account for account in db.session.scalars(select(Account).where(Account.id.in_(ids)))
    }
    return [found[one] for one in ids]


def follow(chambers: Chambers, *, now: datetime) -> None:
    """A few people want to be told what a council does."""
    rows = [
        {
            "council_id": chambers.councils[key].id,
            "email": f"reader{place}.{key}@example.kz",
            "language": LANGUAGES[place % 3],
            "token": secrets.token_urlsafe(32),
            "asked_at": now - timedelta(days=20 + place),
            "confirmed_at": now - timedelta(days=20 + place),
        }
        for key, row in told().items()
        for place in range(1, row["followers"] + 1)
    ]
    db.session.execute(insert(Follow), rows)


def misplaced() -> list[str]:
    """What of the register is not as the seeds count it, and the councils whose seats are not filled."""
    counts = db.session.execute(select(Council.level, func.count()).group_by(Council.level))
    by_level: dict[CouncilLevel, int] = dict(counts.all())
    counted = {
        "republican": sum(by_level.get(level, 0) for level in CouncilLevel if not level.is_local),
        "regional": by_level.get(CouncilLevel.REGIONAL, 0),
        "local": by_level.get(CouncilLevel.CITY, 0) + by_level.get(CouncilLevel.DISTRICT, 0),
    }
    wrong = [
        f"{counted[level]} {level} councils" for level, many in REGISTER.items() if counted[level] != many
    ]
    for key, row in told().items():
        council = council_of(row["slug"])
        if sum(one.ended_on is None for one in council.members) != row["seats"]:
            wrong.append(f"members of {key}")
    return wrong


def differing(made: Mapping[str, str], said: Iterable[Row]) -> list[str]:
    """The keys of those that did not end as their file says."""
    return [row["key"] for row in said if made.get(row["key"]) != row["ends"]]
