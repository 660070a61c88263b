"""What people ask the calendar for, how they say that they come, and when and where something takes place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from wtforms.fields import Field
from wtforms.validators import ValidationError

from app import clock
from app.councils import queries as councils
from app.errors import DomainError
from app.gatherings import labels, queries
from app.gatherings.errors import EndsBeforeStart, InThePast, PlaceMissing, ReasonMissing
from app.gatherings.models import Gathering, GatheringKind, Guest, GuestMode
from app.gatherings.queries import Wish
from app.i18n import _, _l, ngettext
from app.territories import queries as territories
from app.text.normalize import shown_line
from app.web.fields import BooleanField, DateField, RadioField, StringField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, WebAddress, cleaned


def wish_of(args: Mapping[str, str]) -> Wish:
    """The wish that an address carries; what it misspells is left out, because a calendar can always be shown."""
    council = councils.by_slug(shown_line(args["council"])) if args.get("council") else None
    kind, region = args.get("kind", ""), args.get("region", "")
    return Wish(
        when=queries.When.PAST if args.get("when") == queries.When.PAST else queries.When.UPCOMING,
        kind=GatheringKind(kind) if kind in set(GatheringKind) else None,
        region=region if region in territories.region_codes() else "",
        council_id=council.id if council else None,
    )


@dataclass(frozen=True, slots=True)
class Coming:
    mode: GuestMode
    wants_to_speak: bool


class ComingForm(Form):
    mode = RadioField(_l("How do you come?"), validators=[Filled(_l("Say how you come."))])
    wants_to_speak = BooleanField(_l("I want to say something there"))

    def details(self) -> Coming:
        return Coming(GuestMode(self.mode.data), bool(self.wants_to_speak.data))


class NothingForm(Form):
    """A step that is only confirmed."""


def coming_form(gathering: Gathering, guest: Guest | None) -> ComingForm:
    """The ways that this gathering has; as it was said before, if it was."""
    ways = [
        mode for mode in GuestMode if (gathering.place if mode is GuestMode.IN_PERSON else gathering.link)
    ]
    said = {"mode": guest.mode.value, "wants_to_speak": guest.wants_to_speak} if guest is not None else {}
    form = ComingForm(data={"mode": ways[0].value if len(ways) == 1 else None, **said})
    form.mode.choices = [(mode.value, labels.MODES[mode]) for mode in ways]
    return form


# When and where, for whoever arranges or moves a gathering

FARTHEST_YEARS = 3
LONGEST_PLACE = 300
LONGEST_ADDRESS = 500
MOST_PLACES = 100_000
REASON = 2000
TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class When:
    """A time and a place as they were typed."""

    starts_at: datetime
    ends_at: datetime | None
    place: str
    link: str | None


def time_of(written: str | None) -> time | None:
    """The time of day that somebody typed; None for what is none."""
    found = TIME_OF_DAY.fullmatch((written or "").strip())
    return time(int(found[1]), int(found[2])) if found else None


class ClockTime:
    """Refuses what is no time of day."""

    def __call__(self, form: Form, field: Field) -> None:
        if field.data and time_of(field.data) is None:
            raise ValidationError(_("Type the time as hours and minutes, such as 14:30."))


class Foreseeable:
    """Refuses a day so far away that it can only be mistyped; no calendar of days off reaches there."""

    def __call__(self, form: Form, field: Field) -> None:
        if field.data and abs(field.data.year - clock.today().year) > FARTHEST_YEARS:
            raise ValidationError(_("This year cannot be right. Type the year with four digits."))


def one_line(value: Any) -> Any:
    return shown_line(value) if isinstance(value, str) else value


class WhenForm(Form):
    """Day, time, place and link."""

    starts_on = DateField(_l("Day"), validators=[Filled(_l("Enter the day.")), Foreseeable()])
    starts_at = StringField(
        _l("Begins at"),
        description=_l("Time in Kazakhstan, such as 14:30."),
        filters=[one_line],
        validators=[Filled(_l("Enter the time.")), ClockTime()],
    )
    ends_at = StringField(_l("Ends at (may stay empty)"), filters=[one_line], validators=[ClockTime()])
    place = StringField(
        _l("Place"),
        description=_l("Town, street, house, room. Leave it empty if people meet over the internet alone."),
        filters=[one_line],
        validators=[NoHiddenControls(), UpTo(LONGEST_PLACE)],
    )
    link = StringField(
        _l("Link to follow it over the internet (may stay empty)"),
        filters=[cleaned],
        validators=[UpTo(LONGEST_ADDRESS), WebAddress()],
    )

    def when(self) -> When:
        day, begins, ends = self.starts_on.data, time_of(self.starts_at.data), time_of(self.ends_at.data)
        assert day is not None and begins is not None  # noqa: S101, PT018  the form is valid
        return When(
            starts_at=datetime.combine(day, begins, tzinfo=clock.ALMATY),
            ends_at=datetime.combine(day, ends, tzinfo=clock.ALMATY) if ends is not None else None,
            place=self.place.data or "",
            link=self.link.data or None,
        )


class MoveForm(WhenForm):
    reason = TextAreaField(
        _l("Why is it moved?"),
        description=_l("Everybody reads it, those who wanted to come first of all."),
        filters=[cleaned],
        validators=[Filled(_l("Say why it is moved.")), NoHiddenControls(), UpTo(REASON)],
    )


class CancelForm(Form):
    reason = TextAreaField(
        _l("Why does it not take place?"),
        description=_l("Everybody reads it, those who wanted to come first of all."),
        filters=[cleaned],
        validators=[Filled(_l("Say why it does not take place.")), NoHiddenControls(), UpTo(REASON)],
    )


def saved_when(gathering: Gathering) -> dict[str, Any]:
    """The time and the place as they stand, for a form."""
    begins = clock.local(gathering.starts_at)
    return {
        "starts_on": begins.date(),
        "starts_at": f"{begins:%H:%M}",
        "ends_at": f"{clock.local(gathering.ends_at):%H:%M}" if gathering.ends_at else "",
        "place": gathering.place,
        "link": gathering.link or "",
    }


def why_not(refused: DomainError) -> tuple[str, str] | None:
    """The field of a form and the sentence for what a gathering refused; None for anything else."""
    match refused:
        case InThePast():
            return "starts_at", _("This time is over. Choose a later one.")
        case EndsBeforeStart():
            return "ends_at", _("It cannot end before it begins.")
        case PlaceMissing():
            return "place", _("Say where people meet, or give a link.")
        case ReasonMissing():
            shortest = int(str(refused.data["shortest"]))
            return "reason", ngettext(
                "This must be at least %(num)s character long, so that people learn the reason.",
                "This must be at least %(num)s characters long, so that people learn the reason.",
                shortest,
            )
        case _:
            return None
