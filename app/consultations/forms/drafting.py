"""What the officers of the developing body write about a draft before it is public. Limits and choices come from the
rules in force, so forms are made per request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.fields import Field
from wtforms.validators import Optional, ValidationError

from app import clock
from app.agencies.models import Agency
from app.consultations.models import DraftAct
from app.consultations.services.drafting import Card, Term
from app.i18n import LANGUAGE_NAMES, LANGUAGES, _, _l
from app.law import ConsultationRules, Level
from app.territories import queries as territories
from app.text import topics
from app.text.normalize import shown_line
from app.web.fields import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from app.web.forms import Filled, Form, NoHiddenControls, UpTo, cleaned

TEXT_LANGUAGES = ("kk", "ru")
REASON = 4000
FARTHEST_YEARS = 3
# Whole sentences, because the name of a language changes its ending.
WORDS: Mapping[str, Mapping[str, Any]] = {
    "title": {
        "kk": _l("Title in Kazakh"),
        "ru": _l("Title in Russian"),
        "en": _l("Title in English (may stay empty)"),
    },
    "summary": {
        "kk": _l("Summary in Kazakh, in plain words"),
        "ru": _l("Summary in Russian, in plain words"),
        "en": _l("Summary in English, in plain words (may stay empty)"),
    },
    "note": {
        "kk": _l("Explanatory note in Kazakh"),
        "ru": _l("Explanatory note in Russian"),
        "en": _l("Explanatory note in English (may stay empty)"),
    },
}
HINTS: Mapping[str, Any] = {
    "title": _l("As it stands on the first page of the draft."),
    "summary": _l("What changes, for whom and from when. People read it before they open the text."),
    "note": _l("Why the act is needed, what it costs and what is expected of it."),
}
COLUMNS = {"title": "titles", "summary": "summaries", "note": "notes"}
LEVELS: Mapping[Level, Any] = {
    Level.REPUBLICAN: _l("The whole country"),
    Level.REGIONAL: _l("A region, a city of republican significance or the capital"),
    Level.DISTRICT: _l("A district, a city or a village"),
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a new draft begins."""

    agency: Agency
    language: str
    previous: DraftAct | None


class NewForm(Form):
    agency = RadioField(_l("Which body develops it?"), validators=[Filled(_l("Choose the body."))])
    language = RadioField(
        _l("In which language was the draft written?"),
        description=_l("The other text is its translation. Both are published."),
        choices=[(code, LANGUAGE_NAMES[code]) for code in TEXT_LANGUAGES],
        validators=[Filled(_l("Choose the language."))],
    )
    previous = SelectField(
        _l("Is it a repeat discussion after rework?"),
        description=_l("The card of the earlier draft is taken over, and both pages name each other."),
        validators=[Optional()],
    )
    agencies: Sequence[Agency] = ()
    earlier: Sequence[DraftAct] = ()

    @classmethod
    def of(cls, agencies: Sequence[Agency], earlier: Sequence[DraftAct]) -> "NewForm":
        form = cls(data={"agency": str(agencies[0].id) if len(agencies) == 1 else None, "language": "kk"})
        form.agencies, form.earlier = agencies, earlier
        form.agency.choices = [(str(agency.id), agency.name) for agency in agencies]
        form.previous.choices = [
            ("", str(_("No, it is discussed for the first time"))),
            *((str(draft.number), f"№ {draft.number} · {draft.title}") for draft in earlier),
        ]
        return form

    def details(self) -> Beginning:
        return Beginning(
            agency=next(one for one in self.agencies if str(one.id) == self.agency.data),
            language=str(self.language.data),
            previous=next((one for one in self.earlier if str(one.number) == self.previous.data), None),
        )


class CardForm(Form):
    """The card. Words may stay empty until the draft is announced; what the period hangs on may not."""

    kind = SelectField(_l("Kind of act"), validators=[Filled(_l("Choose the kind of act."))])
    stage = RadioField(_l("Stage"), validators=[Filled(_l("Choose the stage."))])
    level = RadioField(_l("How far it reaches"), validators=[Filled(_l("Choose how far the act reaches."))])
    region = SelectField(
        _l("Region"),
        description=_l("Leave it empty for an act of the whole country."),
    )
    topic = SelectField(_l("Topic"), validators=[Filled(_l("Choose the topic."))])
    affects = SelectMultipleField(
        _l("Whom or what does it affect?"),
        description=_l("Choose all that apply. What follows for your body stands below each."),
    )
    is_emergency = BooleanField(_l("The act is about an emergency and cannot wait for the usual term"))
    rules: ConsultationRules

    def validate_stage(self, field: Field) -> None:
        kind = next((kind for kind in self.rules.kinds if kind.id == self.kind.data), None)
        if kind is not None and field.data not in kind.stages:
            raise ValidationError(_("An act of this kind does not pass this stage. Choose another one."))

    def validate_level(self, field: Field) -> None:
        kind = next((kind for kind in self.rules.kinds if kind.id == self.kind.data), None)
        if kind is not None and field.data not in kind.levels:
            raise ValidationError(
                _("An act of this kind does not reach so far or so near. Choose another level.")
            )

    def validate_region(self, field: Field) -> None:
        needs_one = self.level.data in (Level.REGIONAL, Level.DISTRICT)
        if needs_one and not field.data:
            raise ValidationError(_("Choose the region in which the act will hold."))

    @property
    def words(self) -> list[tuple[str, list[Any]]]:
        """The boxes of text, by what they are about."""
        return [(what, [self[f"{what}_{code}"] for code in LANGUAGES]) for what in WORDS]

    def details(self) -> Card:
        is_local = self.level.data != Level.REPUBLICAN
        return Card(
            kind=self.kind.data,
            stage=self.stage.data,
            level=self.level.data,
            topic=self.topic.data,
            region_code=(self.region.data or None) if is_local else None,
            affects=tuple(self.affects.data or ()),
            is_emergency=bool(self.is_emergency.data),
            titles=self._texts("title"),
            summaries=self._texts("summary"),
            notes=self._texts("note"),
        )

    def _texts(self, what: str) -> dict[str, str]:
        return {code: self[f"{what}_{code}"].data or "" for code in LANGUAGES}


