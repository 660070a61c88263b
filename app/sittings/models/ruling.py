"""What a council ruled."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Sequence, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.councils.models import Council, Member
from app.db import Base, enum_column
from app.i18n import in_reader_language
from app.recommendations.models import RecommendationList
from app.sittings.lifecycle import RulingState
from app.sittings.models.sitting import AgendaItem
from app.sittings.models.voting import Voting

NUMBERS = Sequence("ruling_number", start=101, metadata=Base.metadata)


class Ruling(Base):
    """One ruling on one item, from the vote that adopted it. Without both languages it cannot be published (LLA
    art. 20(4)); published, it never changes. `signer` is the chair, or whoever presided in the chair's absence."""

    __tablename__ = "ruling"
    __table_args__ = (
        CheckConstraint(
            "state <> 'published' OR (texts ? 'kk' AND texts ? 'ru' AND signer_id IS NOT NULL "
            "AND signed_at IS NOT NULL AND published_at IS NOT NULL)",
            name="published_in_both_languages",
        ),
        Index("ix_ruling_council", "council_id", "published_at"),
        Index("ix_ruling_published", "published_at", "id", postgresql_where=text("state = 'published'")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[int] = mapped_column(NUMBERS, server_default=NUMBERS.next_value(), unique=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id))
    item_id: Mapped[int] = mapped_column(ForeignKey(AgendaItem.id), unique=True)
    voting_id: Mapped[int] = mapped_column(ForeignKey(Voting.id), unique=True)
    outcome: Mapped[str] = mapped_column(String(40))
    state: Mapped[RulingState] = mapped_column(enum_column(RulingState), default=RulingState.PREPARING)
    texts: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    list_id: Mapped[int] = mapped_column(ForeignKey(RecommendationList.id), unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    saved_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    saved_at: Mapped[datetime]
    signer_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id))
    signed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    council: Mapped[Council] = relationship(lazy="joined", innerjoin=True)
    item: Mapped[AgendaItem] = relationship(lazy="joined", innerjoin=True)
    voting: Mapped[Voting] = relationship()
    recommendations: Mapped[RecommendationList] = relationship(lazy="joined", innerjoin=True)
    signer: Mapped[Member | None] = relationship()

    @property
    def text(self) -> str:
        return in_reader_language(**self.texts) if self.texts else ""
