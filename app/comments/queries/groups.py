"""Groups of letters: which there are, who sent one, and what each sender changed or added."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.comments.lifecycle import State
from app.comments.models import Comment, Group, GroupState, Thread
from app.comments.services.letters import letter_of
from app.db import db
from app.text import near_duplicates
from app.text.redline import Piece
from app.web.pagination import Page, keyset

PAGE_SIZE = 50


def by_id(group_id: int) -> Group | None:
    return db.session.scalar(select(Group).where(Group.id == group_id).options(joinedload(Group.sample)))


def by_ids(thread: Thread, ids: Iterable[int]) -> Sequence[Group]:
    """Those of the ids that are groups of this thread: what a form with ticked boxes names."""
    return db.session.scalars(
        select(Group).where(Group.thread_id == thread.id, Group.id.in_(list(ids))).order_by(Group.id)
    ).all()


def of_thread(
    thread: Thread, *, state: GroupState | None = None, after: str | None = None, size: int = PAGE_SIZE
) -> Page[Group]:
    """The thread's groups, those of most people first."""
    query = select(Group).where(Group.thread_id == thread.id).options(joinedload(Group.sample))
    if state is not None:
        query = query.where(Group.state == state)
    return keyset(query, order=(Group.people, Group.id), position=after, size=size)


def additions(group: Group, letters: Iterable[Comment]) -> dict[int, list[Piece]]:
    """By the letter's id, what its sender changed in the group's sample and added to it; of those who did."""
    sample = group.sample
    if sample.state is not State.SHOWN:
        return {}
    words = letter_of(sample.text, sample.proposed)
    return {
        letter.id: near_duplicates.additions(words, letter_of(letter.text, letter.proposed))
        for letter in letters
        if letter.is_changed and letter.state is State.SHOWN
    }


def left_by(group: Group) -> int:
    """How many letters a person took out of the group, or said to be different."""
    return db.session.scalar(select(func.count()).where(Comment.left_group_id == group.id)) or 0


def worth_grouping_again(*, since: datetime) -> Sequence[Thread]:
    """Threads in which somebody said something since then."""
    said = select(Comment.thread_id).where(Comment.created_at >= since, Comment.parent_id.is_(None))
    return db.session.scalars(select(Thread).where(Thread.id.in_(said)).order_by(Thread.id)).all()
