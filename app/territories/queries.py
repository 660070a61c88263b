"""Reads of the territorial register."""

from sqlalchemy import select

from app.db import db
from app.i18n import in_reader_language
from app.territories.data import REGION_CODES, units
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


def region_names() -> dict[str, str]:
    """The regions by code with their names in the reader's language, without a query: every petition's map asks."""
    return {
        unit.code: in_reader_language(kk=unit.kk, ru=unit.ru, en=unit.en)
        for unit in units()
        if unit.code in REGION_CODES
    }


def by_code(code: str) -> Territory | None:
    return db.session.scalar(select(Territory).where(Territory.code == code))


def in_region(code: str) -> list[Territory]:
    """The units directly below the region with `code`: towns first, then districts, by name."""
    parent = select(Territory.id).where(Territory.code == code).scalar_subquery()
    units = select(Territory).where(Territory.parent_id == parent)
    return list(db.session.scalars(units.order_by(Territory.kind, Territory.name_kk)))


def units_by_region() -> list[tuple[Territory, list[Territory]]]:
    """Every region with the units directly below it, by name; for a choice of places."""
    rows = db.session.scalars(select(Territory).where(Territory.kind != TerritoryKind.COUNTRY)).all()
    below: dict[int, list[Territory]] = {}
    for unit in rows:
        if not unit.is_region and unit.parent_id:
            below.setdefault(unit.parent_id, []).append(unit)
    places = sorted((unit for unit in rows if unit.is_region), key=lambda unit: unit.code)
    return [(place, sorted(below.get(place.id, []), key=lambda unit: unit.name)) for place in places]


def populations(territory: Territory) -> list[TerritoryPopulation]:
    """Every figure known for `territory`, oldest first."""
    rows = select(TerritoryPopulation).where(TerritoryPopulation.territory_id == territory.id)
    return list(db.session.scalars(rows.order_by(TerritoryPopulation.population_on, TerritoryPopulation.id)))
