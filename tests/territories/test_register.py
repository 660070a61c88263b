"""The register in the database: loading, history, and the questions that are asked of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from app.i18n import use_language
from app.territories import queries, services
from app.territories.data import units
from app.territories.models import Territory, TerritoryPopulation


@pytest.fixture(autouse=True)
def register(session: Any) -> None:
    services.load()


def territory(code: str) -> Territory:
    found = queries.by_code(code)
    assert found is not None
    return found


def test_loading_again_changes_nothing(session: Any) -> None:
    before = session.scalar(select(func.count(TerritoryPopulation.id)))
    loaded = services.load()
    assert (loaded.added, loaded.changed, loaded.figures) == (0, 0, 0)
    assert session.scalar(select(func.count(TerritoryPopulation.id))) == before


def test_it_corrects_a_name(session: Any) -> None:
    territory("KZ-10").name_ru = "Семипалатинская область"
    session.flush()
    assert services.load().changed == 1
    assert territory("KZ-10").name_ru == "область Абай"


def test_a_new_figure_comes_into_force_and_the_old_one_stays() -> None:
    unit = territory("KZ-11")
    assert services.set_population(unit, population=790_000, on=date(2027, 1, 1), source="BNS")
    assert (unit.population, unit.population_on) == (790_000, date(2027, 1, 1))
    assert [figure.population for figure in queries.populations(unit)] == [787_971, 790_000]
    assert not services.set_population(unit, population=790_000, on=date(2027, 1, 1), source="BNS")
    # What the file says of an earlier date does not win over it.
    services.load()
    assert unit.population == 790_000


def test_a_figure_of_an_earlier_date_is_history_only() -> None:
    unit = territory("KZ-10")
    assert services.set_population(unit, population=600_000, on=date(2024, 1, 1), source="BNS")
    assert unit.population == 595_676
    assert [figure.population_on.year for figure in queries.populations(unit)] == [2023, 2024, 2026]


def test_a_changed_file_adds_to_the_history() -> None:
    [row] = [unit for unit in units() if unit.code == "KZ-79"]
    newer = replace(row.populations[-1], population=1_300_000, on=date(2027, 1, 1))
    country = units()[0]
    assert services.load([country, replace(row, populations=(*row.populations, newer))]).figures == 1
    assert territory("KZ-79").population == 1_300_000


def test_regions_are_twenty_in_order() -> None:
    codes = [region.code for region in queries.regions()]
    assert len(codes) == 20 and codes == sorted(codes)
    assert set(codes) == queries.region_codes()
    assert all(region.is_region for region in queries.regions())


def test_units_of_a_region_lie_in_it() -> None:
    names = [unit.name_kk for unit in queries.in_region("KZ-10")]
    assert "Семей қаласы" in names and "Абай ауданы" in names
    assert queries.in_region("KZ-99") == []
    assert {unit.kind.value for unit in queries.in_region("KZ-75")} == {"city_district"}


def test_a_unit_without_a_figure_says_so() -> None:
    unit = territory("101010000")
    assert unit.name_kk == "Жаңасемей ауданы"
    assert unit.population is None and "no population figure" in unit.note


@pytest.mark.parametrize(
    ("language", "name"), [("kk", "Абай облысы"), ("ru", "область Абай"), ("en", "Abai Region")]
)
def test_the_name_is_in_the_readers_language(language: str, name: str) -> None:
    with use_language(language):
        assert territory("KZ-10").name == name
