"""Territorial units and every population figure that was ever in force for them."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, enum_column
from app.i18n import in_reader_language


class TerritoryKind(StrEnum):
    COUNTRY = "country"
    OBLAST = "oblast"
    CITY_REPUBLICAN = "city_republican"
    CAPITAL = "capital"
    DISTRICT = "district"
    CITY_OBLAST_SIGNIFICANCE = "city_oblast_significance"
    CITY_DISTRICT = "city_district"
    CITY_SPECIAL_STATUS = "city_special_status"


# What a citizen declares as the region of residence, and what a region's akimat and maslikhat answer for.
REGION_KINDS = frozenset({TerritoryKind.OBLAST, TerritoryKind.CITY_REPUBLICAN, TerritoryKind.CAPITAL})


class Territory(Base):
    """One unit; `code` is the ISO 3166-2 code of a region and the KATO number of a unit below it.

    `population` is the latest figure known, None where none was published since the unit exists; older figures
    stay in `populations`, because a petition keeps the figure that its threshold came from.
    """

    __tablename__ = "territory"
    __table_args__ = (
        CheckConstraint("population IS NULL OR population > 0", name="population_is_positive"),
        CheckConstraint("(population IS NULL) = (population_on IS NULL)", name="population_has_a_date"),
        CheckConstraint("(kind = 'country') = (parent_id IS NULL)", name="only_the_country_has_no_parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kato: Mapped[str | None] = mapped_column(String(9))
    kind: Mapped[TerritoryKind] = mapped_column(enum_column(TerritoryKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("territory.id"), index=True)
    name_kk: Mapped[str] = mapped_column(Text)
    name_ru: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    population: Mapped[int | None]
    population_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")

    parent: Mapped["Territory | None"] = relationship(remote_side=lambda: [Territory.id])
    populations: Mapped[list["TerritoryPopulation"]] = relationship(
        back_populates="territory", order_by="TerritoryPopulation.population_on"
    )

    @property
    def name(self) -> str:
        """The name in the reader's language; the Kazakh one where no other is established."""
        return in_reader_language(kk=self.name_kk, ru=self.name_ru, en=self.name_en)

    @property
    def is_region(self) -> bool:
        return self.kind in REGION_KINDS


class TerritoryPopulation(Base):
    """A population figure as it was published for one date; never changed, only followed by another."""

    __tablename__ = "territory_population"
    __table_args__ = (
        UniqueConstraint("territory_id", "population_on", "population"),
        CheckConstraint("population > 0", name="population_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    territory_id: Mapped[int] = mapped_column(ForeignKey("territory.id", ondelete="CASCADE"))
    population: Mapped[int]
    population_on: Mapped[date]
    source: Mapped[str] = mapped_column(Text, default="")

    territory: Mapped[Territory] = relationship(back_populates="populations")
