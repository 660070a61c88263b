"""Petitions of other platforms, as others reported them; never mixed with our own signatures."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Identity, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, enum_column
from app.i18n import in_reader_language, language_shown


class ReportedIs(StrEnum):
    """How exact the source's count is."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ALMOST = "almost"


class ArchivedPetition(Base):
    """One petition elsewhere: `texts` by language, the count and its date as the source says them."""

    __tablename__ = "archived_petition"
    __table_args__ = (
        UniqueConstraint("platform", "external_id"),
        Index("ix_archived_petition_search", "search_vector", postgresql_using="gin"),
        Index(
            "ix_archived_petition_title_trgm",
            "search_title",
            postgresql_using="gin",
            postgresql_ops={"search_title": "gin_trgm_ops"},
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    platform: Mapped[str] = mapped_column(String(120))
    external_id: Mapped[str] = mapped_column(String(120))
    titles: Mapped[dict[str, str]] = mapped_column(JSONB)
    texts: Mapped[dict[str, str]] = mapped_column(JSONB)
    addressee: Mapped[str] = mapped_column(default="")
    created_on: Mapped[date | None]
    signatures: Mapped[int | None]
    signatures_are: Mapped[ReportedIs | None] = mapped_column(enum_column(ReportedIs))
    signatures_as_of: Mapped[str] = mapped_column(default="")
    threshold: Mapped[int | None]
    reported_state: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    outcome_language: Mapped[str] = mapped_column(default="")
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    licence: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    imported_at: Mapped[datetime]
    search_vector: Mapped[Any | None] = mapped_column(TSVECTOR, deferred=True)
    search_title: Mapped[str | None] = mapped_column(deferred=True)

    @property
    def title(self) -> str:
        return in_reader_language(**self.titles)

    @property
    def title_language(self) -> str:
        """The language of what `title` yields, for the `lang` attribute."""
        return language_shown(self.titles)

    @property
    def text(self) -> str:
        return in_reader_language(**self.texts)

    @property
    def text_language(self) -> str:
        return language_shown(self.texts)
