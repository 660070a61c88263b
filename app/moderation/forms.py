"""What moderators send: a rejection, a span of signatures, a note for everybody."""

from dataclasses import dataclass
from datetime import date, datetime, time

from wtforms import ValidationError
from wtforms.fields import Field

from app import clock
from app.i18n import _, _l
from app.law.rules import PetitionRules
from app.petitions import labels
from app.petitions.models import InvalidationReason
from app.territories import queries as territories
from app.web.fields import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned

NOTE = 4000


class RejectionForm(Form):
    ground = SelectField(
        _l("Reason in the law"), validators=[Filled(_l("Choose the reason from the law’s list."))]
    )
    reason = TextAreaField(
        _l("What the author will read"),
        description=_l(
            "Say what exactly does not fit, and how the author can correct it. Only the author reads it."
        ),
        filters=[cleaned],
        validators=[Filled(_l("Write the reason for the author.")), NoHiddenControls(), UpTo(NOTE)],
    )

    @classmethod
    def by(cls, rules: PetitionRules, *, is_sent: bool) -> "RejectionForm":
        """The form with the list of the wording under which the petition was filed."""
        form = cls() if is_sent else cls(formdata=None)
        form.ground.choices = [("", str(_("Choose a reason")))] + [
            (ground.id, f"{ground.number}. {ground.text}" if ground.number else str(ground.text))
            for ground in rules.rejection_grounds
        ]
        return form


class TimeOfDay:
    """Refuses what is not an hour and a minute."""

    def __call__(self, form: Form, field: Field) -> None:
        if time_of(field.data) is None:
            raise ValidationError(_("Enter the time as hours and minutes, for example 14:30."))


def time_of(text: str | None) -> time | None:
    try:
        return datetime.strptime((text or "").replace(".", ":"), "%H:%M").time()
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Span:
    """Which signatures: from `since` until just before `until`, of one region or of all."""

    since: datetime
    until: datetime
    region_code: str | None
    reason: InvalidationReason
    note: str


class InvalidationForm(Form):
    since_day = DateField(_l("From, day"), validators=[Filled(_l("Enter the day from which."))])
    since_time = StringField(
        _l("From, time"), description=_l("Kazakhstan time, for example 14:30."), validators=[TimeOfDay()]
    )
    until_day = DateField(_l("Until, day"), validators=[Filled(_l("Enter the day until which."))])
    until_time = StringField(
        _l("Until, time"), description=_l("The minute itself is not included."), validators=[TimeOfDay()]
    )
    region = SelectField(_l("Region"))
    reason = RadioField(
        _l("Class of reason"),
        choices=[(reason.value, text) for reason, text in labels.INVALIDATION_REASONS.items()],
        validators=[Filled(_l("Choose the class of reason."))],
    )
    note = TextAreaField(
        _l("Note for everybody"),
        description=_l("It stands in the petition’s history. Do not name persons."),
        filters=[cleaned],
        validators=[
            Filled(_l("Say in one or two sentences what was found.")),
            NoHiddenControls(),
            UpTo(NOTE),
        ],
    )
    expected = HiddenField()

    @classmethod
    def with_regions(cls) -> "InvalidationForm":
        form = cls()
        form.region.choices = [("", str(_("All regions"))), *territories.region_names().items()]
        return form

    def validate_until_time(self, field: Field) -> None:
        until, since = self._until(), self._since()
        if until and since and until <= since:
            raise ValidationError(_("The end must be later than the beginning."))

    def _since(self) -> datetime | None:
        return _moment(self.since_day.data, self.since_time.data)

    def _until(self) -> datetime | None:
        return _moment(self.until_day.data, self.until_time.data)

    def details(self) -> Span:
        since, until = self._since(), self._until()
        assert since and until  # noqa: S101  the form is valid
        return Span(
            since=since,
            until=until,
            region_code=self.region.data or None,
            reason=InvalidationReason(self.reason.data),
            note=self.note.data,
        )


def _moment(day: date | None, text: str | None) -> datetime | None:
    hour = time_of(text)
    return datetime.combine(day, hour, clock.ALMATY) if day and hour else None


class NoteForm(Form):
    note = TextAreaField(
        _l("Note for everybody"),
        filters=[cleaned],
        validators=[Filled(_l("Write the note.")), NoHiddenControls(), UpTo(NOTE)],
    )
