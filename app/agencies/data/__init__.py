"""The bodies of Kazakhstan as a file, each with how sure its name is. Checked when it is read."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "kz.json"


@dataclass(frozen=True, slots=True)
class Body:
    """One body of the file; `territory` is the code of a territorial unit, None for central bodies."""

    slug: str
    kind: str
    kk: str
    ru: str | None
    en: str | None
    territory: str | None
    addressee_kind: str | None
    confidence: str
    topics: tuple[str, ...]
    keywords_kk: tuple[str, ...]
    keywords_ru: tuple[str, ...]
    keywords_en: tuple[str, ...]
    has_public_council: bool | None = None
    is_authorised_body: bool = False
    note: str = ""


@cache
def bodies() -> tuple[Body, ...]:
    """Every body: central ones first, then the regions', then those of districts and towns."""
    content: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    shared: dict[str, dict[str, list[str]]] = content["words"]
    return tuple(_body(row, shared) for row in content["agencies"])


def _body(row: dict[str, Any], shared: dict[str, dict[str, list[str]]]) -> Body:
    # Akimats of all levels answer for the same matters, so their words stand in the file once.
    words = shared[row["words"]] if "words" in row else {}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in (row | words).items()
        if name != "words"
    }
    return Body(**values)
