"""The base of all forms: CSRF, messages in the reader's language, and text cleaned of what nobody typed."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import ValidationError
from wtforms.fields import Field
from wtforms.i18n import get_translations

from app.i18n import current_language, lazy_gettext, ngettext
from app.text.normalize import has_hidden_controls, shown

csrf = CSRFProtect()


@lru_cache
def messages_of_the_library(language: str) -> Any:
    """WTForms brings Kazakh, Russian and English messages of its own; looked for on disk once."""
    return get_translations([language])


class Form(FlaskForm):  # type: ignore[misc]
    """A form posts to its own address, keeps what was typed, and reports errors at the field and in a summary."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        @property
        def locales(self) -> list[str]:
            return [current_language()]

        def get_translations(self, form: Any) -> Any:
            return messages_of_the_library(current_language())

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        return request.method == "POST" and bool(self.validate(extra_validators))


def cleaned(value: Any) -> Any:
    """A filter for text fields: NFC, without invisible controls, line ends as one character, trimmed."""
    return shown(value) if isinstance(value, str) else value


class NoHiddenControls:
    """Refuses text with characters that turn the reading direction around or hide words, and says so."""

    def __call__(self, form: Any, field: Field) -> None:
        raw = field.raw_data[0] if getattr(field, "raw_data", None) else field.data
        if isinstance(raw, str) and has_hidden_controls(raw):
            raise ValidationError(
                lazy_gettext(
                    "This text has invisible characters that can hide or reverse words. Type it again."
                )
            )


class UpTo:
    """Refuses more than `characters`, counting as people count, with the number in the message."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.field_flags = {"maxlength": characters}

    def __call__(self, form: Any, field: Field) -> None:
        over = len(field.data or "") - self.characters
        if over > 0:
            raise ValidationError(
                ngettext(
                    "This text is %(num)s character too long.",
                    "This text is %(num)s characters too long.",
                    over,
                )
            )


class Filled:
    """Refuses an empty field with a sentence of its own; what cannot be read is not empty and has its own error."""

    def __init__(self, message: Any) -> None:
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        from wtforms.validators import StopValidation

        if field.process_errors:
            raise StopValidation()
        data = field.data
        if data is None or data == [] or (isinstance(data, str) and not data.strip()):
            field.errors = []
            raise StopValidation(self.message)


class EmailAddress:
    """Refuses what cannot be an e-mail address. Whether it exists, only a mail to it can tell."""

    SHAPE = re.compile(r"[^@\s<>,;:\"()]{1,64}@[^@\s<>,;:\"()]+\.[^@\s<>,;:\"().]{2,}")
    LONGEST = 254

    def __call__(self, form: Any, field: Field) -> None:
        text = field.data or ""
        if text and (len(text) > self.LONGEST or not self.SHAPE.fullmatch(text)):
            raise ValidationError(lazy_gettext("Type an e-mail address such as name@example.kz."))


class WebAddress:
    """Refuses what is not the address of a page: a link that people will click must not run anything."""

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data:
            return
        try:
            parts = urlsplit(field.data)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in field.data):
            raise ValidationError(lazy_gettext("Enter the whole address of a page, beginning with https://."))


__all__ = ["EmailAddress", "Filled", "Form", "NoHiddenControls", "UpTo", "WebAddress", "cleaned"]
