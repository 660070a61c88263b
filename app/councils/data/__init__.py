"""The places of the 258 councils as a file, each with how its name came about. Checked when it is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "kz.json"


@dataclass(frozen=True, slots=True)
class Place:
    """One council of the file. `agency` and `approver` are slugs of bodies; `body` names a body that the register of
    bodies does not hold, by language; `territory` is the code of a territorial unit."""

    slug: str
    level: str
    kk: str
    ru: str
    en: str
    agency: str | None
    approver: str | None
    territory: str | None
    topics: tuple[str, ...]
    confidence: str
    body: Mapping[str, str] | None = None


@cache
def places() -> tuple[Place, ...]:
    """Every council: republican ones first, then quasi-state ones, then those of regions, cities and districts."""
    content = _content()
    shared: dict[str, list[str]] = content["shared_topics"]
    return tuple(_place(row, shared) for row in content["councils"])


def sources() -> tuple[str, ...]:
    """Where the list comes from and what in it is assumed."""
    content = _content()
    return content["source"], content["republican"], content["local"]


def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return content


def _place(row: dict[str, Any], shared: dict[str, list[str]]) -> Place:
    # Councils of territories look at the same matters, so their topics stand in the file once.
    topics = row["topics"]
    return Place(**{**row, "topics": tuple(shared[topics] if isinstance(topics, str) else topics)})
