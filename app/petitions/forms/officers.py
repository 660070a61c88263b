"""What the addressee's officers and head send: registration, steps, an extension, the decision, statement, letter."""

from dataclasses import dataclass
from datetime import date

from wtforms.validators import Optional

from app.i18n import LANGUAGE_NAMES, _, _l
from app.law.rules import ReviewStep
from app.petitions import labels
from app.petitions.models import AnswerKind, Decision, Outcome, Petition, StepState
from app.petitions.services.reviewing import TEXT_PARTS, AnswerDraft, DecisionDraft
from app.web.fields import (
    DateField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, WebAddress, cleaned

LINE = 200
NOTE = 4000
TEXT = 20000


def words_up_to(characters: int) -> list[object]:
    return [NoHiddenControls(), UpTo(characters)]


class RegisterForm(Form):
    registration_number = StringField(
        _l("Number in your register"),
        description=_l("As it stands in your own books, for example ЖТ-2026-117."),
        filters=[cleaned],
        validators=[
            Filled(_l("Enter the number under which you registered the petition.")),
            *words_up_to(60),
        ],
    )


@dataclass(frozen=True, slots=True)
class StepEntry:
    step: str
    state: StepState
    on: date
    place: str
    note: str


class StepForm(Form):
    """One entry about one step of the review."""

    step = SelectField(_l("Step"), validators=[Filled(_l("Choose the step."))])
    state = RadioField(
        _l("What do you record?"),
        choices=[
            (StepState.ANNOUNCED.value, _l("It is announced for a day")),
            (StepState.DONE.value, _l("It is done")),
            (StepState.NOT_NEEDED.value, _l("It is not needed")),
        ],
        validators=[Filled(_l("Choose what you record."))],
    )
    on = DateField(_l("Day"), validators=[Filled(_l("Enter the day."))])
    place = StringField(
        _l("Place"),
        description=_l("For an announcement: the address, or the link if it is held online, and the hour."),
        filters=[cleaned],
        validators=words_up_to(LINE),
    )
    note = TextAreaField(
        _l("What was done, or why it is not needed"),
        description=_l("Everybody reads it. Do not name private persons."),
        filters=[cleaned],
        validators=words_up_to(NOTE),
    )

    @classmethod
    def for_steps(cls, steps: tuple[ReviewStep, ...], *, is_sent: bool = True) -> "StepForm":
        """The form with these steps to choose from; empty if something else than this form `is_sent`."""
        form = cls(prefix="step-") if is_sent else cls(formdata=None, prefix="step-")
        form.step.choices = [("", str(_("Choose a step"))), *((step.id, str(step.text)) for step in steps)]
        return form

    def details(self) -> StepEntry:
        assert self.on.data is not None  # noqa: S101  the form is valid
        return StepEntry(
            step=self.step.data,
            state=StepState(self.state.data),
            on=self.on.data,
            place=self.place.data or "",
            note=self.note.data or "",
        )


@dataclass(frozen=True, slots=True)
class Extension:
    to: date
    reason: str


class ExtensionForm(Form):
    to = DateField(_l("New last day"), validators=[Filled(_l("Enter the new last day."))])
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Everybody reads it beside the new date."),
        filters=[cleaned],
        validators=[Filled(_l("Say why the decision needs more time.")), *words_up_to(NOTE)],
    )

    def details(self) -> Extension:
        assert self.to.data is not None  # noqa: S101  the form is valid
        return Extension(to=self.to.data, reason=self.reason.data)


@dataclass(frozen=True, slots=True)
class Statement:
    text: str
    link: str | None
    on: date


class StatementForm(Form):
    text = TextAreaField(
        _l("Text of the statement"),
        filters=[cleaned],
        validators=[Filled(_l("Enter the text of the statement.")), *words_up_to(TEXT)],
    )
    on = DateField(_l("Day on which it was made"), validators=[Filled(_l("Enter the day."))])
    link = StringField(
        _l("Link to the recording or the publication"),
        description=_l("May stay empty."),
        filters=[cleaned],
        validators=[UpTo(500), WebAddress()],
    )

    def details(self) -> Statement:
        assert self.on.data is not None  # noqa: S101  the form is valid
        return Statement(text=self.text.data, link=self.link.data or None, on=self.on.data)


class LetterForm(Form):
    text = TextAreaField(
        _l("Text of the answer"),
        filters=[cleaned],
        validators=[Filled(_l("Enter the answer.")), *words_up_to(TEXT)],
    )


