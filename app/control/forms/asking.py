"""Questions: asking, answering, hiding."""

from typing import cast

from wtforms.validators import InputRequired

from app import clock
from app.control.models import ControlAct, Question
from app.control.services.preparing import rules_of
from app.i18n import _l
from app.law import consultation_rules_in_force
from app.web.fields import RadioField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned


class NothingForm(Form):
    """A step that is only confirmed."""


class AskForm(Form):
    text = TextAreaField()


def ask_form(act: ControlAct) -> AskForm:
    field = TextAreaField(
        _l("Your question"),
        description=_l("One question in a few sentences. It stands here with your name."),
        filters=[cleaned],
        validators=[
            Filled(_l("Write your question.")),
            NoHiddenControls(),
            UpTo(rules_of(act).limits.question_characters),
        ],
    )
    return cast(AskForm, type("AskForm", (AskForm,), {"text": field})())


class SupportForm(Form):
    """Whether somebody wants a question asked."""

    wants = RadioField(choices=[("yes", "yes"), ("no", "no")], validators=[InputRequired()])

    def details(self) -> bool:
        return bool(self.wants.data == "yes")


class AnswerForm(Form):
    answer = TextAreaField()


def answer_form(question: Question) -> AnswerForm:
    field = TextAreaField(
        _l("The answer"),
        filters=[cleaned],
        validators=[
            Filled(_l("Write the answer.")),
            NoHiddenControls(),
            UpTo(rules_of(question.act).limits.answer_characters),
        ],
    )
    made = type("AnswerForm", (AnswerForm,), {"answer": field})
    return cast(AnswerForm, made(data={"answer": question.answer or ""}))


class HideForm(Form):
    reason = RadioField(
        _l("Class of reason"),
        description=_l("Everybody reads it in the place of the question."),
        validators=[Filled(_l("Choose the class of reason."))],
    )


def hide_form() -> HideForm:
    form = HideForm()
    known = consultation_rules_in_force(clock.today()).hiding_reasons
    form.reason.choices = [(reason.id, str(reason.text)) for reason in known]
    return form
