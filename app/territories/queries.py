"""Reads of the territorial register."""

from sqlalchemy import select

from app.db import db
from app.territories.data import REGION_CODES
from app.territories.models import REGION_KINDS, Territory, TerritoryKind, TerritoryPopulation


def regions() -> list[Territory]:
    """Oblasts, cities of republican significance and the capital, in the order of their codes."""
    return list(
        db.session.scalars(select(Territory).where(Territory.kind.in_(REGION_KINDS)).order_by(Territory.code))
    )


def country() -> Territory | None:
    return db.session.scalar(select(Territory).where(Territory.kind == TerritoryKind.COUNTRY))


def region_codes() -> frozenset[str]:
    """The codes that a citizen may declare as residence; asked at every signature, so without a query."""
    return REGION_CODES


def by_code(code: str) -> Territory | None:
    return db.session.scalar(select(Territory).where(Territory.code == code))


def in_region(code: str) -> list[Territory]:
    """The units directly below the region with `code`: towns first, then districts, by name."""
    parent = select(Territory.id).where(Territory.code == code).scalar_subquery()
    units = select(Territory).where(Territory.parent_id == parent)
    return list(db.session.scalars(units.order_by(Territory.kind, Territory.name_kk)))


def populations(territory: Territory) -> list[TerritoryPopulation]:
    """Every figure known for `territory`, oldest first."""
    rows = select(TerritoryPopulation).where(TerritoryPopulation.territory_id == territory.id)
    return list(db.session.scalars(rows.order_by(TerritoryPopulation.population_on, TerritoryPopulation.id)))
