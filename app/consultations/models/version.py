"""A version of a draft's text, in Kazakh and Russian side by side, and its clauses."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.consultations.models.draft import DraftAct
from app.db import Base, enum_column
from app.documents.tree import BlockKind
from app.files.models import Attachment


class VersionState(StrEnum):
    PREPARING = "preparing"  # texts are read in and mended
    COMPARING = "comparing"  # a job aligns it with the version before
    READY = "ready"  # aligned; the officer looks at the changes
    PUBLISHED = "published"


class DraftVersion(Base):
    """`attempt` grows with every change of the text, so that a comparison that comes late is thrown away. `fingerprint` is the SHA-256 of the published
    text. `changes` says in words, per language, what is new.
    """

    __tablename__ = "draft_version"
    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("state <> 'published' OR fingerprint IS NOT NULL", name="published_has_fingerprint"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(DraftAct.id))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(enum_column(VersionState), default=VersionState.PREPARING)
    changes: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    attempt: Mapped[int] = mapped_column(default=0, server_default="0")
    created_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    # The uploaded originals, for whoever wants the file.
    file_kk_id: Mapped[int | None] = mapped_column(ForeignKey(Attachment.id))
    file_ru_id: Mapped[int | None] = mapped_column(ForeignKey(Attachment.id))

    draft: Mapped[DraftAct] = relationship()
    file_kk: Mapped[Attachment | None] = relationship(foreign_keys=[file_kk_id])
    file_ru: Mapped[Attachment | None] = relationship(foreign_keys=[file_ru_id])


class Clause(Base):
    """One block of one version in one language. `key` is the stable id: the same in both languages where they were
    paired, and through all versions while it can be followed. `anchor` is its readable address in this version.
    """

    __tablename__ = "draft_clause"
    __table_args__ = (
        UniqueConstraint("version_id", "language", "position", deferrable=True, initially="DEFERRED"),
        UniqueConstraint("version_id", "language", "key", deferrable=True, initially="DEFERRED"),
        UniqueConstraint("version_id", "language", "anchor", deferrable=True, initially="DEFERRED"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(DraftVersion.id))
    language: Mapped[str] = mapped_column(String(2))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    anchor: Mapped[str] = mapped_column(String(200))
    kind: Mapped[BlockKind] = mapped_column(enum_column(BlockKind))
    depth: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    # Rows of cells of a table; None elsewhere. `text` of a table is its cells' text, for search and comparison.
    cells: Mapped[list[list[dict[str, Any]]] | None] = mapped_column(JSONB)
