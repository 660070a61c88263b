"""The shape of what an author sends, page by page. Limits come from the rules in force, so forms are made per request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from werkzeug.datastructures import FileStorage

from app.files.errors import AttachmentRefused
from app.files.labels import REFUSED
from app.i18n import LANGUAGE_NAMES, _, _l
from app.law.rules import Ground, Limits
from app.petitions.models import Petition
from app.territories import queries as territories
from app.text.normalize import shown_line
from app.text.topics import OTHER, topics, topics_of
from app.web.fields import (
    EmailField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from app.web.forms import EmailAddress, Filled, Form, NoHiddenControls, UpTo, cleaned

YES, NO = "yes", "no"
# How each title is asked for: whole sentences, because the name of a language changes its ending.
TITLE_LABELS = {"kk": _l("Title in Kazakh"), "ru": _l("Title in Russian"), "en": _l("Title in English")}
TITLE_MISSING = {
    "kk": _l("Type the title in Kazakh, the language that you chose."),
    "ru": _l("Type the title in Russian, the language that you chose."),
    "en": _l("Type the title in English, the language that you chose."),
}


def one_line(value: Any) -> Any:
    return shown_line(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class TitleDetails:
    language: str
    titles: dict[str, str]
    topic: str


@dataclass(frozen=True, slots=True)
class ContactDetails:
    email: str
    region_code: str
    language: str


class MattersForm(Form):
    """One question per excluded matter, each answered with yes or no; fields are named by the matters' ids."""

    grounds: Sequence[Ground] = ()

    def details(self) -> dict[str, bool]:
        return {ground.id: self[ground.id].data == YES for ground in self.grounds}

    def explain(self, touched: Any) -> list[Ground]:
        """Marks the questions that stand in the way; yields their matters."""
        found = [ground for ground in self.grounds if ground.id in set(touched)]
        for ground in found:
            self[ground.id].errors = [
                *self[ground.id].errors,
                _("Question %(number)s: a petition about this would be refused.", number=ground.number),
            ]
        return found


def matters_form(grounds: Sequence[Ground], answers: Mapping[str, bool] | None = None) -> MattersForm:
    asked = [ground for ground in grounds if ground.question is not None]
    fields = {
        ground.id: RadioField(
            _("%(number)s. %(question)s", number=ground.number, question=str(ground.question)),
            choices=[(YES, _l("Yes")), (NO, _l("No"))],
            validators=[Filled(_("Answer question %(number)s with yes or no.", number=ground.number))],
        )
        for ground in asked
    }
    made = type("MattersForm", (MattersForm,), fields)
    known = {name: YES if is_so else NO for name, is_so in (answers or {}).items()}
    form = cast(MattersForm, made(data=known))
    form.grounds = asked
    return form


class AddresseeForm(Form):
    """The body that is chosen. The service says whether it may be: the list on the page is a help, not a limit."""

    addressee = RadioField(
        _l("Whom do you ask?"),
        filters=[one_line],
        validators=[Filled(_l("Choose the body that should answer."))],
        validate_choice=False,
    )

    def details(self) -> str:
        return str(self.addressee.data)


