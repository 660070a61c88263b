"""A sitting, its agenda, who came, and who stood aside."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Sequence, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.consultations.models import DraftAct
from app.councils.models import Council, Member
from app.db import Base, enum_column
from app.files.models import Attachment
from app.gatherings.models import Gathering
from app.i18n import in_reader_language
from app.petitions.models import Petition
from app.proposals.models import Proposal
from app.sittings.lifecycle import AttendanceKind, ItemKind, ItemState, State
from app.sittings.models.examination import Examination

NUMBERS = Sequence("sitting_number", start=101, metadata=Base.metadata)


class Sitting(Base):
    """One sitting of one council. `gathering` is its time, place and guests. When it opens, `members_total` and
    `quorum` are fixed: all members of that day, and two thirds of them (LPC art. 13); `presiding` is the chair, the
    deputy, or the member whom those present chose."""

    __tablename__ = "sitting"
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('called','in_session','closed','recorded') OR called_at IS NOT NULL", name="called"
        ),
        CheckConstraint(
            "state NOT IN ('in_session','closed','recorded') OR (opened_at IS NOT NULL AND "
            "members_total IS NOT NULL AND quorum IS NOT NULL AND presiding_id IS NOT NULL)",
            name="opened",
        ),
        CheckConstraint("state NOT IN ('closed','recorded') OR closed_at IS NOT NULL", name="closed"),
        Index("ix_sitting_council", "council_id", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[int] = mapped_column(NUMBERS, server_default=NUMBERS.next_value(), unique=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id))
    state: Mapped[State] = mapped_column(enum_column(State), default=State.PREPARING)
    gathering_id: Mapped[int] = mapped_column(ForeignKey(Gathering.id), unique=True)
    rules_version: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    called_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    presiding_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id))
    members_total: Mapped[int | None]
    quorum: Mapped[int | None]

    council: Mapped[Council] = relationship(lazy="joined", innerjoin=True)
    gathering: Mapped[Gathering] = relationship(lazy="joined", innerjoin=True)
    presiding: Mapped[Member | None] = relationship()
    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="sitting", order_by=lambda: AgendaItem.position
    )
    attendance: Mapped[list["Attendance"]] = relationship(
        back_populates="sitting", order_by=lambda: Attendance.id
    )


class AgendaItem(Base):
    """One item. `titles` is the wording of the agenda; the thing it is about is one of the four ids, as `kind` says.
    `proceedings` is what the secretary noted of the discussion, in the council's working language."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("sitting_id", "position", deferrable=True, initially="DEFERRED"),
        CheckConstraint("(kind = 'draft') = (draft_id IS NOT NULL)", name="draft"),
        CheckConstraint("(kind = 'petition') = (petition_id IS NOT NULL)", name="petition"),
        CheckConstraint("(kind = 'proposal') = (proposal_id IS NOT NULL)", name="proposal"),
        CheckConstraint("(kind = 'matter') = (matter IS NOT NULL)", name="matter"),
        CheckConstraint("state <> 'dropped' OR note IS NOT NULL", name="dropped_with_reason"),
        Index("ix_agenda_item_draft", "draft_id"),
        Index("ix_agenda_item_petition", "petition_id"),
        Index("ix_agenda_item_proposal", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey(Sitting.id))
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(enum_column(ItemKind))
    state: Mapped[ItemState] = mapped_column(enum_column(ItemState), default=ItemState.WAITING)
    titles: Mapped[dict[str, str]] = mapped_column(JSONB)
    # An id of `law.CouncilRules.matters`.
    matter: Mapped[str | None] = mapped_column(String(40))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey(DraftAct.id))
    petition_id: Mapped[int | None] = mapped_column(ForeignKey(Petition.id))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id))
    examination_id: Mapped[int | None] = mapped_column(ForeignKey(Examination.id))
    rapporteur_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id))
    added_at: Mapped[datetime]
    proceedings: Mapped[str] = mapped_column(Text, default="")
    # Why it was postponed or dropped.
    note: Mapped[str | None]

    sitting: Mapped[Sitting] = relationship(back_populates="items")
    draft: Mapped[DraftAct | None] = relationship()
    petition: Mapped[Petition | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
    examination: Mapped[Examination | None] = relationship()
    rapporteur: Mapped[Member | None] = relationship()
    files: Mapped[list["ItemFile"]] = relationship(back_populates="item", order_by=lambda: ItemFile.id)
    conflicts: Mapped[list["Conflict"]] = relationship(back_populates="item", order_by=lambda: Conflict.id)
    opinions: Mapped[list["Opinion"]] = relationship(back_populates="item", order_by=lambda: Opinion.id)

    @property
    def title(self) -> str:
        return in_reader_language(**self.titles)


class ItemFile(Base):
    __tablename__ = "agenda_item_file"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey(Attachment.id))

    item: Mapped[AgendaItem] = relationship(back_populates="files")
    attachment: Mapped[Attachment] = relationship(lazy="joined", innerjoin=True)


class Attendance(Base):
    """One entry about one member's presence; the newest one of a member is where it stands. Never edited. `noted_by`
    differs from the member where the secretary noted it."""

    __tablename__ = "sitting_attendance"
    __table_args__ = (Index("ix_sitting_attendance_sitting", "sitting_id", "member_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey(Sitting.id))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    kind: Mapped[AttendanceKind] = mapped_column(enum_column(AttendanceKind))
    note: Mapped[str | None]
    at: Mapped[datetime]
    noted_by: Mapped[int] = mapped_column(ForeignKey(Account.id))

    sitting: Mapped[Sitting] = relationship(back_populates="attendance")
    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)


class Conflict(Base):
    """A member has an interest of their own in an item, and takes no part in its votes. Not taken back."""

    __tablename__ = "agenda_item_conflict"
    __table_args__ = (UniqueConstraint("item_id", "member_id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    reason: Mapped[str]
    at: Mapped[datetime]
    declared_by: Mapped[int] = mapped_column(ForeignKey(Account.id))

    item: Mapped[AgendaItem] = relationship(back_populates="conflicts")
    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)


class Opinion(Base):
    """What a member who cannot come thinks of an item: shown apart from the votes, and counted as none."""

    __tablename__ = "agenda_item_opinion"
    __table_args__ = (
        UniqueConstraint("item_id", "member_id"),
        CheckConstraint("language IN ('kk', 'ru')", name="language"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    at: Mapped[datetime]

    item: Mapped[AgendaItem] = relationship(back_populates="opinions")
    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)
