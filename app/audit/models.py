"""The record of what staff and the clock did."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class AuditRecord(Base):
    """One act. `digest` covers the row and the digest before it, so that a removed or edited row shows."""

    __tablename__ = "audit_record"
    __table_args__ = (Index("ix_audit_record_subject", "subject", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    act: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
