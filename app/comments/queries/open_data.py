"""Comments as open data: what was said and what was answered, and nothing about who said it.

Everything that may leave the house is copied out of the rows here, so that no schema can reach further. A comment that
a moderator hid or its author took back stays in its place as a stub without words, here as in the report.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app import clock
from app.comments.lifecycle import State
from app.comments.models import Answer, Comment, Thread
from app.comments.queries.reading import answers_of
from app.comments.services.posting import SPEAKS_FOR_A_BODY
from app.db import db, transaction
from app.web.pagination import Page, keyset

BATCH = 500
# What the list of comments is ordered by, the newest first.
ORDER = (Comment.id,)


@dataclass(frozen=True, slots=True)
class OpenAnchor:
    """Where a comment stands: a clause of one version in one language, and the words that were selected in it."""

    key: str
    path: str
    version: int
    language: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class OpenChange:
    """The clause of a later version that a comment changed."""

    key: str
    version: int


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """`is_on_time` is None where no answer is owed by a day; `to_group`: all letters of a group got this one."""

    kind: str
    language: str
    text: str
    published_at: datetime
    is_on_time: bool | None
    to_group: bool
    changed: OpenChange | None


@dataclass(frozen=True, slots=True)
class OpenComment:
    """`organisation` is named where somebody speaks for a body; a person never is."""

    id: int
    reply_to: int | None
    state: str
    posted_at: datetime
    edited_at: datetime | None
    language: str
    author_kind: str
    organisation: str | None
    anchor: OpenAnchor | None
    text: str | None
    proposed: str | None
    has_file: bool
    agreements: int
    group: int | None
    hidden_for: str | None
    answer: OpenAnswer | None


def page_of(thread: Thread | None, *, replies: bool, position: str | None, size: int) -> Page[OpenComment]:
    """One page of a thread's comments, or of its replies; an empty one before there is a thread."""
    if thread is None:
        return Page([], None, None)
    found: Page[Comment] = keyset(_of(thread, replies=replies), order=ORDER, position=position, size=size)
    return Page(_opened(thread, found.rows), found.next, found.previous)


def every(thread_id: int | None) -> Iterator[OpenComment]:
    """All comments without the replies, in the order of posting: for tables of any length, which are written when the
    view that asked for them is over. A batch is a transaction of its own, so that no slow reader keeps one open."""
    last = 0
    while thread_id is not None:
        with transaction(read_only=True):
            batch = _batch(thread_id, after=last)
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1].id


def _batch(thread_id: int, *, after: int) -> list[OpenComment]:
    thread = db.session.get_one(Thread, thread_id)
    query = _of(thread, replies=False).where(Comment.id > after).order_by(Comment.id).limit(BATCH)
    return _opened(thread, db.session.scalars(query).all())


def _of(thread: Thread, *, replies: bool) -> Select[Comment]:
    is_reply = Comment.parent_id.is_not(None) if replies else Comment.parent_id.is_(None)
    return select(Comment).where(Comment.thread_id == thread.id, is_reply).options(joinedload(Comment.hiding))


def _opened(thread: Thread, comments: Sequence[Comment]) -> list[OpenComment]:
    answers = answers_of(_owed(comments))
    return [_open(thread, comment, answers.get(comment.id)) for comment in comments]


def _owed(comments: Iterable[Comment]) -> list[Comment]:
    """Replies are conversation: nothing is answered to them."""
    return [comment for comment in comments if comment.parent_id is None]


def _open(thread: Thread, comment: Comment, answer: Answer | None) -> OpenComment:
    is_shown = comment.state is State.SHOWN
    # A letter that was brought in bears its author's initials.
    is_body = comment.author_kind in SPEAKS_FOR_A_BODY and comment.source is None
    hiding = comment.hiding if comment.state is State.HIDDEN else None
    return OpenComment(
        id=comment.id,
        reply_to=comment.parent_id,
        state=comment.state.value,
        posted_at=comment.created_at,
        edited_at=comment.edited_at,
        language=comment.language,
        author_kind=comment.author_kind.value,
        organisation=comment.shown_as if is_shown and is_body else None,
        anchor=_anchor(comment, is_shown=is_shown),
        text=comment.text if is_shown else None,
        proposed=comment.proposed if is_shown else None,
        has_file=is_shown and comment.attachment_id is not None,
        agreements=comment.agreements,
        group=comment.group_id,
        hidden_for=hiding.reason if hiding else None,
        answer=_answer(thread, answer) if answer else None,
    )


def _anchor(comment: Comment, *, is_shown: bool) -> OpenAnchor | None:
    place = comment.anchor
    if place is None:
        return None
    quote = place.exact if is_shown and place.exact else None
    return OpenAnchor(place.key, place.path, place.version, place.language, quote)


def _answer(thread: Thread, answer: Answer) -> OpenAnswer:
    assert answer.published_at is not None  # noqa: S101  only published answers are read
    on_time = clock.today(answer.published_at) <= thread.duty.last_day if thread.duty else None
    changed = None
    if answer.changed_key is not None and answer.changed_version is not None:
        changed = OpenChange(answer.changed_key, answer.changed_version)
    return OpenAnswer(
        kind=answer.kind.value,
        language=answer.language,
        text=answer.text,
        published_at=answer.published_at,
        is_on_time=on_time,
        to_group=answer.group_id is not None,
        changed=changed,
    )
