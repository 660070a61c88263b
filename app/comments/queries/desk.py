"""The answer desk of a body: what is not answered yet, by clause, by group or by time; what waits for the head."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload
from sqlalchemy.types import String

from app.comments.lifecycle import AnswerState, State
from app.comments.models import Answer, AnswerTemplate, Comment, Group, GroupState, Thread
from app.comments.subjects import subject_of
from app.db import db
from app.web.pagination import Page, keyset

PAGE_SIZE = 30
# Places that the newest version does not have stand at the end.
NOWHERE = 1_000_000


class Order(StrEnum):
    """DUE is by age: all comments of a thread are owed an answer by one day, and who wrote first waits longest."""

    DUE = "due"
    CLAUSE = "clause"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class Item:
    """One answer to be written: to a comment, or to a group through its sample. `answer` is the draft, if any;
    `place` the label of the clause in the reader's language, None for the whole or a clause that is gone."""

    comment: Comment
    group: Group | None
    answer: Answer | None
    place: str | None
    due_on: date | None

    @property
    def people(self) -> int:
        return max(self.group.people, 1) if self.group else 1


@dataclass(frozen=True, slots=True)
class Tabs:
    """How many items each tab of the desk has; of the `unanswered` ones `to_write` have not even a draft."""

    unanswered: int
    to_write: int
    groups_to_confirm: int
    to_approve: int
    sent_back: int
    to_publish: int
    published: int


def items(thread: Thread) -> Select[Comment, Group | None]:
    """Everything that gets one answer: comments without a group, and groups as their samples."""
    return (
        select(Comment, Group)
        .outerjoin(Group, Group.id == Comment.group_id)
        .where(
            Comment.thread_id == thread.id,
            Comment.parent_id.is_(None),
            Comment.state == State.SHOWN,
            or_(Group.id.is_(None), Group.sample_id == Comment.id),
        )
    )


def is_answered() -> ColumnElement[bool]:
    """Of `items`, those with a published answer; of a group by the group's."""
    return exists().where(
        Answer.state == AnswerState.PUBLISHED,
        case(
            (Comment.group_id.is_(None), Answer.comment_id == Comment.id),
            else_=Answer.group_id == Comment.group_id,
        ),
    )


def is_begun() -> ColumnElement[bool]:
    """Of `items`, those to which somebody has written something, published or not."""
    return exists().where(
        case(
            (Comment.group_id.is_(None), Answer.comment_id == Comment.id),
            else_=Answer.group_id == Comment.group_id,
        )
    )


