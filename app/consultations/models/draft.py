"""The draft act, what people think of it as a whole, and the log of its transitions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Sequence,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.comments.models import Thread
from app.consultations.lifecycle import State
from app.db import Base, enum_column
from app.duties.models import Duty
from app.i18n import in_reader_language

NUMBERS = Sequence("draft_act_number", start=101, metadata=Base.metadata)


class DraftAct(Base):
    """One draft act, or consultative document, in public discussion. `state` is written by
    `services/transitions.py` alone; CHECKs repeat what each state implies.

    `titles`, `summaries` and `notes` (explanatory notes) hold a text per language; Kazakh and Russian are obligatory
    before anything is public. `kind`, `stage`, `level`, `affects` are ids of the rules. `closes_on` is the last day
    on which comments are taken: `term_*` say which rule it was counted by, `term_reason` why it is longer, or on which
    ground shorter. `answers_duty` is the answer to each comment, `report_duty` the report.
    """

    __tablename__ = "draft_act"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("language IN ('kk', 'ru')", name="language"),
        CheckConstraint("created_by IS NOT NULL OR source IS NOT NULL", name="officer_or_source"),
        CheckConstraint("state IN ('preparing','discarded') OR announced_at IS NOT NULL", name="announced"),
        CheckConstraint(
            "state NOT IN ('announced','open','closed','under_review','reported','adopted') "
            "OR (opens_on IS NOT NULL AND closes_on IS NOT NULL)",
            name="has_term",
        ),
        CheckConstraint("closes_on IS NULL OR closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint(
            "state NOT IN ('open','closed','under_review','reported','adopted') "
            "OR (answers_duty_id IS NOT NULL AND report_duty_id IS NOT NULL AND thread_id IS NOT NULL)",
            name="opened",
        ),
        CheckConstraint(
            "state NOT IN ('closed','under_review','reported','adopted') OR closed_at IS NOT NULL",
            name="closed",
        ),
        CheckConstraint("state NOT IN ('reported','adopted') OR reported_at IS NOT NULL", name="reported"),
        CheckConstraint("state <> 'adopted' OR adopted_link IS NOT NULL", name="adopted"),
        CheckConstraint("state <> 'withdrawn' OR withdrawal_reason IS NOT NULL", name="withdrawn"),
        CheckConstraint("(state = 'exempt') = (exemption_ground IS NOT NULL)", name="exempt"),
        Index("ix_draft_act_state_closes", "state", "closes_on", "id"),
        Index("ix_draft_act_announced", text("announced_at DESC"), text("id DESC")),
        Index("ix_draft_act_agency", "agency_id", "state"),
        Index("ix_draft_act_search", "search_vector", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[int] = mapped_column(NUMBERS, server_default=NUMBERS.next_value())
    state: Mapped[State] = mapped_column(enum_column(State), default=State.PREPARING)
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id))
    created_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    # Of an act that was brought in from an archive; nobody created it here.
    source: Mapped[str | None] = mapped_column(String(120), unique=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("draft_act.id"))

    # The language in which it was written; the other one is its translation.
    language: Mapped[str] = mapped_column(String(2), default="kk")
    titles: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    summaries: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    notes: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    kind: Mapped[str] = mapped_column(String(40), default="")
    stage: Mapped[str] = mapped_column(String(40), default="")
    level: Mapped[str] = mapped_column(String(20), default="")
    topic: Mapped[str] = mapped_column(String(40), default="other")
    region_code: Mapped[str | None] = mapped_column(String(40))
    affects: Mapped[list[str]] = mapped_column(JSONB, default=list)
    is_emergency: Mapped[bool] = mapped_column(default=False, server_default="false")

    rules_version: Mapped[str | None]
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    term_value: Mapped[int | None]
    term_unit: Mapped[str | None]
    term_source: Mapped[str | None]
    term_mark: Mapped[str | None]
    term_reason: Mapped[str | None]

    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    adopted_on: Mapped[date | None]
    adopted_link: Mapped[str | None]
    adopted_title: Mapped[str | None]
    withdrawal_reason: Mapped[str | None]
    exemption_ground: Mapped[str | None] = mapped_column(String(40))
    exemption_note: Mapped[str | None]

    thread_id: Mapped[int | None] = mapped_column(ForeignKey(Thread.id), unique=True)
    answers_duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    report_duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    # Kept by the counting, never by a request.
    likes: Mapped[int] = mapped_column(default=0, server_default="0")
    dislikes: Mapped[int] = mapped_column(default=0, server_default="0")
    search_vector: Mapped[Any | None] = mapped_column(TSVECTOR, deferred=True)

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    thread: Mapped[Thread | None] = relationship()
    answers_duty: Mapped[Duty | None] = relationship(foreign_keys=[answers_duty_id])
    report_duty: Mapped[Duty | None] = relationship(foreign_keys=[report_duty_id])
    previous: Mapped["DraftAct | None"] = relationship(remote_side=[id])
    # By the class itself: petitions have a log of that name too.
    transitions: Mapped[list["DraftTransition"]] = relationship(
        lambda: DraftTransition, back_populates="draft", order_by=lambda: DraftTransition.id
    )

    @property
    def title(self) -> str:
        return in_reader_language(**self.titles) if self.titles else ""

    @property
    def summary(self) -> str:
        return in_reader_language(**self.summaries) if self.summaries else ""


class Attitude(Base):
    """One person likes or dislikes a draft as a whole; None once it was taken back. Nobody is shown who."""

    __tablename__ = "draft_attitude"
    __table_args__ = (
        UniqueConstraint("draft_id", "account_id"),
        # What changed lately is what the counting looks at.
        Index("ix_draft_attitude_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(DraftAct.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    likes: Mapped[bool | None]
    at: Mapped[datetime]


class DraftTransition(Base):
    """One line of a draft's history: what the public timeline is read from. `actor_id` None is the clock."""

    __tablename__ = "draft_transition"
    __table_args__ = (Index("ix_draft_transition_draft", "draft_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(DraftAct.id))
    action: Mapped[str]
    source: Mapped[State] = mapped_column(enum_column(State))
    target: Mapped[State] = mapped_column(enum_column(State))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    note: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)

    draft: Mapped[DraftAct] = relationship(back_populates="transitions")
