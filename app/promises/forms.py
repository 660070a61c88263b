"""What people send: a promise with its sentence, a later day, the proof that it is done, why it is dropped."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from werkzeug.datastructures import FileStorage

from app import clock
from app.errors import DomainError
from app.files.errors import AttachmentRefused
from app.files.labels import REFUSED
from app.i18n import LANGUAGE_NAMES, _, _l, ngettext
from app.law import council_rules_in_force
from app.promises.errors import (
    DayRefused,
    ProofMissing,
    QuoteNotFound,
    TextMissing,
    TooLong,
)
from app.promises.models import Promise
from app.promises.services import PromiseWords
from app.promises.sources import SourceText
from app.web.fields import DateField, FileField, RadioField, StringField, TextAreaField
from app.web.filters import day
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, WebAddress, cleaned

LONGEST_ADDRESS = 1000


class PromiseForm(Form):
    """A promise, new or corrected; fields are added per request."""

    def details(self) -> PromiseWords:
        return PromiseWords(
            what=self["what"].data,
            quote=self["quote"].data,
            language=self["language"].data,
            due_on=self["due_on"].data,
        )


def promise_form(text: SourceText, promise: Promise | None = None) -> PromiseForm:
    """Filled with what the source knows already, or with the promise as it was entered."""
    longest = _longest()
    languages = [(language, LANGUAGE_NAMES[language]) for language in text.texts if text.texts[language]]
    fields = {
        "quote": TextAreaField(
            _("The sentence, word for word"),
            description=_(
                "Copy it from the text beside this form. It is compared with the text letter by letter."
            ),
            filters=[cleaned],
            validators=[Filled(_("Copy the sentence in which it is promised.")), UpTo(longest)],
        ),
        "what": TextAreaField(
            _("What is promised, in short"),
            description=_(
                "One thing only. A sentence that promises two things is entered twice, with the half that belongs to each."
            ),
            filters=[cleaned],
            validators=[
                Filled(_("Write in short what is promised.")),
                NoHiddenControls(),
                UpTo(longest),
            ],
        ),
        "due_on": DateField(
            _("By when"),
            description=_("The last day on which it is on time."),
            validators=[Filled(_("Enter the day by which it is promised."))],
        ),
        "language": RadioField(
            _("Language of the sentence"),
            choices=languages,
            validators=[Filled(_("Choose the language of the sentence."))],
        ),
    }
    known: dict[str, Any] = {
        "what": text.what if len(text.what) <= longest else "",
        "due_on": date.fromisoformat(text.due_on) if text.due_on else None,
        "language": languages[0][0] if languages else None,
    }
    if promise is not None:
        known = {
            "what": promise.what,
            "quote": promise.quote,
            "due_on": promise.due_on,
            "language": promise.language,
        }
    return cast(PromiseForm, type("PromiseForm", (PromiseForm,), fields)(data=known))


class PutOffForm(Form):
    due_on = DateField(_l("New last day"), validators=[Filled(_l("Enter the new last day."))])

    def details(self) -> tuple[date | None, str]:
        return self.due_on.data, self["reason"].data


def put_off_form() -> PutOffForm:
    reason = _words(
        _("Reason for putting it off"),
        _("Everybody reads it beside both days."),
        _("Say why it needs more time."),
    )
    return cast(PutOffForm, type("PutOffForm", (PutOffForm,), {"reason": reason})())


@dataclass(frozen=True, slots=True)
class Proof:
    words: str
    link: str | None
    done_on: date | None


class FulfilForm(Form):
    done_on = DateField(_l("Done on"), validators=[Filled(_l("Enter the day on which it was done."))])
    link = StringField(
        _l("Link that proves it"),
        description=_l("Such as the published act or a report. A link or a file is needed."),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(LONGEST_ADDRESS), WebAddress()],
    )
    proof = FileField(_l("File that proves it"), description=_l("Everybody can download it."))

    def details(self) -> Proof:
        return Proof(self["words"].data, self.link.data or None, self.done_on.data)

    def file(self) -> FileStorage | None:
        """What was really chosen: a browser sends an empty part where nothing was."""
        sent = self.proof.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None


def fulfil_form() -> FulfilForm:
    words = _words(
        _("What was done"),
        _("Everybody reads it beside the promise."),
        _("Write what was done."),
    )
    return cast(FulfilForm, type("FulfilForm", (FulfilForm,), {"words": words})())


class DropForm(Form):
    def details(self) -> str:
        return str(self["reason"].data)


def drop_form() -> DropForm:
    reason = _words(
        _("Why it will not be done"),
        _("Everybody reads it. It cannot be taken back."),
        _("Say why it will not be done."),
    )
    return cast(DropForm, type("DropForm", (DropForm,), {"reason": reason})())


def explain(form: Form, refused: DomainError) -> bool:
    """Says at its field why it is not taken; False if it is not about one of them."""
    if isinstance(refused, AttachmentRefused) and "proof" in form:
        name = refused.file_name or _("A file without a name")
        reason = str(REFUSED[refused.reason])
        _say(form, "proof", _("%(file)s was not added. %(reason)s", file=name, reason=reason))
        return True
    name = str(refused.data.get("field", ""))
    if name not in form:
        return False
    match refused:
        case QuoteNotFound():
            said = _(
                "This sentence does not stand word for word in the text in this language. Copy it from the text."
            )
        case ProofMissing():
            said = _("Nothing is done without proof: give a link or a file.")
        case DayRefused(data={"after": date() as after}):
            said = _("Enter a day after %(day)s.", day=day(after))
        case DayRefused(data={"latest": date() as latest}):
            said = _("Enter a day, not later than %(day)s.", day=day(latest))
        case DayRefused():
            said = _("Enter a day.")
        case TextMissing(data={"shortest": int(shortest)}):
            said = ngettext(
                "Write at least %(num)s character.", "Write at least %(num)s characters.", shortest
            )
        case TooLong(data={"limit": int(limit), "length": int(length)}):
            said = ngettext(
                "This text is %(num)s character too long.",
                "This text is %(num)s characters too long.",
                length - limit,
            )
        case _:
            return False
    _say(form, name, said)
    return True


def _say(form: Form, field: str, words: str) -> None:
    form[field].errors = [*form[field].errors, words]


def _longest() -> int:
    return council_rules_in_force(clock.today()).limits.promise_characters


def _words(label: str, description: str, missing: str) -> TextAreaField:
    return TextAreaField(
        label,
        description=description,
        filters=[cleaned],
        validators=[Filled(missing), NoHiddenControls(), UpTo(_longest())],
    )