class AnswerForm(Form):
    """The box of one demand. Everything may be empty while the decision is a draft."""

    class Meta(Form.Meta):
        # Part of the decision's form, which carries the token.
        csrf = False

    kind = RadioField(
        _l("Answer"),
        choices=[(kind.value, label.text) for kind, label in labels.ANSWER_KINDS.items()],
        validators=[Optional()],
    )
    text = TextAreaField(
        _l("Answer in words"),
        description=_l("What is done about this demand, or why it is not done."),
        filters=[cleaned],
        validators=words_up_to(TEXT),
    )
    responsible = StringField(
        _l("Who does it"),
        description=_l("Needed where the demand is accepted, or where another body decides."),
        filters=[cleaned],
        validators=words_up_to(LINE),
    )
    by_when = DateField(
        _l("By when"), description=_l("Needed where the demand is accepted."), validators=[Optional()]
    )


class DecisionForm(Form):
    """The whole decision: one box per demand, and the parts that the law requires."""

    revision = HiddenField()
    language = RadioField(_l("Language of the decision"), validators=[Filled(_l("Choose the language."))])
    outcome = RadioField(
        _l("The decision as a whole"),
        choices=[(outcome.value, label.text) for outcome, label in labels.OUTCOMES.items()],
        validators=[Optional()],
    )
    answers = FieldList(FormField(AnswerForm))
    facts = TextAreaField(_l("Facts"), filters=[cleaned], validators=words_up_to(TEXT))
    reasons = TextAreaField(_l("Reasons"), filters=[cleaned], validators=words_up_to(TEXT))
    legal_basis = TextAreaField(_l("Legislation"), filters=[cleaned], validators=words_up_to(TEXT))
    appeal = TextAreaField(_l("How to complain"), filters=[cleaned], validators=words_up_to(TEXT))
    signed_by = StringField(
        _l("Signed by"),
        description=_l("Name and office of the first head who decides."),
        filters=[cleaned],
        validators=words_up_to(LINE),
    )

    @classmethod
    def of(cls, petition: Petition, decision: Decision | None) -> "DecisionForm":
        """The form as it was sent, else as the draft was saved."""
        form = cls(data=_saved(petition, decision))
        while len(form.answers) < len(petition.demands):
            form.answers.append_entry()
        # The state language, or the language of the petition (APPC art. 90-6(2)).
        codes = dict.fromkeys(["kk", petition.language])
        form.language.choices = [(code, LANGUAGE_NAMES[code]) for code in codes]
        return form

    @staticmethod
    def part_names() -> dict[str, str]:
        """What the boxes of text are called, where they are read and not written."""
        return {part: str(getattr(DecisionForm, part).args[0]) for part in TEXT_PARTS}

    def details(self, petition: Petition) -> DecisionDraft:
        return DecisionDraft(
            language=self.language.data,
            outcome=Outcome(self.outcome.data) if self.outcome.data else None,
            parts={part: self[part].data or "" for part in TEXT_PARTS},
            signed_by=self.signed_by.data or "",
            answers=[
                AnswerDraft(
                    demand_id=demand.id,
                    kind=AnswerKind(box.form.kind.data) if box.form.kind.data else None,
                    text=box.form.text.data or "",
                    responsible=box.form.responsible.data or "",
                    by_when=box.form.by_when.data,
                )
                for demand, box in zip(petition.demands, self.answers, strict=False)
            ],
            revision=number_of(self.revision.data),
        )


def number_of(revision: str | None) -> int:
    """The revision that a form carries; 0, which is nobody's newest, for anything that is no small number."""
    return int(revision) if revision and revision.isdecimal() and len(revision) < 10 else 0


def _saved(petition: Petition, decision: Decision | None) -> dict[str, object]:
    if decision is None:
        return {"revision": "0", "language": petition.language if petition.language != "en" else "kk"}
    answers = {answer.demand_id: answer for answer in decision.answers}
    return {
        "revision": str(decision.revision),
        "language": decision.language,
        "outcome": decision.outcome.value if decision.outcome else None,
        "signed_by": decision.signed_by,
        **{part: decision.parts.get(part, "") for part in TEXT_PARTS},
        "answers": [
            {
                "kind": answer.kind.value if answer.kind else None,
                "text": answer.text,
                "responsible": answer.responsible,
                "by_when": answer.by_when,
            }
            if (answer := answers.get(demand.id))
            else {}
            for demand in petition.demands
        ],
    }
