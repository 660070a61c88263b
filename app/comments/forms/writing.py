"""What the author of a comment sends. Limits come from the rules in force, so forms are made per request."""

from dataclasses import dataclass
from typing import Any, cast

from werkzeug.datastructures import FileStorage

from app import clock
from app.comments.errors import OrganisationMissing, ProposalWithoutPlace, TextMissing, TooLong
from app.comments.labels import AUTHOR_KINDS
from app.comments.models import Anchor, AuthorKind, Comment
from app.comments.services.posting import CommentWords
from app.comments.subjects import Place
from app.errors import DomainError
from app.files.errors import AttachmentRefused
from app.files.labels import REFUSED
from app.i18n import LANGUAGE_NAMES, _, _l, current_language, ngettext
from app.law import ConsultationLimits, consultation_rules_in_force
from app.text.normalize import shown, shown_line
from app.web.fields import FileField, HiddenField, RadioField, StringField, TextAreaField
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned

# The column of the shown name.
ORGANISATION = 200
LARGEST_NUMBER = 2**31


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where a comment is to stand, as an address or a hidden field says it: nothing of it is known to be true.

    `quote` may be the beginning of a longer selection, of `length` characters: an address cannot hold them all.
    """

    path: str = ""
    version: int | None = None
    language: str = ""
    quote: str = ""
    start: int = 0
    length: int = 0

    @classmethod
    def of(cls, values: Any) -> "Chosen":
        language = values.get("read_in", "")
        return cls(
            path=shown_line(values.get("clause") or "")[:200],
            version=whole(values.get("version")) or None,
            language=language if language in LANGUAGE_NAMES else "",
            quote=shown(values.get("quote") or ""),
            start=whole(values.get("start")),
            length=whole(values.get("length")),
        )

    def quoted_in(self, place: Place) -> str | None:
        """The selected words as they stand in the clause; None if they do not. Empty if none were selected."""
        if not self.quote:
            return ""
        if (words := _found(self.quote, place.text, self.start)) is None:
            return None
        at, end = words
        return place.text[at : max(end, at + self.length)]

    def anchor(self) -> Anchor | None:
        """What the service checks; None for the whole."""
        if not self.path:
            return None
        return Anchor(
            key="",
            path=self.path,
            version=self.version or 0,
            language=self.language or current_language(),
            exact=self.quote,
            start=self.start,
        )


def whole(value: Any) -> int:
    """A number that an address or a hidden field carries; 0 for what is none."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _found(quote: str, text: str, start: int) -> tuple[int, int] | None:
    """The passage nearest to where it was selected."""
    places = []
    at = text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        return None
    nearest = min(places, key=lambda place: abs(place - start))
    return nearest, nearest + len(quote)


def limits_now() -> ConsultationLimits:
    return consultation_rules_in_force(clock.today()).limits


class WordsForm(Form):
    """Words, and what they would put in the place of others."""

    clause = HiddenField()
    version = HiddenField()
    read_in = HiddenField()
    quote = HiddenField()
    start = HiddenField()
    attachment = FileField(_l("A file, if you like"))
    author_kind = RadioField(
        _l("Who speaks?"),
        description=_l("Shown with your comment as you state it here; nobody checks it."),
        choices=[(kind.value, name) for kind, name in AUTHOR_KINDS.items()],
        default=AuthorKind.CITIZEN.value,
        validators=[Filled(_l("Choose who speaks."))],
    )
    organisation = StringField(
        _l("Name of the organisation, council or chamber"),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(ORGANISATION)],
    )
    language = RadioField(
        _l("Language of your comment"),
        choices=list(LANGUAGE_NAMES.items()),
        validators=[Filled(_l("Choose the language of your comment."))],
    )
    # The wording that the box held when it was opened: sent back as it was, it proposes nothing.
    wording = ""

    def chosen(self) -> Chosen:
        """Where the form says that the comment stands; the words of a selection are whole here."""
        return Chosen.of(
            {name: self[name].data for name in ("clause", "version", "read_in", "quote", "start")}
        )

    def details(self) -> CommentWords:
        return CommentWords(
            text=self["text"].data,
            language=self.language.data,
            proposed=proposed(self, self.wording),
            author_kind=AuthorKind(self.author_kind.data),
            organisation=self.organisation.data or "",
        )

    def file(self) -> FileStorage | None:
        """What was really chosen: a browser sends an empty part where nothing was."""
        sent = self.attachment.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None

    def leave_selection(self, place: Place) -> None:
        """From here on it is about the clause as a whole."""
        if proposed(self, self.wording) is None:
            self["proposed"].data = place.text
        self.quote.data, self.start.data, self.wording = "", "", place.text

    def leave_place(self) -> None:
        """From here on it is about the whole."""
        for name in ("clause", "version", "read_in", "quote", "start"):
            self[name].data = ""


