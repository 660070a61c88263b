"""Signatures: who signed is in no column that anybody could read a person from."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, enum_column
from app.petitions.models.petition import Petition


class Departure(StrEnum):
    """How a signature stopped counting."""

    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"


class InvalidationReason(StrEnum):
    """The class of reason that the public sees beside a fall of the count."""

    NOT_A_CITIZEN = "not_a_citizen"
    IDENTITY_REVOKED = "identity_revoked"
    COURT = "court"
    TECHNICAL = "technical"


class Signature(Base):
    """One person's support of one petition.

    `signer_key` is the keyed hash of the person bound to this petition (`accounts.keys.signer_key`), never the IIN
    and never the account's id; a withdrawal erases it. Signing writes this row and no other; the sequencer adds the
    indices later.
    """

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("petition_id", "signer_key"),
        CheckConstraint("signer_key IS NULL OR octet_length(signer_key) = 16", name="signer_key_length"),
        CheckConstraint(
            "(signer_key IS NULL) = (coalesce(departure, '') = 'withdrawn')", name="withdrawn_is_erased"
        ),
        CheckConstraint("(departure IS NULL) = (departed_at IS NULL)", name="departure_has_time"),
        CheckConstraint(
            "(reason IS NOT NULL) = (coalesce(departure, '') = 'invalidated')", name="invalidated_has_reason"
        ),
        CheckConstraint(
            "departure_index IS NULL OR (departure IS NOT NULL AND log_index IS NOT NULL)",
            name="departure_order",
        ),
        # What the sequencer has still to take; empty most of the time.
        Index("ix_signature_unlogged", "id", postgresql_where=text("log_index IS NULL")),
        Index(
            "ix_signature_departed",
            "id",
            postgresql_where=text("departure IS NOT NULL AND departure_index IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id))
    signer_key: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    region_code: Mapped[str] = mapped_column(String(40))
    consent_version: Mapped[str] = mapped_column(String(40))
    signed_at: Mapped[datetime]
    log_index: Mapped[int | None] = mapped_column(BigInteger)
    departure: Mapped[Departure | None] = mapped_column(enum_column(Departure))
    departed_at: Mapped[datetime | None]
    reason: Mapped[InvalidationReason | None] = mapped_column(enum_column(InvalidationReason))
    departure_index: Mapped[int | None] = mapped_column(BigInteger)
