"""What the secretary sends before a sitting: when and where, items of the agenda, reasons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.fields import Field
from wtforms.validators import Optional, ValidationError

from app import clock
from app.councils.models import Council, Member
from app.i18n import _, _l
from app.law import CouncilRules
from app.sittings.lifecycle import ItemKind
from app.sittings.models import Sitting
from app.sittings.queries.desk import Waiting
from app.text.normalize import shown_line
from app.web.fields import (
    DateField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, WebAddress, cleaned

LINE, TITLE, REASON = 300, 600, 3000
MOST_PLACES = 10_000
FARTHEST = timedelta(days=730)
TIME = re.compile(r"([01]?\d|2[0-3])[:.\s]([0-5]\d)")


def line(value: object) -> object:
    return shown_line(value) if isinstance(value, str) else value


def time_of(text: str | None) -> time | None:
    """The time of day that somebody typed, as 15:00 or 15.00."""
    found = TIME.fullmatch((text or "").strip())
    return time(int(found[1]), int(found[2])) if found else None


class TimeOfDay:
    def __call__(self, form: Form, field: Field) -> None:
        if field.data and time_of(field.data) is None:
            raise ValidationError(_("This is not a time of day. Type hours and minutes, for example 15:00."))


@dataclass(frozen=True, slots=True)
class When:
    """When and where people meet, as it was typed."""

    starts_at: datetime
    ends_at: datetime | None
    place: str
    link: str | None
    places: int | None


class PlaceForm(Form):
    """When and where; times are those of Kazakhstan."""

    on = DateField(_l("Day"), validators=[Filled(_l("Enter the day of the sitting."))])
    begins = StringField(
        _l("Begins at"),
        description=_l("Hours and minutes, for example 15:00."),
        filters=[line],
        validators=[Filled(_l("Enter when the sitting begins.")), TimeOfDay()],
    )
    ends = StringField(_l("Ends at (may stay empty)"), filters=[line], validators=[Optional(), TimeOfDay()])
    place = StringField(
        _l("Place"),
        description=_l("Town, street, house and room. May stay empty if people meet by link only."),
        filters=[line],
        validators=[NoHiddenControls(), UpTo(LINE)],
    )
    link = StringField(
        _l("Link for those who join remotely (may stay empty)"),
        filters=[line],
        validators=[UpTo(LINE), WebAddress()],
    )

    def validate_on(self, field: Field) -> None:
        if field.data and field.data > clock.today() + FARTHEST:
            raise ValidationError(_("This year cannot be right. Type the year with four digits."))

    @staticmethod
    def typed(sitting: Sitting) -> dict[str, object]:
        """What stands in the boxes of a sitting that has a time."""
        gathering = sitting.gathering
        starts = clock.local(gathering.starts_at)
        return {
            "on": starts.date(),
            "begins": f"{starts:%H:%M}",
            "ends": f"{clock.local(gathering.ends_at):%H:%M}" if gathering.ends_at else "",
            "place": gathering.place,
            "link": gathering.link or "",
            "places": gathering.places,
        }

    def details(self) -> When:
        day, begins, ends = self.on.data, time_of(self.begins.data), time_of(self.ends.data)
        assert day is not None and begins is not None  # noqa: S101, PT018  the form is valid
        return When(
            starts_at=_at(day, begins),
            ends_at=_at(day, ends) if ends is not None else None,
            place=self.place.data or "",
            link=self.link.data or None,
            places=self.how_many(),
        )

    def how_many(self) -> int | None:
        """The guests that the room takes; None where it is not asked."""
        return None


class WhenForm(PlaceForm):
    """A sitting that nobody was told of yet."""

    places = IntegerField(
        _l("Places for guests (may stay empty)"),
        description=_l("Sittings are open: whoever wants to may come. Empty means as many as come."),
        validators=[Optional()],
    )

    def validate_places(self, field: Field) -> None:
        if field.data is not None and not 1 <= field.data <= MOST_PLACES:
            raise ValidationError(
                _("Enter a whole number from %(least)s to %(most)s.", least=1, most=MOST_PLACES)
            )

    def how_many(self) -> int | None:
        places: int | None = self.places.data
        return places


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, clock.ALMATY)


class ReasonForm(Form):
    """An act that everybody reads the reason of."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("Everybody reads it."),
        filters=[cleaned],
        validators=[Filled(_l("Enter the reason.")), NoHiddenControls(), UpTo(REASON)],
    )


