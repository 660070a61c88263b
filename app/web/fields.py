"""WTForms fields that draw themselves as GOV.UK components, every hidden word of them in the reader's language.

Names are those of WTForms. A template writes `{{ form.title() }}`; GOV.UK parameters go in as
`{{ form.title(params={"label": {"classes": "govuk-label--l"}}) }}`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import wtforms
from govuk_frontend_wtf import wtforms_widgets as govuk
from wtforms.fields import Field, FormField, HiddenField
from wtforms.validators import ValidationError

from app.i18n import _, current_language, ngettext

__all__ = [
    "BooleanField",
    "DateField",
    "EmailField",
    "FieldList",
    "FileField",
    "FormField",
    "HiddenField",
    "IntegerField",
    "MultipleFileField",
    "PasswordField",
    "RadioField",
    "SearchField",
    "SelectField",
    "SelectMultipleField",
    "StringField",
    "SubmitField",
    "TextAreaField",
    "form_errors",
]

# A number of each plural kind that the language has, to ask the catalogue for its words (CLDR's names).
PLURAL_EXAMPLES = {
    "kk": {"one": 1, "other": 5},
    "ru": {"one": 1, "few": 2, "many": 5, "other": 5},
    "en": {"one": 1, "other": 5},
}


class Spoken:
    """Gives a GOV.UK widget its hidden words, and lets the server be the one that reports what is missing."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        # The browser would stop at an empty field with words of its own, in a language of its own.
        params.get("attributes", {}).pop("required", None)
        if not (params.get("hint") or {}).get("text"):
            params.pop("hint", None)
        if "errorMessage" in params:
            params["errorMessage"]["visuallyHiddenText"] = _("Error")
        if "fieldset" in params:
            # Copied: a template may hand one dictionary to several fields.
            legend = {"text": field.label.text, **params["fieldset"].get("legend", {})}
            params["fieldset"] = {**params["fieldset"], "legend": legend}
        return params


class TextInput(Spoken, govuk.GovTextInput):  # type: ignore[misc]
    pass


class EmailInput(TextInput):
    input_type = "email"


class SearchInput(TextInput):
    input_type = "search"


class NumberInput(TextInput):
    """A text field with the digits' keyboard: `type=number` changes its value under a scrolling finger."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        params.setdefault("inputmode", "numeric")
        params["spellcheck"] = False
        return params


class PasswordInput(Spoken, govuk.GovPasswordInput):  # type: ignore[misc]
    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        params.update(
            showPasswordText=_("Show"),
            hidePasswordText=_("Hide"),
            showPasswordAriaLabelText=_("Show password"),
            hidePasswordAriaLabelText=_("Hide password"),
            passwordShownAnnouncementText=_("Your password is visible"),
            passwordHiddenAnnouncementText=_("Your password is hidden"),
        )
        return params


class TextArea(Spoken, govuk.GovTextArea):  # type: ignore[misc]
    pass


class CountedTextArea(Spoken, govuk.GovCharacterCount):  # type: ignore[misc]
    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        limit = field.flags.maxlength
        params.update(
            maxlength=limit,
            textareaDescriptionText=ngettext(
                "You can enter up to %(num)s character", "You can enter up to %(num)s characters", limit
            ),
            charactersUnderLimitText=_plural_forms(
                lambda number, count: ngettext(
                    "You have %(count)s character remaining",
                    "You have %(count)s characters remaining",
                    number,
                    count=count,
                )
            ),
            charactersAtLimitText=_("You have 0 characters remaining"),
            charactersOverLimitText=_plural_forms(
                lambda number, count: ngettext(
                    "You have %(count)s character too many",
                    "You have %(count)s characters too many",
                    number,
                    count=count,
                )
            ),
        )
        return params


def _plural_forms(sentence: Callable[[int, str], str]) -> dict[str, str]:
    """The sentence in each plural kind of the reader's language, with the script's own placeholder in it."""
    examples = PLURAL_EXAMPLES[current_language()]
    return {kind: sentence(number, "%{count}") for kind, number in examples.items()}


class Radios(Spoken, govuk.GovRadioInput):  # type: ignore[misc]
    pass


class Checkboxes(Spoken, govuk.GovCheckboxesInput):  # type: ignore[misc]
    pass


class Checkbox(Spoken, govuk.GovCheckboxInput):  # type: ignore[misc]
    pass


class Select(Spoken, govuk.GovSelect):  # type: ignore[misc]
    pass


class FileInput(Spoken, govuk.GovFileInput):  # type: ignore[misc]
    pass


class SubmitButton(govuk.GovSubmitInput):  # type: ignore[misc]
    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)
        params.setdefault("preventDoubleClick", True)
        return params


class DateInput(Spoken, govuk.GovDateInput):  # type: ignore[misc]
    """Day, month and year in three boxes."""

    def __call__(self, field: Field, **kwargs: Any) -> Any:
        typed, field.raw_data = field.raw_data, _three(field.raw_data)
        try:
            return super().__call__(field, **kwargs)
        finally:
            field.raw_data = typed

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        for item, label in zip(params["items"], (_("Day"), _("Month"), _("Year")), strict=True):
            item["label"] = label
        return params


def _three(values: list[str] | None) -> list[str] | None:
    """Exactly three boxes' worth of what was sent: anybody can send one value, or seven."""
    return None if values is None else [*values, "", "", ""][:3]


