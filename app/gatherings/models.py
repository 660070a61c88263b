"""A gathering, how it was moved, and who said that they come."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.councils.models import Council
from app.db import Base, enum_column
from app.i18n import in_reader_language
from app.territories.models import Territory


class GatheringKind(StrEnum):
    SITTING = "sitting"
    HEARING = "hearing"
    DISCUSSION = "discussion"
    MONITORING = "monitoring"
    EXPERTISE = "expertise"
    HEAD_REPORT = "head_report"


class GuestMode(StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"


class Gathering(Base):
    """Something at a time and a place that the public may come to. The sitting or the act of public control points
    here; `kind` and `number` only let the calendar name it and link to it. `places` is how many guests the room
    takes, None without a limit. `revision` grows with every change, for calendar programs (SEQUENCE of RFC 5545).
    """

    __tablename__ = "gathering"
    __table_args__ = (
        UniqueConstraint("kind", "number"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(
            "(cancelled_at IS NULL) = (cancellation_reason IS NULL)", name="cancelled_with_reason"
        ),
        CheckConstraint("published_at IS NULL OR place <> '' OR link IS NOT NULL", name="has_place_or_link"),
        CheckConstraint("places IS NULL OR places > 0", name="takes_guests"),
        Index("ix_gathering_starts", "starts_at", "id", postgresql_where=text("published_at IS NOT NULL")),
        Index("ix_gathering_council", "council_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind: Mapped[GatheringKind] = mapped_column(enum_column(GatheringKind))
    number: Mapped[int]
    council_id: Mapped[int | None] = mapped_column(ForeignKey(Council.id))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    territory_id: Mapped[int | None] = mapped_column(ForeignKey(Territory.id), index=True)
    titles: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str | None]
    places: Mapped[int | None]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancellation_reason: Mapped[str | None]
    held_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0, server_default="0")

    council: Mapped[Council | None] = relationship(lazy="joined")
    agency: Mapped[Agency | None] = relationship()
    territory: Mapped[Territory | None] = relationship()
    moves: Mapped[list["Move"]] = relationship(back_populates="gathering", order_by=lambda: Move.id)

    @property
    def title(self) -> str:
        return in_reader_language(**self.titles) if self.titles else ""

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class Move(Base):
    """The time or the place was changed after the notice: what it was before, and why."""

    __tablename__ = "gathering_move"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    gathering_id: Mapped[int] = mapped_column(ForeignKey(Gathering.id), index=True)
    was_at: Mapped[datetime]
    was_place: Mapped[str]
    was_link: Mapped[str | None]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey(Account.id))

    gathering: Mapped[Gathering] = relationship(back_populates="moves")


class Guest(Base):
    """Somebody who said that they come; nobody but the secretary is shown who."""

    __tablename__ = "gathering_guest"
    __table_args__ = (
        UniqueConstraint("gathering_id", "account_id"),
        Index("ix_gathering_guest_account", "account_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    gathering_id: Mapped[int] = mapped_column(ForeignKey(Gathering.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    mode: Mapped[GuestMode] = mapped_column(enum_column(GuestMode), default=GuestMode.IN_PERSON)
    wants_to_speak: Mapped[bool] = mapped_column(default=False, server_default="false")
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    gathering: Mapped[Gathering] = relationship()
    account: Mapped[Account] = relationship()
