"""What a member sends: that they are there, their voice, an interest of their own, an opinion, a dissent."""

from wtforms.fields import Field
from wtforms.validators import AnyOf, Optional

from app.i18n import _l, current_language
from app.law.council_rules import CouncilLimits
from app.sittings import labels
from app.sittings.lifecycle import Choice
from app.web.fields import HiddenField, RadioField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned

CHOICES = [choice.value for choice in Choice]
HOWS = ("room", "remote")


def _limit(field: Field, characters: int) -> None:
    """Limits stand in the rules in force, so they are set per request."""
    field.validators = [*field.validators, UpTo(characters)]
    field.flags.maxlength = characters


class CheckInForm(Form):
    """Which of the two buttons was pressed; `item` leads back to the vote that was waited for."""

    how = HiddenField(validators=[AnyOf(HOWS)])
    item = HiddenField()

    @property
    def is_remote(self) -> bool:
        return bool(self.how.data == "remote")

    @property
    def item_id(self) -> int | None:
        written = str(self.item.data or "")
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


class VoteForm(Form):
    """The button that was pressed, and the voice that the page had shown."""

    choice = HiddenField(validators=[AnyOf(CHOICES)])
    seen = HiddenField(validators=[Optional(), AnyOf(CHOICES)])
    reason = TextAreaField(
        _l("Your reason"),
        description=_l("It is read with your vote, after the vote is closed."),
        filters=[cleaned],
        validators=[NoHiddenControls()],
    )

    def details(self) -> tuple[Choice, Choice | None, str]:
        """The voice, the one that was seen before, and the reason."""
        seen = Choice(self.seen.data) if self.seen.data else None
        return Choice(self.choice.data), seen, self.reason.data or ""


def vote_form(limits: CouncilLimits) -> VoteForm:
    form = VoteForm()
    _limit(form.reason, limits.vote_reason_characters)
    return form


class InterestForm(Form):
    reason = TextAreaField(
        _l("What interest is it?"),
        description=_l(
            "A sentence is enough, for example that a relative of yours works there. Everybody reads it."
        ),
        filters=[cleaned],
        validators=[Filled(_l("Say what interest it is.")), NoHiddenControls()],
    )


def interest_form(limits: CouncilLimits) -> InterestForm:
    form = InterestForm()
    _limit(form.reason, limits.vote_reason_characters)
    return form


class TextForm(Form):
    """An opinion or a dissent, in one of the two languages of the minutes."""

    language = RadioField(_l("In which language do you write?"), choices=list(labels.LANGUAGES.items()))
    text = TextAreaField(
        _l("Your words"),
        filters=[cleaned],
        validators=[Filled(_l("Write what you want to say.")), NoHiddenControls()],
    )


def text_form(*, text: str, language: str | None, longest: int) -> TextForm:
    """With the words that were sent before, if any."""
    spoken = current_language() if current_language() in labels.LANGUAGES else "kk"
    form = TextForm(data={"text": text, "language": language or spoken})
    _limit(form.text, longest)
    return form
