"""What a council's own regulation says of its size, its notices and its votes: data of each council, not of the law."""

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.access import Actor
from app.audit import record
from app.councils import policies
from app.councils.actions import Action
from app.councils.errors import SizeRefused
from app.councils.models import Council
from app.councils.services.seating import lock, subject
from app.law import MajorityKind, TieKind, council_rules_in_force


@dataclass(frozen=True, slots=True)
class Regulation:
    """None means that the rules' default holds, which is marked as not established. `seats` is the size."""

    seats: int | None = None
    majority: MajorityKind | None = None
    tie: TieKind | None = None
    notice_days: int | None = None
    minutes_working_days: int | None = None
    link: str | None = None


def regulate(council: Council, regulation: Regulation, *, actor: Actor, now: datetime) -> Council:
    """Writes down what the regulation says. Votes that were opened before keep what held then.

    SizeRefused for a size that the law does not let a council of this level have (LPC art. 9(3)).
    """
    lock(council)
    policies.check(Action.MANAGE, actor, council)
    level = council_rules_in_force(clock.today(now)).level(council.level)
    if regulation.seats is not None and not level.allows(regulation.seats):
        raise SizeRefused(field="seats", least=level.members_least, most=level.members_most)
    council.seats = regulation.seats
    council.majority = regulation.majority.value if regulation.majority else None
    council.tie = regulation.tie.value if regulation.tie else None
    council.notice_days = regulation.notice_days
    council.minutes_working_days = regulation.minutes_working_days
    council.regulation_link = regulation.link
    record(
        actor,
        "regulate",
        subject=subject(council),
        now=now,
        majority=council.majority,
        tie=council.tie,
        seats=council.seats,
    )
    return council
