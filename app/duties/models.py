"""A duty to answer, with the due date that everybody can see."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Agency
from app.councils.models import Council
from app.db import Base, enum_column


class DutyKind(StrEnum):
    """What is owed."""

    CHECK = "check"
    REGISTER = "register"
    REVIEW = "review"
    LETTER_ANSWER = "letter_answer"
    COMMENT_ANSWERS = "comment_answers"
    DISCUSSION_REPORT = "discussion_report"
    COUNCIL_RECOMMENDATIONS = "council_recommendations"
    RECOMMENDATION_ANSWERS = "recommendation_answers"
    CONTROL_DOCUMENT = "control_document"
    PROPOSAL_ANSWER = "proposal_answer"
    MINUTES = "minutes"


class ClockState(StrEnum):
    """What the public clock says, everywhere in the same words and colours."""

    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ANSWERED_ON_TIME = "answered_on_time"
    ANSWERED_LATE = "answered_late"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Duty(Base):
    """One body, or one public council, owes one thing by one day.

    The thing that is owed points here, never the other way round; `subject_kind` and `subject_number` only let lists
    name it and link to it. The calendar's version and the source are kept, and a fulfilled duty never moves: neither
    a changed rule nor a transferred holiday touches it. `lapsed_at` is set where the law itself says what silence
    means: a council that gives no recommendations in time has agreed, and owes nothing any more.
    """

    __tablename__ = "duty"
    __table_args__ = (
        CheckConstraint("due_on >= started_on", name="due_after_start"),
        CheckConstraint("(extended_to IS NULL) = (extension_reason IS NULL)", name="extension_has_reason"),
        CheckConstraint("extended_to IS NULL OR extended_to > due_on", name="extension_is_later"),
        CheckConstraint("num_nonnulls(fulfilled_at, cancelled_at, lapsed_at) <= 1", name="ended_once"),
        CheckConstraint("(agency_id IS NULL) <> (council_id IS NULL)", name="of_one_body"),
        CheckConstraint("(fulfilled_at IS NULL) = (fulfilled_on IS NULL)", name="fulfilled_has_day"),
        Index(
            "ix_duty_open",
            "agency_id",
            text("coalesce(extended_to, due_on)"),
            postgresql_where=text("fulfilled_at IS NULL AND cancelled_at IS NULL AND lapsed_at IS NULL"),
        ),
        Index(
            "ix_duty_council",
            "council_id",
            text("coalesce(extended_to, due_on)"),
            postgresql_where=text("council_id IS NOT NULL"),
        ),
        Index("ix_duty_agency_kind", "agency_id", "kind"),
        Index("ix_duty_subject", "subject_kind", "subject_number"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind: Mapped[DutyKind] = mapped_column(enum_column(DutyKind))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    council_id: Mapped[int | None] = mapped_column(ForeignKey(Council.id))
    subject_kind: Mapped[str]
    subject_number: Mapped[int]
    rules_version: Mapped[str]
    deadline: Mapped[str]
    value: Mapped[int]
    unit: Mapped[str]
    source: Mapped[str]
    calendar_version: Mapped[str]
    started_on: Mapped[date]
    due_on: Mapped[date]
    extended_to: Mapped[date | None]
    extension_reason: Mapped[str | None]
    extended_at: Mapped[datetime | None]
    fulfilled_at: Mapped[datetime | None]
    fulfilled_on: Mapped[date | None]
    cancelled_at: Mapped[datetime | None]
    lapsed_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]

    agency: Mapped[Agency | None] = relationship(lazy="joined")
    council: Mapped[Council | None] = relationship()

    @property
    def ower(self) -> Agency | Council:
        """Who owes it."""
        ower = self.council or self.agency
        assert ower is not None  # noqa: S101  a CHECK sees to it
        return ower

    @property
    def last_day(self) -> date:
        """The last day on which the answer is on time."""
        return self.extended_to or self.due_on

    @property
    def is_open(self) -> bool:
        return self.fulfilled_at is None and self.cancelled_at is None and self.lapsed_at is None

    @property
    def was_on_time(self) -> bool:
        return self.fulfilled_on is not None and self.fulfilled_on <= self.last_day
