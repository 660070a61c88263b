"""To which council of the register an archived record belongs, by level, region and name. Pure.

Names are brought to one form and never guessed at: a record whose region is missing, or whose name fits two councils
or none, is not placed, and says why.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.councils.models import Council, CouncilLevel
from app.councils.models.council import REPUBLICAN_LEVELS
from app.territories.models import REGION_KINDS, TerritoryKind
from app.text.normalize import folded, words


class Unplaced(StrEnum):
    """Why a record belongs to no council that we know."""

    NO_COUNCIL = "no_council"
    NO_LEVEL = "no_level"
    NO_REGION = "no_region"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_REGION = "unknown_region"
    NOT_IN_REGISTER = "not_in_register"
    AMBIGUOUS = "ambiguous"


class CannotPlace(ValueError):
    """The record belongs to no council for sure: `reason`."""

    def __init__(self, reason: Unplaced) -> None:
        super().__init__(reason.value)
        self.reason = reason


# What records call the levels.
LEVELS: dict[str, frozenset[CouncilLevel]] = {
    "national": REPUBLICAN_LEVELS,
    "republican": REPUBLICAN_LEVELS,
    "quasi_state": frozenset({CouncilLevel.QUASI_STATE}),
    "region": frozenset({CouncilLevel.REGIONAL}),
    "regional": frozenset({CouncilLevel.REGIONAL}),
    "oblast": frozenset({CouncilLevel.REGIONAL}),
    "city": frozenset({CouncilLevel.CITY, CouncilLevel.REGIONAL}),
    "district": frozenset({CouncilLevel.DISTRICT}),
}
CITY_KINDS = frozenset({TerritoryKind.CITY_REPUBLICAN, TerritoryKind.CAPITAL})
# Words that every name has, as they begin in folded form; whole words where the beginning would say too little.
_GENERIC = re.compile(
    "|".join(
        folded(word)
        for word in (
            "қоғамдық",
            "кеңес",
            "жанындағы",
            "аудан",
            "облыс",
            "қала",
            "әкімдігі",
            "қазақстан республикасы",
            "обществен",
            "совет",
            "район",
            "област",
            "город",
            "республик",
            "казахстан",
            "public",
            "council",
            "district",
            "region",
            "city",
            "republic",
            "kazakhstan",
        )
    )  # fmt: skip
)
_LITTLE = frozenset(
    folded(word) for word in ("при", "г", "қ", "рк", "қр", "of", "the", "at", "for", "и", "және", "and")
)
# «Сатпаевский», «Сатпаевского» and «Сатпаев»; «Алматы», «Алматинской» and «Алматинская».
_ADJECTIVE = re.compile("(?:ск)(?:ого|ому|ими|их|ий|ая|ой|ом|ую|ие|им)$")
_BEFORE_ADJECTIVE = ("", "ин", "ын", "ан", "ен", "н", "ов", "ев")
_KAZAKH_CASES = re.compile(folded("ның|нің|дың|дің|тың|тің") + "$")
_ENDINGS = re.compile("[аеиоуыьяй]$")
# How much of a word tells bodies apart, whatever its case ending.
_BEGINNING = 6


@dataclass(frozen=True, slots=True)
class Named:
    """What a record says of its council."""

    name: str
    level: str
    region: str


def place(named: Named, councils: Iterable[Council], *, regions: frozenset[str]) -> Council:
    """The one council that the record is about. CannotPlace says why there is none for sure."""
    if not named.name and not (named.level and named.region):
        raise CannotPlace(Unplaced.NO_COUNCIL)
    if not named.level:
        raise CannotPlace(Unplaced.NO_LEVEL)
    levels = LEVELS.get(named.level.lower())
    if levels is None:
        raise CannotPlace(Unplaced.UNKNOWN_LEVEL)
    if levels & REPUBLICAN_LEVELS:
        found = [council for council in councils if council.level in levels and _is_body(named.name, council)]
        return _only(found)
    if not named.region:
        raise CannotPlace(Unplaced.NO_REGION)
    if named.region not in regions:
        raise CannotPlace(Unplaced.UNKNOWN_REGION)
    return _only([c for c in councils if c.level in levels and _is_local(named, c)])


def _only(found: Sequence[Council]) -> Council:
    if not found:
        raise CannotPlace(Unplaced.NOT_IN_REGISTER)
    if len(found) > 1:
        raise CannotPlace(Unplaced.AMBIGUOUS)
    return found[0]


def _is_body(name: str, council: Council) -> bool:
    wanted = {word[:_BEGINNING] for word in telling(name)}
    names = (council.name_kk, council.name_ru, council.name_en)
    return bool(wanted) and any(wanted == {word[:_BEGINNING] for word in telling(own)} for own in names)


def _is_local(named: Named, council: Council) -> bool:
    territory = council.territory
    if territory is None:
        return False
    region = territory if territory.kind in REGION_KINDS else territory.parent
    if region is None or region.code != named.region:
        return False
    if council.level is CouncilLevel.REGIONAL:
        # A region has one council; whether the record means a city is what its level says.
        if (named.level == "city") != (territory.kind in CITY_KINDS):
            return False
        if not telling(named.name):
            return True
    said = telling(named.name)
    above = [key for name in _names(region) for key in telling(name)]
    return any(_says(said, telling(name), above) for name in _names(territory))


def _names(territory: object) -> list[str]:
    names = (getattr(territory, f"name_{language}") for language in ("kk", "ru", "en"))
    return [name for name in names if name]


def _says(said: list[str], own: list[str], above: list[str]) -> bool:
    """Whether a name says the territory's own words, and besides them nothing but its region's."""
    left = list(said)
    for word in own:
        match = next((one for one in left if is_same(one, word)), None)
        if match is None:
            return False
        left.remove(match)
    return bool(own) and all(any(is_same(one, word) for word in above) for one in left)


def telling(name: str) -> list[str]:
    """The words of a name that tell it from the others."""
    return [word for word in words(name) if word not in _LITTLE and not _GENERIC.match(word)]


def is_same(one: str, other: str) -> bool:
    """Whether both are one place name, whatever the case, and whether noun or adjective."""
    (roots, is_adjective), (other_roots, other_is_adjective) = _roots(one), _roots(other)
    if roots & other_roots:
        return True
    if is_adjective == other_is_adjective:
        return False
    nouns, adjectives = (other_roots, roots) if is_adjective else (roots, other_roots)
    return any(noun + suffix in adjectives for noun in nouns for suffix in _BEFORE_ADJECTIVE)


def _roots(word: str) -> tuple[set[str], bool]:
    """What may be left of a word without its case, and whether it was a Russian adjective."""
    without = _ADJECTIVE.sub("", word)
    if without != word:
        return {without}, True
    without = _KAZAKH_CASES.sub("", word)
    return {without, _ENDINGS.sub("", without)}, False
