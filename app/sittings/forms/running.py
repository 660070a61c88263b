"""What is sent while a sitting runs: who is there, questions, voices, notes."""

from collections.abc import Mapping, Sequence

from wtforms.validators import Optional

from app.councils.models import Member
from app.i18n import _, _l
from app.law.council_rules import CouncilLimits
from app.sittings import labels
from app.sittings.forms.calling import REASON, ReasonForm, line
from app.sittings.lifecycle import AttendanceKind, Choice
from app.sittings.queries.desk import Room, Seat
from app.web.fields import HiddenField, RadioField, SelectField, StringField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned

PROCEEDINGS, NOTE = 30_000, 300
CHOICES = [(choice.value, label.text) for choice, label in labels.CHOICES.items()]
KINDS = [(kind.value, label.text) for kind, label in labels.ATTENDANCE.items()]


def _member_choices(members: Sequence[Member]) -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in members]


class AttendanceForm(Form):
    """One choice and one note for each member; what is left as it stood is no new entry."""

    @staticmethod
    def names(member: Member) -> tuple[str, str]:
        return f"kind_{member.id}", f"note_{member.id}"

    def boxes(self, seat: Seat) -> tuple[object, object]:
        kind, note = self.names(seat.member)
        return self[kind], self[note]

    def said(self, seat: Seat) -> tuple[AttendanceKind, str | None] | None:
        """What was chosen for the member, if it is anything new."""
        kind, note = self.names(seat.member)
        if not self[kind].data:
            return None
        said = AttendanceKind(self[kind].data), self[note].data or None
        if seat.entry is not None and (seat.entry.kind, seat.entry.note) == said:
            return None
        return said


def attendance_form(room: Room) -> AttendanceForm:
    """A form with the boxes of those who sit today."""
    fields: dict[str, object] = {}
    typed: dict[str, str] = {}
    for seat in room.seats:
        kind, note = AttendanceForm.names(seat.member)
        fields[kind] = SelectField(
            _l("Presence"), choices=[("", _l("Not noted yet")), *KINDS], validators=[Optional()]
        )
        fields[note] = StringField(_l("Note"), filters=[line], validators=[NoHiddenControls(), UpTo(NOTE)])
        if seat.entry is not None:
            typed |= {kind: seat.entry.kind.value, note: seat.entry.note or ""}
    made: type[AttendanceForm] = type("AttendanceOfRoom", (AttendanceForm,), fields)
    return made(data=typed)


class PresidingForm(Form):
    presiding = RadioField(_l("Who presides"), validators=[Filled(_l("Choose who presides."))])

    @classmethod
    def of(cls, members: Sequence[Member], *, chosen: Member | None) -> "PresidingForm":
        form = cls(data={"presiding": str(chosen.id) if chosen is not None else ""})
        form.presiding.choices = _member_choices(members)
        return form


class QuestionForm(Form):
    """The question as it is read out, in both languages."""

    outcome = HiddenField()
    question_kk = TextAreaField(_l("Question in Kazakh"), filters=[cleaned])
    question_ru = TextAreaField(_l("Question in Russian"), filters=[cleaned])

    @classmethod
    def of(cls, limits: CouncilLimits, *, outcome: str, questions: Mapping[str, str]) -> "QuestionForm":
        form = cls(
            data={"outcome": outcome, **{f"question_{code}": text for code, text in questions.items()}}
        )
        for field, empty in (
            (form.question_kk, _l("Enter the question in Kazakh.")),
            (form.question_ru, _l("Enter the question in Russian.")),
        ):
            field.validators = [Filled(empty), NoHiddenControls(), UpTo(limits.question_characters)]
        return form

    def questions(self) -> dict[str, str]:
        return {"kk": self.question_kk.data, "ru": self.question_ru.data}


class VoiceForm(Form):
    """One member's voice in the roll call."""

    member = HiddenField()
    choice = RadioField(
        _l("Voice"), choices=CHOICES, validators=[Filled(_l("Press one of the three buttons."))]
    )
    reason = TextAreaField(
        _l("Reason in the member’s words (may stay empty)"),
        filters=[cleaned],
        validators=[NoHiddenControls()],
    )

    @classmethod
    def of(cls, limits: CouncilLimits, **typed: str) -> "VoiceForm":
        form = cls(data=typed)
        form.reason.validators = [NoHiddenControls(), UpTo(limits.vote_reason_characters)]
        return form


class CorrectionForm(ReasonForm):
    """A slip of the roll call: whose voice, and what it was in truth."""

    member = SelectField(_l("Member"), validators=[Filled(_l("Choose the member."))])
    choice = RadioField(
        _l("The voice that was given"), choices=CHOICES, validators=[Filled(_l("Choose the voice."))]
    )

    @classmethod
    def of(cls, standing: Sequence[tuple[Member, Choice]]) -> "CorrectionForm":
        form = cls()
        form.member.choices = [
            ("", _("Choose")),
            *(
                (
                    str(one.id),
                    _("%(name)s (recorded: %(choice)s)", name=one.name, choice=labels.CHOICES[choice].text),
                )
                for one, choice in standing
            ),
        ]
        return form


class ConflictForm(Form):
    member = SelectField(_l("Member"), validators=[Filled(_l("Choose the member."))])
    reason = TextAreaField(
        _l("What the interest is"),
        description=_l("In the member’s own words. Everybody reads it."),
        filters=[cleaned],
        validators=[Filled(_l("Enter what the interest is.")), NoHiddenControls(), UpTo(REASON)],
    )

    @classmethod
    def of(cls, members: Sequence[Member]) -> "ConflictForm":
        form = cls()
        form.member.choices = [("", _("Choose")), *_member_choices(members)]
        return form


class ProceedingsForm(Form):
    text = TextAreaField(
        _l("What was said"),
        description=_l(
            "Who spoke and what they said, in the council’s working language. It goes into the minutes."
        ),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(PROCEEDINGS)],
    )


class AdditionForm(Form):
    """Words that are put beside the generated minutes."""

    language = RadioField(
        _l("Language"),
        choices=list(labels.LANGUAGES.items()),
        default="kk",
        validators=[Filled(_l("Choose the language."))],
    )
    text = TextAreaField(
        _l("Addition"),
        description=_l(
            "It stands at the end of the minutes with your name and the time, and is not edited any more."
        ),
        filters=[cleaned],
        validators=[Filled(_l("Enter what is to be added.")), NoHiddenControls(), UpTo(PROCEEDINGS)],
    )
