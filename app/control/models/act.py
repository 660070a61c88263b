"""One act of public control, on the parts that all its forms share."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Sequence, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.control.lifecycle import Form, Purpose, Role, State
from app.councils.models import Council
from app.db import Base, enum_column
from app.duties.models import Duty
from app.files.models import Attachment
from app.gatherings.models import Gathering
from app.i18n import in_reader_language
from app.recommendations.models import RecommendationList

NUMBERS = Sequence("control_act_number", start=101, metadata=Base.metadata)


class ControlAct(Base):
    """A hearing, a public discussion, a monitoring, an expertise, or the report of a head of a body, led by a
    council. `agency` is the body under control; `gathering` its time, place and guests; `document_duty` the term in
    which the final document is sent; `recommendations` what it recommends. `assessment` is the council's of a report."""

    __tablename__ = "control_act"
    __table_args__ = (
        CheckConstraint("state IN ('preparing','cancelled') OR announced_at IS NOT NULL", name="announced"),
        CheckConstraint("state NOT IN ('held','concluded') OR held_on IS NOT NULL", name="held"),
        CheckConstraint(
            "state <> 'concluded' OR (concluded_at IS NOT NULL AND signed_name IS NOT NULL "
            "AND final_texts ? 'kk' AND final_texts ? 'ru')",
            name="concluded",
        ),
        CheckConstraint("(state = 'cancelled') = (cancellation_reason IS NOT NULL)", name="cancelled"),
        Index("ix_control_act_council", "council_id", "state"),
        Index("ix_control_act_agency", "agency_id", "state"),
        Index(
            "ix_control_act_announced",
            "announced_at",
            "id",
            postgresql_where=text("announced_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[int] = mapped_column(NUMBERS, server_default=NUMBERS.next_value(), unique=True)
    form: Mapped[Form] = mapped_column(enum_column(Form))
    state: Mapped[State] = mapped_column(enum_column(State), default=State.PREPARING)
    council_id: Mapped[int] = mapped_column(ForeignKey(Council.id))
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id))
    initiator: Mapped[str] = mapped_column(Text, default="")
    gathering_id: Mapped[int] = mapped_column(ForeignKey(Gathering.id), unique=True)
    rules_version: Mapped[str]
    titles: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    subjects: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    programmes: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    created_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    held_on: Mapped[date | None]
    present: Mapped[int | None]
    in_favour: Mapped[int | None]
    final_texts: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    assessment: Mapped[str | None] = mapped_column(String(40))
    signed_name: Mapped[str | None]
    concluded_at: Mapped[datetime | None]
    document_duty_id: Mapped[int | None] = mapped_column(ForeignKey(Duty.id))
    list_id: Mapped[int | None] = mapped_column(ForeignKey(RecommendationList.id), unique=True)
    cancellation_reason: Mapped[str | None]

    council: Mapped[Council] = relationship(lazy="joined", innerjoin=True)
    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    gathering: Mapped[Gathering] = relationship(lazy="joined", innerjoin=True)
    document_duty: Mapped[Duty | None] = relationship()
    recommendations: Mapped[RecommendationList | None] = relationship()
    participants: Mapped[list["Participant"]] = relationship(
        back_populates="act", order_by=lambda: Participant.id
    )
    files: Mapped[list["ControlFile"]] = relationship(back_populates="act", order_by=lambda: ControlFile.id)
    visits: Mapped[list["Visit"]] = relationship(back_populates="act", order_by=lambda: Visit.on)

    @property
    def title(self) -> str:
        return in_reader_language(**self.titles) if self.titles else ""


class Participant(Base):
    """Somebody named in the act: of the group (at most five, law on public control art. 6(3)), an expert with the
    degree and years that the law asks for, a speaker, who presides."""

    __tablename__ = "control_participant"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey(ControlAct.id), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[str] = mapped_column(Text, default="")
    qualification: Mapped[str | None]
    years_in_field: Mapped[int | None]

    act: Mapped[ControlAct] = relationship(back_populates="participants")


class ControlFile(Base):
    __tablename__ = "control_file"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey(ControlAct.id), index=True)
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose))
    caption: Mapped[str] = mapped_column(Text, default="")
    attachment_id: Mapped[int] = mapped_column(ForeignKey(Attachment.id))
    added_at: Mapped[datetime]

    act: Mapped[ControlAct] = relationship(back_populates="files")
    attachment: Mapped[Attachment] = relationship(lazy="joined", innerjoin=True)


class Visit(Base):
    """A visit of the monitoring group: when, where, and what was seen."""

    __tablename__ = "control_visit"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey(ControlAct.id), index=True)
    on: Mapped[date]
    place: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]

    act: Mapped[ControlAct] = relationship(back_populates="visits")
