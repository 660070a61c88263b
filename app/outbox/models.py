"""Facts on their way to the handlers that they wake."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class OutboxEntry(Base):
    """One handler to be run for one fact. `next_at` is when the relay may push it (again), `lease_until` keeps two
    workers from running it at once, `done_at` is written by the handler's own transaction."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("event_key", "handler"),
        Index("ix_outbox_due", "next_at", "id", postgresql_where=text("done_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    event_key: Mapped[str]
    topic: Mapped[str]
    handler: Mapped[str]
    queue: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    next_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    last_error: Mapped[str | None]
    done_at: Mapped[datetime | None]
