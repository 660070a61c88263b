"""Questions that citizens send beforehand, and who wants them asked."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.control.models.act import ControlAct
from app.db import Base


class Question(Base):
    """`supports` is kept by the counting, never by a request."""

    __tablename__ = "control_question"
    __table_args__ = (
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden_with_reason"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index("ix_control_question_act", "act_id", text("supports DESC"), text("id DESC")),
        Index("ix_control_question_author", "author_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey(ControlAct.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    author_name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(40))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    supports: Mapped[int] = mapped_column(default=0, server_default="0")

    act: Mapped[ControlAct] = relationship()


class QuestionSupport(Base):
    """One person wants it asked; nobody is shown who."""

    __tablename__ = "control_question_support"
    __table_args__ = (
        UniqueConstraint("question_id", "account_id"),
        Index("ix_control_question_support_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
