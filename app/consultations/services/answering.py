"""When the duty to answer the comments on a draft is done, and when it is overdue."""

from datetime import datetime

from app import clock
from app.consultations import queries
from app.consultations.events import AnswersOverdue
from app.consultations.lifecycle import State
from app.consultations.models import DraftAct
from app.duties import queries as duty_queries
from app.duties import services as duties
from app.duties.models import DutyKind
from app.law import calendar_now
from app.law.calendar import is_working_day
from app.outbox import publish


def see_all_answered(draft: DraftAct, *, now: datetime) -> bool:
    """Fulfils the duty once no comment is left without an answer and none can come any more."""
    if draft.answers_duty is None or draft.thread is None or draft.state in (State.OPEN, State.ANNOUNCED):
        return False
    if queries.has_unanswered(draft):
        return False
    duties.fulfil(draft.answers_duty, now=now)
    return True


def see_nothing_owed(draft: DraftAct, *, now: datetime) -> None:
    """The discussion closed: without a comment no answer is owed; with all answered the duty is done."""
    if draft.answers_duty is None:
        return
    if not queries.has_comments(draft):
        duties.cancel(draft.answers_duty, now=now)
    else:
        see_all_answered(draft, now=now)


def announce_overdue(*, now: datetime) -> int:
    """Tells, once per draft and on a working day, that answers are owed and late."""
    today = clock.today(now)
    if not is_working_day(today, calendar_now()):
        return 0
    late = duty_queries.late(kind=DutyKind.COMMENT_ANSWERS, before=today)
    by_duty = queries.by_answers_duty([duty.id for duty in late if duty.reminded_at is None])
    for duty in late:
        if duty.id in by_duty:
            duty.reminded_at = now
            publish(AnswersOverdue(draft_id=by_duty[duty.id].id))
    return len(by_duty)
