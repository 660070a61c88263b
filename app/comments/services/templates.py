"""Reply templates of a body: a start for one's own words, seen and changed by all its officers."""

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.access import Actor
from app.comments.errors import TooLong
from app.comments.lifecycle import AnswerKind
from app.comments.models import AnswerTemplate
from app.comments.services.reasons import require_reason
from app.db import db
from app.errors import Forbidden, InvalidInput
from app.i18n import LANGUAGES
from app.law import consultation_rules_in_force
from app.text.normalize import shown, shown_line

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class TemplateWords:
    title: str
    kind: AnswerKind
    language: str
    text: str


def add(agency_id: int, *, words: TemplateWords, actor: Actor, now: datetime) -> AnswerTemplate:
    """A new template of the body; Forbidden for others than its officers."""
    _check(agency_id, actor)
    template = AnswerTemplate(agency_id=agency_id, created_by=actor.account_id, created_at=now)
    _write(template, words, now=now)
    db.session.add(template)
    # Its page is shown next.
    db.session.flush()
    return template


def change(template: AnswerTemplate, *, words: TemplateWords, actor: Actor, now: datetime) -> None:
    """New words; answers that were begun with the old ones keep theirs."""
    _check(template.agency_id, actor)
    _write(template, words, now=now)


def delete(template: AnswerTemplate, *, actor: Actor) -> None:
    _check(template.agency_id, actor)
    db.session.delete(template)


def _check(agency_id: int, actor: Actor) -> None:
    if agency_id not in actor.agency_ids:
        raise Forbidden(action="answer_templates")


def _write(template: AnswerTemplate, words: TemplateWords, *, now: datetime) -> None:
    title, text = shown_line(words.title), shown(words.text)
    if not title:
        raise InvalidInput(field="title")
    if len(title) > LONGEST_TITLE:
        raise TooLong(field="title", limit=LONGEST_TITLE, length=len(title))
    if words.language not in LANGUAGES:
        raise InvalidInput(field="language")
    require_reason(text, field="text")
    most = consultation_rules_in_force(clock.today(now)).limits.answer_template_characters
    if len(text) > most:
        raise TooLong(field="text", limit=most, length=len(text))
    template.title, template.kind, template.language, template.text = title, words.kind, words.language, text
