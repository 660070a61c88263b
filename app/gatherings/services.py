"""Fixing when and where, telling the public of every change, and taking down who comes.

Whether the actor may move or cancel, the thing behind the gathering says (a sitting, an act of public control): it
asks its own policies before it calls.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from app.access import Actor
from app.agencies.models import Agency
from app.audit import record
from app.councils.models import Council
from app.db import db
from app.gatherings import policies, queries
from app.gatherings.errors import (
    EndsBeforeStart,
    InThePast,
    ModeImpossible,
    NotOpen,
    Over,
    PlaceMissing,
    ReasonMissing,
    RoomFull,
)
from app.gatherings.events import GatheringCancelled, GatheringMoved, GatheringPublished
from app.gatherings.models import Gathering, GatheringKind, Guest, GuestMode, Move
from app.outbox import publish as publish_fact
from app.text.normalize import shown, shown_line

SHORTEST_REASON = 20


def arrange(
    *,
    kind: GatheringKind,
    number: int,
    titles: Mapping[str, str],
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: str = "",
    link: str | None = None,
    places: int | None = None,
    council: Council | None = None,
    agency: Agency | None = None,
    now: datetime,
) -> Gathering:
    """A gathering that nobody but its council sees yet. Its territory is the council's, else the body's."""
    _see_order(starts_at, ends_at)
    territory_id = council.territory_id if council is not None else None
    if territory_id is None and agency is not None:
        territory_id = agency.territory_id
    gathering = Gathering(
        kind=kind,
        number=number,
        council=council,
        agency=agency,
        territory_id=territory_id,
        titles=dict(titles),
        starts_at=starts_at,
        ends_at=ends_at,
        place=shown_line(place),
        link=link or None,
        places=places,
        changed_at=now,
        revision=0,
    )
    db.session.add(gathering)
    # The thing behind it points to it by its id.
    db.session.flush()
    return gathering


def change(
    gathering: Gathering,
    *,
    titles: Mapping[str, str],
    starts_at: datetime,
    ends_at: datetime | None,
    place: str,
    link: str | None,
    places: int | None,
    now: datetime,
) -> Gathering:
    """Puts it otherwise while nobody was told of it; afterwards there is only `move`."""
    if gathering.published_at is not None or gathering.is_cancelled:
        raise Over()
    _see_order(starts_at, ends_at)
    gathering.titles = dict(titles)
    gathering.starts_at, gathering.ends_at = starts_at, ends_at
    gathering.place, gathering.link, gathering.places = shown_line(place), link or None, places
    gathering.changed_at = now
    db.session.flush()
    return gathering


def publish(gathering: Gathering, *, now: datetime) -> Gathering:
    """Puts it into the public calendar and opens the registration of guests."""
    if gathering.published_at is not None or gathering.is_cancelled:
        raise Over()
    if gathering.starts_at <= now:
        raise InThePast(field="starts_at")
    if not gathering.place and not gathering.link:
        raise PlaceMissing(field="place")
    gathering.published_at = gathering.changed_at = now
    db.session.flush()
    publish_fact(GatheringPublished(gathering_id=gathering.id))
    return gathering


def move(
    gathering: Gathering,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    place: str,
    link: str | None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Move:
    """Another time or place, with a reason that everybody reads; what it was before stays on the page.

    It can be moved until it begins. A move shorter before the start than the notice that the rules ask for is no
    error: sometimes there is no heating. The page says that it came late.
    """
    assert actor.account_id is not None  # noqa: S101  whoever moves it was checked before
    _lock(gathering)
    _see_not_over(gathering, now=now)
    reason, place = shown(reason).strip(), shown_line(place)
    if len(reason) < SHORTEST_REASON:
        raise ReasonMissing(field="reason", shortest=SHORTEST_REASON)
    if starts_at <= now:
        raise InThePast(field="starts_at")
    _see_order(starts_at, ends_at)
    if not place and not link:
        raise PlaceMissing(field="place")
    entry = Move(
        gathering=gathering,
        was_at=gathering.starts_at,
        was_place=gathering.place,
        was_link=gathering.link,
        reason=reason,
        at=now,
        by=actor.account_id,
    )
    db.session.add(entry)
    gathering.starts_at, gathering.ends_at = starts_at, ends_at
    gathering.place, gathering.link = place, link or None
    _changed(gathering, now=now)
    record(actor, "move", subject=f"gathering:{gathering.id}", now=now)
    if gathering.published_at is not None:
        publish_fact(GatheringMoved(gathering_id=gathering.id, move_id=entry.id))
    return entry


def cancel(gathering: Gathering, *, reason: str, actor: Actor, now: datetime) -> Gathering:
    """It does not take place, and everybody reads why. Until it was held: a sitting may fail for want of people."""
    _lock(gathering)
    if gathering.is_cancelled or gathering.held_at is not None:
        raise Over()
    reason = shown(reason).strip()
    if len(reason) < SHORTEST_REASON:
        raise ReasonMissing(field="reason", shortest=SHORTEST_REASON)
    gathering.cancelled_at, gathering.cancellation_reason = now, reason
    _changed(gathering, now=now)
    record(actor, "cancel", subject=f"gathering:{gathering.id}", now=now)
    if gathering.published_at is not None:
        publish_fact(GatheringCancelled(gathering_id=gathering.id))
    return gathering


def note_held(gathering: Gathering, *, now: datetime) -> Gathering:
    """It took place; noting it again changes nothing."""
    if gathering.is_cancelled:
        raise Over()
    if gathering.held_at is None:
        gathering.held_at = now
        db.session.flush()
    return gathering


def register(
    gathering: Gathering, *, mode: GuestMode, wants_to_speak: bool, actor: Actor, now: datetime
) -> Guest:
    """The actor comes. Registering again changes how they come, and takes no second place.

    RoomFull if all places are taken; whoever follows from afar takes none.
    """
    policies.check(policies.Action.REGISTER, actor, gathering)
    # The row is held only where places can run out: nobody waits for others where there is room for all.
    if gathering.places is not None and mode is GuestMode.IN_PERSON:
        _lock(gathering)
    if not queries.is_open_for_guests(gathering, now=now):
        raise NotOpen()
    if (mode is GuestMode.IN_PERSON and not gathering.place) or (
        mode is GuestMode.ONLINE and not gathering.link
    ):
        raise ModeImpossible(field="mode")
    guest = queries.entry_of(actor, gathering)
    has_place = guest is not None and guest.withdrawn_at is None and guest.mode is GuestMode.IN_PERSON
    if mode is GuestMode.IN_PERSON and not has_place and queries.places_left(gathering) == 0:
        raise RoomFull(field="mode", places=gathering.places)
    if guest is None:
        guest = _entered(gathering, mode=mode, actor=actor, now=now)
    if guest.withdrawn_at is not None:
        guest.registered_at, guest.withdrawn_at = now, None
    guest.mode, guest.wants_to_speak = mode, wants_to_speak
    db.session.flush()
    return guest


def _entered(gathering: Gathering, *, mode: GuestMode, actor: Actor, now: datetime) -> Guest:
    """The actor's new row; that of their other window, if both were sent at once."""
    row = {
        "gathering_id": gathering.id,
        "account_id": actor.account_id,
        "mode": mode,
        "registered_at": now,
    }
    db.session.execute(insert(Guest).values(row).on_conflict_do_nothing())
    guest = queries.entry_of(actor, gathering)
    assert guest is not None  # noqa: S101  one of both stands
    return guest


def withdraw(gathering: Gathering, *, actor: Actor, now: datetime) -> None:
    """The actor does not come after all; the place is free again. Nothing happens for whoever was not registered."""
    guest = queries.guest_of(actor, gathering)
    if guest is not None:
        guest.withdrawn_at = now
        db.session.flush()


def _lock(gathering: Gathering) -> None:
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(gathering, with_for_update={"of": Gathering})


def _see_not_over(gathering: Gathering, *, now: datetime) -> None:
    if gathering.is_cancelled or gathering.held_at is not None or gathering.starts_at <= now:
        raise Over()


def _see_order(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise EndsBeforeStart(field="ends_at")


def _changed(gathering: Gathering, *, now: datetime) -> None:
    gathering.changed_at = now
    gathering.revision += 1
    # The fact names the move by its id.
    db.session.flush()
