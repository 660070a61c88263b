"""What the desk of a council fills in: seats, offices, commissions, accounts."""

from dataclasses import dataclass
from datetime import date

from wtforms.validators import Optional

from app.councils.models import OfficeKind, Origin
from app.i18n import _l
from app.text.normalize import shown_line
from app.web.fields import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from app.web.forms import EmailAddress, Filled, Form, NoHiddenControls, UpTo, cleaned

NAME, NGO, NOTE = 200, 300, 1000


def one_line(value: object) -> object:
    return shown_line(value) if isinstance(value, str) else value


def day_in(field: DateField) -> date:
    """The day of a field that was found valid."""
    assert field.data is not None  # noqa: S101  the form is valid
    return field.data


@dataclass(frozen=True, slots=True)
class SeatWords:
    name: str
    origin: Origin
    ngo: str | None
    starts_on: date
    email: str
    in_presidium: bool


class SeatForm(Form):
    name = StringField(
        _l("Full name"),
        description=_l("Everybody reads it. If the council has two people of one name, add the patronymic."),
        filters=[one_line],
        validators=[Filled(_l("Enter the name of the member.")), NoHiddenControls(), UpTo(NAME)],
    )
    origin = RadioField(
        _l("Where does the member come from?"),
        choices=[
            (Origin.CIVIL_SOCIETY.value, _l("Civil society")),
            (Origin.BODY.value, _l("The state body or the company")),
        ],
        validators=[Filled(_l("Choose where the member comes from."))],
    )
    ngo = StringField(
        _l("Organisation that the member represents (if any)"),
        description=_l(
            "An organisation has one seat in a council. Leave it empty for the body's own people."
        ),
        filters=[one_line],
        validators=[NoHiddenControls(), UpTo(NGO)],
    )
    starts_on = DateField(
        _l("First day of the seat"),
        description=_l("Who comes in the middle of the council's term stays until its end."),
        validators=[Filled(_l("Enter the first day of the seat."))],
    )
    email = EmailField(
        _l("E-mail of the member's staff account (if there is one)"),
        description=_l(
            "With it the member can vote here. Without it the seat is only shown until you let the member in."
        ),
        filters=[cleaned],
        validators=[EmailAddress()],
    )
    in_presidium = BooleanField(_l("Works in the presidium between sittings"))

    def details(self) -> SeatWords:
        return SeatWords(
            name=str(self.name.data),
            origin=Origin(self.origin.data),
            ngo=self.ngo.data or None,
            starts_on=day_in(self.starts_on),
            email=self.email.data or "",
            in_presidium=bool(self.in_presidium.data),
        )


class RemoveForm(Form):
    ground = RadioField(
        _l("On what ground does the membership end?"),
        validators=[Filled(_l("Choose the ground of the law."))],
    )
    on = DateField(_l("Last day of the seat"), validators=[Filled(_l("Enter the last day of the seat."))])
    note = TextAreaField(
        _l("What happened, and which paper says so"),
        description=_l("Only this desk reads it."),
        filters=[cleaned],
        validators=[Filled(_l("Say what happened.")), NoHiddenControls(), UpTo(NOTE)],
    )


class OfficeForm(Form):
    kind = RadioField(
        _l("Elected to which office?"),
        choices=[
            (OfficeKind.CHAIR.value, _l("Chair of the council")),
            (OfficeKind.DEPUTY.value, _l("Deputy chair")),
        ],
        validators=[Filled(_l("Choose the office."))],
    )
    on = DateField(_l("Day of the election"), validators=[Filled(_l("Enter the day of the election."))])


class LastDayForm(Form):
    on = DateField(_l("Last day"), validators=[Filled(_l("Enter the last day."))])


class AccountForm(Form):
    email = EmailField(
        _l("E-mail of the staff account"),
        description=_l("An administrator appoints staff; the account must be there before."),
        filters=[cleaned],
        validators=[Filled(_l("Enter an e-mail address.")), EmailAddress()],
    )


class SecretaryForm(AccountForm):
    on = DateField(_l("First day"), validators=[Filled(_l("Enter the first day."))])


class CommissionForm(Form):
    name_kk = StringField(
        _l("Name in Kazakh"),
        filters=[one_line],
        validators=[Filled(_l("Enter the name in Kazakh.")), NoHiddenControls(), UpTo(NAME)],
    )
    name_ru = StringField(
        _l("Name in Russian"),
        filters=[one_line],
        validators=[Filled(_l("Enter the name in Russian.")), NoHiddenControls(), UpTo(NAME)],
    )
    name_en = StringField(
        _l("Name in English (if there is one)"),
        filters=[one_line],
        validators=[Optional(), NoHiddenControls(), UpTo(NAME)],
    )

    def details(self) -> dict[str, str]:
        return {
            language: field.data or ""
            for language, field in (("kk", self.name_kk), ("ru", self.name_ru), ("en", self.name_en))
        }


class CommissionSeatForm(Form):
    member = SelectField(_l("Member"), coerce=int, validators=[Filled(_l("Choose a member."))])
    is_head = BooleanField(
        _l("Heads the commission"), description=_l("The head of a commission sits in the presidium.")
    )


class NothingForm(Form):
    """A button that changes something: only the token of the session."""
