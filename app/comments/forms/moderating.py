"""What moderators send: why a comment is hidden, and what comes of the appeal."""

from app import clock
from app.comments.services.hiding import LONGEST_REASON
from app.i18n import _l
from app.law import consultation_rules_in_force
from app.web.fields import RadioField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned

UPHOLD, SHOW_AGAIN = "uphold", "show"


class HideForm(Form):
    reason = RadioField(
        _l("Class of reason"),
        description=_l("Everybody reads it in the place of the comment."),
        validators=[Filled(_l("Choose the class of reason."))],
    )
    explanation = TextAreaField(
        _l("What the author will read"),
        description=_l("Say which words, and why. Only the author and moderators read it."),
        filters=[cleaned],
        validators=[
            Filled(_l("Explain to the author why the comment is hidden.")),
            NoHiddenControls(),
            UpTo(LONGEST_REASON),
        ],
    )

    def details(self) -> tuple[str, str]:
        """The class of the rules, and the explanation."""
        return self.reason.data, self.explanation.data


def hide_form() -> HideForm:
    form = HideForm()
    known = consultation_rules_in_force(clock.today()).hiding_reasons
    form.reason.choices = [(reason.id, str(reason.text)) for reason in known]
    return form


def notes_on_reasons() -> list[dict[str, dict[str, str]]]:
    """What the rules say beside each class, for the radios."""
    known = consultation_rules_in_force(clock.today()).hiding_reasons
    return [{"hint": {"text": str(reason.note)}} if reason.note else {} for reason in known]


class AppealDecisionForm(Form):
    decision = RadioField(
        _l("Your decision"),
        choices=[
            (SHOW_AGAIN, _l("Show the comment again; it cannot be hidden a second time")),
            (UPHOLD, _l("It stays hidden")),
        ],
        validators=[Filled(_l("Choose what happens with the comment."))],
    )
    reason = TextAreaField(
        _l("Your reasons"),
        description=_l("The author reads them."),
        filters=[cleaned],
        validators=[Filled(_l("Write your reasons.")), NoHiddenControls(), UpTo(LONGEST_REASON)],
    )

    def details(self) -> tuple[bool, str]:
        """Whether the hiding was right, and why."""
        return self.decision.data == UPHOLD, self.reason.data
