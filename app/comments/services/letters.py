"""A comment as a letter of a campaign: its words, with which others it is compared, and who holds the groups."""

from sqlalchemy import ColumnElement, exists, func, select

from app.comments.lifecycle import State
from app.comments.models import Answer, Comment
from app.db import db
from app.text.near_duplicates import words_of

# «Қарсымын», «I am against this»: so few words ask for one thing only where they stand at one place of the draft.
SHORT_WORDS = 20
# Of the letters that share members of their sketch with one, those that share most are read word by word.
MOST_COMPARED = 20

Scope = tuple[str, str | None]


def letter_of(text: str, proposed: str | None) -> str:
    """The words that are compared: a campaign may also send one proposed wording."""
    return f"{text}\n{proposed}" if proposed else text


def scope_of(letter: str, *, language: str, anchor_key: str | None) -> Scope:
    """Letters are compared within a language, short ones also within a clause: a miss is better than a false join."""
    is_short = len(letter.split(maxsplit=SHORT_WORDS)) <= SHORT_WORDS
    return language, (anchor_key or "") if is_short else None


def is_changed(sample: str, letter: str) -> bool:
    """Whether the sender changed or added a word; greeting, signature and signs do not count."""
    return sample != letter and words_of(sample) != words_of(letter)


def lock_groups(thread_id: int) -> None:
    """Until the transaction ends nobody else changes which letters of this thread are in which group."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"groups:{thread_id}", 0))))


def may_be_grouped() -> ColumnElement[bool]:
    """Comments that a machine may put into a group: shown, no reply, taken out by nobody, without an own answer."""
    return (
        Comment.parent_id.is_(None)
        & (Comment.state == State.SHOWN)
        & Comment.apart_at.is_(None)
        & ~exists().where(Answer.comment_id == Comment.id)
    )
