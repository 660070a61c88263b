"""Who follows what, who searches for what, and what was told to whom: once per fact, recipient and template."""

from datetime import datetime
from enum import StrEnum
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
from app.agencies.models import Agency
from app.consultations.models import DraftAct
from app.councils.models import Council
from app.db import Base, enum_column
from app.petitions.models import Petition


class Follow(Base):
    """Somebody wants to be told about one petition, signed or not, about one draft act, or of what one public council
    does. Nothing is sent before the address is confirmed by a click on a button; `token` stands in the links of mails
    and opens this one subscription and nothing else."""

    __tablename__ = "follow"
    __table_args__ = (
        Index("uq_follow_address", "petition_id", text("lower(email)"), unique=True),
        Index("uq_follow_draft_address", "draft_id", text("lower(email)"), unique=True),
        Index("uq_follow_council_address", "council_id", text("lower(email)"), unique=True),
        UniqueConstraint("token"),
        CheckConstraint("num_nonnulls(petition_id, draft_id, council_id) = 1", name="of_one_thing"),
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    petition_id: Mapped[int | None] = mapped_column(ForeignKey(Petition.id))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey(DraftAct.id))
    council_id: Mapped[int | None] = mapped_column(ForeignKey(Council.id))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    token: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    petition: Mapped[Petition | None] = relationship()
    draft: Mapped[DraftAct | None] = relationship()
    council: Mapped[Council | None] = relationship()


class Frequency(StrEnum):
    """How often new findings are mailed; weekly ones on Mondays."""

    DAILY = "daily"
    WEEKLY = "weekly"


class SavedSearch(Base):
    """Somebody wants to be told of new draft acts like those of a list: empty fields narrow nothing. Confirmed and
    ended like a subscription. `looked_at` is the last time that the digests looked for it, found or not; what was
    announced since is new."""

    __tablename__ = "saved_search"
    __table_args__ = (
        # The same wish of the same mailbox is one row, however often it is asked for.
        Index(
            "uq_saved_search_wish",
            text("lower(email)"),
            "frequency",
            "stage",
            "topic",
            "agency_id",
            "region",
            "words",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        UniqueConstraint("token"),
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
        Index("ix_saved_search_account", "account_id"),
        Index(
            "ix_saved_search_due",
            "frequency",
            "looked_at",
            postgresql_where=text("confirmed_at IS NOT NULL AND ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    token: Mapped[str] = mapped_column(String(64))
    stage: Mapped[str] = mapped_column(String(40), default="", server_default="")
    topic: Mapped[str] = mapped_column(String(40), default="", server_default="")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    region: Mapped[str] = mapped_column(String(40), default="", server_default="")
    words: Mapped[str] = mapped_column(String(200), default="", server_default="")
    frequency: Mapped[Frequency] = mapped_column(enum_column(Frequency))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    last_sent_at: Mapped[datetime | None]

    agency: Mapped[Agency | None] = relationship()


# What the token in a letter opens.
Subscribed = Follow | SavedSearch


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
