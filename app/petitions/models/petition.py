"""The petition, its demands, its documents and the log of its transitions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Optional

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Sequence, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.comments.models import Thread
from app.db import Base, enum_column
from app.duties.models import Duty
from app.files.models import Attachment
from app.i18n import current_language
from app.petitions.lifecycle import State

NUMBERS = Sequence("petition_number", start=1001, metadata=Base.metadata)


class Petition(Base):
    """One petition. `state` is written by `services/transitions.py` alone; CHECKs repeat what each state implies.

    `titles` holds the title in its original language `language` and, where the author gave them, in the others.
    The rules' version, the threshold's figures and the dates are frozen: later changes of law do not touch them.
    """

    __tablename__ = "petition"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("support_token"),
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
        CheckConstraint(
            "state = 'draft' OR state = 'withdrawn' OR submitted_at IS NOT NULL", name="submitted"
        ),
        CheckConstraint("submitted_at IS NULL OR addressee_id IS NOT NULL", name="submitted_has_addressee"),
        CheckConstraint(
            "(published_at IS NOT NULL) = (state NOT IN ('draft','submitted','rejected','lapsed','withdrawn'))",
            name="published",
        ),
        CheckConstraint(
            "published_at IS NULL OR (check_passed_at IS NOT NULL AND first_support_at IS NOT NULL)",
            name="published_after_check_and_support",
        ),
        CheckConstraint("(published_at IS NULL) = (closes_at IS NULL)", name="published_closes"),
        CheckConstraint("(state = 'rejected') = (rejected_at IS NOT NULL)", name="rejected"),
        CheckConstraint("rejected_at IS NULL OR rejection_ground IS NOT NULL", name="rejected_has_ground"),
        CheckConstraint(
            "state NOT IN ('supported','forwarded','under_review','decided') OR supported_at IS NOT NULL",
            name="supported",
        ),
        CheckConstraint(
            "state NOT IN ('forwarded','under_review','decided') OR register_duty_id IS NOT NULL",
            name="forwarded",
        ),
        CheckConstraint(
            "state NOT IN ('under_review','decided') OR review_duty_id IS NOT NULL", name="registered"
        ),
        CheckConstraint(
            "state NOT IN ('returned','answered') OR letter_duty_id IS NOT NULL", name="returned"
        ),
        CheckConstraint("state <> 'answered' OR letter_answer IS NOT NULL", name="answered"),
        Index("ix_petition_state_published", "state", "published_at", "id"),
        Index("ix_petition_author_id", "author_id"),
        Index("ix_petition_addressee_state", "addressee_id", "state"),
        Index("ix_petition_search", "search_vector", postgresql_using="gin"),
        Index(
            "ix_petition_title_trgm",
            "search_title",
            postgresql_using="gin",
            postgresql_ops={"search_title": "gin_trgm_ops"},
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[int] = mapped_column(NUMBERS, server_default=NUMBERS.next_value())
    state: Mapped[State] = mapped_column(enum_column(State), default=State.DRAFT)
    author_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("petition.id"))

    language: Mapped[str] = mapped_column(default="kk")
    titles: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    arguments: Mapped[str] = mapped_column(default="")
    topic: Mapped[str] = mapped_column(String(40), default="other")
    addressee_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    region_code: Mapped[str | None] = mapped_column(String(40), index=True)
    author_shown_as: Mapped[str] = mapped_column(default="")
    draft_steps: Mapped[list[str]] = mapped_column(JSONB, default=list)
    draft_answers: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)

    rules_version: Mapped[str | None]
    threshold_votes: Mapped[int | None]
    threshold_rule: Mapped[str | None]
    threshold_percent: Mapped[int | None]
    threshold_source: Mapped[str | None]
    population: Mapped[int | None]
    population_on: Mapped[date | None]
    first_support_needed: Mapped[int | None]

    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    support_token: Mapped[str | None]
    support_closes_at: Mapped[datetime | None]
    first_support_at: Mapped[datetime | None]
    check_duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    check_passed_at: Mapped[datetime | None]
    rejected_at: Mapped[datetime | None]
    rejection_ground: Mapped[str | None]
    rejection_reason: Mapped[str | None]
    published_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    supported_at: Mapped[datetime | None]
    supported_log_index: Mapped[int | None]
    register_duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    registration_number: Mapped[str | None]
    review_duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    statement_text: Mapped[str | None]
    statement_link: Mapped[str | None]
    statement_on: Mapped[date | None]
    letter_duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    letter_answer: Mapped[str | None]
    letter_answered_at: Mapped[datetime | None]
    closing_note: Mapped[str | None]
    thread_id: Mapped[int | None] = mapped_column(ForeignKey(Thread.id), unique=True)

    search_vector: Mapped[Any | None] = mapped_column(TSVECTOR, deferred=True)
    search_title: Mapped[str | None] = mapped_column(deferred=True)

    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    addressee: Mapped[Agency | None] = relationship(foreign_keys=[addressee_id], lazy="joined")
    previous: Mapped[Optional["Petition"]] = relationship(remote_side="Petition.id")
    demands: Mapped[list["Demand"]] = relationship(
        back_populates="petition", order_by="Demand.position", cascade="all, delete-orphan", lazy="selectin"
    )
    documents: Mapped[list["Document"]] = relationship(
        back_populates="petition", order_by="Document.id", cascade="all, delete-orphan"
    )
    # By the class itself: draft acts have a log of that name too.
    transitions: Mapped[list["TransitionRow"]] = relationship(
        lambda: TransitionRow,
        back_populates="petition",
        order_by=lambda: TransitionRow.id,
        cascade="all, delete-orphan",
    )
    check_duty: Mapped[Duty | None] = relationship(foreign_keys=[check_duty_id])
    register_duty: Mapped[Duty | None] = relationship(foreign_keys=[register_duty_id])
    review_duty: Mapped[Duty | None] = relationship(foreign_keys=[review_duty_id])
    letter_duty: Mapped[Duty | None] = relationship(foreign_keys=[letter_duty_id])

    thread: Mapped[Thread | None] = relationship()

    @property
    def title(self) -> str:
        """The title in the reader's language where the author gave one, else in the original's."""
        return self.titles.get(current_language()) or self.original_title

    @property
    def original_title(self) -> str:
        return self.titles.get(self.language, "")

    @property
    def title_language(self) -> str:
        """The language of what `title` yields, for the `lang` attribute."""
        return current_language() if self.titles.get(current_language()) else self.language


class Demand(Base):
    """One numbered thing that is asked; a decision answers each."""

    __tablename__ = "demand"
    __table_args__ = (UniqueConstraint("petition_id", "position", deferrable=True, initially="DEFERRED"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id))
    position: Mapped[int]
    text: Mapped[str]

    petition: Mapped[Petition] = relationship(back_populates="demands")


class DocumentKind(StrEnum):
    AUTHOR = "author"
    REVIEW = "review"
    DECISION = "decision"


class Document(Base):
    """A file that belongs to a petition, and in which capacity."""

    __tablename__ = "petition_document"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey(Attachment.id), unique=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_column(DocumentKind))

    petition: Mapped[Petition] = relationship(back_populates="documents")
    attachment: Mapped[Attachment] = relationship(lazy="joined")


class TransitionRow(Base):
    """One line of a petition's history: what the public timeline is read from. `actor_id` None is the clock."""

    __tablename__ = "petition_transition"
    __table_args__ = (Index("ix_petition_transition_petition", "petition_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id))
    action: Mapped[str]
    source: Mapped[State] = mapped_column(enum_column(State))
    target: Mapped[State] = mapped_column(enum_column(State))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    note: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)

    petition: Mapped[Petition] = relationship(back_populates="transitions")
