"""Letters of a campaign: a new one joins its group at once, and people confirm, split and join what machines propose.

Every function here holds the thread's lock, so that two workers never make two groups of one campaign.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest

from sqlalchemy import Select, exists, select, update

from app.access import Actor
from app.audit import record
from app.comments import policies
from app.comments.actions import CommentAction, ThreadAction
from app.comments.errors import AlreadyAnswered, GroupsDiffer, NotInThisGroup
from app.comments.events import GroupConfirmed
from app.comments.lifecycle import AnswerState
from app.comments.models import Answer, Comment, Group, GroupState
from app.comments.services import counting
from app.comments.services.bulk_grouping import group_thread
from app.comments.services.letters import (
    MOST_COMPARED,
    is_changed,
    letter_of,
    lock_groups,
    may_be_grouped,
    scope_of,
)
from app.comments.services.samples import compare_anew, lock, renew_sample
from app.db import db
from app.errors import InvalidInput
from app.outbox import publish
from app.text.near_duplicates import is_near, likeness, sketch

__all__ = ["Merged", "confirm", "group_thread", "join", "merge", "renew_sample", "say_different", "split"]

# Letters that share a member of their sketch with a new one: beyond, only the grouping of the whole thread looks.
MOST_SINGLES = 200
MOST_SAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Merged:
    """The group that took the others in. `set_aside` are the texts of drafts that gave way to a newer one or to a
    published answer; the record of acts keeps them."""

    group: Group
    set_aside: list[str] = field(default_factory=list)


def join(comment_id: int, *, edited_at: datetime | None = None, now: datetime) -> Group | None:
    """Puts a letter where its words belong: into the group that it is near to, or with another letter into a new
    proposed group. After an edit, also out of a group that it is no longer near to, unless a person has confirmed the
    group since. Doing it twice changes nothing.
    """
    comment = db.session.get(Comment, comment_id)
    if comment is None or comment.parent_id is not None:
        return None
    lock_groups(comment.thread_id)
    # An officer who begins an answer to this very comment is waited for; then it stays alone.
    db.session.refresh(comment, with_for_update={"of": Comment})
    letter = letter_of(comment.text, comment.proposed)
    members = list(sketch(letter))
    if list(comment.sketch) != members:
        comment.sketch = members
    if comment.group_id is not None:
        group = db.session.get_one(Group, comment.group_id)
        if edited_at is None or _still_belongs(comment, letter, group, edited_at=edited_at):
            return group
        _leave(group, [comment])
    if not db.session.scalar(select(exists().where(Comment.id == comment.id, may_be_grouped()))):
        return None
    return _find_group(comment, letter, now=now)


def confirm(group: Group, *, actor: Actor, now: datetime) -> None:
    """An officer has looked at these letters: they get one answer, and each author may say that theirs is different."""
    policies.check_thread(ThreadAction.GROUP, actor, group.thread)
    lock(group)
    if _confirm(group, actor=actor, now=now):
        record(actor, "confirm_group", subject=f"comment_group:{group.id}", now=now)


def split(
    group: Group,
    comment_ids: Collection[int],
    *,
    as_new_group: bool = False,
    actor: Actor,
    now: datetime,
) -> Group | None:
    """Takes letters out, each to be answered by itself, or (`as_new_group`) together as a confirmed group, which is
    returned; then what stays is confirmed too, or a machine would find that both are near. No machine puts them back.
    NotInThisGroup names those that are no letters of the group."""
    policies.check_thread(ThreadAction.GROUP, actor, group.thread)
    lock(group)
    leaving = db.session.scalars(
        select(Comment).where(Comment.id.in_(comment_ids), Comment.group_id == group.id).order_by(Comment.id)
    ).all()
    strangers = set(comment_ids) - {comment.id for comment in leaving}
    if strangers:
        raise NotInThisGroup(comments=sorted(strangers))
    if not leaving:
        raise InvalidInput(field="comments")
    _leave(group, leaving)
    made = None
    if as_new_group:
        made = _new_group(leaving[0], leaving, now=now)
        _confirm(made, actor=actor, now=now)
        _confirm(group, actor=actor, now=now)
    else:
        for comment in leaving:
            comment.apart_at = now
    record(
        actor,
        "split_group",
        subject=f"comment_group:{group.id}",
        now=now,
        comments=[comment.id for comment in leaving],
        new_group=made.id if made else None,
    )
    return made


def merge(groups: Sequence[Group], *, actor: Actor, now: datetime) -> Merged:
    """Makes one confirmed group of several: the first, or the one whose answer is published, takes the others in.

    AlreadyAnswered if two have a published answer. Of drafts the newest stays and waits for approval anew; the
    others are told as `set_aside` and kept by the record of acts.
    """
    if len({group.id for group in groups}) < 2:
        raise InvalidInput(field="groups")
    thread = groups[0].thread
    policies.check_thread(ThreadAction.GROUP, actor, thread)
    for name, values in (
        ("thread", {group.thread_id for group in groups}),
        ("language", {group.language for group in groups}),
    ):
        if len(values) > 1:
            raise GroupsDiffer(field=name)
    lock(*groups)
    answers = _answers_of(groups)
    published = [answer for answer in answers if answer.state is AnswerState.PUBLISHED]
    if len(published) > 1:
        raise AlreadyAnswered(answers=[answer.id for answer in published])
    target = next((one for one in groups if published and one.id == published[0].group_id), groups[0])
    dropped = _keep_one_answer(target, answers)
    others = [group for group in groups if group.id != target.id]
    _take_in(target, others)
    _confirm(target, actor=actor, now=now)
    record(
        actor,
        "merge_groups",
        subject=f"comment_group:{target.id}",
        now=now,
        groups=[group.id for group in others],
        set_aside=dropped,
    )
    counting.changed(thread.id)
    return Merged(target, dropped)


def say_different(comment: Comment, *, actor: Actor, now: datetime) -> None:
    """The author wants an own answer. It is owed by the same last day; a published answer of the group is shown until
    then."""
    lock_groups(comment.thread_id)
    db.session.refresh(comment, with_for_update={"of": Comment})
    policies.check(CommentAction.SAY_DIFFERENT, actor, comment)
    _leave(db.session.get_one(Group, comment.group_id), [comment])
    comment.apart_at = now


def _confirm(group: Group, *, actor: Actor, now: datetime) -> bool:
    """False if somebody confirmed it before."""
    if group.state is GroupState.CONFIRMED:
        return False
    group.state, group.confirmed_by, group.confirmed_at = GroupState.CONFIRMED, actor.account_id, now
    publish(GroupConfirmed(group_id=group.id))
    return True


def _still_belongs(comment: Comment, letter: str, group: Group, *, edited_at: datetime) -> bool:
    """Whether the letter stays in its group after an edit."""
    if group.confirmed_at is not None and edited_at <= group.confirmed_at:
        return True
    if group.sample_id == comment.id:
        renew_sample(comment)
        if group.sample_id == comment.id:
            return True
    sample = db.session.get_one(Comment, group.sample_id)
    words = letter_of(sample.text, sample.proposed)
    if not is_near(words, letter):
        return False
    changed = is_changed(words, letter)
    if comment.is_changed is not changed:
        comment.is_changed = changed
        counting.changed(comment.thread_id)
    return True


def _find_group(comment: Comment, letter: str, *, now: datetime) -> Group | None:
    sample = _nearest(_samples(comment), comment, letter)
    if sample is not None:
        group = db.session.get_one(Group, sample.group_id)
        comment.group_id = group.id
        comment.is_changed = is_changed(letter_of(sample.text, sample.proposed), letter)
        counting.changed(comment.thread_id)
        # The next letter of this transaction must find it here.
        db.session.flush()
        return group
    other = _nearest(_singles(comment), comment, letter)
    if other is None:
        return None
    found = db.session.get_one(Comment, other.id)
    # An officer may have begun to answer it since the search.
    db.session.refresh(found, with_for_update={"of": Comment})
    if not db.session.scalar(select(exists().where(Comment.id == found.id, may_be_grouped()))):
        return None
    first, second = sorted((found, comment), key=lambda one: one.id)
    return _new_group(first, (first, second), now=now)


def _nearest(query: Select[int, list[int]], comment: Comment, letter: str) -> Comment | None:
    """The most alike of the candidates that are near to the letter; read are those that share most of its sketch."""
    members = frozenset(comment.sketch)
    rows = db.session.execute(query).all()
    best = nsmallest(MOST_COMPARED, rows, key=lambda row: (-len(members.intersection(row.sketch)), row.id))
    scope = scope_of(letter, language=comment.language, anchor_key=comment.anchor_key)
    found: list[tuple[float, int, Comment]] = []
    for other in db.session.scalars(select(Comment).where(Comment.id.in_([row.id for row in best]))).unique():
        words = letter_of(other.text, other.proposed)
        is_comparable = scope_of(words, language=other.language, anchor_key=other.anchor_key) == scope
        if is_comparable and is_near(words, letter):
            found.append((-likeness(words, letter), other.id, other))
    return min(found)[2] if found else None


def _candidates(comment: Comment) -> Select[int, list[int]]:
    return select(Comment.id, Comment.sketch).where(
        Comment.thread_id == comment.thread_id,
        Comment.language == comment.language,
        Comment.sketch.overlap(comment.sketch),
        Comment.id != comment.id,
    )


def _samples(comment: Comment) -> Select[int, list[int]]:
    """Samples of the thread's groups that share a member, those of the largest groups."""
    return (
        _candidates(comment)
        .join(Group, Group.sample_id == Comment.id)
        .where(Group.thread_id == comment.thread_id)
        .order_by(Group.people.desc(), Group.id.desc())
        .limit(MOST_SAMPLES)
    )


