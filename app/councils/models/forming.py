"""How a council is formed: the competition, its working group, and who applied (LPC art. 8 to 10)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.councils.lifecycle import CandidacyState, CompetitionState
from app.councils.models.council import Council, Member, Origin
from app.db import Base, enum_column
from app.files.models import Attachment


class Competition(Base):
    """One competition for the seats of civil society. `texts` is the announcement per language; `applications_until`
    the last day on which candidates apply; `term_from` the first day of the new term."""

    __tablename__ = "council_competition"
    __table_args__ = (
        CheckConstraint("seats > 0", name="has_seats"),
        CheckConstraint("state IN ('preparing','cancelled') OR announced_at IS NOT NULL", name="announced"),
        CheckConstraint("state NOT IN ('decided','approved') OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("(state = 'approved') = (approved_at IS NOT NULL)", name="approved"),
        CheckConstraint("(state = 'cancelled') = (cancellation_reason IS NOT NULL)", name="cancelled"),
        # A council is formed once at a time.
        Index(
            "uq_council_competition_running",
            "council_id",
            unique=True,
            postgresql_where=text("state NOT IN ('approved','cancelled')"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id))
    state: Mapped[CompetitionState] = mapped_column(
        enum_column(CompetitionState), default=CompetitionState.PREPARING
    )
    seats: Mapped[int]
    texts: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    rules_version: Mapped[str]
    applications_until: Mapped[date]
    term_from: Mapped[date]
    created_at: Mapped[datetime]
    created_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    announced_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    cancellation_reason: Mapped[str | None]

    council: Mapped[Council] = relationship(lazy="joined", innerjoin=True)
    working_group: Mapped[list["WorkingGroupMember"]] = relationship(
        back_populates="competition", order_by=lambda: WorkingGroupMember.id
    )
    candidacies: Mapped[list["Candidacy"]] = relationship(
        back_populates="competition", order_by=lambda: Candidacy.id
    )


class WorkingGroupMember(Base):
    """At most a third comes from the state, the head from civil society; nobody of it may be a candidate."""

    __tablename__ = "council_working_group_member"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey(Competition.id), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    name: Mapped[str] = mapped_column(Text)
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    is_head: Mapped[bool] = mapped_column(default=False, server_default="false")

    competition: Mapped[Competition] = relationship(back_populates="working_group")


class Candidacy(Base):
    """One person's application. `checklist` holds the ids of the requirements that the candidate confirmed
    (`law.CouncilRules.requirements`); `reserve_place` counts from 1. The documents are for the working group alone;
    name, NGO and statement are public once applications have closed."""

    __tablename__ = "council_candidacy"
    __table_args__ = (
        UniqueConstraint("competition_id", "account_id"),
        CheckConstraint("(state = 'reserve') = (reserve_place IS NOT NULL)", name="reserve_has_place"),
        Index("ix_council_candidacy_account", "account_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey(Competition.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    state: Mapped[CandidacyState] = mapped_column(enum_column(CandidacyState), default=CandidacyState.APPLIED)
    name: Mapped[str] = mapped_column(Text)
    ngo: Mapped[str | None] = mapped_column(Text)
    statement: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    checklist: Mapped[list[str]] = mapped_column(JSONB, default=list)
    applied_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None]
    votes: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    reserve_place: Mapped[int | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id))

    competition: Mapped[Competition] = relationship(back_populates="candidacies")
    files: Mapped[list["CandidacyFile"]] = relationship(
        back_populates="candidacy", order_by=lambda: CandidacyFile.id
    )


class CandidacyFile(Base):
    """A certificate that belongs to one requirement."""

    __tablename__ = "council_candidacy_file"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    candidacy_id: Mapped[int] = mapped_column(ForeignKey(Candidacy.id), index=True)
    requirement: Mapped[str] = mapped_column(String(40))
    attachment_id: Mapped[int] = mapped_column(ForeignKey(Attachment.id))

    candidacy: Mapped[Candidacy] = relationship(back_populates="files")
    attachment: Mapped[Attachment] = relationship(lazy="joined")
