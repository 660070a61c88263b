"""Comments as everybody reads them: in pages by keyset, with replies, answers and groups of a page in a query each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased, joinedload

from app.comments.lifecycle import AnswerState, State
from app.comments.models import Answer, Comment, Group, Thread
from app.db import db
from app.text.search import matches
from app.web.pagination import Page, keyset

PAGE_SIZE = 20
# Shown below each comment of a list; its own page shows them all.
REPLIES_SHOWN = 100


class Order(StrEnum):
    BEST = "best"
    NEWEST = "newest"
    UNANSWERED = "unanswered"


# All descending, the last one unique; each has its index in the model.
ORDERS: Mapping[Order, Sequence[Any]] = {
    Order.BEST: (Comment.score, Comment.id),
    Order.NEWEST: (Comment.id,),
    Order.UNANSWERED: (~Comment.is_answered, Comment.id),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A comment on a list; with `group` it stands for all its letters, which the group's own page unfolds."""

    comment: Comment
    group: Group | None = None


def page(
    thread: Thread,
    *,
    order: Order = Order.BEST,
    anchor_key: str | None = None,
    words: str = "",
    every: bool = False,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[Item]:
    """One page of the thread's comments, without the replies.

    Letters of a group stand once, for all of them, as the group's sample, unless `every` lists each. A letter whose
    sample is not on this list (it is hidden, or at another place, or without the words searched) stands by itself: copies
    are never hidden. A hidden comment stays as a stub in its place, a withdrawn one where people replied or it was
    answered.
    """
    query = (
        select(Comment)
        .where(Comment.thread_id == thread.id, Comment.parent_id.is_(None), _leaves_a_stub())
        .options(joinedload(Comment.hiding))
    )
    query = query.where(_wished(Comment, anchor_key, words))
    if not every:
        query = _folded(query, anchor_key, words)
    found = keyset(query, order=ORDERS[order], position=after, size=size)
    groups = {} if every else groups_of(found.rows)
    return replace(found, rows=[Item(comment, _stands_for(comment, groups)) for comment in found.rows])


def of_group(group: Group, *, after: str | None = None, size: int = PAGE_SIZE) -> Page[Comment]:
    """Every letter of a group, the newest first."""
    query = (
        select(Comment)
        .where(Comment.group_id == group.id, _leaves_a_stub())
        .options(joinedload(Comment.hiding))
    )
    return keyset(query, order=[Comment.id], position=after, size=size)


def replies_of(comments: Iterable[Comment], *, each: int = REPLIES_SHOWN) -> dict[int, list[Comment]]:
    """The replies by the id of the comment that they answer, in the order of posting, at most `each` of one."""
    ids = [comment.id for comment in comments]
    if not ids:
        return {}
    # One probe of the index per comment, however many replies a popular one has.
    asked = select(func.unnest(cast(ids, ARRAY(BigInteger))).label("comment_id")).subquery()
    reply = aliased(Comment)
    first = (
        select(reply.id)
        .where(reply.parent_id == asked.c.comment_id, reply.state != State.WITHDRAWN)
        .order_by(reply.id)
        .limit(each)
        .lateral()
    )
    rows = db.session.scalars(
        select(Comment)
        .select_from(asked)
        .join(first, true())
        .join(Comment, Comment.id == first.c.id)
        .options(joinedload(Comment.hiding))
        .order_by(Comment.id)
    )
    replies: dict[int, list[Comment]] = {}
    for row in rows:
        replies.setdefault(row.parent_id or 0, []).append(row)
    return replies


def answers_of(comments: Iterable[Comment]) -> dict[int, Answer]:
    """The published answer by the comment's id: its own, else that of its group, else, for whoever said "mine is
    different", that of the group that was left."""
    comments = list(comments)
    own = {comment.id for comment in comments}
    groups = {group for comment in comments for group in (comment.group_id, comment.left_group_id) if group}
    if not own:
        return {}
    rows = db.session.scalars(
        select(Answer).where(
            Answer.state == AnswerState.PUBLISHED,
            or_(Answer.comment_id.in_(own), Answer.group_id.in_(groups)),
        )
    ).all()
    to_comment = {answer.comment_id: answer for answer in rows if answer.comment_id}
    to_group = {answer.group_id: answer for answer in rows if answer.group_id}
    found = {
        comment.id: to_comment.get(comment.id)
        or to_group.get(comment.group_id or 0)
        or to_group.get(comment.left_group_id or 0)
        for comment in comments
    }
    return {comment_id: answer for comment_id, answer in found.items() if answer is not None}


def groups_of(comments: Iterable[Comment]) -> dict[int, Group]:
    """The group by the comment's id, of those that are in one."""
    comments = [comment for comment in comments if comment.group_id]
    if not comments:
        return {}
    wanted = {comment.group_id for comment in comments}
    groups = {group.id: group for group in db.session.scalars(select(Group).where(Group.id.in_(wanted)))}
    return {comment.id: groups[comment.group_id] for comment in comments if comment.group_id in groups}


def group_by_id(group_id: int) -> Group | None:
    return db.session.get(Group, group_id)


def _wished(comment: Any, anchor_key: str | None, words: str) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if anchor_key is not None:
        condition = condition & (comment.anchor_key == anchor_key)
    if words.strip():
        condition = condition & (comment.state == State.SHOWN) & matches(comment.search_vector, words)
    return condition


def _folded(query: Select[Any], anchor_key: str | None, words: str) -> Select[Any]:
    """Without the letters that their group's sample stands for on this very list."""
    sample = aliased(Comment)
    standing_in = (
        select(sample.id)
        .join(Group, Group.sample_id == sample.id)
        .where(Group.id == Comment.group_id, sample.id != Comment.id, sample.state == State.SHOWN)
        .where(_wished(sample, anchor_key, words))
    )
    return query.where(or_(Comment.group_id.is_(None), ~standing_in.exists()))


def _leaves_a_stub() -> ColumnElement[bool]:
    reply = aliased(Comment)
    replied = exists().where(reply.parent_id == Comment.id, reply.state != State.WITHDRAWN)
    return or_(Comment.state != State.WITHDRAWN, Comment.is_answered, replied)


def _stands_for(comment: Comment, groups: Mapping[int, Group]) -> Group | None:
    """The group for which the comment stands: it is its sample, and not the only one to send it."""
    group = groups.get(comment.id)
    return group if group is not None and group.sample_id == comment.id and group.people > 1 else None
