"""Reads of gatherings: the calendar, and who comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Select, cast, extract, func, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.access import Actor
from app.accounts.models import Account
from app.councils.models import Council
from app.db import db
from app.gatherings.models import Gathering, GatheringKind, Guest, GuestMode, Move
from app.law import calendar_now, council_rules_in_force
from app.law.calendar import latest_day_before
from app.territories.models import Territory
from app.web.pagination import Page, keyset

PAGE_SIZE = 30
# Since when nothing happened to an empty calendar.
FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC)
# The deadline in the rules by which the notice of a gathering comes too late; other kinds have none.
NOTICES: Mapping[GatheringKind, str] = {
    GatheringKind.SITTING: "council_notice",
    GatheringKind.HEARING: "hearing_notice",
    GatheringKind.DISCUSSION: "public_discussion_object_invitation",
}


# A group and experts work by themselves: everybody may know when, nobody joins them.
WITHOUT_GUESTS = frozenset({GatheringKind.MONITORING, GatheringKind.EXPERTISE})


class When(StrEnum):
    UPCOMING = "upcoming"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks the calendar for."""

    when: When = When.UPCOMING
    kind: GatheringKind | None = None
    region: str = ""
    council_id: int | None = None


@dataclass(frozen=True, slots=True)
class GuestCount:
    in_person: int = 0
    online: int = 0
    speakers: int = 0

    @property
    def all(self) -> int:
        return self.in_person + self.online


def by_id(gathering_id: int) -> Gathering | None:
    return db.session.get(Gathering, gathering_id)


def upcoming(
    wish: Wish, *, now: datetime, position: str | None = None, size: int = PAGE_SIZE
) -> Page[Gathering]:
    """What is still to come and was wished for, the nearest first; what was cancelled stands there, marked."""
    return keyset(_wished(wish).where(Gathering.starts_at > now), order=NEAREST, position=position, size=size)


def past(wish: Wish, *, now: datetime, position: str | None = None, size: int = PAGE_SIZE) -> Page[Gathering]:
    """What has begun or is over and was wished for, the newest first."""
    order = (Gathering.starts_at, Gathering.id)
    return keyset(_wished(wish).where(Gathering.starts_at <= now), order=order, position=position, size=size)


# Keysets run downwards: what begins later is smaller.
NEAREST: Sequence[Any] = (-cast(extract("epoch", Gathering.starts_at), Integer), -Gathering.id)


