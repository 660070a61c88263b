"""What the body answers: written by officers, approved and published by the head. A published answer never changes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import select

from app import clock
from app.access import Actor
from app.accounts import queries as accounts
from app.audit import record
from app.comments import policies
from app.comments.actions import ThreadAction
from app.comments.errors import (
    AlreadyAnswered,
    EditedMeanwhile,
    GroupNotConfirmed,
    NoAnswerOwed,
    NotApproved,
    PlaceGone,
    TooLong,
)
from app.comments.events import AnswerPublished, AnswersApprovalAsked
from app.comments.lifecycle import AnswerKind, AnswerState, State
from app.comments.models import Answer, Comment, Group, GroupState, Thread
from app.comments.services import counting
from app.comments.services.reasons import require_reason
from app.comments.subjects import Place, subject_of
from app.db import db
from app.errors import InvalidInput, NotFound
from app.i18n import LANGUAGES
from app.law import consultation_rules_in_force
from app.outbox import publish as tell
from app.text.normalize import shown, words


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What the answer's form says. `revision` is the one that was read, 0 where there was none; `changed_key` names
    the clause that the comment changed, `changed_version` the version in which it did (None for the newest)."""

    kind: AnswerKind | None
    language: str
    text: str
    changed_key: str | None = None
    changed_version: int | None = None
    revision: int = 0


def save(
    thread: Thread,
    *,
    comment: Comment | None = None,
    group: Group | None = None,
    draft: AnswerDraft,
    actor: Actor,
    now: datetime,
) -> Answer:
    """Keeps the draft of an answer; a letter of a group gets the group's one. Approved before, it waits anew.

    EditedMeanwhile, with what the other officer wrote, if it was saved since `draft.revision` was read.
    AlreadyAnswered once it is in the open.
    """
    policies.check_thread(ThreadAction.DRAFT_ANSWER, actor, thread)
    checked = checked_draft(thread, draft, now=now)
    comment, group = _target(thread, comment, group)
    answer = _answer_of(comment, group)
    if answer is not None and answer.state is AnswerState.PUBLISHED:
        raise AlreadyAnswered(answers=[answer.id])
    if (answer.revision if answer else 0) != draft.revision:
        raise _edited_meanwhile(answer)
    if answer is None:
        answer = Answer(
            thread_id=thread.id,
            comment_id=comment.id if comment else None,
            group_id=group.id if group else None,
            revision=0,
        )
        db.session.add(answer)
    write(answer, checked, actor=actor, now=now)
    # The desk shows the answer at once, and a second save in this transaction must find it.
    db.session.flush()
    return answer


def answer_many(
    thread: Thread, comment_ids: Collection[int], *, draft: AnswerDraft, actor: Actor, now: datetime
) -> list[Answer]:
    """One text for many comments, as a draft for each of them; letters of a group share one.

    All or nothing: AlreadyAnswered, with the `comments`, if one of them has an answer or somebody's draft. Answers
    that many comments share word for word are counted apart, as formal.
    """
    policies.check_thread(ThreadAction.DRAFT_ANSWER, actor, thread)
    checked = checked_draft(thread, draft, now=now)
    comments = db.session.scalars(
        select(Comment).where(Comment.id.in_(comment_ids)).order_by(Comment.id).with_for_update(of=Comment)
    ).all()
    if len(comments) != len(set(comment_ids)) or any(one.thread_id != thread.id for one in comments):
        raise NotFound()
    for comment in comments:
        _check_is_owed(comment)
    group_ids = sorted({comment.group_id for comment in comments if comment.group_id is not None})
    db.session.execute(select(Group.id).where(Group.id.in_(group_ids)).order_by(Group.id).with_for_update())
    single = [comment.id for comment in comments if comment.group_id is None]
    taken = db.session.execute(
        select(Answer.comment_id, Answer.group_id).where(
            Answer.comment_id.in_(single) | Answer.group_id.in_(group_ids)
        )
    ).all()
    if taken:
        answered = {row.comment_id for row in taken}, {row.group_id for row in taken}
        raise AlreadyAnswered(
            comments=[
                one.id
                for one in comments
                if (one.id in answered[0] if one.group_id is None else one.group_id in answered[1])
            ]
        )
    answers = [Answer(thread_id=thread.id, comment_id=number, revision=0) for number in single]
    answers += [Answer(thread_id=thread.id, group_id=number, revision=0) for number in group_ids]
    for answer in answers:
        write(answer, checked, actor=actor, now=now)
    db.session.add_all(answers)
    # A second save in this transaction must find them.
    db.session.flush()
    return answers


