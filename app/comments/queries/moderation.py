"""What waits for moderators: appeals by their last day, and what was said lately."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.access import Actor
from app.comments.lifecycle import State
from app.comments.models import Comment, Hiding
from app.db import db
from app.web.pagination import Page, keyset

LIMIT = 200
PAGE_SIZE = 50

WAITING = Hiding.appealed_at.is_not(None) & Hiding.appeal_decided_at.is_(None)


def appeals(*, limit: int = LIMIT) -> Sequence[Comment]:
    """Hidden comments whose authors appealed and wait, by the last day of the decision. A moderator may not decide
    on what they hid: the page asks the policies for each. An appeal falls with the comment that is taken back."""
    return db.session.scalars(
        select(Comment)
        .join(Comment.hiding)
        .where(WAITING, Comment.state == State.HIDDEN)
        .order_by(Hiding.appeal_due_on, Hiding.id)
        .options(contains_eager(Comment.hiding))
        .limit(limit)
    ).all()


def appeals_count(*, for_actor: Actor | None = None) -> int:
    """How many appeals wait; with `for_actor`, those that this moderator may decide."""
    query = (
        select(func.count())
        .select_from(Hiding)
        .join(Comment, Comment.id == Hiding.comment_id)
        .where(WAITING, Comment.state == State.HIDDEN)
    )
    if for_actor is not None:
        query = query.where(
            Hiding.hidden_by != for_actor.account_id, Comment.author_id != for_actor.account_id
        )
    return db.session.scalar(query) or 0


def latest(*, after: str | None = None, size: int = PAGE_SIZE) -> Page[Comment]:
    """What was said in all threads, the newest first, replies too: moderation comes after publication."""
    query = select(Comment).where(Comment.state == State.SHOWN).options(joinedload(Comment.hiding))
    return keyset(query, order=[Comment.id], position=after, size=size)


def hidden(*, after: str | None = None, size: int = PAGE_SIZE) -> Page[Comment]:
    """What was hidden and by which class of reasons, the newest hiding first."""
    query = (
        select(Comment)
        .join(Comment.hiding)
        .where(Comment.state == State.HIDDEN)
        .options(contains_eager(Comment.hiding))
    )
    return keyset(query, order=[Hiding.id], position=after, size=size)
