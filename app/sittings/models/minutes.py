"""The minutes of a sitting: generated from what happened, edited only by visible additions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.councils.models import Member
from app.db import Base
from app.duties.models import Duty
from app.files.models import Attachment
from app.sittings.models.sitting import Sitting


class Minutes(Base):
    """One per sitting, from its closing on. Signed off by whoever presided and by the secretary; then published, and
    the files made by a job. `duty` is the publication clock, of the council."""

    __tablename__ = "minutes"
    __table_args__ = (
        CheckConstraint(
            "published_at IS NULL OR (chair_signed_at IS NOT NULL AND secretary_signed_at IS NOT NULL)",
            name="published_is_signed",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey(Sitting.id), unique=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey(Duty.id))
    chair_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id))
    chair_signed_at: Mapped[datetime | None]
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    secretary_signed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]

    sitting: Mapped[Sitting] = relationship()
    duty: Mapped[Duty] = relationship(lazy="joined", innerjoin=True)
    chair: Mapped[Member | None] = relationship()
    secretary: Mapped[Account | None] = relationship()
    additions: Mapped[list["MinutesAddition"]] = relationship(
        back_populates="minutes", order_by=lambda: MinutesAddition.id
    )
    files: Mapped[list["MinutesFile"]] = relationship(back_populates="minutes")


class MinutesAddition(Base):
    """Words that were added to what was generated, with name and time; never edited."""

    __tablename__ = "minutes_addition"
    __table_args__ = (CheckConstraint("language IN ('kk', 'ru')", name="language"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey(Minutes.id), index=True)
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    by_name: Mapped[str]

    minutes: Mapped[Minutes] = relationship(back_populates="additions")


class MinutesFile(Base):
    __tablename__ = "minutes_file"
    __table_args__ = (UniqueConstraint("minutes_id", "language", "format"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey(Minutes.id))
    language: Mapped[str] = mapped_column(String(2))
    format: Mapped[str] = mapped_column(String(8))
    attachment_id: Mapped[int] = mapped_column(ForeignKey(Attachment.id))

    minutes: Mapped[Minutes] = relationship(back_populates="files")
    attachment: Mapped[Attachment] = relationship(lazy="joined", innerjoin=True)
