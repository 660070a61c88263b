"""Letters of one campaign: near-identical comments that get one answer, each author as their own."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.comments.models.comment import Comment, Thread
from app.db import Base, enum_column


class GroupState(StrEnum):
    PROPOSED = "proposed"  # found by likeness alone
    CONFIRMED = "confirmed"  # a person of the answering body looked at it


class Group(Base):
    """`sample` is the text that the others are compared with. `people` and `changed` are kept by the counting.

    A group of one is allowed to stand while it is being split or joined; it is shown as a single comment.
    """

    __tablename__ = "comment_group"
    __table_args__ = (
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed"),
        Index("ix_comment_group_thread", "thread_id", "people", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id))
    sample_id: Mapped[int] = mapped_column(ForeignKey(Comment.id))
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[GroupState] = mapped_column(enum_column(GroupState), default=GroupState.PROPOSED)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    people: Mapped[int] = mapped_column(default=0, server_default="0")
    changed: Mapped[int] = mapped_column(default=0, server_default="0")

    thread: Mapped[Thread] = relationship()
    sample: Mapped[Comment] = relationship(foreign_keys=[sample_id])