class TitleForm(Form):
    """A title in the language of the petition, and in the others where the author gives one."""

    language = RadioField(
        _l("Language of the petition"),
        description=_l("You write in this language, and the decision may come in it."),
        choices=list(LANGUAGE_NAMES.items()),
        validators=[Filled(_l("Choose the language of the petition."))],
    )
    topic = SelectField(
        _l("Topic"),
        description=_l("Readers find petitions by topic. Leave it open, and the title decides."),
        filters=[lambda value: value or ""],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        language = self.language.data
        if language in LANGUAGE_NAMES and not (field := self[f"title_{language}"]).data and not field.errors:
            field.errors = [str(TITLE_MISSING[language])]
            is_valid = False
        return bool(is_valid)

    def details(self) -> TitleDetails:
        titles = {language: self[f"title_{language}"].data or "" for language in LANGUAGE_NAMES}
        guessed = topics_of(titles[self.language.data])
        return TitleDetails(
            language=self.language.data,
            titles=titles,
            topic=self.topic.data or (guessed[0] if guessed else OTHER),
        )


def title_form(limits: Limits, petition: Petition) -> TitleForm:
    fields = {
        f"title_{language}": StringField(
            label,
            filters=[one_line],
            validators=[NoHiddenControls(), UpTo(limits.title_characters)],
        )
        for language, label in TITLE_LABELS.items()
    }
    made = type("TitleForm", (TitleForm,), fields)
    known = {f"title_{language}": title for language, title in petition.titles.items()}
    topic = petition.topic if "title" in petition.draft_steps else ""
    form = cast(TitleForm, made(data={"language": petition.language, "topic": topic, **known}))
    form.topic.choices = [("", _("Let the title decide")), *((topic.id, topic.name) for topic in topics())]
    return form


class DemandsForm(Form):
    """As many boxes as the rules allow demands; empty ones in between are closed up."""

    names: Sequence[str] = ()
    minimum: int = 1

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if not self.errors and len(self.details()) < self.minimum:
            self[self.names[0]].errors = [_("Type at least one demand: what should the body do?")]
            is_valid = False
        return bool(is_valid)

    def details(self) -> list[str]:
        return [text for name in self.names if (text := self[name].data)]


def demands_form(limits: Limits, petition: Petition) -> DemandsForm:
    names = [f"demand_{number}" for number in range(1, limits.maximum_demands + 1)]
    fields = {
        name: TextAreaField(
            _("Demand %(number)s", number=number),
            filters=[cleaned],
            validators=[NoHiddenControls(), UpTo(limits.demand_characters)],
        )
        for number, name in enumerate(names, start=1)
    }
    made = type("DemandsForm", (DemandsForm,), fields)
    form = cast(
        DemandsForm, made(data={f"demand_{demand.position}": demand.text for demand in petition.demands})
    )
    form.names, form.minimum = names, limits.minimum_demands
    return form


class ArgumentsForm(Form):
    """Why it should be done, and files that show it."""

    documents = MultipleFileField(_l("Add files"))

    def details(self) -> str:
        return str(self["arguments"].data)

    def files(self) -> list[FileStorage]:
        """What was really chosen: a browser sends an empty part where nothing was."""
        sent = self.documents.data or []
        return [file for file in sent if isinstance(file, FileStorage) and file.filename]

    def explain(self, refused: AttachmentRefused) -> None:
        """Says at the field which file is not kept and why; of several files in one message, for the summary too."""
        words = _(
            "%(file)s was not added. %(reason)s",
            file=refused.file_name or _("A file without a name"),
            reason=str(REFUSED[refused.reason]),
        )
        self.documents.errors = [" ".join([*self.documents.errors, words])]


def arguments_form(limits: Limits, petition: Petition) -> ArgumentsForm:
    field = TextAreaField(
        _("Arguments"),
        filters=[cleaned],
        validators=[
            Filled(_("Type your arguments: why should this be done?")),
            NoHiddenControls(),
            UpTo(limits.arguments_characters),
        ],
    )
    made = type("ArgumentsForm", (ArgumentsForm,), {"arguments": field})
    return cast(ArgumentsForm, made(data={"arguments": petition.arguments}))


class ContactForm(Form):
    """Residence and e-mail, which the law asks for, and the language of letters."""

    region = SelectField(
        _l("Region where you live"),
        description=_l("The law asks for it. Your petition may still be about any other place."),
        filters=[lambda code: code or ""],
        validators=[Filled(_l("Choose the region where you live."))],
    )
    email = EmailField(
        _l("E-mail"),
        description=_l("For letters about this petition. Nobody else sees it."),
        filters=[cleaned],
        validators=[Filled(_l("Type your e-mail address.")), EmailAddress()],
    )
    language = RadioField(
        _l("Language of letters to you"),
        choices=list(LANGUAGE_NAMES.items()),
        validators=[Filled(_l("Choose the language of letters to you."))],
    )

    def details(self) -> ContactDetails:
        return ContactDetails(
            email=self.email.data, region_code=self.region.data, language=self.language.data
        )


def contact_form(petition: Petition) -> ContactForm:
    author = petition.author
    known = {
        "region": petition.region_code or author.region_code or "",
        "email": author.email or "",
        "language": author.language,
    }
    form = ContactForm(data=known)
    form.region.choices = [
        ("", _("Choose a region")),
        *((region.code, region.name) for region in territories.regions()),
    ]
    return form
