"""What is noted once an act is under way: visits, how it was held, the final document and its recommendations."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from wtforms.validators import NumberRange, Optional

from app.control import labels
from app.control.lifecycle import MEETINGS, Assessment, Form
from app.control.models import ControlAct
from app.control.services.preparing import rules_of
from app.gatherings.forms import Foreseeable, one_line
from app.i18n import _l
from app.web.fields import DateField, IntegerField, RadioField, StringField, TextAreaField
from app.web.forms import Filled, NoHiddenControls, UpTo, cleaned
from app.web.forms import Form as BaseForm

NAME, NOTE = 300, 10_000
MOST_PEOPLE = 1_000_000


class VisitForm(BaseForm):
    on = DateField(_l("Day of the visit"), validators=[Filled(_l("Enter the day.")), Foreseeable()])
    place = StringField(
        _l("Where the group was"),
        filters=[one_line],
        validators=[Filled(_l("Say where the group was.")), NoHiddenControls(), UpTo(NAME)],
    )
    note = TextAreaField(
        _l("What the group saw"),
        filters=[cleaned],
        validators=[Filled(_l("Say what the group saw.")), NoHiddenControls(), UpTo(NOTE)],
    )


@dataclass(frozen=True, slots=True)
class Held:
    held_on: date
    present: int | None
    chair: str
    secretary: str


class HoldForm(BaseForm):
    held_on = DateField(_l("Day on which it ended"), validators=[Filled(_l("Enter the day.")), Foreseeable()])
    present = IntegerField(
        _l("How many people were present"),
        validators=[Filled(_l("Enter how many were present.")), NumberRange(min=1, max=MOST_PEOPLE)],
    )
    chair = StringField(
        _l("Who presided"),
        filters=[one_line],
        validators=[Filled(_l("Enter the name of who presided.")), NoHiddenControls(), UpTo(NAME)],
    )
    secretary = StringField(
        _l("Who kept the minutes"),
        filters=[one_line],
        validators=[Filled(_l("Enter the name of who kept the minutes.")), NoHiddenControls(), UpTo(NAME)],
    )

    def details(self) -> Held:
        assert self.held_on.data is not None  # noqa: S101  the form is valid
        if "present" not in self:
            return Held(self.held_on.data, None, "", "")
        return Held(self.held_on.data, self.present.data, str(self.chair.data), str(self.secretary.data))


def hold_form(act: ControlAct, *, today: date) -> HoldForm:
    """Experts and a group have nobody present, and nobody presides."""
    form = HoldForm(data={"held_on": today})
    if act.form not in MEETINGS:
        del form.present, form.chair, form.secretary
    return form


class FinalForm(BaseForm):
    in_favour = IntegerField(
        _l("How many of those present were in favour"),
        validators=[Optional(), NumberRange(min=0, max=MOST_PEOPLE)],
    )
    assessment = RadioField(_l("What the council says of the report"), validators=[Optional()])

    def texts(self) -> dict[str, str]:
        return {code: self[f"text_{code}"].data or "" for code in ("kk", "ru")}

    def given_assessment(self) -> Assessment | None:
        chosen = self.assessment.data if "assessment" in self else None
        return Assessment(chosen) if chosen in set(Assessment) else None

    def given_in_favour(self) -> int | None:
        given: int | None = self.in_favour.data if "in_favour" in self else None
        return given


def final_form(act: ControlAct) -> FinalForm:
    """The document as it was sent, else as it was saved."""
    limit = rules_of(act).limits.ruling_text_characters
    names = {"kk": _l("Text in Kazakh"), "ru": _l("Text in Russian")}
    boxes = {
        f"text_{code}": TextAreaField(name, filters=[cleaned], validators=[NoHiddenControls(), UpTo(limit)])
        for code, name in names.items()
    }
    saved = {f"text_{code}": act.final_texts.get(code, "") for code in names}
    made = type("FinalForm", (FinalForm,), boxes)
    form = cast(FinalForm, made(data={**saved, "in_favour": act.in_favour, "assessment": act.assessment}))
    form.assessment.choices = [(one.value, name) for one, name in labels.ASSESSMENTS.items()]
    if act.form not in MEETINGS:
        del form.in_favour
    if act.form is not Form.HEAD_REPORT:
        del form.assessment
    return form


class RowForm(BaseForm):
    def texts(self) -> dict[str, str]:
        return {code: self[f"text_{code}"].data or "" for code in ("kk", "ru")}


def row_form(act: ControlAct, saved: dict[str, str]) -> RowForm:
    limit = rules_of(act).limits.recommendation_characters
    names = {"kk": _l("Recommendation in Kazakh"), "ru": _l("Recommendation in Russian")}
    missing = {"kk": _l("Enter the Kazakh text."), "ru": _l("Enter the Russian text.")}
    boxes = {
        f"text_{code}": TextAreaField(
            name, filters=[cleaned], validators=[Filled(missing[code]), NoHiddenControls(), UpTo(limit)]
        )
        for code, name in names.items()
    }
    made = type("RowForm", (RowForm,), boxes)
    return cast(RowForm, made(data={f"text_{code}": text for code, text in saved.items()}))
