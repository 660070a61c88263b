"""Moderation after publication: a comment is hidden for a class of reasons, its author may appeal once."""

from datetime import datetime

from app import clock
from app.access import Actor
from app.audit import record
from app.comments import policies
from app.comments.actions import CommentAction
from app.comments.errors import (
    AlreadyDecided,
    AlreadyHidden,
    AppealTooLate,
    ReasonUnknown,
    TooLong,
)
from app.comments.events import AppealDecided, AppealMade, CommentHidden
from app.comments.lifecycle import State
from app.comments.models import Comment, Hiding
from app.comments.services.counting import changed
from app.comments.services.reasons import require_reason
from app.comments.services.transitions import lock, turn
from app.db import db
from app.law import calendar_now, consultation_rules_in_force, consultation_rules_version, due_date
from app.outbox import publish
from app.text.normalize import shown

LONGEST_REASON = 2000


def hide(comment: Comment, *, reason: str, explanation: str, actor: Actor, now: datetime) -> Hiding:
    """Hides the words from everybody but the author, moderators and the answering body; a stub with the class of
    `reason` stays in place. The author is told, and may appeal within the rules' term.

    AlreadyHidden if another moderator was faster.
    """
    lock(comment)
    if comment.state is State.HIDDEN and comment.hiding is not None:
        raise AlreadyHidden(
            reason=comment.hiding.reason, by_other=comment.hiding.hidden_by != actor.account_id
        )
    policies.check(CommentAction.HIDE, actor, comment)
    today = clock.today(now)
    rules = consultation_rules_in_force(today)
    if reason not in {known.id for known in rules.hiding_reasons}:
        raise ReasonUnknown(field="reason")
    hiding = Hiding(
        comment=comment,
        rules_version=rules.id,
        reason=reason,
        explanation=_reason(explanation, field="explanation", longest=LONGEST_REASON),
        hidden_by=actor.account_id,
        hidden_at=now,
        may_appeal_until=due_date(today, rules.deadline("moderation_appeal"), calendar_now()),
    )
    db.session.add(hiding)
    turn(comment, State.HIDDEN)
    record(actor, "hide", subject=f"comment:{comment.id}", now=now, reason=reason)
    publish(CommentHidden(comment_id=comment.id))
    changed(comment.thread_id)
    return hiding


def appeal(comment: Comment, *, text: str, actor: Actor, now: datetime) -> Hiding:
    """The author's one appeal, which another moderator decides within the rules' term. AppealTooLate after the last
    day, to its last minute in Almaty."""
    lock(comment)
    policies.check(CommentAction.APPEAL, actor, comment)
    hiding = _hiding_of(comment)
    rules = consultation_rules_version(hiding.rules_version)
    today = clock.today(now)
    if today > hiding.may_appeal_until:
        raise AppealTooLate(until=hiding.may_appeal_until)
    text = _reason(text, field="text", longest=rules.limits.appeal_characters)
    due_on = due_date(today, rules.deadline("moderation_appeal_decision"), calendar_now())
    hiding.appeal, hiding.appealed_at, hiding.appeal_due_on = text, now, due_on
    publish(AppealMade(comment_id=comment.id))
    return hiding


def decide_appeal(comment: Comment, *, uphold: bool, reason: str, actor: Actor, now: datetime) -> Hiding:
    """Another moderator decides: `uphold` says that the hiding was right, and it stays hidden; else it is shown again,
    and cannot be hidden a second time. AlreadyDecided if somebody was faster."""
    lock(comment)
    if comment.hiding is not None and comment.hiding.is_upheld is not None:
        raise AlreadyDecided(is_upheld=comment.hiding.is_upheld)
    policies.check(CommentAction.DECIDE_APPEAL, actor, comment)
    hiding = _hiding_of(comment)
    hiding.appeal_reason = _reason(reason, field="reason", longest=LONGEST_REASON)
    hiding.is_upheld = uphold
    hiding.appeal_decided_by, hiding.appeal_decided_at = actor.account_id, now
    if not uphold:
        turn(comment, State.SHOWN)
    record(actor, "decide_appeal", subject=f"comment:{comment.id}", now=now, upheld=uphold)
    publish(AppealDecided(comment_id=comment.id))
    changed(comment.thread_id)
    return hiding


def may_still_appeal(comment: Comment, *, now: datetime) -> bool:
    """Whether the term for the author's appeal runs: what a page asks before it offers the form."""
    hiding = comment.hiding
    return hiding is not None and hiding.appealed_at is None and clock.today(now) <= hiding.may_appeal_until


def _hiding_of(comment: Comment) -> Hiding:
    assert comment.hiding is not None  # noqa: S101  the policies have asked for it
    return comment.hiding


def _reason(text: str, *, field: str, longest: int) -> str:
    text = shown(text)
    require_reason(text, field=field)
    if len(text) > longest:
        raise TooLong(field=field, limit=longest, length=len(text))
    return text
