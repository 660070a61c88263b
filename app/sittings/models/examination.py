"""A council has a draft act before it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.consultations.models import DraftAct
from app.councils.models import Council, Member
from app.db import Base, enum_column
from app.duties.models import Duty
from app.sittings.lifecycle import ExaminationState


class Examination(Base):
    """The developer notified the council of the draft (LLA art. 20): `duty` is the term in which it gives its
    recommendations; silence is consent. `rapporteur` is the member who reports on it."""

    __tablename__ = "council_examination"
    __table_args__ = (
        UniqueConstraint("council_id", "draft_id"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended"),
        Index("ix_council_examination_draft", "draft_id"),
        Index(
            "ix_council_examination_waiting", "council_id", "id", postgresql_where=text("state = 'waiting'")
        ),
        Index("ix_council_examination_rapporteur", "rapporteur_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id))
    draft_id: Mapped[int] = mapped_column(ForeignKey(DraftAct.id))
    state: Mapped[ExaminationState] = mapped_column(
        enum_column(ExaminationState), default=ExaminationState.WAITING
    )
    duty_id: Mapped[int] = mapped_column(ForeignKey(Duty.id))
    rapporteur_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id))
    notified_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    council: Mapped[Council] = relationship(lazy="joined", innerjoin=True)
    draft: Mapped[DraftAct] = relationship(lazy="joined", innerjoin=True)
    duty: Mapped[Duty] = relationship(lazy="joined", innerjoin=True)
    rapporteur: Mapped[Member | None] = relationship()
