"""What officers send: an answer, a template of one; and what the head wants changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from app import clock
from app.comments.errors import PlaceGone
from app.comments.forms.writing import explain, limits_now, whole
from app.comments.labels import ANSWER_KINDS
from app.comments.lifecycle import AnswerKind
from app.comments.models import Answer, AnswerTemplate, Thread
from app.comments.services.answering import AnswerDraft
from app.comments.services.templates import LONGEST_TITLE, TemplateWords
from app.comments.subjects import subject_of
from app.errors import DomainError
from app.i18n import LANGUAGE_NAMES, _, _l, current_language
from app.law import consultation_rules_in_force
from app.text.normalize import shown_line
from app.web.fields import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned

# So many clauses on either side of the commented one are offered; a code of laws has thousands.
NEAR = 40
SHORT = 90
KINDS = [(kind.value, label.text) for kind, label in ANSWER_KINDS.items()]


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses that a comment can have changed: those of the newest version, in reading order.

    `near` are offered for choosing, `every` can be named too.
    """

    version: int
    near: Mapping[str, str]
    every: Mapping[str, str]

    @property
    def is_cut(self) -> bool:
        return len(self.near) < len(self.every)

    def named(self, words: str) -> str:
        """The key of the clause of that name; the words themselves, which may be its address, if there is none."""
        wanted = shown_line(words).casefold()
        for key, label in self.every.items():
            if shown_line(label).casefold() == wanted:
                return key
        return words.strip()


def clauses_changed(thread: Thread, *, anchor_key: str | None, read_version: int | None) -> Clauses | None:
    """None while there is no later version than the one that was commented on: nothing can have changed."""
    subject = subject_of(thread)
    every = subject.places(thread, current_language())
    if not every:
        return None
    first = subject.place(thread, next(iter(every)), current_language(), None)
    if first is None or first.version <= (read_version or 1):
        return None
    keys = list(every)
    here = keys.index(anchor_key) if anchor_key in every else 0
    near = keys[max(here - NEAR, 0) : max(here, NEAR) + NEAR + 1]
    return Clauses(first.version, {key: every[key] for key in near}, every)


class AnswerForm(Form):
    """The answer to one comment, to a group, or to many. `text` and what depends on the thing are added per request."""

    clauses: Clauses | None = None

    revision = HiddenField()
    # Only "insert" asks for it; one that a colleague has deleted stands in nobody's way.
    template = SelectField(_l("Reply template"), default="", validate_choice=False)
    kind = RadioField(
        _l("Decision on the comment"),
        choices=KINDS,
        validators=[Filled(_l("Choose what becomes of the comment."))],
    )
    language = RadioField(
        _l("Language of the answer"),
        choices=list(LANGUAGE_NAMES.items()),
        validators=[Filled(_l("Choose the language of the answer."))],
    )

    def details(self) -> AnswerDraft:
        key, version = None, None
        if self.clauses is not None:
            key = self["changed"].data or None
            if key is None and "other" in self and self["other"].data:
                key = self.clauses.named(self["other"].data)
            # Chosen before, when another version was the newest: it stays what it was.
            if key is not None and key.startswith(KEPT):
                kept, _separator, key = key.removeprefix(KEPT).partition(":")
                version = int(kept)
        return AnswerDraft(
            kind=AnswerKind(self.kind.data),
            language=self.language.data,
            text=self["text"].data,
            changed_key=key,
            changed_version=version,
            revision=whole(self.revision.data),
        )

    def insert(self, template: AnswerTemplate) -> None:
        """Puts the template's words below what is typed; nothing typed goes, nothing chosen changes. What was wrong
        already is said first."""
        field = self["text"]
        typed = str(field.data or "")
        if typed.strip() and not field.validate(self):
            return
        field.data = f"{typed}\n\n{template.text}" if typed.strip() else template.text
        self.kind.data = self.kind.data or template.kind.value
        if not typed.strip():
            self.language.data = template.language
        # Pressed again, it would come twice.
        self.template.data = ""


KEPT = "kept:"


