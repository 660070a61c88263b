"""A vote by roll call: the question, each member's voice, dissent, and corrections."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.councils.models import Member
from app.db import Base, enum_column
from app.i18n import in_reader_language
from app.sittings.lifecycle import Choice, VotingState
from app.sittings.models.sitting import AgendaItem


class Voting(Base):
    """One question put to the vote. `outcome` is what the council would rule (an id of the rules' outcomes), None for
    a question of another kind. `majority` and `tie` are the regulation's at that moment; the figures are fixed when
    it is closed and never change: `present` in the room, `eligible` of them without a conflict."""

    __tablename__ = "voting"
    __table_args__ = (
        UniqueConstraint("item_id", "position"),
        CheckConstraint(
            "state <> 'closed' OR num_nulls(closed_at, in_favour, against, abstained, present, eligible, "
            "is_adopted) = 0",
            name="closed_is_counted",
        ),
        CheckConstraint("(state = 'annulled') = (annulment_reason IS NOT NULL)", name="annulled_with_reason"),
        # One question at a time.
        Index("uq_voting_open", "item_id", unique=True, postgresql_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id))
    position: Mapped[int]
    state: Mapped[VotingState] = mapped_column(enum_column(VotingState), default=VotingState.OPEN)
    questions: Mapped[dict[str, str]] = mapped_column(JSONB)
    outcome: Mapped[str | None] = mapped_column(String(40))
    majority: Mapped[str] = mapped_column(String(40))
    tie: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime]
    opened_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    present: Mapped[int | None]
    eligible: Mapped[int | None]
    in_favour: Mapped[int | None]
    against: Mapped[int | None]
    abstained: Mapped[int | None]
    needed: Mapped[int | None]
    is_adopted: Mapped[bool | None]
    chair_decided: Mapped[bool] = mapped_column(default=False, server_default="false")
    annulment_reason: Mapped[str | None]

    item: Mapped[AgendaItem] = relationship()
    votes: Mapped[list["Vote"]] = relationship(back_populates="voting", order_by=lambda: Vote.id)
    dissents: Mapped[list["Dissent"]] = relationship(back_populates="voting", order_by=lambda: Dissent.id)
    corrections: Mapped[list["Correction"]] = relationship(
        back_populates="voting", order_by=lambda: Correction.id
    )

    @property
    def question(self) -> str:
        return in_reader_language(**self.questions)


class Vote(Base):
    """One member's voice. Until the vote is closed it can be changed (`revision` grows); a conflict that is declared
    meanwhile voids it, with the reason, and it is not counted."""

    __tablename__ = "vote"
    __table_args__ = (
        UniqueConstraint("voting_id", "member_id"),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="voided_with_reason"),
        Index("ix_vote_member", "member_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    voting_id: Mapped[int] = mapped_column(ForeignKey(Voting.id))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    choice: Mapped[Choice] = mapped_column(enum_column(Choice))
    reason: Mapped[str] = mapped_column(default="")
    is_remote: Mapped[bool] = mapped_column(default=False, server_default="false")
    revision: Mapped[int] = mapped_column(default=1)
    cast_at: Mapped[datetime]
    # Whoever pressed the button: the member, or the secretary who called the roll.
    recorded_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]

    voting: Mapped[Voting] = relationship(back_populates="votes")
    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)


class Dissent(Base):
    """The dissenting opinion of a member who was outvoted."""

    __tablename__ = "vote_dissent"
    __table_args__ = (
        UniqueConstraint("voting_id", "member_id"),
        CheckConstraint("language IN ('kk', 'ru')", name="language"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    voting_id: Mapped[int] = mapped_column(ForeignKey(Voting.id))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    at: Mapped[datetime]

    voting: Mapped[Voting] = relationship(back_populates="dissents")
    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)


class Correction(Base):
    """A slip that was found after the vote was closed: a new entry beside the old one, which stays as it is."""

    __tablename__ = "vote_correction"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    voting_id: Mapped[int] = mapped_column(ForeignKey(Voting.id), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    was: Mapped[Choice | None] = mapped_column(enum_column(Choice))
    choice: Mapped[Choice] = mapped_column(enum_column(Choice))
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey(Account.id))

    voting: Mapped[Voting] = relationship(back_populates="corrections")
    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)
