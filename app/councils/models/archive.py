"""What councils published elsewhere before they worked here."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.councils.models.council import Council
from app.db import Base


class CouncilRecord(Base):
    """A sitting, a report or an explanation that was brought in from an archive, as it was, with its source."""

    __tablename__ = "council_record"
    __table_args__ = (Index("ix_council_record_council", "council_id", "held_on"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id))
    source_id: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    # The `source_id` of the record that says the same in the other language, if the archive knows one.
    parallel: Mapped[str | None] = mapped_column(String(120))
    held_on: Mapped[date | None]
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    agenda: Mapped[list[str]] = mapped_column(JSONB, default=list)
    decisions: Mapped[list[str]] = mapped_column(JSONB, default=list)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    is_truncated: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(Text)
    licence: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text, default="")
    imported_at: Mapped[datetime]
