"""Who follows what, and what was told to whom: once per fact, recipient and template."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Base
from app.petitions.models import Petition


class Follow(Base):
    """Somebody wants to be told about a petition, signed or not. Nothing is sent before the address is confirmed by a
    click on a button; `token` stands in the links of mails and opens this one subscription and nothing else."""

    __tablename__ = "follow"
    __table_args__ = (
        Index("uq_follow_address", "petition_id", text("lower(email)"), unique=True),
        UniqueConstraint("token"),
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    token: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    petition: Mapped[Petition] = relationship()


class Delivery(Base):
    """One mail to one recipient about one fact. The unique key makes telling twice impossible; `lease_until` keeps two
    senders apart; `sent_at` is written right after the mail server took it."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("uq_delivery_once", "fact_key", "template", text("lower(email)"), unique=True),
        Index(
            "ix_delivery_due",
            "next_at",
            "id",
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    fact_key: Mapped[str]
    template: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    follow_id: Mapped[int | None] = mapped_column(ForeignKey(Follow.id, ondelete="SET NULL"))
    # Ids and plain values that the template's text is made from when it is sent.
    values: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
