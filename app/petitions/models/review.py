"""The steps of a review that the law asks of the addressee."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account
from app.db import Base, enum_column
from app.petitions.models.petition import Petition


class StepState(StrEnum):
    ANNOUNCED = "announced"
    DONE = "done"
    NOT_NEEDED = "not_needed"


class Step(Base):
    """One entry about one duty of the review (`law.ReviewStep.id`): announced for a day, done, or not needed with the
    reason that the law lets count. Appended, never edited: the newest entry of a step is where it stands."""

    __tablename__ = "petition_step"
    __table_args__ = (
        Index("ix_petition_step_petition", "petition_id", "id"),
        CheckConstraint("state <> 'announced' OR place <> ''", name="announced_has_place"),
        CheckConstraint("state = 'announced' OR note <> ''", name="finished_has_note"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id))
    step: Mapped[str] = mapped_column(String(40))
    state: Mapped[StepState] = mapped_column(enum_column(StepState))
    on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
