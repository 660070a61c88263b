"""The count: one append-only sequence of all that happened to signatures, and sums that can be proved from it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, enum_column
from app.petitions.models.petition import Petition


class LogKind(StrEnum):
    SIGN = "sign"
    WITHDRAW = "withdraw"
    INVALIDATE = "invalidate"


class LogEntry(Base):
    """One entry; `index` is consecutive over all petitions. `ref` points back to the entry that it takes away.

    No region and no exact time: entries of one run are shuffled and carry the same minute, so the order tells nothing
    about who signed when.
    """

    __tablename__ = "signature_log"
    __table_args__ = (Index("ix_signature_log_petition", "petition_id", "index"),)

    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id))
    kind: Mapped[LogKind] = mapped_column(enum_column(LogKind))
    ref: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(String(40))
    minute: Mapped[datetime]


class Tally(Base):
    """How many signatures a petition has, as of the log's entry `log_index`. Written by the sequencer alone."""

    __tablename__ = "petition_tally"
    __table_args__ = (Index("ix_petition_tally_signatures", "signatures", "petition_id"),)

    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id), primary_key=True)
    signatures: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    invalidated: Mapped[int] = mapped_column(default=0)
    log_index: Mapped[int] = mapped_column(BigInteger, default=0)
    counted_at: Mapped[datetime]


class RegionTally(Base):
    """Signatures of one petition by the region that signers declared."""

    __tablename__ = "petition_region_tally"

    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id), primary_key=True)
    region_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    signatures: Mapped[int]


class HourlyCount(Base):
    """What an hour added and took, and the count at its end."""

    __tablename__ = "petition_hourly_count"

    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    signed: Mapped[int]
    withdrawn: Mapped[int]
    invalidated: Mapped[int]
    total: Mapped[int]


class CountProof(Base):
    """One nightly recount of everything; `drift` lists petitions whose sums disagree, and rings the alarm."""

    __tablename__ = "count_proof"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime]
    log_index: Mapped[int] = mapped_column(BigInteger)
    petitions: Mapped[int]
    drift: Mapped[list[Any]] = mapped_column(JSONB)