def words_form(chosen: Chosen, place: Place | None, *, sent: bool) -> WordsForm:
    """The form for a place; when it is first shown (not `sent`) the other wording begins with the one there is."""
    limits = limits_now()
    wording = (chosen.quote or place.text) if place else ""
    fields = {"text": _text_field(_("Your comment"), limits.comment_characters)}
    if place is not None:
        fields["proposed"] = _proposed_field(limits)
    known = {
        "clause": chosen.path,
        "version": str(chosen.version or ""),
        "read_in": chosen.language,
        "quote": chosen.quote,
        "start": str(chosen.start or ""),
        "language": current_language(),
        "proposed": wording if len(wording) <= limits.proposed_wording_characters else "",
    }
    made = type("WordsForm", (WordsForm,), fields)
    form = cast(WordsForm, made(data=known) if sent else made(formdata=None, data=known))
    form.wording = wording
    return form


class ReplyForm(Form):
    language = RadioField(
        _l("Language of your reply"),
        choices=list(LANGUAGE_NAMES.items()),
        validators=[Filled(_l("Choose the language of your reply."))],
    )

    def details(self) -> tuple[str, str]:
        """The words and their language."""
        return self["text"].data, self.language.data


def reply_form(comment: Comment) -> ReplyForm:
    """Its names are its own: several may be open on one page."""
    field = _text_field(_("Your reply"), limits_now().reply_characters)
    made = type("ReplyForm", (ReplyForm,), {"text": field})
    return cast(ReplyForm, made(prefix=f"to{comment.id}", data={"language": current_language()}))


class EditForm(Form):
    """The words anew; where they stand stays."""

    wording = ""

    def details(self) -> tuple[str, str | None]:
        """The words, and the other wording."""
        return self["text"].data, proposed(self, self.wording)


def edit_form(comment: Comment, wording: str) -> EditForm:
    limits = limits_now()
    longest = limits.comment_characters if comment.parent_id is None else limits.reply_characters
    fields = {"text": _text_field(_("Your words"), longest)}
    if comment.anchor_key is not None:
        fields["proposed"] = _proposed_field(limits)
    before = wording if len(wording) <= limits.proposed_wording_characters else ""
    made = type("EditForm", (EditForm,), fields)
    form = cast(EditForm, made(data={"text": comment.text, "proposed": comment.proposed or before}))
    form.wording = wording
    return form


class AppealForm(Form):
    def details(self) -> str:
        return str(self["text"].data)


def appeal_form() -> AppealForm:
    field = TextAreaField(
        _("Why should it be shown again?"),
        description=_(
            "Another moderator reads it, with your comment and the reason for which it was hidden."
        ),
        filters=[cleaned],
        validators=[
            Filled(_("Write why it should be shown again.")),
            NoHiddenControls(),
            UpTo(limits_now().appeal_characters),
        ],
    )
    return cast(AppealForm, type("AppealForm", (AppealForm,), {"text": field})())


def proposed(form: Form, wording: str) -> str | None:
    """The other wording; what stands there already proposes nothing."""
    if "proposed" not in form:
        return None
    words = shown(form["proposed"].data or "")
    return words if words and words.split() != shown(wording).split() else None


def explain(form: Form, refused: DomainError) -> bool:
    """Says at its field why the words are not taken; False if it is not about one of them."""
    if isinstance(refused, AttachmentRefused):
        name = refused.file_name or _("A file without a name")
        reason = str(REFUSED[refused.reason])
        _say(form, "attachment", _("%(file)s was not added. %(reason)s", file=name, reason=reason))
        return True
    field = str(refused.data.get("field", ""))
    if field not in form:
        return False
    match refused:
        case TooLong() if field == "quote":
            limit = _number(refused, "limit")
            said = ngettext(
                "Select at most %(num)s character of the text.",
                "Select at most %(num)s characters of the text.",
                limit,
            )
        case TooLong():
            over = _number(refused, "length") - _number(refused, "limit")
            said = ngettext(
                "This text is %(num)s character too long.", "This text is %(num)s characters too long.", over
            )
        case TextMissing():
            shortest = _number(refused, "shortest")
            said = (
                ngettext("Write at least %(num)s character.", "Write at least %(num)s characters.", shortest)
                if shortest > 1
                else _("Write something.")
            )
        case OrganisationMissing():
            said = _("Write for whom you speak.")
        case ProposalWithoutPlace():
            said = _("Other words can be proposed for a clause: choose one in the text first.")
        case _:
            return False
    _say(form, field, said)
    return True


def _number(refused: DomainError, name: str) -> int:
    return int(str(refused.data[name]))


def _say(form: Form, field: str, words: str) -> None:
    form[field].errors = [*form[field].errors, words]


def _text_field(label: str, longest: int) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[cleaned],
        validators=[Filled(_("Write what you want to say.")), NoHiddenControls(), UpTo(longest)],
    )


def _proposed_field(limits: ConsultationLimits) -> TextAreaField:
    return TextAreaField(
        _("The words that you propose instead"),
        description=_("Change the words below. Left as they are, they propose nothing."),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(limits.proposed_wording_characters)],
    )