def answer_form(
    *,
    answer: Answer | None,
    language: str,
    templates: Sequence[AnswerTemplate],
    clauses: Clauses | None = None,
    asks_to_confirm: bool = False,
) -> AnswerForm:
    """The form as it stands saved, or empty with the comment's `language`."""
    fields: dict[str, Any] = {
        "clauses": clauses,
        "text": TextAreaField(
            _("Answer with its reasons"),
            description=_("Everybody reads it, and the author gets it by mail."),
            filters=[cleaned],
            validators=[
                Filled(_("Write the answer with its reasons.")),
                NoHiddenControls(),
                UpTo(limits_now().answer_characters),
            ],
        ),
    }
    if clauses is not None:
        fields["changed"] = SelectField(
            _("Clause that this comment changed"), choices=_changes(clauses, answer), default=""
        )
        if clauses.is_cut:
            fields["other"] = StringField(
                _("Another clause that it changed"),
                description=_(
                    "As the text names it, or the end of its address. Leave the list above empty then."
                ),
                filters=[cleaned],
                validators=[NoHiddenControls(), UpTo(200)],
            )
    if asks_to_confirm:
        fields["confirmed"] = BooleanField(
            _("I have looked at these letters: they ask for one thing and get one answer.")
        )
    known = {
        "revision": str(answer.revision if answer else 0),
        "kind": answer.kind.value if answer else None,
        "language": answer.language if answer else language,
        "text": answer.text if answer else "",
        "changed": _changed_now(clauses, answer),
    }
    made = cast(AnswerForm, type("AnswerForm", (AnswerForm,), fields)(data=known))
    made.template.choices = [("", str(_("Choose a template"))), *((str(t.id), _name(t)) for t in templates)]
    return made


def _changed_now(clauses: Clauses | None, answer: Answer | None) -> str:
    if clauses is None or answer is None or answer.changed_key is None:
        return ""
    if answer.changed_version == clauses.version and answer.changed_key in clauses.near:
        return answer.changed_key
    return f"{KEPT}{answer.changed_version}:{answer.changed_key}"


def _changes(clauses: Clauses, answer: Answer | None) -> list[tuple[str, str]]:
    choices = [("", str(_("No clause is named")))]
    kept = _changed_now(clauses, answer)
    if answer is not None and kept.startswith(KEPT):
        label = clauses.every.get(answer.changed_key or "", "")
        said = _(
            "As saved: %(clause)s, version %(number)s",
            clause=_short(label) or answer.changed_key,
            number=answer.changed_version,
        )
        choices.append((kept, str(said)))
    return choices + [(key, _short(label) or key) for key, label in clauses.near.items()]


def _short(label: str) -> str:
    line = shown_line(label)
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"


def _name(template: AnswerTemplate) -> str:
    return f"{template.title} ({template.language}, {ANSWER_KINDS[template.kind]})"


def explain_answer(form: Form, refused: DomainError) -> bool:
    """Says at its field why the answer is not taken; False if it is not about one of them."""
    if isinstance(refused, PlaceGone):
        field = "other" if "other" in form and form["other"].data else "changed"
        if field not in form:
            return False
        form[field].errors = [
            *form[field].errors,
            _("The newest version has no such clause. Choose it from the list."),
        ]
        return True
    return explain(form, refused)


class TemplateForm(Form):
    """A reply that the body uses often."""

    agency = SelectField(_l("Body that uses it"), coerce=str)
    title = StringField(
        _l("Name of the template"),
        description=_l("Only your colleagues see it."),
        filters=[cleaned],
        validators=[Filled(_l("Give the template a name.")), NoHiddenControls(), UpTo(LONGEST_TITLE)],
    )
    kind = RadioField(
        _l("Decision that it says"),
        choices=KINDS,
        validators=[Filled(_l("Choose what becomes of the comment."))],
    )
    language = RadioField(
        _l("Language"),
        choices=list(LANGUAGE_NAMES.items()),
        validators=[Filled(_l("Choose the language."))],
    )

    def details(self) -> TemplateWords:
        return TemplateWords(
            title=self["title"].data,
            kind=AnswerKind(self.kind.data),
            language=self.language.data,
            text=self["text"].data,
        )

    def agency_id(self) -> int:
        return int(self.agency.data)


def template_form(agencies: Iterable[Any], template: AnswerTemplate | None = None) -> TemplateForm:
    """Without the choice of a body where there is only one, or where the template has one."""
    most = consultation_rules_in_force(clock.today()).limits.answer_template_characters
    field = TextAreaField(
        _("Words that it begins with"),
        description=_("A start for one’s own words: say in each answer what is true of that comment."),
        filters=[cleaned],
        validators=[Filled(_("Write the words of the template.")), NoHiddenControls(), UpTo(most)],
    )
    known: dict[str, Any] = {"language": current_language()}
    if template is not None:
        known = {
            "title": template.title,
            "kind": template.kind.value,
            "language": template.language,
            "text": template.text,
        }
    form = cast(TemplateForm, type("TemplateForm", (TemplateForm,), {"text": field})(data=known))
    bodies = [(str(agency.id), agency.name) for agency in agencies]
    form.agency.choices = bodies
    if template is not None or len(bodies) == 1:
        del form.agency
    return form


class SendBackForm(Form):
    reason = TextAreaField(
        _l("What should be changed?"),
        description=_l("The officers of your body read it; nobody else does."),
        filters=[cleaned],
        validators=[Filled(_l("Write what should be changed.")), NoHiddenControls(), UpTo(2000)],
    )
