"""The report on a discussion: a fingerprint of everything it says, and its files."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.consultations.models.draft import DraftAct
from app.db import Base, enum_column
from app.files.models import Attachment


class ReportFormat(StrEnum):
    DOCX = "docx"
    PDF = "pdf"


class Report(Base):
    """One per draft. `attempt` grows with every preview; the files are made by a job from the data of the moment
    `made_at`, and `fingerprint` is the SHA-256 of that data. Published, it never changes."""

    __tablename__ = "draft_report"
    __table_args__ = (
        UniqueConstraint("draft_id"),
        CheckConstraint("published_at IS NULL OR fingerprint IS NOT NULL", name="published_has_fingerprint"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(DraftAct.id))
    attempt: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    # The meter at that moment: answers that come later change the thread's, and not the report.
    figures: Mapped[dict[str, int] | None] = mapped_column(JSONB)
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))

    files: Mapped[list["ReportFile"]] = relationship(back_populates="report")


class ReportFile(Base):
    __tablename__ = "draft_report_file"
    __table_args__ = (UniqueConstraint("report_id", "language", "format"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id))
    language: Mapped[str] = mapped_column(String(2))
    format: Mapped[ReportFormat] = mapped_column(enum_column(ReportFormat))
    attachment_id: Mapped[int] = mapped_column(ForeignKey(Attachment.id))

    report: Mapped[Report] = relationship(back_populates="files")
    attachment: Mapped[Attachment] = relationship(lazy="joined")
