"""A list of recommendations, its rows, and the answer to each row."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.councils.models import Council
from app.db import Base, enum_column
from app.duties.models import Duty
from app.i18n import in_reader_language
from app.recommendations.lifecycle import AnswerKind, State


class RecommendationList(Base):
    """What a council, or a group of public control, recommends to one body at one time. The ruling or the final
    document points here; `source_kind` ('ruling', 'control') and `source_number` only let lists name it and link to
    it, `subject_kind` and `subject_number` say what it is about. Issued, its rows never change; `duty` is the answer.
    """

    __tablename__ = "recommendation_list"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_number"),
        CheckConstraint("state = 'preparing' OR issued_at IS NOT NULL", name="issued"),
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered_by_somebody"),
        Index("ix_recommendation_list_agency", "agency_id", "state"),
        Index("ix_recommendation_list_council", "council_id", "state"),
        Index("ix_recommendation_list_subject", "subject_kind", "subject_number"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    state: Mapped[State] = mapped_column(enum_column(State), default=State.PREPARING)
    source_kind: Mapped[str] = mapped_column(String(40))
    source_number: Mapped[int]
    subject_kind: Mapped[str | None] = mapped_column(String(40))
    subject_number: Mapped[int | None]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    council_id: Mapped[int | None] = mapped_column(ForeignKey(Council.id))
    duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    issued_at: Mapped[datetime | None]
    signature_asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    # The first head, as signed.
    signed_name: Mapped[str | None]

    agency: Mapped[Agency | None] = relationship(lazy="joined")
    council: Mapped[Council | None] = relationship()
    duty: Mapped[Duty | None] = relationship()
    rows: Mapped[list["Recommendation"]] = relationship(
        back_populates="list", order_by=lambda: Recommendation.position, cascade="all, delete-orphan"
    )


class Recommendation(Base):
    """One numbered row, in Kazakh and in Russian, tied to a clause of the draft where it is about one: `clause_key`
    in the version that the council read, `clause_path` its address, `clause_label` as it was named then."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("list_id", "position"),
        CheckConstraint("(clause_key IS NULL) = (clause_version IS NULL)", name="clause_has_version"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey(RecommendationList.id))
    position: Mapped[int]
    texts: Mapped[dict[str, str]] = mapped_column(JSONB)
    clause_key: Mapped[str | None] = mapped_column(String(40))
    clause_path: Mapped[str | None]
    clause_label: Mapped[dict[str, str] | None] = mapped_column(JSONB)
    clause_version: Mapped[int | None]

    list: Mapped[RecommendationList] = relationship(back_populates="rows")
    answer: Mapped["RecommendationAnswer | None"] = relationship(back_populates="recommendation")

    @property
    def text(self) -> str:
        return in_reader_language(**self.texts)


class RecommendationAnswer(Base):
    """The body's answer to one recommendation. Accepted says what changes and by when; refused and partly say why.
    `revision` grows with every save, so that of two officers the second sees what the first wrote."""

    __tablename__ = "recommendation_answer"
    __table_args__ = (
        UniqueConstraint("recommendation_id"),
        CheckConstraint(
            "kind = 'refused' OR (change <> '' AND by_when IS NOT NULL)", name="accepted_says_what"
        ),
        CheckConstraint("kind = 'accepted' OR reasons <> ''", name="refused_says_why"),
        CheckConstraint("language IN ('kk', 'ru')", name="language"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey(Recommendation.id))
    kind: Mapped[AnswerKind] = mapped_column(enum_column(AnswerKind))
    language: Mapped[str] = mapped_column(String(2))
    change: Mapped[str] = mapped_column(default="")
    by_when: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    saved_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    saved_at: Mapped[datetime]

    recommendation: Mapped[Recommendation] = relationship(back_populates="answer")
