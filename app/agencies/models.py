"""The register of bodies: names, level, territory, and the words by which a citizen finds the right one."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, enum_column
from app.i18n import in_reader_language
from app.law.thresholds import AddresseeKind
from app.territories.models import Territory


class AgencyKind(StrEnum):
    MINISTRY = "ministry"
    AGENCY = "agency"
    CENTRAL_OTHER = "central_other"
    REGIONAL_AKIMAT = "regional_akimat"
    REGIONAL_MASLIKHAT = "regional_maslikhat"
    DISTRICT_AKIMAT = "district_akimat"
    DISTRICT_MASLIKHAT = "district_maslikhat"
    CITY_DISTRICT_AKIM = "city_district_akim"
    NOT_A_STATE_BODY = "not_a_state_body"


class Agency(Base):
    """A body of the register.

    `addressee_kind` says which threshold of art. 90-3(4) APPC is its own; None where it cannot be petitioned. A body that was dissolved stays, inactive, and points to its successor.
    """

    __tablename__ = "agency"
    __table_args__ = (
        Index("ix_agency_search", "search", postgresql_using="gin"),
        # There is one authorised body (art. 90-1 APPC): a second one would receive the same reminders.
        Index(
            "uq_agency_is_authorised_body",
            "is_authorised_body",
            unique=True,
            postgresql_where=text("is_authorised_body"),
        ),
        CheckConstraint("successor_id IS NULL OR NOT is_active", name="only_the_dissolved_have_a_successor"),
        CheckConstraint("successor_id <> id", name="successor_is_another_body"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[AgencyKind] = mapped_column(enum_column(AgencyKind))
    name_kk: Mapped[str] = mapped_column(Text)
    name_ru: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    territory_id: Mapped[int | None] = mapped_column(ForeignKey("territory.id"), index=True)
    addressee_kind: Mapped[AddresseeKind | None] = mapped_column(enum_column(AddresseeKind), index=True)
    is_authorised_body: Mapped[bool] = mapped_column(default=False, server_default="false")
    has_public_council: Mapped[bool | None]
    is_active: Mapped[bool] = mapped_column(default=True, server_default="true")
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    keywords_kk: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    keywords_ru: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    keywords_en: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    topics: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list, server_default="{}")
    confidence: Mapped[str] = mapped_column(Text, default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    search: Mapped[str | None] = mapped_column(TSVECTOR, deferred=True)

    territory: Mapped[Territory | None] = relationship()
    successor: Mapped["Agency | None"] = relationship(remote_side=lambda: [Agency.id])

    @property
    def name(self) -> str:
        """The name in the reader's language; the Kazakh one where no other is established."""
        return in_reader_language(kk=self.name_kk, ru=self.name_ru, en=self.name_en)

    @property
    def may_be_petitioned(self) -> bool:
        return self.is_active and self.addressee_kind is not None
