"""Where the things behind gatherings live: they stand on higher floors, and tell the calendar how to link to them."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString

from app.gatherings.models import Gathering, GatheringKind


@dataclass(frozen=True, slots=True)
class Place:
    """`address` leads to the page of the thing; `label` says what such a thing is called."""

    address: Callable[[Gathering], str]
    label: LazyString | str


_places: dict[GatheringKind, Place] = {}


def register(kind: GatheringKind, *, address: Callable[[Gathering], str], label: LazyString | str) -> None:
    _places[kind] = Place(address, label)


def address_of(gathering: Gathering) -> str | None:
    """The address of the thing behind it; None for a kind without pages."""
    place = _places.get(gathering.kind)
    return place.address(gathering) if place is not None else None
