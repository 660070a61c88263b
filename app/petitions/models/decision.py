"""The decision on a petition: one answer per demand, and the parts that the law requires."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, enum_column
from app.petitions.models.petition import Demand, Petition


class Outcome(StrEnum):
    """What the decision says as a whole, APPC art. 90-6(1)."""

    FULL = "full"
    PARTIAL = "partial"
    REFUSAL = "refusal"


class AnswerKind(StrEnum):
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"
    OTHER_BODY = "other_body"
    ALREADY_DONE = "already_done"


class Rating(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Decision(Base):
    """A decision, a draft until `published_at`. `parts` holds the texts of `law.DecisionPart` by their ids.

    `revision` grows with every saving: whoever saves over another's newer text is told, and nothing is lost.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("petition_id"),
        CheckConstraint(
            "published_at IS NULL OR (outcome IS NOT NULL AND signed_by <> '')", name="published_complete"
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey(Petition.id))
    language: Mapped[str]
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    parts: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    signed_by: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]

    petition: Mapped[Petition] = relationship()
    answers: Mapped[list["DemandAnswer"]] = relationship(
        back_populates="decision",
        cascade="all, delete-orphan",
        lazy="selectin",
        order_by="DemandAnswer.demand_id",
    )


class DemandAnswer(Base):
    """The answer to one demand; an accepted one says who does it and by when."""

    __tablename__ = "demand_answer"
    __table_args__ = (UniqueConstraint("demand_id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id), index=True)
    demand_id: Mapped[int] = mapped_column(ForeignKey(Demand.id))
    kind: Mapped[AnswerKind | None] = mapped_column(enum_column(AnswerKind))
    text: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(default="")
    by_when: Mapped[date | None]

    decision: Mapped[Decision] = relationship(back_populates="answers")
    demand: Mapped[Demand] = relationship(lazy="joined")


class AnswerRating(Base):
    """What one signer thinks of one answer. `rater_key` is the keyed hash that the signature itself carries."""

    __tablename__ = "answer_rating"
    __table_args__ = (UniqueConstraint("answer_id", "rater_key"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey(DemandAnswer.id))
    rater_key: Mapped[bytes] = mapped_column(LargeBinary(16))
    rating: Mapped[Rating] = mapped_column(enum_column(Rating))
    rated_at: Mapped[datetime]
