"""What people send about proposals. Limits come from the rules in force, so forms are made per request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from app import clock
from app.agencies import queries as agencies
from app.agencies.models import Agency
from app.comments.errors import TextMissing as ReasonTooShort
from app.comments.services.reasons import SHORTEST_REASON
from app.councils import queries as councils
from app.councils.models import Council
from app.errors import DomainError
from app.i18n import LANGUAGE_NAMES, _, _l, current_language, ngettext
from app.law import council_rules_in_force
from app.proposals.errors import AddresseeGone, AddresseeMissing, SameAddressee, TextMissing, TooLong
from app.proposals.labels import ANSWERS
from app.proposals.lifecycle import Action
from app.proposals.queries.listing import Facet, Order, Wish
from app.proposals.services import hiding
from app.territories import queries as territories
from app.text import topics
from app.text.normalize import shown_line
from app.web.fields import RadioField, SelectField, StringField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, WebAddress, cleaned

LONGEST_SEARCH = 200
LONGEST_LINK = 500
Choice = TypeVar("Choice", Facet, Order)
Addressees = Sequence[Council | Agency]


@dataclass(frozen=True, slots=True)
class ProposalWords:
    title: str
    text: str
    language: str
    topic: str
    region_code: str | None


class WordsForm(Form):
    """The first step, by GET: what it is about, so that similar ones and whoever is competent can be shown."""

    class Meta(Form.Meta):
        # It changes nothing, and its answer has an address.
        csrf = False

    title = StringField(
        _l("What do you propose?"),
        description=_l("In one sentence. For example: put a pedestrian crossing near the school."),
        filters=[cleaned],
        validators=[Filled(_l("Write in one sentence what you propose.")), NoHiddenControls()],
    )
    topic = SelectField(_l("Topic"), filters=[lambda one: one or ""])
    region = SelectField(_l("Where?"), filters=[lambda one: one or ""])


class SendForm(Form):
    """The second step: the words as they will stand, and who is to answer."""

    title = StringField(
        _l("What do you propose?"),
        filters=[cleaned],
        validators=[Filled(_l("Write in one sentence what you propose.")), NoHiddenControls()],
    )
    text = TextAreaField(
        _l("Describe it"),
        description=_l("What is wrong now, what should be done, and whom it would help."),
        filters=[cleaned],
        validators=[Filled(_l("Describe what you propose.")), NoHiddenControls()],
    )
    addressee = RadioField(
        _l("Who is to answer?"), validators=[Filled(_l("Choose the council or body that is to answer."))]
    )
    language = RadioField(
        _l("Language of your proposal"),
        choices=list(LANGUAGE_NAMES.items()),
        validators=[Filled(_l("Choose the language of your proposal."))],
    )
    topic = SelectField(_l("Topic"), filters=[lambda one: one or ""])
    region = SelectField(_l("Where?"), filters=[lambda one: one or ""])

    def details(self) -> ProposalWords:
        return ProposalWords(
            title=shown_line(self.title.data),
            text=self.text.data,
            language=self.language.data,
            topic=self.topic.data or guessed_topic(self.title.data),
            region_code=self.region.data or None,
        )


class AnswerForm(Form):
    """What the addressee does with a proposal that waits."""

    act = RadioField(_l("What do you do with it?"), validators=[Filled(_l("Choose what you do with it."))])
    words = TextAreaField(
        _l("What you say to the author and everybody"),
        description=_l(
            "If you take it up: what happens next, and when. If you decline it or send it on: why. Everybody reads it."
        ),
        filters=[cleaned],
        validators=[Filled(_l("Write what happens next, or why.")), NoHiddenControls()],
    )
    language = RadioField(
        _l("Language of your words"),
        choices=list(LANGUAGE_NAMES.items()),
        validators=[Filled(_l("Choose the language of your words."))],
    )
    addressee = RadioField(_l("If you send it on: to whom?"), validate_choice=False)


class ResultForm(Form):
    """What came of a proposal that was taken up."""

    words = TextAreaField(
        _l("What came of it?"),
        description=_l("What was done and what was not. Everybody reads it."),
        filters=[cleaned],
        validators=[Filled(_l("Write what came of it.")), NoHiddenControls()],
    )
    link = StringField(
        _l("Address of a page that shows it, if there is one"),
        filters=[cleaned],
        validators=[WebAddress(), UpTo(LONGEST_LINK)],
    )


class HideForm(Form):
    """Why a moderator takes the words out of sight."""

    reason = RadioField(
        _l("Class of reason"),
        description=_l("Everybody reads it in the place of the proposal."),
        validators=[Filled(_l("Choose the class of reason."))],
    )
    explanation = TextAreaField(
        _l("What the author will read"),
        description=_l("Say which words, and why. Only the author and moderators read it."),
        filters=[cleaned],
        validators=[
            Filled(_l("Explain to the author why the proposal is hidden.")),
            NoHiddenControls(),
        ],
    )


def words_form(asked: Any) -> WordsForm:
    form = WordsForm(asked)
    _limit(form.title, council_rules_in_force(clock.today()).limits.proposal_title_characters)
    _put_choices(form)
    return form


def send_form(values: Mapping[str, str] | None = None) -> SendForm:
    """The posted form; for the first look the `values` of the step before."""
    form = SendForm(data={"language": current_language(), **(values or {})})
    limits = council_rules_in_force(clock.today()).limits
    _limit(form.title, limits.proposal_title_characters)
    _limit(form.text, limits.proposal_text_characters)
    _put_choices(form)
    return form


def answer_form(acts: Sequence[Action]) -> AnswerForm:
    form = AnswerForm(data={"language": current_language()})
    form.act.choices = [(act.value, ANSWERS[act]) for act in acts]
    _limit(form.words, council_rules_in_force(clock.today()).limits.answer_characters)
    return form


def result_form() -> ResultForm:
    form = ResultForm()
    _limit(form.words, council_rules_in_force(clock.today()).limits.answer_characters)
    return form


def hide_form() -> HideForm:
    form = HideForm()
    known = hiding.reasons(clock.today())
    form.reason.choices = [(reason.id, str(reason.text)) for reason in known]
    _limit(form.explanation, council_rules_in_force(clock.today()).limits.answer_characters)
    return form


def notes_on_reasons() -> list[dict[str, dict[str, str]]]:
    """What the rules say beside each class, for the radios."""
    known = hiding.reasons(clock.today())
    return [{"hint": {"text": str(reason.note)}} if reason.note else {} for reason in known]


def offer(form: SendForm | AnswerForm, addressees: Addressees) -> list[dict[str, dict[str, str]]]:
    """Puts the councils and bodies up for choice; the radios' hints: at which body each council stands."""
    form.addressee.choices = [(value_of(one), one.name) for one in addressees]
    return [
        {"hint": {"text": _("Public council")}}
        if isinstance(one, Council)
        else {"hint": {"text": _("State body")}}
        for one in addressees
    ]