def _singles(comment: Comment) -> Select[int, list[int]]:
    """The newest letters without a group that share a member."""
    return (
        _candidates(comment)
        .where(Comment.group_id.is_(None), may_be_grouped())
        .order_by(Comment.id.desc())
        .limit(MOST_SINGLES)
    )


def _new_group(sample: Comment, letters: Sequence[Comment], *, now: datetime) -> Group:
    group = Group(
        thread_id=sample.thread_id,
        sample_id=sample.id,
        language=sample.language,
        state=GroupState.PROPOSED,
        created_at=now,
    )
    db.session.add(group)
    # Its letters name it.
    db.session.flush()
    words = letter_of(sample.text, sample.proposed)
    for letter in letters:
        letter.group_id = group.id
        letter.is_changed = is_changed(words, letter_of(letter.text, letter.proposed))
    db.session.flush()
    counting.changed(sample.thread_id)
    return group


def _leave(group: Group, letters: Sequence[Comment]) -> None:
    for letter in letters:
        letter.group_id, letter.is_changed, letter.left_group_id = None, False, group.id
    # The sample is looked for among those that stay.
    db.session.flush()
    for letter in letters:
        if letter.id == group.sample_id:
            renew_sample(letter)
    counting.changed(group.thread_id)


def _answers_of(groups: Sequence[Group]) -> Sequence[Answer]:
    """The groups' answers, the newest first."""
    return db.session.scalars(
        select(Answer)
        .where(Answer.group_id.in_([group.id for group in groups]))
        .order_by(Answer.drafted_at.desc(), Answer.id.desc())
        .with_for_update(of=Answer)
        .execution_options(populate_existing=True)
    ).all()


def _keep_one_answer(target: Group, answers: Sequence[Answer]) -> list[str]:
    """Leaves the published or the newest answer as that of the target; returns the texts of the others."""
    if not answers:
        return []
    kept = next((one for one in answers if one.state is AnswerState.PUBLISHED), answers[0])
    others = [answer for answer in answers if answer is not kept]
    for answer in others:
        db.session.delete(answer)
    # One answer a group: the others go before the kept one moves.
    db.session.flush()
    if kept.state is not AnswerState.PUBLISHED:
        # Whoever approved it has not seen the other letters.
        kept.state, kept.approved_by, kept.approved_at = AnswerState.DRAFT, None, None
        kept.group_id, kept.revision = target.id, kept.revision + 1
    return [answer.text for answer in others]


def _take_in(target: Group, others: Sequence[Group]) -> None:
    ids = [group.id for group in others]
    db.session.execute(
        update(Comment)
        .where(Comment.group_id.in_(ids))
        .values(group_id=target.id)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Comment)
        .where(Comment.left_group_id.in_(ids))
        .values(left_group_id=target.id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    for group in others:
        db.session.delete(group)
    db.session.flush()
    compare_anew(target, db.session.get_one(Comment, target.sample_id))
