"""What the secretary writes before an act is announced. Limits come from the rules, so forms are made per request."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from werkzeug.datastructures import FileStorage
from wtforms.validators import NumberRange, Optional

from app.agencies import queries as agencies
from app.agencies.models import Agency, AgencyKind
from app.control import labels
from app.control.lifecycle import PURPOSES, ROLES, Purpose, Role, State
from app.control.models import ControlAct
from app.control.services.preparing import Card, Named
from app.councils.models import Council
from app.gatherings.forms import MOST_PLACES, WhenForm, one_line, saved_when
from app.i18n import LANGUAGES, _l
from app.law import CouncilRules
from app.web.fields import FileField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from app.web.forms import Filled, NoHiddenControls, UpTo, cleaned
from app.web.forms import Form as BaseForm

TITLE, TEXT, NAME = 300, 10_000, 300
CAPTION = 500
# Whole sentences, because the name of a language changes its ending.
WORDS: Mapping[str, Mapping[str, Any]] = {
    "title": {
        "kk": _l("Title in Kazakh"),
        "ru": _l("Title in Russian"),
        "en": _l("Title in English (may stay empty)"),
    },
    "subject": {
        "kk": _l("What it is about, in Kazakh"),
        "ru": _l("What it is about, in Russian"),
        "en": _l("What it is about, in English (may stay empty)"),
    },
    "programme": {
        "kk": _l("Programme in Kazakh"),
        "ru": _l("Programme in Russian"),
        "en": _l("Programme in English (may stay empty)"),
    },
}
COLUMNS = {"title": "titles", "subject": "subjects", "programme": "programmes"}


class CardForm(WhenForm):
    agency = SelectField(_l("Body under public control"), validators=[Filled(_l("Choose the body."))])
    initiator = TextAreaField(
        _l("Who asked for it (may stay empty)"),
        description=_l("People, an organisation, members of the council."),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(TITLE)],
    )
    places = IntegerField(
        _l("How many guests the room takes (may stay empty)"),
        validators=[Optional(), NumberRange(min=1, max=MOST_PLACES)],
    )

    @property
    def words(self) -> list[list[Any]]:
        """The boxes of text, by what they are about."""
        return [[self[f"{what}_{code}"] for code in LANGUAGES] for what in WORDS]

    def details(self) -> Card:
        when = self.when()
        agency = agencies.by_id(int(self.agency.data))
        assert agency is not None  # noqa: S101  it is one of the choices
        return Card(
            agency=agency,
            starts_at=when.starts_at,
            ends_at=when.ends_at,
            place=when.place,
            link=when.link,
            places=self.places.data,
            initiator=self.initiator.data or "",
            titles=self._texts("title"),
            subjects=self._texts("subject"),
            programmes=self._texts("programme"),
        )

    def _texts(self, what: str) -> dict[str, str]:
        return {code: self[f"{what}_{code}"].data or "" for code in LANGUAGES}


def card_form(council: Council, act: ControlAct | None) -> CardForm:
    """The card as it was sent, else as it was saved."""
    boxes = {
        f"{what}_{code}": TextAreaField(
            names[code],
            filters=[one_line if what == "title" else cleaned],
            validators=[NoHiddenControls(), UpTo(TITLE if what == "title" else TEXT)],
        )
        for what, names in WORDS.items()
        for code in LANGUAGES
    }
    made = type("CardForm", (CardForm,), boxes)
    known = bodies_of(council)
    saved = _saved(act) if act is not None else {"agency": str(council.agency_id or "")}
    form = cast(CardForm, made(data=saved))
    if act is not None and act.agency not in known:
        known = [act.agency, *known]
    form.agency.choices = [(str(body.id), body.name) for body in known]
    return form


def bodies_of(council: Council) -> Sequence[Agency]:
    """The bodies that a council can look at: its own first, then those of its place, or the central ones."""
    place = council.territory_id
    near = [
        body
        for body in agencies.active()
        if (body.territory_id == place if place is not None else body.territory_id is None)
        and body.kind is not AgencyKind.NOT_A_STATE_BODY
        and body.id != council.agency_id
    ]
    return [council.agency, *near] if council.agency is not None else near


def _saved(act: ControlAct) -> dict[str, Any]:
    texts = {
        f"{what}_{code}": getattr(act, column).get(code, "")
        for what, column in COLUMNS.items()
        for code in LANGUAGES
    }
    return {
        **texts,
        **saved_when(act.gathering),
        "agency": str(act.agency_id),
        "initiator": act.initiator,
        "places": act.gathering.places,
    }


class ParticipantForm(BaseForm):
    role = RadioField(_l("What does this person do?"), validators=[Filled(_l("Choose one."))])
    name = StringField(
        _l("Full name"),
        filters=[one_line],
        validators=[Filled(_l("Enter the name.")), NoHiddenControls(), UpTo(NAME)],
    )
    position = StringField(
        _l("Position, organisation"), filters=[one_line], validators=[NoHiddenControls(), UpTo(NAME)]
    )
    qualification = StringField(
        _l("Degree"),
        description=_l("Which one, and where it was given."),
        filters=[one_line],
        validators=[NoHiddenControls(), UpTo(NAME)],
    )
    years_in_field = IntegerField(
        _l("Years in the field"), validators=[Optional(), NumberRange(min=0, max=80)]
    )

    def details(self) -> Named:
        return Named(
            role=Role(self.role.data),
            name=str(self.name.data),
            position=self.position.data or "",
            qualification=self.qualification.data or "" if "qualification" in self else "",
            years_in_field=self.years_in_field.data if "years_in_field" in self else None,
        )


def participant_form(act: ControlAct) -> ParticipantForm:
    """Only an expert is asked for degree and years."""
    roles = ROLES[act.form]
    form = ParticipantForm(data={"role": roles[0].value if len(roles) == 1 else None})
    form.role.choices = [(role.value, labels.ROLES[role]) for role in roles]
    if Role.EXPERT not in roles:
        del form.qualification, form.years_in_field
    return form


class DocumentForm(BaseForm):
    purpose = RadioField(_l("What is it?"), validators=[Filled(_l("Choose what it is."))])
    caption = StringField(
        _l("What is in it, in a few words"),
        description=_l("Of a photograph: what is to be seen, for those who do not see it."),
        filters=[one_line],
        validators=[NoHiddenControls(), UpTo(CAPTION)],
    )
    file = FileField(_l("File"), description=_l("PDF, DOCX, XLSX, ODT, PNG or JPEG."))

    def upload(self) -> FileStorage | None:
        """What was really chosen: a browser sends an empty part where nothing was."""
        sent = self.file.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None


def document_form(act: ControlAct) -> DocumentForm:
    """The kinds of document that can be added now: the signed one only once the act took place."""
    kinds = [
        purpose
        for purpose in PURPOSES[act.form]
        if (purpose is not Purpose.FINAL or act.state is State.HELD)
        and (purpose is not Purpose.PHOTO or act.state is not State.PREPARING)
    ]
    form = DocumentForm(data={"purpose": kinds[0].value if len(kinds) == 1 else None})
    form.purpose.choices = [(purpose.value, labels.PURPOSES[purpose]) for purpose in kinds]
    return form


def limits_of(rules: CouncilRules) -> dict[str, int]:
    """How many files, and how large, for the page's words."""
    return {"files": rules.limits.attachments, "megabytes": rules.limits.attachment_megabytes}