def newest(wish: Wish, *, limit: int) -> Sequence[Gathering]:
    """What was published or changed last, for feeds."""
    query = _wished(wish).order_by(Gathering.changed_at.desc(), Gathering.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def between(wish: Wish, *, since: datetime, limit: int) -> Sequence[Gathering]:
    """What begins after `since`, for calendar programs."""
    query = _wished(wish).where(Gathering.starts_at > since).order_by(Gathering.starts_at, Gathering.id)
    return db.session.scalars(query.limit(limit)).all()


def of_council(council: Council, *, now: datetime, limit: int = 5) -> Sequence[Gathering]:
    """The next public gatherings of one council."""
    return between(Wish(council_id=council.id), since=now, limit=limit)


def _wished(wish: Wish) -> Select[Gathering]:
    query = (
        select(Gathering)
        .where(Gathering.published_at.is_not(None))
        .options(joinedload(Gathering.agency), joinedload(Gathering.territory), selectinload(Gathering.moves))
    )
    if wish.kind is not None:
        query = query.where(Gathering.kind == wish.kind)
    if wish.council_id is not None:
        query = query.where(Gathering.council_id == wish.council_id)
    if wish.region:
        region = select(Territory.id).where(Territory.code == wish.region).scalar_subquery()
        inside = select(Territory.id).where((Territory.id == region) | (Territory.parent_id == region))
        query = query.where(Gathering.territory_id.in_(inside))
    return query


def kind_counts(wish: Wish, *, now: datetime) -> Mapping[GatheringKind, int]:
    """How many of each kind there are under the other wishes."""
    is_upcoming = wish.when is When.UPCOMING
    chosen = _wished(Wish(when=wish.when, region=wish.region, council_id=wish.council_id)).where(
        Gathering.starts_at > now if is_upcoming else Gathering.starts_at <= now
    )
    found = chosen.with_only_columns(Gathering.kind).subquery()
    asked = select(found.c.kind, func.count()).group_by(found.c.kind)
    return {GatheringKind(kind): count for kind, count in db.session.execute(asked)}


# Guests


def is_open_for_guests(gathering: Gathering, *, now: datetime | None = None) -> bool:
    """Whether people can say that they come, at `now`."""
    now = now or clock.now()
    if gathering.kind in WITHOUT_GUESTS:
        return False
    is_running = gathering.cancelled_at is None and gathering.held_at is None
    return gathering.published_at is not None and is_running and gathering.starts_at > now


def entry_of(actor: Actor, gathering: Gathering) -> Guest | None:
    """The actor's row as it stands now, withdrawn or not."""
    if actor.account_id is None:
        return None
    return db.session.scalar(
        select(Guest)
        .where(Guest.gathering_id == gathering.id, Guest.account_id == actor.account_id)
        .execution_options(populate_existing=True)
    )


def guest_of(actor: Actor, gathering: Gathering) -> Guest | None:
    """The actor's registration; None for whoever has none or took it back."""
    guest = entry_of(actor, gathering)
    return guest if guest is not None and guest.withdrawn_at is None else None


def everything_about(account: Account) -> dict[str, list[dict[str, Any]]]:
    """Where the person said that they come, as plain values for a file of their own."""
    rows = db.session.execute(
        select(Guest, Gathering)
        .join(Gathering, Gathering.id == Guest.gathering_id)
        .where(Guest.account_id == account.id)
        .order_by(Guest.id)
    )
    return {
        "registrations": [
            {
                "title": gathering.titles,
                "starts_at": gathering.starts_at.isoformat(),
                "mode": guest.mode.value,
                "wants_to_speak": guest.wants_to_speak,
                "registered_at": guest.registered_at.isoformat(),
                "withdrawn_at": guest.withdrawn_at.isoformat() if guest.withdrawn_at else None,
            }
            for guest, gathering in rows
        ]
    }


def guests(gathering: Gathering) -> Sequence[Guest]:
    """Who comes, in the order of registration. For the secretary and the chair alone."""
    query = select(Guest).where(Guest.gathering_id == gathering.id, Guest.withdrawn_at.is_(None))
    return db.session.scalars(query.options(joinedload(Guest.account)).order_by(Guest.id)).all()


def count_guests(gathering: Gathering) -> GuestCount:
    """How many come; a number that everybody may know."""
    coming = (Guest.gathering_id == gathering.id, Guest.withdrawn_at.is_(None))
    in_person, online, speakers = db.session.execute(
        select(
            func.count().filter(Guest.mode == GuestMode.IN_PERSON),
            func.count().filter(Guest.mode == GuestMode.ONLINE),
            func.count().filter(Guest.wants_to_speak),
        ).where(*coming)
    ).one()
    return GuestCount(in_person, online, speakers)


def places_left(gathering: Gathering) -> int | None:
    """How many more people the room takes; None where there is no limit."""
    if gathering.places is None:
        return None
    return max(0, gathering.places - count_guests(gathering).in_person)


# Moves


def is_short_notice(move: Move) -> bool:
    """Whether people learnt of the change later than the rules ask for a notice of such a gathering: counted before
    whichever comes first, the time they had planned for or the new one."""
    gathering = move.gathering
    name = NOTICES.get(gathering.kind)
    if name is None:
        return False
    later = [other.was_at for other in gathering.moves if other.id > move.id]
    begins = min(move.was_at, later[0] if later else gathering.starts_at)
    told_on = clock.today(move.at)
    deadline = council_rules_in_force(told_on).deadlines.get(name)
    if deadline is None:
        return False
    return told_on > latest_day_before(clock.today(begins), deadline, calendar_now())