def value_of(addressee: Council | Agency) -> str:
    """How a form names a council or a body; `queries.addressed` reads it."""
    return f"{'council' if isinstance(addressee, Council) else 'body'}:{addressee.slug}"


def guessed_topic(text: str) -> str:
    return next(iter(topics.topics_of(text)), "other")


def _put_choices(form: WordsForm | SendForm) -> None:
    form.topic.choices = [
        ("", _("By my words")),
        *((topic.id, topic.name) for topic in topics.topics()),
    ]
    form.region.choices = [("", _("The whole country")), *territories.region_names().items()]


def _limit(field: Any, characters: int) -> None:
    validator = UpTo(characters)
    field.validators = [*field.validators, validator]
    field.flags.maxlength = characters


def explain(form: Form, refused: DomainError) -> bool:
    """Says at its field why the words are not taken; False if it is not about one of them."""
    name = str(refused.data.get("field", ""))
    if name not in form:
        return False
    match refused:
        case TooLong():
            over = cast(int, refused.data["length"]) - cast(int, refused.data["limit"])
            said = ngettext(
                "This text is %(num)s character too long.", "This text is %(num)s characters too long.", over
            )
        case ReasonTooShort():
            said = ngettext(
                "Write at least %(num)s character.", "Write at least %(num)s characters.", SHORTEST_REASON
            )
        case TextMissing():
            said = _("Write something.")
        case AddresseeMissing():
            said = _("Choose the council or body that is to answer.")
        case AddresseeGone():
            said = _("This council or body does not work any more. Choose another one.")
        case SameAddressee():
            said = _("It has the proposal already. Choose another council or body.")
        case _:
            return False
    form[name].errors = [*form[name].errors, said]
    return True


def wish_of(args: Mapping[str, str]) -> Wish:
    """The wish that an address carries; what it misspells is left out, because a list can always be shown."""
    council = councils.by_slug(shown_line(args["council"])) if args.get("council") else None
    body = agencies.by_slug(shown_line(args["body"])) if args.get("body") else None
    return Wish(
        facet=one_of(Facet, args.get("state"), Facet.ALL),
        words=shown_line(args.get("q", ""))[:LONGEST_SEARCH],
        topic=args.get("topic", "") if topics.topic(args.get("topic", "")) else "",
        region=args.get("region", "") if args.get("region") in territories.region_codes() else "",
        council_id=council.id if council else None,
        agency_id=body.id if body else None,
        order=one_of(Order, args.get("order"), Order.SUPPORT),
    )


def one_of(kind: type[Choice], value: str | None, otherwise: Choice) -> Choice:
    try:
        return kind(value or otherwise)
    except ValueError:
        return otherwise
