"""The file of territories as it stands: whole, consistent, and the figures that thresholds come from."""

from collections import Counter

import pytest

from app.territories.data import REGION_CODES, sources, units
from app.territories.models import REGION_KINDS, TerritoryKind
from app.text.normalize import mixed_alphabets

LATEST = {unit.code: unit.populations[-1] for unit in units() if unit.populations}


def test_every_unit_has_its_parent_before_it() -> None:
    seen: set[str] = set()
    for unit in units():
        assert (unit.parent is None) == (unit.kind == TerritoryKind.COUNTRY)
        assert unit.parent is None or unit.parent in seen
        assert unit.code not in seen
        seen.add(unit.code)


def test_there_are_twenty_regions() -> None:
    assert {unit.code for unit in units() if TerritoryKind(unit.kind) in REGION_KINDS} == REGION_CODES
    assert len(REGION_CODES) == 20


@pytest.mark.parametrize(
    ("code", "population", "year"),
    [
        ("KZ", 20_495_975, 2026),
        ("KZ-11", 787_971, 2023),
        ("KZ-75", 2_347_924, 2026),
        ("101000000", 328_762, 2023),
    ],
)
def test_the_latest_figure_is_the_one_in_force(code: str, population: int, year: int) -> None:
    assert (LATEST[code].population, LATEST[code].on.year) == (population, year)


def test_districts_of_2023_sum_to_their_regions_and_these_to_the_country() -> None:
    in_2023 = {unit.code: unit.populations[0].population for unit in units() if unit.populations}
    by_parent: Counter[str] = Counter()
    for unit in units():
        if unit.parent and unit.populations:
            by_parent[unit.parent] += unit.populations[0].population
    # Shymkent and others are counted to a person; a unit formed later has no figure and is in its neighbours'.
    assert by_parent["KZ"] == in_2023["KZ"]
    assert all(abs(by_parent[code] - in_2023[code]) <= 1 for code in REGION_CODES)


def test_names_are_clean() -> None:
    for unit in units():
        for name in (unit.kk, unit.ru, unit.en):
            assert name == name.strip() if name else name is None
            assert not mixed_alphabets(name or "")
            assert "(" not in (name or "")


def test_names_are_unique_within_a_region_in_each_language() -> None:
    for language in ("kk", "ru", "en"):
        names = Counter((unit.parent, name) for unit in units() if (name := getattr(unit, language)))
        assert max(names.values()) == 1


def test_sources_are_named() -> None:
    assert "CC BY 4.0" in sources()["names"]
    assert all(figure.source for unit in units() for figure in unit.populations)
