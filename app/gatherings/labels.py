"""Kinds of gatherings, ways to come, and where a gathering stands, in words."""

from datetime import datetime

from flask_babel import LazyString

from app import clock
from app.gatherings.models import Gathering, GatheringKind, GuestMode
from app.gatherings.queries import When
from app.i18n import _l
from app.web.labels import Label

KINDS: dict[GatheringKind, LazyString] = {
    GatheringKind.SITTING: _l("Sitting of a public council"),
    GatheringKind.HEARING: _l("Public hearing"),
    GatheringKind.DISCUSSION: _l("Public discussion"),
    GatheringKind.MONITORING: _l("Public monitoring"),
    GatheringKind.EXPERTISE: _l("Public expertise"),
    GatheringKind.HEAD_REPORT: _l("Report of a head of a body"),
}

# The same in the plural, to choose from.
KIND_CHOICES: dict[GatheringKind, LazyString] = {
    GatheringKind.SITTING: _l("Sittings"),
    GatheringKind.HEARING: _l("Hearings"),
    GatheringKind.DISCUSSION: _l("Discussions"),
    GatheringKind.MONITORING: _l("Monitoring"),
    GatheringKind.EXPERTISE: _l("Expertise"),
    GatheringKind.HEAD_REPORT: _l("Reports of heads of bodies"),
}

MODES: dict[GuestMode, LazyString] = {
    GuestMode.IN_PERSON: _l("I come to the place"),
    GuestMode.ONLINE: _l("I follow over the internet"),
}

# The same about somebody else, on the secretary's list.
MODES_OF_GUESTS: dict[GuestMode, LazyString] = {
    GuestMode.IN_PERSON: _l("Comes to the place"),
    GuestMode.ONLINE: _l("Follows over the internet"),
}

WHENS: dict[When, LazyString] = {When.UPCOMING: _l("To come"), When.PAST: _l("Over")}

CANCELLED = Label(_l("Cancelled"), "late")
HELD = Label(_l("Took place"), "quiet")
BEGUN = Label(_l("Its time has come"), "quiet")
MOVED = Label(_l("Moved"), "soon")
PLANNED = Label(_l("To come"), "open")


def state_of(gathering: Gathering, *, now: datetime | None = None) -> Label:
    """Where it stands at `now`, in a word."""
    if gathering.is_cancelled:
        return CANCELLED
    if gathering.held_at is not None:
        return HELD
    if gathering.starts_at <= (now or clock.now()):
        return BEGUN
    return MOVED if gathering.moves else PLANNED
