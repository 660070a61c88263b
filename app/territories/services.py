"""Writes of the territorial register: reading it in from the file, and a new figure of the statisticians."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.db import db
from app.territories.data import Unit, units
from app.territories.models import Territory, TerritoryKind, TerritoryPopulation


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed; all zero when it found everything as it is."""

    added: int
    changed: int
    figures: int


def load(rows: Iterable[Unit] | None = None) -> Loaded:
    """Brings the register to what the file says, by code; figures are added to the history, never removed.

    Running it twice changes nothing the second time. A figure that somebody entered by hand for a later date stays
    the one in force.
    """
    known = {territory.code: territory for territory in db.session.scalars(select(Territory))}
    history = {
        (figure.territory_id, figure.population_on, figure.population)
        for figure in db.session.scalars(select(TerritoryPopulation))
    }
    added = changed = figures = 0
    for row in units() if rows is None else rows:
        territory = known.get(row.code)
        if territory is None:
            territory = Territory(code=row.code, kind=TerritoryKind(row.kind))
            db.session.add(territory)
            known[row.code] = territory
            added += 1
        _describe(territory, row, parent=known[row.parent] if row.parent else None)
        # Its id is needed for the figures, and the parent's for the children.
        if db.session.is_modified(territory) or territory.id is None:
            changed += territory.id is not None
            db.session.flush()
        for figure in row.populations:
            if (territory.id, figure.on, figure.population) not in history:
                figures += set_population(
                    territory, population=figure.population, on=figure.on, source=figure.source
                )
    db.session.flush()
    return Loaded(added=added, changed=changed, figures=figures)


def _describe(territory: Territory, row: Unit, *, parent: Territory | None) -> None:
    wanted = {
        "kind": TerritoryKind(row.kind),
        "kato": row.kato,
        "name_kk": row.kk,
        "name_ru": row.ru,
        "name_en": row.en,
        "note": row.note,
        "parent_id": parent.id if parent else None,
    }
    for name, value in wanted.items():
        # Assigning an equal value would still count as a change of the row.
        if getattr(territory, name) != value:
            setattr(territory, name, value)


def set_population(territory: Territory, *, population: int, on: date, source: str) -> bool:
    """Adds a figure to the history of `territory`; true if it was not known.

    It becomes the one in force unless a later one is known. Petitions that were filed keep the figure they were
    filed with.
    """
    same = select(TerritoryPopulation.id).where(
        TerritoryPopulation.territory_id == territory.id,
        TerritoryPopulation.population_on == on,
        TerritoryPopulation.population == population,
    )
    is_new = db.session.scalar(same) is None
    if is_new:
        db.session.add(
            TerritoryPopulation(
                territory_id=territory.id, population=population, population_on=on, source=source
            )
        )
    if is_new and (territory.population_on is None or on >= territory.population_on):
        territory.population, territory.population_on, territory.source = population, on, source
    return is_new