def ask_approval(thread: Thread, *, actor: Actor, now: datetime) -> None:
    """Tells the head, once a day, that drafts of this thread wait."""
    policies.check_thread(ThreadAction.DRAFT_ANSWER, actor, thread)
    tell(AnswersApprovalAsked(thread_id=thread.id, day=clock.today(now).isoformat()))


def approve(
    answers: Iterable[Answer],
    *,
    revisions: Mapping[int, int] | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """The head approves these drafts; what is approved or published already stays as it is.

    `revisions` are those that the head has read, by the answer's id: EditedMeanwhile if one was saved since.
    GroupNotConfirmed while nobody has looked at the letters that get one answer.
    """
    for answer in _locked(answers, actor, revisions):
        if answer.state is AnswerState.DRAFT:
            answer.state, answer.approved_by, answer.approved_at = AnswerState.APPROVED, actor.account_id, now
            answer.sent_back_reason = None


def send_back(answers: Iterable[Answer], *, reason: str, actor: Actor, now: datetime) -> None:
    """The head wants these answers changed; they are drafts again. AlreadyAnswered for a published one."""
    reason = shown(reason)
    require_reason(reason, field="reason")
    found = _locked(answers, actor, None, may_be_published=False)
    for answer in found:
        answer.state, answer.approved_by, answer.approved_at = AnswerState.DRAFT, None, None
        answer.sent_back_reason = reason
    _record(actor, "send_back", found, now=now)


def publish(
    answers: Iterable[Answer],
    *,
    revisions: Mapping[int, int] | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Puts approved answers in the open, for ever; each author is told. After the last day too: it counts as late.

    NotApproved, with the `answers`, if one is still a draft; nothing is published then.
    """
    found = _locked(answers, actor, revisions)
    drafts = [answer.id for answer in found if answer.state is AnswerState.DRAFT]
    if drafts:
        raise NotApproved(answers=drafts)
    approved = [answer for answer in found if answer.state is AnswerState.APPROVED]
    for answer in approved:
        answer.state, answer.published_at = AnswerState.PUBLISHED, now
        tell(AnswerPublished(answer_id=answer.id))
    _record(actor, "publish_answers", approved, now=now)
    for thread_id in {answer.thread_id for answer in approved}:
        counting.changed(thread_id)


def hash_of(text: str) -> bytes:
    """The same for all answers that say the same words."""
    return blake2b(" ".join(words(text)).encode(), digest_size=16).digest()


def place_of(thread: Thread, key: str, *, language: str, version: int | None) -> Place:
    """The clause of that key or readable path; PlaceGone if that version has none."""
    subject = subject_of(thread)
    place = subject.place(thread, key, language, version)
    if place is None:
        raise PlaceGone(field="changed_key", path=key, version=version)
    return place


def checked_draft(thread: Thread, draft: AnswerDraft, *, now: datetime) -> AnswerDraft:
    """The draft as it is kept."""
    if draft.kind is None:
        raise InvalidInput(field="kind")
    if draft.language not in LANGUAGES:
        raise InvalidInput(field="language")
    text = shown(draft.text)
    require_reason(text, field="text")
    most = consultation_rules_in_force(clock.today(now)).limits.answer_characters
    if len(text) > most:
        raise TooLong(field="text", limit=most, length=len(text))
    key, version = draft.changed_key or None, None
    if key is not None:
        place = place_of(thread, key, language=draft.language, version=draft.changed_version)
        key, version = place.key, place.version
    return AnswerDraft(draft.kind, draft.language, text, key, version, draft.revision)


def write(answer: Answer, draft: AnswerDraft, *, actor: Actor, now: datetime) -> None:
    assert draft.kind is not None  # noqa: S101  `checked_draft` says so
    answer.kind, answer.language, answer.text = draft.kind, draft.language, draft.text
    answer.text_hash = hash_of(draft.text)
    answer.changed_key, answer.changed_version = draft.changed_key, draft.changed_version
    answer.state, answer.approved_by, answer.approved_at = AnswerState.DRAFT, None, None
    answer.sent_back_reason = None
    answer.revision += 1
    answer.drafted_by, answer.drafted_at = actor.account_id, now


def _target(
    thread: Thread, comment: Comment | None, group: Group | None
) -> tuple[Comment | None, Group | None]:
    """The comment without a group, or the group; locked, so that of two first drafts one comes second."""
    if comment is not None:
        db.session.refresh(comment, with_for_update={"of": Comment})
        _check_is_owed(comment)
        if comment.thread_id != thread.id:
            raise NotFound()
        if comment.group_id is None:
            return comment, None
        group = db.session.get_one(Group, comment.group_id)
    if group is None or group.thread_id != thread.id:
        raise NotFound()
    db.session.refresh(group, with_for_update={"of": Group})
    return None, group


def _check_is_owed(comment: Comment) -> None:
    if comment.parent_id is not None or comment.state is not State.SHOWN:
        raise NoAnswerOwed(comment_id=comment.id)


def _answer_of(comment: Comment | None, group: Group | None) -> Answer | None:
    # Another officer may have saved between our reading and our lock.
    query = select(Answer).execution_options(populate_existing=True)
    if comment is not None:
        return db.session.scalar(query.where(Answer.comment_id == comment.id))
    return db.session.scalar(query.where(Answer.group_id == group.id)) if group is not None else None


def _edited_meanwhile(answer: Answer | None) -> EditedMeanwhile:
    if answer is None:
        return EditedMeanwhile(revision=0, kind=None, language=None, text="", by="")
    officer = accounts.by_id(answer.drafted_by)
    return EditedMeanwhile(
        revision=answer.revision,
        kind=answer.kind,
        language=answer.language,
        text=answer.text,
        by=officer.name if officer else "",
    )


def _locked(
    answers: Iterable[Answer],
    actor: Actor,
    revisions: Mapping[int, int] | None,
    *,
    may_be_published: bool = True,
) -> Sequence[Answer]:
    """The answers as they are now, in one order for everybody, if they are this head's and were read as they are."""
    found = db.session.scalars(
        select(Answer)
        .where(Answer.id.in_([answer.id for answer in answers]))
        .order_by(Answer.id)
        .with_for_update(of=Answer)
        .execution_options(populate_existing=True)
    ).all()
    threads = db.session.scalars(select(Thread).where(Thread.id.in_({answer.thread_id for answer in found})))
    for thread in threads.unique():
        policies.check_thread(ThreadAction.APPROVE_ANSWERS, actor, thread)
    for answer in found:
        if revisions is not None and revisions.get(answer.id, answer.revision) != answer.revision:
            raise _edited_meanwhile(answer)
    published = [answer.id for answer in found if answer.state is AnswerState.PUBLISHED]
    if published and not may_be_published:
        raise AlreadyAnswered(answers=published)
    if may_be_published:
        _check_confirmed(found)
    return found


def _record(actor: Actor, act: str, answers: Sequence[Answer], *, now: datetime) -> None:
    """One line for all: the record of acts lets one writer at a time."""
    by_thread: dict[int, list[list[int]]] = {}
    for answer in answers:
        by_thread.setdefault(answer.thread_id, []).append([answer.id, answer.revision])
    for thread_id, revisions in by_thread.items():
        record(actor, act, subject=f"thread:{thread_id}", now=now, answers=revisions)


def _check_confirmed(answers: Sequence[Answer]) -> None:
    """One answer for many people needs a person who saw that they asked for one thing."""
    open_ids = [one.group_id for one in answers if one.group_id and one.state is not AnswerState.PUBLISHED]
    proposed = db.session.scalars(
        select(Group.id).where(Group.id.in_(open_ids), Group.state == GroupState.PROPOSED).order_by(Group.id)
    ).all()
    if proposed:
        raise GroupNotConfirmed(groups=list(proposed))