class MoveForm(PlaceForm, ReasonForm):
    """Another time or place, and why. How many guests the room takes stays as it is."""


class FilesForm(Form):
    files = MultipleFileField(
        _l("Documents"),
        description=_l("PDF, DOCX, XLSX, ODT, PNG or JPEG. Everybody can read them with the agenda."),
    )

    def uploads(self) -> list[FileStorage]:
        return [one for one in self.files.data or [] if getattr(one, "filename", "")]


class ItemForm(FilesForm):
    """One item: what it is about by its kind, and the wording of the agenda."""

    draft = SelectField(_l("Draft before the council"), validators=[Optional()])
    number = IntegerField(_l("Number"), description=_l("It stands beside the title on its page."))
    matter = RadioField(_l("What it is about"), validators=[Optional()])
    title_kk = StringField(
        _l("Wording in Kazakh"), filters=[line], validators=[NoHiddenControls(), UpTo(TITLE)]
    )
    title_ru = StringField(
        _l("Wording in Russian"), filters=[line], validators=[NoHiddenControls(), UpTo(TITLE)]
    )
    rapporteur = SelectField(_l("Who reports (may stay open)"), validators=[Optional()])

    @classmethod
    def of(
        cls,
        kind: ItemKind,
        *,
        waiting: Sequence[Waiting],
        rules: CouncilRules,
        members: Sequence[Member],
        chosen: dict[str, object],
    ) -> "ItemForm":
        """The boxes that an item of this kind needs; `chosen` is what the address asks for."""
        form = cls(data=chosen)
        form.draft.choices = [
            (
                str(one.examination.draft.number),
                f"№ {one.examination.draft.number} · {one.examination.draft.title}",
            )
            for one in waiting
        ]
        form.matter.choices = [(one.id, str(one.name)) for one in rules.matters]
        form.rapporteur.choices = [("", _("Nobody yet")), *((str(one.id), one.name) for one in members)]
        needed = {
            ItemKind.DRAFT: "draft",
            ItemKind.PETITION: "number",
            ItemKind.PROPOSAL: "number",
            ItemKind.MATTER: "matter",
        }
        for name in {"draft", "number", "matter"} - {needed.get(kind)}:
            delattr(form, name)
        return form

    def titles(self) -> dict[str, str]:
        return {"kk": self.title_kk.data or "", "ru": self.title_ru.data or ""}


class RapporteurForm(Form):
    member = SelectField(_l("Who reports"), validators=[Filled(_l("Choose the member."))])

    @classmethod
    def of(
        cls, members: Sequence[Member], *, chosen: int | None = None, prefix: str = "", **more: Any
    ) -> "RapporteurForm":
        """One of several on a page, told apart by their prefixes."""
        form = cls(data={"member": str(chosen or "")}, prefix=prefix, **more)
        form.member.choices = [("", _("Choose")), *((str(one.id), one.name) for one in members)]
        return form


class NothingForm(Form):
    """A button: nothing but the token."""


class NotifyForm(Form):
    """One more council that is to read a draft."""

    council = SelectField(_l("Public council"), validators=[Filled(_l("Choose the council."))])

    @classmethod
    def of(cls, councils: Sequence[Council]) -> "NotifyForm":
        form = cls()
        form.council.choices = [("", ""), *((one.slug, one.name) for one in councils)]
        return form