def card_form(draft: DraftAct, rules: ConsultationRules) -> CardForm:
    """The card as it was sent, else as it was saved."""
    limits = {
        "title": rules.limits.title_characters,
        "summary": rules.limits.summary_characters,
        "note": rules.limits.note_characters,
    }
    boxes = {
        f"{what}_{code}": TextAreaField(
            labels[code],
            description=HINTS[what] if code == LANGUAGES[0] else "",
            filters=[one_line if what == "title" else cleaned],
            validators=[NoHiddenControls(), UpTo(limits[what])],
        )
        for what, labels in WORDS.items()
        for code in LANGUAGES
    }
    form: CardForm = type("CardForm", (CardForm,), boxes)(data=_saved(draft))
    form.rules = rules
    form.kind.choices = [("", str(_("Choose a kind"))), *((kind.id, str(kind.name)) for kind in rules.kinds)]
    form.stage.choices = [(stage.id.value, str(stage.name)) for stage in rules.stages]
    form.level.choices = [(level.value, str(text)) for level, text in LEVELS.items()]
    form.region.choices = [
        ("", str(_("No region"))),
        *((region.code, region.name) for region in territories.regions()),
    ]
    form.topic.choices = [(topic.id, topic.name) for topic in topics.topics()]
    if topics.topic(topics.OTHER) is None:
        form.topic.choices.append((topics.OTHER, str(_("Another topic"))))
    form.affects.choices = [(one.id, str(one.name)) for one in rules.affects]
    return form


def one_line(value: Any) -> Any:
    return shown_line(value) if isinstance(value, str) else value


def _saved(draft: DraftAct) -> dict[str, Any]:
    texts = {
        f"{what}_{code}": getattr(draft, column).get(code, "")
        for what, column in COLUMNS.items()
        for code in LANGUAGES
    }
    return {
        **texts,
        "kind": draft.kind,
        "stage": draft.stage or None,
        "level": draft.level or None,
        "region": draft.region_code or "",
        "topic": draft.topic,
        "affects": list(draft.affects),
        "is_emergency": draft.is_emergency,
    }


class Foreseeable:
    """Refuses a day so far away that it can only be mistyped; no calendar of days off reaches there."""

    def __call__(self, form: Form, field: Field) -> None:
        if field.data and abs(field.data.year - clock.today().year) > FARTHEST_YEARS:
            raise ValidationError(_("This year cannot be right. Type the year with four digits."))


class TermForm(Form):
    opens_on = DateField(
        _l("First day of the discussion"),
        validators=[Filled(_l("Enter the first day.")), Foreseeable()],
    )
    closes_on = DateField(
        _l("Last day of the discussion"),
        description=_l("Comments are taken until the end of this day."),
        validators=[Filled(_l("Enter the last day.")), Foreseeable()],
    )
    reason = TextAreaField(
        _l("Ground, if it is shorter than the rules let"),
        description=_l("Name the law and its article. Everybody reads it beside the dates."),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(REASON)],
    )

    def details(self) -> Term:
        opens_on, closes_on = self.opens_on.data, self.closes_on.data
        assert opens_on is not None and closes_on is not None  # noqa: S101, PT018  the form is valid
        return Term(opens_on, closes_on, self.reason.data or "")


def term_form(draft: DraftAct, *, proposed: tuple[date, date] | None) -> TermForm:
    opens_on, closes_on = proposed or (None, None)
    return TermForm(
        data={
            "opens_on": draft.opens_on or opens_on,
            "closes_on": draft.closes_on or closes_on,
            "reason": draft.term_reason or "",
        }
    )


@dataclass(frozen=True, slots=True)
class Statement:
    ground: str
    note: str


class ExemptionForm(Form):
    ground = RadioField(_l("Ground"), validators=[Filled(_l("Choose the ground."))])
    note = TextAreaField(
        _l("Explanation"),
        description=_l("Why this ground holds for this draft. Everybody reads it."),
        filters=[cleaned],
        validators=[
            Filled(_l("Explain why the draft is not discussed.")),
            NoHiddenControls(),
            UpTo(REASON),
        ],
    )

    def details(self) -> Statement:
        return Statement(ground=str(self.ground.data), note=str(self.note.data))


class NothingForm(Form):
    """A step that is only confirmed."""
