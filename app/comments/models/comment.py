"""A thread of comments, its comments, and what may happen to one: edits, agreement, hiding."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Optional

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.comments.lifecycle import State
from app.db import Base, enum_column
from app.duties.models import Duty
from app.files.models import Attachment

if TYPE_CHECKING:
    from app.comments.models.counts import ThreadFigures


class AuthorKind(StrEnum):
    """In which capacity somebody speaks; shown with the comment."""

    CITIZEN = "citizen"
    ORGANISATION = "organisation"
    EXPERT = "expert"
    COUNCIL = "council"
    CHAMBER = "chamber"


class Thread(Base):
    """All comments on one thing. The thing (a draft act, a petition) points here; `subject_kind` and
    `subject_number` only let lists name it and link to it.

    `agency` works with the comments, and owes an answer to each by the last day of `duty`; where none is owed (on
    a petition), `duty` is None.
    Comments are taken from `opened_at` until `closed_at`.
    """

    __tablename__ = "comment_thread"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_number"),
        CheckConstraint("duty_id IS NULL OR agency_id IS NOT NULL", name="duty_has_agency"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_number: Mapped[int]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id), index=True)
    duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    agency: Mapped[Agency | None] = relationship(lazy="joined")
    duty: Mapped[Duty | None] = relationship()
    # What was counted last; pages that show a thread load it along.
    counted: Mapped[Optional["ThreadFigures"]] = relationship(viewonly=True, uselist=False)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def needs_answers(self) -> bool:
        return self.duty_id is not None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where in its subject a comment stands.

    `key` is the subject's stable id of the place (a clause), `path` its readable address on the day of writing, and
    `version` and `language` the edition that was read. `exact` are the words that were selected in it, if any, with up to 32
    characters around them and their place (W3C Web Annotation, text quote selector); `exact` stays for ever as it
    was.
    """

    key: str
    path: str
    version: int
    language: str = "kk"
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0