def unanswered(
    thread: Thread,
    *,
    order: Order = Order.DUE,
    language: str,
    anchor_key: str | None = None,
    has_no_draft: bool = False,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[Item]:
    """A page of what has no published answer (with `has_no_draft`, no draft of one either); `language` is that of the
    places' labels."""
    places = subject_of(thread).places(thread, language)
    query = items(thread).where(~is_begun() if has_no_draft else ~is_answered())
    if anchor_key is not None:
        query = query.where(Comment.anchor_key == anchor_key)
    if order is Order.GROUPS:
        query = query.where(Group.id.is_not(None))
    found = keyset(query, order=_ORDERS[order](list(places)), position=after, size=size, scalars=False)
    return replace(found, rows=_as_items(thread, found.rows, places))


def next_to_write(thread: Thread, comment: Comment, *, order: Order, language: str) -> Comment | None:
    """What comes after `comment` (a sample stands for its group) in this order and has not even a draft; behind the
    last one the first. None if nothing but `comment` itself is left."""
    columns = _ORDERS[order](list(subject_of(thread).places(thread, language)))
    here = db.session.execute(
        select(*columns)
        .select_from(Comment)
        .outerjoin(Group, Group.id == Comment.group_id)
        .where(Comment.id == comment.id)
    ).one()
    query = items(thread).where(~is_begun(), Comment.id != comment.id)
    if order is Order.GROUPS:
        query = query.where(Group.id.is_not(None))
    query = query.order_by(*(column.desc() for column in columns)).limit(1)
    # Nothing is less than a position with an empty place: a comment without a group comes before all groups.
    behind = query if None in here else query.where(tuple_(*columns) < tuple_(*here))
    found = db.session.scalars(behind).first() or db.session.scalars(query).first()
    return found


def _by_clause(keys: list[str]) -> Sequence[Any]:
    known = literal(keys, ARRAY(String))
    place = func.coalesce(func.array_position(known, Comment.anchor_key), NOWHERE)
    position = case((Comment.anchor_key.is_(None), 0), else_=place).cast(Integer)
    return (0 - position).cast(Integer), (0 - Comment.id).cast(BigInteger)


_ORDERS: Mapping[Order, Any] = {
    Order.DUE: lambda _: ((0 - Comment.id).cast(BigInteger),),
    Order.CLAUSE: _by_clause,
    Order.GROUPS: lambda _: (Group.people, Comment.id),
}


def item_of(thread: Thread, comment: Comment, *, language: str) -> Item:
    """What is answered when this comment is: itself, or its group."""
    group = db.session.get(Group, comment.group_id) if comment.group_id else None
    shown = db.session.get_one(Comment, group.sample_id) if group else comment
    places = subject_of(thread).places(thread, language)
    return _as_items(thread, [(shown, group)], places)[0]


def _as_items(thread: Thread, rows: Sequence[Any], places: Mapping[str, str]) -> list[Item]:
    answers = answers_to(rows)
    due_on = thread.duty.last_day if thread.duty else None
    return [
        Item(
            comment=comment,
            group=group,
            answer=answers.get((None, group.id) if group else (comment.id, None)),
            place=places.get(comment.anchor_key) if comment.anchor_key else None,
            due_on=due_on,
        )
        for comment, group in rows
    ]


def as_items(thread: Thread, answers: Iterable[Answer], *, language: str) -> list[Item]:
    """Answers with what they answer: the comment, or the group through its sample."""
    places = subject_of(thread).places(thread, language)
    due_on = thread.duty.last_day if thread.duty else None
    found = []
    for answer in answers:
        comment = answer.group.sample if answer.group else answer.comment
        assert comment is not None  # noqa: S101  an answer is to a comment or to a group
        place = places.get(comment.anchor_key) if comment.anchor_key else None
        found.append(Item(comment, answer.group, answer, place, due_on))
    return found


def to_answer(thread: Thread, comment_ids: Iterable[int], *, language: str) -> list[Item]:
    """Those of the ids that are shown comments of this thread: what a form with ticked boxes names. A letter of a group
    stands as its group's sample."""
    chosen = select(Comment.id, Comment.group_id).where(
        Comment.id.in_(list(comment_ids)), Comment.thread_id == thread.id
    )
    rows = db.session.execute(chosen).all()
    single = [row.id for row in rows if row.group_id is None]
    in_groups = {row.group_id for row in rows if row.group_id is not None}
    query = items(thread).where(or_(Comment.id.in_(single), Comment.group_id.in_(in_groups)))
    found = db.session.execute(query.order_by(Comment.id)).unique().all()
    return _as_items(thread, found, subject_of(thread).places(thread, language))


def answers_to(rows: Iterable[Any]) -> dict[tuple[int | None, int | None], Answer]:
    """Answers in any state by (comment, None) or (None, group), for rows of `items` in one query."""
    pairs = list(rows)
    single = [comment.id for comment, group in pairs if group is None]
    groups = [group.id for _, group in pairs if group is not None]
    found = db.session.scalars(
        select(Answer).where(or_(Answer.comment_id.in_(single), Answer.group_id.in_(groups)))
    )
    return {(answer.comment_id, answer.group_id): answer for answer in found}


def answers_in(
    thread: Thread, state: AnswerState, *, after: str | None = None, size: int = PAGE_SIZE
) -> Page[Answer]:
    """Answers of the thread in this state, the newest first; of drafts those that were not sent back."""
    return _answers(_in_state(thread, state), after=after, size=size)


def sent_back(thread: Thread, *, after: str | None = None, size: int = PAGE_SIZE) -> Page[Answer]:
    """Drafts that the head wants changed, with the reason."""
    query = (Answer.thread_id == thread.id) & Answer.sent_back_reason.is_not(None)
    return _answers(query, after=after, size=size)


def _in_state(thread: Thread, state: AnswerState) -> ColumnElement[bool]:
    return and_(Answer.thread_id == thread.id, Answer.state == state, Answer.sent_back_reason.is_(None))


def _answers(condition: ColumnElement[bool], *, after: str | None, size: int) -> Page[Answer]:
    query = (
        select(Answer)
        .where(condition)
        .options(joinedload(Answer.comment), joinedload(Answer.group).joinedload(Group.sample))
    )
    return keyset(query, order=(Answer.id,), position=after, size=size)


def answers_by_ids(thread: Thread, ids: Iterable[int]) -> Sequence[Answer]:
    """Those of the ids that are answers of this thread: what a form with ticked boxes names."""
    return db.session.scalars(
        select(Answer).where(Answer.thread_id == thread.id, Answer.id.in_(list(ids))).order_by(Answer.id)
    ).all()


def answer_of_comment(comment: Comment) -> Answer | None:
    """The comment's answer in any state; that of its group, if it is in one."""
    if comment.group_id is not None:
        return db.session.scalar(select(Answer).where(Answer.group_id == comment.group_id))
    return db.session.scalar(select(Answer).where(Answer.comment_id == comment.id))


def answer_of_group(group: Group) -> Answer | None:
    return db.session.scalar(select(Answer).where(Answer.group_id == group.id))


def tabs(thread: Thread) -> Tabs:
    """The counts of the tabs, in two queries."""
    heads = items(thread).with_only_columns(
        func.count().filter(~is_answered()),
        func.count().filter(~is_begun()),
        func.count().filter(Group.state == GroupState.PROPOSED),
    )
    unanswered_items, to_write, proposed = db.session.execute(heads).one()
    is_back = Answer.sent_back_reason.is_not(None)
    drafts, back, approved, published = db.session.execute(
        select(
            func.count().filter(Answer.state == AnswerState.DRAFT, ~is_back),
            func.count().filter(is_back),
            func.count().filter(Answer.state == AnswerState.APPROVED),
            func.count().filter(Answer.state == AnswerState.PUBLISHED),
        ).where(Answer.thread_id == thread.id)
    ).one()
    return Tabs(unanswered_items, to_write, proposed, drafts, back, approved, published)


def templates_of(agency_ids: Iterable[int]) -> Sequence[AnswerTemplate]:
    """The reply templates of these bodies, by title."""
    return db.session.scalars(
        select(AnswerTemplate)
        .where(AnswerTemplate.agency_id.in_(list(agency_ids)))
        .order_by(AnswerTemplate.agency_id, AnswerTemplate.title, AnswerTemplate.id)
    ).all()


def template_by_id(template_id: int) -> AnswerTemplate | None:
    return db.session.get(AnswerTemplate, template_id)
