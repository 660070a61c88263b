"""The body's answer to each recommendation: written by officers, published as a whole and signed by the first head."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app import clock
from app.access import Actor
from app.accounts import queries as accounts
from app.audit import record
from app.db import db
from app.duties import queries as duty_queries
from app.duties import services as duties
from app.duties.models import DutyKind
from app.errors import InvalidInput
from app.law import calendar_now, council_rules_in_force
from app.law.calendar import is_working_day
from app.outbox import publish as tell
from app.recommendations import policies
from app.recommendations.errors import (
    DayMissing,
    EditedMeanwhile,
    NothingRecommended,
    RowsEmpty,
    TextMissing,
    TooLong,
)
from app.recommendations.events import RecommendationsAnswered, RecommendationsOverdue, SignatureAsked
from app.recommendations.lifecycle import Action, AnswerKind, State
from app.recommendations.models import Recommendation, RecommendationAnswer, RecommendationList
from app.recommendations.services.listing import OBLIGATORY, lock
from app.text.normalize import shown

# "Yes." and "No." are no answers.
SHORTEST = 10


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What the answer's form says. `revision` is the one that was read, 0 where there was none."""

    kind: AnswerKind
    language: str
    change: str = ""
    by_when: date | None = None
    reasons: str = ""
    revision: int = 0


def save(
    recommendation: Recommendation, *, draft: AnswerWords, actor: Actor, now: datetime
) -> RecommendationAnswer:
    """Keeps the answer to one recommendation; nobody outside the body sees it before the whole list is published.

    EditedMeanwhile, with what the other officer wrote, if it was saved since `draft.revision` was read.
    """
    policies.check(Action.ANSWER, actor, recommendation.list)
    lock(recommendation.list)
    policies.check(Action.ANSWER, actor, recommendation.list)
    answer = db.session.scalar(
        select(RecommendationAnswer)
        .where(RecommendationAnswer.recommendation_id == recommendation.id)
        .execution_options(populate_existing=True)
    )
    if (answer.revision if answer else 0) != draft.revision:
        raise _edited_meanwhile(answer)
    words = _checked(draft, issued_on=_issued_on(recommendation.list), now=now)
    if answer is None:
        answer = RecommendationAnswer(recommendation=recommendation, revision=0)
        db.session.add(answer)
    answer.kind, answer.language = words.kind, words.language
    answer.change, answer.by_when, answer.reasons = words.change, words.by_when, words.reasons
    answer.revision += 1
    answer.saved_by, answer.saved_at = actor.account_id or 0, now
    db.session.flush()
    return answer


def ask_signature(listed: RecommendationList, *, actor: Actor, now: datetime) -> None:
    """The first head is told that the answers wait for the signature; RowsEmpty while one is missing."""
    lock(listed)
    policies.check(Action.ASK_SIGNATURE, actor, listed)
    _check_complete(listed)
    listed.signature_asked_at = now
    tell(SignatureAsked(list_id=listed.id, attempt=now.isoformat()))


def publish(
    listed: RecommendationList, *, revisions: dict[int, int] | None = None, actor: Actor, now: datetime
) -> RecommendationList:
    """All answers go into the open at once, signed by the first head (LPC art. 5), and the duty is done.

    RowsEmpty with the numbers of the rows without an answer; EditedMeanwhile if one was saved since the head read
    `revisions`, by the rows' numbers.
    """
    lock(listed)
    policies.check(Action.PUBLISH_ANSWERS, actor, listed)
    _check_complete(listed)
    for row in listed.rows:
        if revisions is not None and row.answer and revisions.get(row.position) != row.answer.revision:
            raise _edited_meanwhile(row.answer)
    listed.state = State.ANSWERED
    listed.answered_at, listed.answered_by, listed.signed_name = now, actor.account_id, actor.name
    if listed.duty is not None:
        duties.fulfil(listed.duty, now=now)
    record(
        actor,
        "publish_answers",
        subject=f"recommendations:{listed.id}",
        now=now,
        answers=[[row.position, row.answer.revision] for row in listed.rows if row.answer],
    )
    db.session.flush()
    tell(RecommendationsAnswered(list_id=listed.id))
    return listed


def announce_overdue(*, now: datetime) -> int:
    """Tells, once per list and on a working day, that the answer is owed and late."""
    today = clock.today(now)
    if not is_working_day(today, calendar_now()):
        return 0
    late = [
        duty
        for duty in duty_queries.late(kind=DutyKind.RECOMMENDATION_ANSWERS, before=today)
        if duty.reminded_at is None
    ]
    lists = db.session.scalars(
        select(RecommendationList).where(RecommendationList.duty_id.in_([duty.id for duty in late]))
    )
    by_duty = {listed.duty_id: listed for listed in lists}
    for duty in late:
        if duty.id in by_duty:
            duty.reminded_at = now
            tell(RecommendationsOverdue(list_id=by_duty[duty.id].id))
    return len(by_duty)


def empty_rows(listed: RecommendationList) -> list[int]:
    """The numbers of the rows that have no answer yet."""
    return [row.position for row in listed.rows if row.answer is None]


def _check_complete(listed: RecommendationList) -> None:
    if not listed.rows:
        raise NothingRecommended()
    db.session.scalars(
        select(RecommendationAnswer)
        .join(Recommendation)
        .where(Recommendation.list_id == listed.id)
        .execution_options(populate_existing=True)
    ).all()
    if empty := empty_rows(listed):
        raise RowsEmpty(rows=empty)


def _checked(draft: AnswerWords, *, issued_on: date, now: datetime) -> AnswerWords:
    """The answer as it is kept: only what its kind asks for, and all of it."""
    if draft.language not in OBLIGATORY:
        raise InvalidInput(field="language")
    says_what, says_why = draft.kind is not AnswerKind.REFUSED, draft.kind is not AnswerKind.ACCEPTED
    change, reasons = shown(draft.change) if says_what else "", shown(draft.reasons) if says_why else ""
    longest = council_rules_in_force(clock.today(now)).limits.answer_characters
    for name, text, is_needed in (("change", change, says_what), ("reasons", reasons, says_why)):
        if is_needed and len(text) < SHORTEST:
            raise TextMissing(field=name, shortest=SHORTEST)
        if len(text) > longest:
            raise TooLong(field=name, limit=longest, length=len(text))
    # What was done between the ruling and the answer is an answer too.
    if says_what and (draft.by_when is None or draft.by_when < issued_on):
        raise DayMissing(field="by_when", earliest=issued_on)
    by_when = draft.by_when if says_what else None
    return AnswerWords(draft.kind, draft.language, change, by_when, reasons, draft.revision)


def _issued_on(listed: RecommendationList) -> date:
    assert listed.issued_at is not None  # noqa: S101  a CHECK says so
    return clock.today(listed.issued_at)


def _edited_meanwhile(answer: RecommendationAnswer | None) -> EditedMeanwhile:
    if answer is None:
        return EditedMeanwhile(revision=0, kind=None, language="", change="", by_when=None, reasons="", by="")
    officer = accounts.by_id(answer.saved_by)
    return EditedMeanwhile(
        revision=answer.revision,
        kind=answer.kind,
        language=answer.language,
        change=answer.change,
        by_when=answer.by_when,
        reasons=answer.reasons,
        by=officer.name if officer else "",
    )