class Comment(Base):
    """What somebody said about the whole (`anchor_key` None), a clause, or words in it; or a reply to a comment.

    `sketch` is what near-duplicates are found by. `apart_at` says that a person took the letter out of its group:
    no machine puts it back. `agreements`, `score` (the lower bound of the share of participants who agreed) and
    `is_answered` (its own answer or its group's is published) are written by `services/counting.py` alone.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
        CheckConstraint("parent_id IS NULL OR group_id IS NULL", name="reply_has_no_group"),
        CheckConstraint("(anchor_key IS NULL) = (anchor_version IS NULL)", name="anchor_has_version"),
        CheckConstraint("quote_exact IS NULL OR anchor_key IS NOT NULL", name="quote_has_anchor"),
        CheckConstraint("apart_at IS NULL OR group_id IS NULL", name="apart_has_no_group"),
        CheckConstraint("author_id IS NOT NULL OR source IS NOT NULL", name="author_or_source"),
        Index("ix_comment_newest", "thread_id", text("id DESC"), postgresql_where=text("parent_id IS NULL")),
        Index(
            "ix_comment_best",
            "thread_id",
            text("score DESC"),
            text("id DESC"),
            postgresql_where=text("parent_id IS NULL"),
        ),
        Index(
            "ix_comment_anchor",
            "thread_id",
            "anchor_key",
            text("id DESC"),
            postgresql_where=text("parent_id IS NULL AND anchor_key IS NOT NULL"),
        ),
        Index(
            "ix_comment_unanswered",
            "thread_id",
            text("(NOT is_answered) DESC"),
            text("id DESC"),
            postgresql_where=text("parent_id IS NULL"),
        ),
        Index("ix_comment_parent", "parent_id", "id", postgresql_where=text("parent_id IS NOT NULL")),
        Index("ix_comment_replies", "thread_id", "id", postgresql_where=text("parent_id IS NOT NULL")),
        Index("ix_comment_group", "group_id", "id", postgresql_where=text("group_id IS NOT NULL")),
        Index("ix_comment_author", "author_id", "id"),
        # Letters that are in a group already are found by its sample.
        Index(
            "ix_comment_sketch",
            "sketch",
            postgresql_using="gin",
            postgresql_where=text("group_id IS NULL AND parent_id IS NULL"),
        ),
        Index(
            "uq_comment_source",
            "thread_id",
            "source",
            unique=True,
            postgresql_where=text("source IS NOT NULL"),
        ),
        Index("ix_comment_search", "search_vector", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    state: Mapped[State] = mapped_column(enum_column(State), default=State.SHOWN)
    # None for a letter that was brought in: it is nobody's account here.
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    author_kind: Mapped[AuthorKind] = mapped_column(enum_column(AuthorKind), default=AuthorKind.CITIZEN)
    # The public name, or the organisation's.
    shown_as: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    proposed: Mapped[str | None]

    anchor_key: Mapped[str | None] = mapped_column(String(40))
    anchor_path: Mapped[str | None] = mapped_column(String(200))
    anchor_version: Mapped[int | None]
    # Of the text that was read, not of the comment.
    anchor_language: Mapped[str | None] = mapped_column(String(2))
    quote_exact: Mapped[str | None]
    quote_prefix: Mapped[str | None]
    quote_suffix: Mapped[str | None]
    quote_start: Mapped[int | None]

    attachment_id: Mapped[int | None] = mapped_column(ForeignKey(Attachment.id), unique=True)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    # Where it was brought in from, for archived letters; None for those written here.
    source: Mapped[str | None]

    sketch: Mapped[list[int]] = mapped_column(ARRAY(Integer), default=list)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("comment_group.id", use_alter=True))
    # Whether the author's text differs from the group's sample.
    is_changed: Mapped[bool] = mapped_column(default=False, server_default="false")
    apart_at: Mapped[datetime | None]
    # The group that a letter was taken out of: its published answer is shown until the letter's own one comes.
    left_group_id: Mapped[int | None] = mapped_column(ForeignKey("comment_group.id", use_alter=True))

    agreements: Mapped[int] = mapped_column(default=0, server_default="0")
    score: Mapped[float] = mapped_column(default=0.0, server_default="0")
    is_answered: Mapped[bool] = mapped_column(default=False, server_default="false")
    search_vector: Mapped[Any | None] = mapped_column(TSVECTOR, deferred=True)

    thread: Mapped[Thread] = relationship(lazy="joined", innerjoin=True)
    author: Mapped[Account | None] = relationship()
    attachment: Mapped[Attachment | None] = relationship(lazy="joined")
    edits: Mapped[list["Edit"]] = relationship(back_populates="comment", order_by="Edit.id")
    hiding: Mapped[Optional["Hiding"]] = relationship(back_populates="comment", uselist=False)

    @property
    def anchor(self) -> Anchor | None:
        if self.anchor_key is None or self.anchor_version is None:
            return None
        return Anchor(
            key=self.anchor_key,
            path=self.anchor_path or "",
            version=self.anchor_version,
            language=self.anchor_language or self.language,
            exact=self.quote_exact or "",
            prefix=self.quote_prefix or "",
            suffix=self.quote_suffix or "",
            start=self.quote_start or 0,
        )


class Edit(Base):
    """What a comment said before it was edited, once its quiet minutes were over."""

    __tablename__ = "comment_edit"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id), index=True)
    at: Mapped[datetime]
    text_before: Mapped[str]
    proposed_before: Mapped[str | None]

    comment: Mapped[Comment] = relationship(back_populates="edits")


class Agreement(Base):
    """One person agrees with one comment. Nobody is shown who."""

    __tablename__ = "comment_agreement"
    __table_args__ = (UniqueConstraint("comment_id", "account_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    at: Mapped[datetime]


class Hiding(Base):
    """A moderator hid a comment: the class of the reason (an id of the rules), an explanation for the author, and the
    one appeal, which another moderator decides by the last day of `appeal_due_on`. A comment that was shown again may not be hidden a second time."""

    __tablename__ = "comment_hiding"
    __table_args__ = (
        UniqueConstraint("comment_id"),
        CheckConstraint("(appealed_at IS NULL) = (appeal IS NULL)", name="appeal_has_text"),
        CheckConstraint("(appealed_at IS NULL) = (appeal_due_on IS NULL)", name="appeal_has_clock"),
        CheckConstraint(
            "appeal_decided_at IS NULL OR (appealed_at IS NOT NULL AND appeal_reason IS NOT NULL "
            "AND is_upheld IS NOT NULL AND appeal_decided_by <> hidden_by)",
            name="appeal_decided_by_another",
        ),
        Index(
            "ix_comment_hiding_appeals",
            "appeal_due_on",
            postgresql_where=text("appealed_at IS NOT NULL AND appeal_decided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    rules_version: Mapped[str]
    reason: Mapped[str] = mapped_column(String(40))
    explanation: Mapped[str]
    hidden_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    hidden_at: Mapped[datetime]
    # Last day on which the author may appeal, and on which the appeal is decided in time.
    may_appeal_until: Mapped[date]
    appeal: Mapped[str | None]
    appealed_at: Mapped[datetime | None]
    appeal_due_on: Mapped[date | None]
    appeal_decided_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    appeal_decided_at: Mapped[datetime | None]
    appeal_reason: Mapped[str | None]
    is_upheld: Mapped[bool | None]

    comment: Mapped[Comment] = relationship(back_populates="hiding")
