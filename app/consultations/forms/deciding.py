"""What the body sends once a draft is public: more time, what changed, where a comment belongs, how it ended."""

from dataclasses import dataclass
from datetime import date

from wtforms.fields import Field
from wtforms.validators import ValidationError

from app.consultations.forms.drafting import REASON, Foreseeable, one_line
from app.i18n import _, _l
from app.web.fields import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, WebAddress, cleaned

CHANGES = 4000
ADDRESS = 500
GONE, SUGGESTED, OTHER = "gone", "suggested", "other"


def number_of(typed: str | None) -> int:
    """The number that a hidden field carries; -1, which is nobody's, for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


@dataclass(frozen=True, slots=True)
class MoreTime:
    closes_on: date
    reason: str


class ProlongForm(Form):
    closes_on = DateField(
        _l("New last day"), validators=[Filled(_l("Enter the new last day.")), Foreseeable()]
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Everybody reads it beside the new date."),
        filters=[cleaned],
        validators=[
            Filled(_l("Say why people get more time.")),
            NoHiddenControls(),
            UpTo(REASON),
        ],
    )

    def details(self) -> MoreTime:
        assert self.closes_on.data is not None  # noqa: S101  the form is valid
        return MoreTime(self.closes_on.data, str(self.reason.data))


class WithdrawForm(Form):
    reason = TextAreaField(
        _l("Why is the draft withdrawn?"),
        description=_l("Everybody reads it, those who commented first of all."),
        filters=[cleaned],
        validators=[
            Filled(_l("Say why the draft is withdrawn.")),
            NoHiddenControls(),
            UpTo(REASON),
        ],
    )


@dataclass(frozen=True, slots=True)
class Adoption:
    link: str
    title: str
    adopted_on: date


class AdoptForm(Form):
    title = StringField(
        _l("Title of the adopted act"),
        description=_l("With its number, as it stands in the register of acts."),
        filters=[one_line],
        validators=[Filled(_l("Enter the title of the act.")), NoHiddenControls(), UpTo(1000)],
    )
    link = StringField(
        _l("Link to the official text"),
        description=_l("For example in the register «Әділет»."),
        filters=[cleaned],
        validators=[Filled(_l("Enter the link to the official text.")), UpTo(ADDRESS), WebAddress()],
    )
    adopted_on = DateField(_l("Day of adoption"), validators=[Filled(_l("Enter the day.")), Foreseeable()])

    def details(self) -> Adoption:
        assert self.adopted_on.data is not None  # noqa: S101  the form is valid
        return Adoption(str(self.link.data), str(self.title.data), self.adopted_on.data)


class ChangesForm(Form):
    """What is new in a version, in words."""

    attempt = HiddenField()
    changes_kk = TextAreaField(
        _l("What changed, in Kazakh"),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(CHANGES)],
    )
    changes_ru = TextAreaField(
        _l("What changed, in Russian"),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(CHANGES)],
    )

    def details(self) -> dict[str, str]:
        return {"kk": self.changes_kk.data or "", "ru": self.changes_ru.data or ""}


class AnchorForm(Form):
    """Where a doubtful comment belongs now."""

    place = RadioField(_l("Where does the comment belong now?"), validators=[Filled(_l("Choose one."))])
    clause = SelectField(_l("Another clause"))

    def validate_clause(self, field: Field) -> None:
        if self.place.data == OTHER and not field.data:
            raise ValidationError(_("Choose the clause."))
