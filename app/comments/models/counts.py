"""Counts that pages show without counting: written by `services/counting.py` alone."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, String
from sqlalchemy.orm import Mapped, mapped_column

from app.comments.models.comment import Thread
from app.db import Base


class ThreadChange(Base):
    """Something in a thread changed and its counts are to be made anew. Rows are only added by requests and only taken
    away by the counting: no request waits for another."""

    __tablename__ = "comment_thread_change"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id))


class AnchorCount(Base):
    """How many comments stand at one place (a clause) of a thread's subject."""

    __tablename__ = "comment_anchor_count"

    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id), primary_key=True)
    anchor_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    comments: Mapped[int]


class ThreadFigures(Base):
    """The public meter of a thread.

    Counted are comments that are shown and no replies. `people` are distinct authors, `texts` distinct texts: a
    group of letters is one text. `answered` comments have a published answer, `on_time` of them by the last day of
    the duty; `formal` of them got an answer that more than the rules' share of all answered texts got word for word.
    """

    __tablename__ = "comment_thread_figures"

    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id), primary_key=True)
    comments: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    texts: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    answered_people: Mapped[int] = mapped_column(default=0)
    answered_texts: Mapped[int] = mapped_column(default=0)
    on_time: Mapped[int] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)
    formal: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime]
