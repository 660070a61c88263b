"""Every read on comments: one of them and what belongs to it here; pages, figures, desks and people beside."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.access import Actor
from app.comments.models import Agreement, Answer, Comment, Edit, Thread
from app.db import db


def by_id(comment_id: int) -> Comment | None:
    """The comment with its thread, attachment and hiding: what its page and its verbs ask for, in one query."""
    return db.session.scalar(
        select(Comment).where(Comment.id == comment_id).options(joinedload(Comment.hiding))
    )


def thread_by_id(thread_id: int) -> Thread | None:
    return db.session.get(Thread, thread_id)


def thread_of(subject_kind: str, subject_number: int) -> Thread | None:
    return db.session.scalar(
        select(Thread).where(Thread.subject_kind == subject_kind, Thread.subject_number == subject_number)
    )


def answer_by_id(answer_id: int) -> Answer | None:
    """An answer in whatever state; who may read it is the caller's question."""
    return db.session.get(Answer, answer_id)


def by_ids(comment_ids: Collection[int]) -> Sequence[Comment]:
    """In the order of posting."""
    return db.session.scalars(select(Comment).where(Comment.id.in_(comment_ids)).order_by(Comment.id)).all()


def edits_of(comment: Comment) -> Sequence[Edit]:
    """What the comment said before, the oldest first."""
    return db.session.scalars(select(Edit).where(Edit.comment_id == comment.id).order_by(Edit.id)).all()


def agreed_by(actor: Actor, comments: Iterable[Comment]) -> frozenset[int]:
    """The ids of those comments with which this person agrees, for a page of them in one query."""
    ids = [comment.id for comment in comments]
    if actor.account_id is None or not ids:
        return frozenset()
    return frozenset(
        db.session.scalars(
            select(Agreement.comment_id).where(
                Agreement.account_id == actor.account_id, Agreement.comment_id.in_(ids)
            )
        )
    )


def agreements_of(comment: Comment) -> int:
    """Counted now, for the one who has just pressed the button; lists show what was counted last."""
    query = select(func.count()).select_from(Agreement).where(Agreement.comment_id == comment.id)
    return db.session.scalar(query) or 0
