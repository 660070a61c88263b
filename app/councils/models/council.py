"""A council of the register, who sits in it, and the offices they hold."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.db import Base, enum_column
from app.i18n import in_reader_language
from app.law import CouncilLevel
from app.territories.models import Territory

REPUBLICAN_LEVELS = frozenset(level for level in CouncilLevel if not level.is_local)


class Origin(StrEnum):
    """From where a member comes: at least two thirds are of civil society (LPC art. 1(7))."""

    CIVIL_SOCIETY = "civil_society"
    BODY = "body"


class OfficeKind(StrEnum):
    CHAIR = "chair"
    DEPUTY = "deputy"


class Council(Base):
    """One public council of the register. Where the body is in the register of bodies, `agency` is it (of a local
    council: the akimat, that answers its recommendations); the names of other bodies stand in `body_*`. `approver`
    approves the composition: the body itself, or the maslikhat (LPC art. 8, 9).

    `majority`, `tie` and the days are what the council's own regulation says, ids and numbers of
    `law.CouncilRules`; None means that the rules' default holds. `seats` is the size that its regulation names.
    """

    __tablename__ = "council"
    __table_args__ = (
        CheckConstraint("seats IS NULL OR seats > 0", name="has_seats"),
        CheckConstraint("agency_id IS NOT NULL OR body_kk IS NOT NULL", name="belongs_to_a_body"),
        Index("ix_council_level", "level", "territory_id"),
        Index("ix_council_agency", "agency_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    level: Mapped[CouncilLevel] = mapped_column(enum_column(CouncilLevel))
    name_kk: Mapped[str] = mapped_column(Text)
    name_ru: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    body_kk: Mapped[str | None] = mapped_column(Text)
    body_ru: Mapped[str | None] = mapped_column(Text)
    body_en: Mapped[str | None] = mapped_column(Text)
    territory_id: Mapped[int | None] = mapped_column(ForeignKey(Territory.id), index=True)
    topics: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list, server_default="{}")
    is_active: Mapped[bool] = mapped_column(default=True, server_default="true")
    confidence: Mapped[str] = mapped_column(Text, default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    seats: Mapped[int | None]
    majority: Mapped[str | None] = mapped_column(String(40))
    tie: Mapped[str | None] = mapped_column(String(40))
    notice_days: Mapped[int | None]
    minutes_working_days: Mapped[int | None]
    regulation_link: Mapped[str | None]

    agency: Mapped[Agency | None] = relationship(foreign_keys=[agency_id], lazy="joined")
    approver: Mapped[Agency | None] = relationship(foreign_keys=[approver_id])
    territory: Mapped[Territory | None] = relationship(lazy="joined")
    members: Mapped[list["Member"]] = relationship(back_populates="council", order_by=lambda: Member.name)
    offices: Mapped[list["Office"]] = relationship(order_by=lambda: Office.id, viewonly=True)
    secretaries: Mapped[list["Secretary"]] = relationship(back_populates="council")
    commissions: Mapped[list["Commission"]] = relationship(
        back_populates="council", order_by=lambda: Commission.id
    )

    @property
    def name(self) -> str:
        return in_reader_language(kk=self.name_kk, ru=self.name_ru, en=self.name_en)

    @property
    def body_name(self) -> str:
        """The body at which it stands, in the reader's language."""
        if self.agency is not None:
            return self.agency.name
        return in_reader_language(kk=self.body_kk, ru=self.body_ru, en=self.body_en)


class Member(Base):
    """One seat for one term. A person who is chosen again has a second row; `term` counts terms in a row (1 or 2).

    `ends_on` is the last day of the term, `ended_on` the last day of a seat that ended early, with its ground
    (`law.CouncilRules.removal_grounds`). `account_id` is None for members who have not been let in yet.
    """

    __tablename__ = "council_member"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="term_in_order"),
        CheckConstraint("(ended_on IS NULL) = (removal_ground IS NULL)", name="removed_with_ground"),
        CheckConstraint("term > 0", name="term_counts"),
        Index("ix_council_member_council", "council_id", "ends_on"),
        Index("ix_council_member_account", "account_id"),
        Index(
            "uq_council_member_account_term",
            "council_id",
            "account_id",
            "starts_on",
            unique=True,
            postgresql_where=text("account_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    name: Mapped[str] = mapped_column(Text)
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    ngo: Mapped[str | None] = mapped_column(Text)
    term: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    ended_on: Mapped[date | None]
    removal_ground: Mapped[str | None] = mapped_column(String(40))
    removal_note: Mapped[str | None]
    in_presidium: Mapped[bool] = mapped_column(default=False, server_default="false")
    seated_at: Mapped[datetime]

    council: Mapped[Council] = relationship(back_populates="members")
    account: Mapped[Account | None] = relationship()

    @property
    def last_day(self) -> date:
        return self.ended_on or self.ends_on

    def sits_on(self, day: date) -> bool:
        """Whether the seat is this person's on that day, its first and last day included."""
        return self.starts_on <= day <= self.last_day


class Office(Base):
    """Chair or deputy, from one day until another; elected openly at a sitting (LPC art. 12)."""

    __tablename__ = "council_office"
    __table_args__ = (
        Index(
            "uq_council_office_chair",
            "council_id",
            unique=True,
            postgresql_where=text("kind = 'chair' AND until_on IS NULL"),
        ),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="in_order"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    kind: Mapped[OfficeKind] = mapped_column(enum_column(OfficeKind))
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)

    def is_held_on(self, day: date) -> bool:
        held = self.from_on <= day and (self.until_on is None or day <= self.until_on)
        return held and self.member.sits_on(day)


class Secretary(Base):
    """Who runs the council's paperwork and controls deadlines: not a member (LPC art. 12, 13)."""

    __tablename__ = "council_secretary"
    __table_args__ = (
        Index(
            "uq_council_secretary_open",
            "council_id",
            "account_id",
            unique=True,
            postgresql_where=text("until_on IS NULL"),
        ),
        Index("ix_council_secretary_account", "account_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    council: Mapped[Council] = relationship(back_populates="secretaries")
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class Commission(Base):
    """A commission of the council; its head sits in the presidium (LPC art. 11)."""

    __tablename__ = "council_commission"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id), index=True)
    name_kk: Mapped[str] = mapped_column(Text)
    name_ru: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    ended_on: Mapped[date | None]

    council: Mapped[Council] = relationship(back_populates="commissions")
    seats: Mapped[list["CommissionSeat"]] = relationship(
        back_populates="commission", order_by=lambda: CommissionSeat.id
    )

    @property
    def name(self) -> str:
        return in_reader_language(kk=self.name_kk, ru=self.name_ru, en=self.name_en)


class CommissionSeat(Base):
    __tablename__ = "council_commission_seat"
    __table_args__ = (UniqueConstraint("commission_id", "member_id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    commission_id: Mapped[int] = mapped_column(ForeignKey(Commission.id))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    is_head: Mapped[bool] = mapped_column(default=False, server_default="false")

    commission: Mapped[Commission] = relationship(back_populates="seats")
    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)
