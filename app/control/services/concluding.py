"""The final document: written in both languages, adopted, signed, sent, and then owed an answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app import clock
from app.access import Actor
from app.control import policies
from app.control.errors import LanguageMissing, NotAdopted, TextMissing, TooLong, WrongNumber
from app.control.events import ControlConcluded, ControlDocumentOverdue
from app.control.lifecycle import MEETINGS, Action, Assessment, Form
from app.control.models import ControlAct
from app.control.queries import by_duties
from app.control.services.preparing import rules_of
from app.control.services.transitions import lock, take
from app.db import db
from app.duties import queries as duty_queries
from app.duties import services as duties
from app.duties.models import DutyKind
from app.law import calendar_now
from app.law.calendar import is_working_day
from app.outbox import publish
from app.recommendations.models import RecommendationList
from app.recommendations.services import listing
from app.recommendations.services.listing import RowWords
from app.text.normalize import shown

LANGUAGES = ("kk", "ru")
ANSWER = "control_answer"


def draft(
    act: ControlAct,
    *,
    texts: Mapping[str, str],
    in_favour: int | None = None,
    assessment: Assessment | None = None,
    actor: Actor,
    now: datetime,
) -> ControlAct:
    """Keeps the final document as far as it is written; nobody else sees it before it is signed."""
    lock(act)
    policies.check(Action.DRAFT_DOCUMENT, actor, act)
    limit = rules_of(act).limits.ruling_text_characters
    kept = {language: shown(text).strip() for language, text in texts.items()}
    for language, text in kept.items():
        if len(text) > limit:
            raise TooLong(field=f"text_{language}", limit=limit)
    if in_favour is not None and not 0 <= in_favour <= (act.present or 0):
        raise WrongNumber(field="in_favour", present=act.present or 0)
    return take(
        act,
        Action.DRAFT_DOCUMENT,
        actor=actor,
        now=now,
        final_texts={language: text for language, text in kept.items() if text},
        in_favour=in_favour,
        assessment=assessment.value if assessment is not None else None,
    )


def set_rows(
    act: ControlAct, rows: Sequence[Mapping[str, str]], *, actor: Actor, now: datetime
) -> RecommendationList:
    """The document recommends this, in this order; each row a text by language."""
    lock(act)
    policies.check(Action.DRAFT_DOCUMENT, actor, act)
    return listing.set_rows(list_of(act), [RowWords(dict(row)) for row in rows], now=now)


def conclude(act: ControlAct, *, actor: Actor, now: datetime) -> ControlAct:
    """Signs, publishes and sends the final document; the body owes an answer to each recommendation.

    LanguageMissing without both languages; NotAdopted unless more than half of those present at a meeting were in
    favour (LPC art. 17–23); TextMissing for the report of a head without the council's assessment.
    """
    lock(act)
    policies.check(Action.CONCLUDE, actor, act)
    absent = [language for language in LANGUAGES if not act.final_texts.get(language, "").strip()]
    if absent:
        raise LanguageMissing(field=f"text_{absent[0]}", languages=absent)
    if act.form in MEETINGS:
        needed = least_in_favour(act)
        if act.in_favour is None or act.in_favour < needed:
            raise NotAdopted(field="in_favour", needed=needed, present=act.present or 0)
    if act.form is Form.HEAD_REPORT and act.assessment is None:
        raise TextMissing(field="assessment", shortest=1)
    listing.issue(list_of(act), deadline=ANSWER, on=clock.today(now), now=now)
    if act.document_duty is not None:
        duties.fulfil(act.document_duty, now=now)
    take(act, Action.CONCLUDE, actor=actor, now=now, concluded_at=now, signed_name=actor.name)
    publish(ControlConcluded(act_id=act.id))
    return act


def least_in_favour(act: ControlAct) -> int:
    """More than half of those present."""
    return (act.present or 0) // 2 + 1


def list_of(act: ControlAct) -> RecommendationList:
    assert act.recommendations is not None  # noqa: S101  it is made when the act is held
    return act.recommendations


def announce_overdue(*, now: datetime) -> int:
    """Says in public, once per act and on a working day, that the final document is late."""
    today = clock.today(now)
    if not is_working_day(today, calendar_now()):
        return 0
    late = {
        duty.id: duty
        for duty in duty_queries.late(kind=DutyKind.CONTROL_DOCUMENT, before=today)
        if duty.escalated_at is None
    }
    acts = by_duties(late)
    for act in acts:
        late[act.document_duty_id or 0].escalated_at = now
        publish(ControlDocumentOverdue(act_id=act.id))
    db.session.flush()
    return len(acts)
