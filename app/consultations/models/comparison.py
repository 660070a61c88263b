"""What changed between two versions, the comparative table, and where each comment went."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.comments.models import Comment
from app.consultations.models.version import Clause, DraftVersion
from app.db import Base, enum_column
from app.text.alignment import Change


class ClauseChange(Base):
    """What happened to one clause between the version before and this one, in reading order.

    `pieces` is the redline, [[op, text], …] with op "same", "deleted", "inserted"; None where nothing was edited.
    """

    __tablename__ = "draft_clause_change"
    __table_args__ = (UniqueConstraint("version_id", "language", "position"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(DraftVersion.id))
    language: Mapped[str] = mapped_column(String(2))
    position: Mapped[int]
    change: Mapped[Change] = mapped_column(enum_column(Change))
    is_edited: Mapped[bool]
    is_doubtful: Mapped[bool]
    old_clause_id: Mapped[int | None] = mapped_column(ForeignKey(Clause.id))
    new_clause_id: Mapped[int | None] = mapped_column(ForeignKey(Clause.id))
    pieces: Mapped[list[list[str]] | None] = mapped_column(JSONB)

    old: Mapped[Clause | None] = relationship(foreign_keys=[old_clause_id])
    new: Mapped[Clause | None] = relationship(foreign_keys=[new_clause_id])


class ComparativeRow(Base):
    """One row of the comparative table: the structural element, its text in force, the proposed one, and why; a text
    per language in each."""

    __tablename__ = "draft_comparative_row"
    __table_args__ = (UniqueConstraint("version_id", "position", deferrable=True, initially="DEFERRED"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(DraftVersion.id))
    position: Mapped[int]
    clause_key: Mapped[str | None] = mapped_column(String(40))
    element: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    current: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    proposed: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    reason: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)


class Fate(StrEnum):
    """What became of a comment's place in a new version."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    MOVED = "moved"
    REMOVED = "removed"
    DOUBTFUL = "doubtful"  # a person decides


class CarriedComment(Base):
    """The place of one comment in a later version than the one it was written for. The comment itself keeps its own
    version and its quotation. A doubtful one waits until an officer settles it."""

    __tablename__ = "draft_carried_comment"
    __table_args__ = (
        UniqueConstraint("version_id", "comment_id"),
        CheckConstraint("fate <> 'doubtful' OR settled_at IS NULL", name="doubtful_waits"),
        Index("ix_draft_carried_waiting", "version_id", postgresql_where=text("fate = 'doubtful'")),
        Index("ix_draft_carried_comment_comment", "comment_id"),
        Index("ix_draft_carried_key", "version_id", "clause_key", "comment_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(DraftVersion.id))
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    fate: Mapped[Fate] = mapped_column(enum_column(Fate))
    # In the new version; for a removed or doubtful one the place that looks most like it, if any.
    clause_key: Mapped[str | None] = mapped_column(String(40))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    settled_at: Mapped[datetime | None]

    comment: Mapped[Comment] = relationship()
