"""Promises in words: their state on a day, the verbs of their history, and what they are about."""

from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_babel import LazyString

from app import clock
from app.i18n import _, _l, pgettext
from app.promises.lifecycle import Action, State
from app.promises.models import Promise, PromiseEntry
from app.promises.queries import Facet
from app.promises.sources import address_of
from app.web.filters import day
from app.web.labels import Label

OPEN = Label(_l("Promise open"), "open")
LATE = Label(_l("Promise late"), "late")
DONE_ON_TIME = Label(_l("Done on time"), "good")
DONE_LATE = Label(_l("Done late"), "soon")
DROPPED = Label(_l("Promise dropped"), "late")

FACETS: dict[Facet, LazyString] = {
    Facet.ALL: _l("All promises"),
    Facet.OPEN: _l("Promises open"),
    Facet.LATE: _l("Promises late"),
    Facet.DONE: _l("Promises done"),
    Facet.DROPPED: _l("Promises dropped"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """How things of one kind are called with their number, and the endpoint of their page."""

    name: LazyString
    endpoint: str


# What promises and recommendations come from, and what they are about.
PLACES: dict[str, Place] = {
    "ruling": Place(_l("Ruling"), "sittings.ruling"),
    "control": Place(_l("Final document of public control"), "control.show"),
    "draft": Place(_l("Draft act"), "consultations.show"),
    "petition": Place(_l("Petition"), "petitions.show"),
    "proposal": Place(_l("Proposal"), "proposals.show"),
}


def thing_name(kind: str, number: int) -> str:
    """Such as "Ruling № 104"."""
    place = PLACES.get(kind)
    return str(_("%(thing)s № %(number)s", thing=place.name if place else kind, number=number))


def thing_address(kind: str, number: int) -> str | None:
    """None for a kind of things that has no page of its own."""
    place = PLACES.get(kind)
    if place is None or place.endpoint not in current_app.view_functions:
        return None
    return address_of(place.endpoint, number=number) or None


def state_of(promise: Promise, *, today: date | None = None) -> Label:
    """Late is a matter of the day, and done on time of the day that was promised last."""
    if promise.state is State.DROPPED:
        return DROPPED
    if promise.state is State.DONE:
        return DONE_ON_TIME if promise.done_on and promise.done_on <= promise.due_on else DONE_LATE
    return LATE if promise.is_late(today or clock.today()) else OPEN


def days_left(promise: Promise) -> int | None:
    """Days of the calendar until it is due, negative when late; None once it is closed. No law counts these days."""
    return (promise.due_on - clock.today()).days if promise.state is State.OPEN else None


def happened(entry: PromiseEntry) -> str:
    """One line of the history in words."""
    match Action(entry.action):
        case Action.ENTER if entry.due_on:
            return str(_("Entered, due by %(day)s", day=day(entry.due_on)))
        case Action.PUT_OFF if entry.due_on and entry.was_due_on:
            return str(
                _(
                    "Put off from %(before)s to %(after)s",
                    before=day(entry.was_due_on),
                    after=day(entry.due_on),
                )
            )
        case Action.CORRECT if entry.due_on:
            return str(_("Corrected by whoever entered it; due by %(day)s", day=day(entry.due_on)))
        case Action.FULFIL:
            return str(pgettext("a promise", "Done"))
        case Action.DROP:
            return str(pgettext("a promise", "Dropped"))
        case _:
            return entry.action
