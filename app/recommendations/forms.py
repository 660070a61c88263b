"""What officers send: the answer to one recommendation."""

from datetime import date
from typing import cast

from app import clock
from app.errors import DomainError
from app.i18n import LANGUAGE_NAMES, _, _l, current_language, ngettext
from app.law import council_rules_in_force
from app.recommendations.errors import DayMissing, TextMissing, TooLong
from app.recommendations.labels import ANSWER_KINDS
from app.recommendations.lifecycle import AnswerKind
from app.recommendations.models import RecommendationAnswer
from app.recommendations.services.answering import AnswerWords
from app.recommendations.services.listing import OBLIGATORY
from app.web.fields import DateField, HiddenField, RadioField, TextAreaField
from app.web.filters import day
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned


class AnswerForm(Form):
    """Which boxes must be filled depends on the decision; the service says so at the box. The boxes are added per
    request, in the order in which they are read."""

    revision = HiddenField()
    kind = RadioField(
        _l("Decision on the recommendation"),
        choices=[(kind.value, label.text) for kind, label in ANSWER_KINDS.items()],
        validators=[Filled(_l("Choose what becomes of the recommendation."))],
    )

    def details(self) -> AnswerWords:
        revision = str(self.revision.data or "")
        return AnswerWords(
            kind=AnswerKind(self.kind.data),
            language=self["language"].data,
            change=self["change"].data or "",
            by_when=self["by_when"].data,
            reasons=self["reasons"].data or "",
            revision=int(revision) if revision.isdecimal() and len(revision) < 9 else 0,
        )


def answer_form(answer: RecommendationAnswer | None) -> AnswerForm:
    """The form as it stands saved, or empty."""
    longest = council_rules_in_force(clock.today()).limits.answer_characters
    fields = {
        "change": _words(
            _("What changes"),
            _("Write what your body will do, so that anybody can see later whether it is done."),
            longest,
        ),
        "by_when": DateField(
            _("By when"), description=_("The day by which it is done. Leave it empty if nothing is accepted.")
        ),
        "reasons": _words(
            _("Reasons"),
            _("Why it is not accepted, or not as a whole. A recommendation accepted as a whole needs none."),
            longest,
        ),
        "language": RadioField(
            _("Language of the answer"),
            choices=[(language, LANGUAGE_NAMES[language]) for language in OBLIGATORY],
            validators=[Filled(_("Choose the language of the answer."))],
        ),
    }
    made = type("AnswerForm", (AnswerForm,), fields)
    reader = current_language()
    known: dict[str, object] = {
        "revision": str(answer.revision if answer else 0),
        "language": answer.language if answer else reader if reader in OBLIGATORY else OBLIGATORY[0],
    }
    if answer is not None:
        known |= {
            "kind": answer.kind.value,
            "change": answer.change,
            "by_when": answer.by_when,
            "reasons": answer.reasons,
        }
    return cast(AnswerForm, made(data=known))


def explain(form: Form, refused: DomainError) -> bool:
    """Says at its field why the answer is not taken; False if it is not about one of them."""
    name = str(refused.data.get("field", ""))
    if name not in form:
        return False
    match refused:
        case DayMissing(data={"earliest": date() as earliest}):
            said = _("Enter a day, not before %(day)s.", day=day(earliest))
        case TextMissing(data={"shortest": int(shortest)}):
            said = ngettext(
                "This answer needs at least %(num)s character here.",
                "This answer needs at least %(num)s characters here.",
                shortest,
            )
        case TooLong(data={"limit": int(limit), "length": int(length)}):
            said = ngettext(
                "This text is %(num)s character too long.",
                "This text is %(num)s characters too long.",
                length - limit,
            )
        case _:
            return False
    form[name].errors = [*form[name].errors, said]
    return True


def _words(label: str, description: str, longest: int) -> TextAreaField:
    return TextAreaField(
        label,
        description=description,
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(longest)],
    )
