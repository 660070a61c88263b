"""The territorial units of Kazakhstan as a file, with the source of each figure. Checked when it is read."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "kz.json"

REGION_CODES = frozenset(
    f"KZ-{number}"
    for number in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)
)


@dataclass(frozen=True, slots=True)
class PopulationFigure:
    population: int
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the file; a parent stands before its children."""

    code: str
    kato: str | None
    kind: str
    parent: str | None
    kk: str
    ru: str | None
    en: str | None
    populations: tuple[PopulationFigure, ...]
    note: str


@cache
def units() -> tuple[Unit, ...]:
    """Every unit of the country: the country first, then regions, then what lies in them."""
    content: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    sources: dict[str, str] = content["sources"]
    return tuple(_unit(row, sources) for row in content["territories"])


def sources() -> dict[str, str]:
    """Where the names and figures come from, by their short names; shown where the data is shown."""
    content: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return dict(content["sources"])


def _unit(row: dict[str, Any], sources: dict[str, str]) -> Unit:
    figures = tuple(
        PopulationFigure(figure["population"], date.fromisoformat(figure["on"]), sources[figure["source"]])
        for figure in row["populations"]
    )
    return Unit(**{**row, "populations": tuple(sorted(figures, key=lambda figure: figure.on))})
