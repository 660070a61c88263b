"""What a candidate sends: the checklist of the requirements, a certificate where one is asked for, and a few words."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.fields import Field
from wtforms.validators import ValidationError

from app.councils.forms.forming import one_line
from app.files.errors import AttachmentRefused
from app.files.labels import REFUSED
from app.files.services import Upload
from app.i18n import LANGUAGE_NAMES, _, _l, current_language
from app.law import CouncilRules, Requirement
from app.web.fields import BooleanField, MultipleFileField, RadioField, StringField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned

NGO = 300


class Confirmed:
    """Refuses a line of the checklist that was not ticked, and names it: several may be open."""

    def __init__(self, requirement: Requirement) -> None:
        self.requirement = requirement

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data:
            raise ValidationError(
                _("Confirm, or do not apply: %(requirement)s", requirement=self.requirement.text)
            )


class Attached:
    """Refuses a requirement whose certificate did not come with the form, and names it."""

    def __init__(self, requirement: Requirement) -> None:
        self.requirement = requirement

    def __call__(self, form: Any, field: Field) -> None:
        if not _files(field.data):
            raise ValidationError(
                _("Attach the certificate: %(requirement)s", requirement=self.requirement.text)
            )


class ApplyForm(Form):
    """Its checklist is made for the level of the council."""

    requirements: Sequence[Requirement] = ()

    @property
    def checklist(self) -> list[tuple[Requirement, Any, Any]]:
        """Each requirement with its tick and, where a certificate is asked for, its files."""
        return [
            (one, self[f"meets_{one.id}"], self[f"file_{one.id}"] if one.is_certified else None)
            for one in self.requirements
        ]

    def confirmed(self) -> list[str]:
        return [one.id for one, tick, _file in self.checklist if tick.data]

    def uploads(self) -> Mapping[str, Sequence[Upload]]:
        return {one.id: _files(files.data) for one, _tick, files in self.checklist if files is not None}

    def show_refused(self, refused: AttachmentRefused) -> None:
        """Says at its field why a file is not kept."""
        certified = [one.id for one in self.requirements if one.is_certified]
        field = self[f"file_{refused.data.get('requirement') or certified[0]}"]
        sentence = str(REFUSED[refused.reason])
        field.errors = [f"{refused.file_name}: {sentence}" if refused.file_name else sentence]


def _files(sent: Any) -> list[Upload]:
    """What was really chosen: an empty box sends a file without a name."""
    return [one for one in sent or () if isinstance(one, FileStorage) and one.filename]


def apply_form(rules: CouncilRules, requirements: Sequence[Requirement]) -> ApplyForm:
    """The form with the checklist of `requirements`, as it was sent or empty."""
    fields: dict[str, Any] = {}
    for one in requirements:
        fields[f"meets_{one.id}"] = BooleanField(str(one.text), validators=[Confirmed(one)])
        if one.is_certified:
            fields[f"file_{one.id}"] = MultipleFileField(
                _("Certificate: %(requirement)s", requirement=one.text), validators=[Attached(one)]
            )
    fields["ngo"] = StringField(
        _l("Organisation that puts you forward (may stay empty)"),
        description=_l("One organisation may put several candidates forward; one of them can get a seat."),
        filters=[one_line],
        validators=[NoHiddenControls(), UpTo(NGO)],
    )
    fields["statement"] = TextAreaField(
        _l("Why do you want this seat?"),
        description=_l("Who you are, what you have done, and what you want to do in the council."),
        filters=[cleaned],
        validators=[
            Filled(_l("Write a few words to the working group and the public.")),
            NoHiddenControls(),
            UpTo(rules.limits.application_characters),
        ],
    )
    fields["language"] = RadioField(
        _l("In which language did you write?"),
        choices=list(LANGUAGE_NAMES.items()),
        default=current_language(),
        validators=[Filled(_l("Choose the language."))],
    )
    form: ApplyForm = type("ApplyForm", (ApplyForm,), fields)()
    form.requirements = requirements
    return form
