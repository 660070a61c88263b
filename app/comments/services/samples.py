"""The sample of a group: the letter that the others are compared with, shown to everybody as what the group says."""

from sqlalchemy import select, update

from app.comments.lifecycle import State
from app.comments.models import Comment, Group
from app.comments.services import counting
from app.comments.services.letters import is_changed, letter_of, lock_groups
from app.db import db


def renew_sample(comment: Comment) -> None:
    """After a letter was hidden, withdrawn, edited or has left: if it was a group's sample, the earliest other shown
    letter becomes it, one with the same words if there is one. A group without another shown letter keeps its sample.
    """
    group = db.session.scalar(select(Group).where(Group.sample_id == comment.id))
    if group is None:
        return
    lock(group)
    heirs = (
        select(Comment)
        .where(Comment.group_id == group.id, Comment.state == State.SHOWN, Comment.id != comment.id)
        .order_by(Comment.id)
        .limit(1)
    )
    same = None if comment.is_changed else db.session.scalar(heirs.where(Comment.is_changed.is_(False)))
    heir = same or db.session.scalar(heirs)
    if heir is None:
        return
    group.sample_id = heir.id
    if same is None:
        compare_anew(group, heir)
    counting.changed(group.thread_id)


def compare_anew(group: Group, sample: Comment) -> None:
    """Notes of every letter whether its words are the sample's, without holding them all in memory."""
    words = letter_of(sample.text, sample.proposed)
    rows = db.session.execute(
        select(Comment.id, Comment.text, Comment.proposed, Comment.is_changed)
        .where(Comment.group_id == group.id)
        .execution_options(yield_per=1000)
    )
    wrong: dict[bool, list[int]] = {True: [], False: []}
    for row in rows:
        changed = is_changed(words, letter_of(row.text, row.proposed))
        if changed is not row.is_changed:
            wrong[changed].append(row.id)
    for changed, ids in wrong.items():
        if ids:
            db.session.execute(update(Comment).where(Comment.id.in_(ids)).values(is_changed=changed))


def lock(*groups: Group) -> None:
    """These groups of one thread as they are now, and nobody else's until the transaction ends."""
    db.session.flush()
    lock_groups(groups[0].thread_id)
    for group in sorted(groups, key=lambda one: one.id):
        db.session.refresh(group, with_for_update={"of": Group})
