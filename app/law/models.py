"""The operator's table of official transfers. Lines are added and revoked, never changed or deleted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Identity, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, enum_column
from app.law.calendar import Transfer, TransferKind
from app.law.rules import Words


class CalendarTransfer(Base):
    """A decision of the Government that makes one day a day off or a working day."""

    __tablename__ = "calendar_transfer"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="revoked_with_reason"),
        CheckConstraint("source <> ''", name="has_source"),
        # One line in force per day: two would leave the due dates to the order of the rows.
        Index("uq_calendar_transfer_day_in_force", "day", unique=True, postgresql_where="revoked_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    day: Mapped[date]
    kind: Mapped[TransferKind] = mapped_column(enum_column(TransferKind))
    reason_kk: Mapped[str] = mapped_column(Text)
    reason_ru: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    # Accounts stand on a higher floor, hence no foreign key. None: entered on the command line.
    added_by: Mapped[int | None]
    added_at: Mapped[datetime]
    revoked_by: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None] = mapped_column(Text)

    @property
    def reason(self) -> Words:
        return Words(kk=self.reason_kk, ru=self.reason_ru, en=self.reason_en)

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None

    def as_transfer(self) -> Transfer:
        return Transfer(day=self.day, kind=self.kind, reason=self.reason, source=self.source)