class StringField(wtforms.StringField):  # type: ignore[misc]
    widget = TextInput()


class EmailField(wtforms.EmailField):  # type: ignore[misc]
    widget = EmailInput()


class SearchField(wtforms.SearchField):  # type: ignore[misc]
    widget = SearchInput()


class IntegerField(wtforms.IntegerField):  # type: ignore[misc]
    widget = NumberInput()


class PasswordField(wtforms.PasswordField):  # type: ignore[misc]
    widget = PasswordInput()


class TextAreaField(wtforms.TextAreaField):  # type: ignore[misc]
    """A text of several lines; with a limit (`UpTo`, `Length`) it counts what is left."""

    widget = TextArea()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.flags.maxlength:
            self.widget = CountedTextArea()


class BooleanField(wtforms.BooleanField):  # type: ignore[misc]
    widget = Checkbox()


class RadioField(wtforms.RadioField):  # type: ignore[misc]
    widget = Radios()


class SelectField(wtforms.SelectField):  # type: ignore[misc]
    widget = Select()


class SelectMultipleField(wtforms.SelectMultipleField):  # type: ignore[misc]
    widget = Checkboxes()
    option_widget = wtforms.widgets.CheckboxInput()


class FileField(wtforms.FileField):  # type: ignore[misc]
    widget = FileInput()


class MultipleFileField(wtforms.MultipleFileField):  # type: ignore[misc]
    widget = FileInput(multiple=True)


class FieldList(wtforms.FieldList):  # type: ignore[misc]
    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # The library reads "²" in a name as a digit, and then cannot make a number of it.
        plain = [name for name in formdata if name.isascii()]
        yield from super()._extract_indices(prefix, plain)


class SubmitField(wtforms.SubmitField):  # type: ignore[misc]
    widget = SubmitButton()


class DateField(wtforms.DateField):  # type: ignore[misc]
    """A date typed as three numbers; None when all three are empty."""

    data: date | None

    widget = DateInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("format", "%d %m %Y")
        super().__init__(*args, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not any(value.strip() for value in valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as unreadable:
            raise ValidationError(
                _("This is not a date. Type day, month and year as numbers.")
            ) from unreadable


@dataclass(frozen=True, slots=True)
class FormError:
    """One line of the error summary; `field_id` is None where there is no field to go to."""

    field_id: str | None
    message: str


def form_errors(form: Any) -> list[FormError]:
    """The first error of every field, in the order of the form, and then those of the form as a whole."""
    found = [error for field in form for error in _field_errors(field)]
    whole = [FormError(None, str(message)) for message in getattr(form, "form_errors", ())]
    return found + whole


def _field_errors(field: Field) -> Iterator[FormError]:
    if isinstance(field, FormField | FieldList):
        inner: Iterable[Field] = field
        for entry in inner:
            yield from _field_errors(entry)
        # A list may also be wrong as a whole; its own messages are strings, those of entries are not.
        messages = [message for message in field.errors if isinstance(message, str)]
        if messages and isinstance(field, FieldList) and not any(entry.errors for entry in field):
            yield FormError(field.id, messages[0])
    elif field.errors:
        yield FormError(_focusable_id(field), str(field.errors[0]))


def _focusable_id(field: Field) -> str | None:
    if isinstance(field, DateField):
        return f"{field.name}-day"
    is_hidden = getattr(field.widget, "input_type", "") == "hidden"
    return None if is_hidden else field.id
