"""A proposal, who supports it, and what its addressee did with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Sequence,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.councils.models import Council
from app.db import Base, enum_column
from app.duties.models import Duty
from app.proposals.lifecycle import Action, State

NUMBERS = Sequence("proposal_number", start=101, metadata=Base.metadata)


class Proposal(Base):
    """Addressed to one council or to one body, never both; `duty` is what its addressee owes now. `supports` is kept
    by the counting, never by a request."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("(agency_id IS NULL) <> (council_id IS NULL)", name="of_one_addressee"),
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
        CheckConstraint("state <> 'declined' OR answer IS NOT NULL", name="declined_with_reason"),
        CheckConstraint(
            "state NOT IN ('taken_up','declined','done') OR answered_at IS NOT NULL", name="answered"
        ),
        CheckConstraint("(state = 'hidden') = (hidden_reason IS NOT NULL)", name="hidden_with_reason"),
        Index("ix_proposal_council", "council_id", "state", text("supports DESC"), text("id DESC")),
        Index("ix_proposal_agency", "agency_id", "state", text("supports DESC"), text("id DESC")),
        Index("ix_proposal_state", "state", text("supports DESC"), text("id DESC")),
        Index("ix_proposal_created", text("created_at DESC"), text("id DESC")),
        Index("ix_proposal_author", "author_id"),
        Index("ix_proposal_supports", text("supports DESC"), text("id DESC")),
        Index("ix_proposal_search", "search_vector", postgresql_using="gin"),
        Index(
            "ix_proposal_title",
            "search_title",
            postgresql_using="gin",
            postgresql_ops={"search_title": "gin_trgm_ops"},
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[int] = mapped_column(NUMBERS, server_default=NUMBERS.next_value(), unique=True)
    state: Mapped[State] = mapped_column(enum_column(State), default=State.OPEN)
    author_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    author_name: Mapped[str] = mapped_column(Text)
    council_id: Mapped[int | None] = mapped_column(ForeignKey(Council.id))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    duty_id: Mapped[int] = mapped_column(ForeignKey(Duty.id))
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    topic: Mapped[str] = mapped_column(String(40), default="other")
    region_code: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    answer: Mapped[str | None]
    answer_language: Mapped[str | None] = mapped_column(String(2))
    answered_at: Mapped[datetime | None]
    result: Mapped[str | None]
    result_link: Mapped[str | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(40))
    supports: Mapped[int] = mapped_column(default=0, server_default="0")
    search_title: Mapped[str | None] = mapped_column(deferred=True)
    search_vector: Mapped[Any | None] = mapped_column(TSVECTOR, deferred=True)

    author: Mapped[Account] = relationship()
    council: Mapped[Council | None] = relationship(lazy="joined")
    agency: Mapped[Agency | None] = relationship(lazy="joined")
    duty: Mapped[Duty] = relationship()
    steps: Mapped[list["ProposalStep"]] = relationship(
        back_populates="proposal", order_by=lambda: ProposalStep.id
    )

    @property
    def addressee(self) -> Council | Agency:
        addressee = self.council or self.agency
        assert addressee is not None  # noqa: S101  a CHECK sees to it
        return addressee

    @property
    def was_forwarded(self) -> bool:
        """Whether another council or body had it before: it is forwarded once."""
        return any(step.action == Action.FORWARD for step in self.steps)


class ProposalSupport(Base):
    """One person wants it too; withdrawn, it does not count. `at` is when that person last said so or took it back.
    Nobody is shown who."""

    __tablename__ = "proposal_support"
    __table_args__ = (
        UniqueConstraint("proposal_id", "account_id"),
        # What changed lately is what the counting looks at.
        Index("ix_proposal_support_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ProposalStep(Base):
    """One line of its history: submitted, taken up, forwarded (from whom to whom), declined, withdrawn, hidden.

    The `words` are public, but those about hiding: they are for the author and the moderators."""

    __tablename__ = "proposal_step"
    __table_args__ = (Index("ix_proposal_step_proposal", "proposal_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    action: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    words: Mapped[str | None]
    from_council_id: Mapped[int | None] = mapped_column(ForeignKey(Council.id))
    from_agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    to_council_id: Mapped[int | None] = mapped_column(ForeignKey(Council.id))
    to_agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))

    proposal: Mapped[Proposal] = relationship(back_populates="steps")
    from_council: Mapped[Council | None] = relationship(foreign_keys=[from_council_id])
    from_agency: Mapped[Agency | None] = relationship(foreign_keys=[from_agency_id])
    to_council: Mapped[Council | None] = relationship(foreign_keys=[to_council_id])
    to_agency: Mapped[Agency | None] = relationship(foreign_keys=[to_agency_id])
