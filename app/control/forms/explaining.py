"""What a service refused, at its field and in words."""

from datetime import date
from typing import Any

from app.control import errors
from app.errors import DomainError
from app.files.errors import AttachmentRefused
from app.files.labels import REFUSED
from app.gatherings.forms import why_not
from app.i18n import _, ngettext
from app.recommendations import errors as lists
from app.web.filters import day
from app.web.forms import Form


def explain(form: Form, refused: DomainError) -> bool:
    """Shows what was refused at the field that it names, or at the first one; False if it is not the form's matter."""
    found = why_not(refused)
    if found is None:
        sentence = _sentence(refused)
        if sentence is None:
            return False
        own_field = "file" if isinstance(refused, AttachmentRefused) else ""
        found = str(refused.data.get("field", own_field)), str(sentence)
    name, sentence = found
    field = form[name] if name in form else next(one for one in form if one.name != "csrf_token")
    field.errors = [*field.errors, sentence]
    return True


def _sentence(refused: DomainError) -> Any:
    match refused:
        case errors.NoticeTooShort():
            return _(
                "People would learn of it too late. Announced today, it can be held on %(day)s at the earliest.",
                day=day(_date(refused, "earliest")),
            )
        case errors.WrongDay():
            return _(
                "Choose a day from %(first)s to %(last)s.",
                first=day(_date(refused, "earliest")),
                last=day(_date(refused, "latest")),
            )
        case errors.GroupTooLarge():
            limit = _number(refused, "limit")
            return ngettext(
                "A group of public control has at most %(num)s person.",
                "A group of public control has at most %(num)s people.",
                limit,
            )
        case errors.NotQualified():
            return _expert(refused)
        case errors.TextMissing() | errors.TooLong() | lists.TooLong():
            return _length(refused)
        case errors.LanguageMissing():
            return _("The document must stand in Kazakh and in Russian.")
        case lists.LanguageMissing():
            return _("Each recommendation must stand in Kazakh and in Russian.")
        case lists.TooManyRows():
            return _("There are too many recommendations.")
        case errors.WrongNumber():
            return _("This number cannot be right: look how many were present.")
        case errors.NotAdopted():
            return _(
                "More than half of those present must be in favour: at least %(needed)s of %(present)s.",
                needed=refused.data["needed"],
                present=refused.data["present"],
            )
        case _:
            return _other(refused)


def _other(refused: DomainError) -> Any:
    match refused:
        case errors.CaptionMissing():
            return _("Say what is to be seen on the photograph.")
        case errors.NotAPicture():
            return _("A photograph is a PNG or JPEG file.")
        case errors.AlreadyAsked():
            return _("You have asked this already.")
        case errors.AlreadyHidden():
            return _("The question is hidden already.")
        case errors.NoSuchRole():
            return _("This is not possible here.")
        case AttachmentRefused():
            return str(REFUSED[refused.reason])
        case _:
            return None


def _expert(refused: DomainError) -> Any:
    if refused.data["field"] == "qualification":
        return _("The law asks for a degree: say which one the expert has.")
    return ngettext(
        "The law asks for at least %(num)s year in the field.",
        "The law asks for at least %(num)s years in the field.",
        _number(refused, "years"),
    )


def _length(refused: DomainError) -> Any:
    if "limit" in refused.data:
        return ngettext(
            "This text may have at most %(num)s character.",
            "This text may have at most %(num)s characters.",
            _number(refused, "limit"),
        )
    shortest = _number(refused, "shortest")
    if shortest <= 1:
        return _("This must not stay empty.")
    return ngettext(
        "This must be at least %(num)s character long.",
        "This must be at least %(num)s characters long.",
        shortest,
    )


def _number(refused: DomainError, name: str) -> int:
    return int(str(refused.data[name]))


def _date(refused: DomainError, name: str) -> date:
    found = refused.data[name]
    assert isinstance(found, date)  # noqa: S101  these errors carry one
    return found
