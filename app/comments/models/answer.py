"""What the responsible body answers to a comment, or to all letters of a group."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.comments.lifecycle import AnswerKind, AnswerState
from app.comments.models.comment import Comment, Thread
from app.comments.models.group import Group
from app.db import Base, enum_column


class Answer(Base):
    """One answer: to one comment or to one group, never both. `revision` grows with every save, so that of two
    officers the second sees what the first wrote. `text_hash` is of the normalised text: answers that many comments
    got word for word are counted apart as formal. `changed_key` and `changed_version` name the clause of a later
    version that this comment changed. `sent_back_reason` is what the head wants changed, until the next save.
    """

    __tablename__ = "comment_answer"
    __table_args__ = (
        CheckConstraint("(comment_id IS NULL) <> (group_id IS NULL)", name="of_one_thing"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("state = 'draft' OR approved_at IS NOT NULL", name="approved"),
        CheckConstraint("(changed_key IS NULL) = (changed_version IS NULL)", name="change_has_version"),
        CheckConstraint("drafted_by IS NOT NULL OR source IS NOT NULL", name="officer_or_source"),
        CheckConstraint("sent_back_reason IS NULL OR state = 'draft'", name="sent_back_is_draft"),
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
        Index(
            "uq_comment_answer_comment",
            "comment_id",
            unique=True,
            postgresql_where=text("comment_id IS NOT NULL"),
        ),
        Index(
            "uq_comment_answer_group", "group_id", unique=True, postgresql_where=text("group_id IS NOT NULL")
        ),
        Index("ix_comment_answer_thread", "thread_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey(Comment.id))
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id))
    state: Mapped[AnswerState] = mapped_column(enum_column(AnswerState), default=AnswerState.DRAFT)
    kind: Mapped[AnswerKind] = mapped_column(enum_column(AnswerKind))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    text_hash: Mapped[bytes] = mapped_column(LargeBinary(16))
    changed_key: Mapped[str | None] = mapped_column(String(40))
    changed_version: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    drafted_at: Mapped[datetime]
    sent_back_reason: Mapped[str | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    # Where it was brought in from, together with an archived letter; None for those written here.
    source: Mapped[str | None]

    thread: Mapped[Thread] = relationship()
    comment: Mapped[Comment | None] = relationship()
    group: Mapped[Group | None] = relationship()


class AnswerTemplate(Base):
    """A reply that a body uses often, as a start for one's own words."""

    __tablename__ = "comment_answer_template"
    __table_args__ = (Index("ix_comment_answer_template_agency", "agency_id", "title"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id))
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[AnswerKind] = mapped_column(enum_column(AnswerKind))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    created_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    created_at: Mapped[datetime]
