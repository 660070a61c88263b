"""How many votes make a petition a supported one: art. 90-3(4), by addressee and population. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import DomainError


class AddresseeKind(StrEnum):
    """The five kinds of addressees that the law gives a threshold of their own."""

    CENTRAL_BODY = "central_body"
    REGIONAL_MASLIKHAT = "regional_maslikhat"  # of an oblast, a city of republican significance, the capital
    REGIONAL_AKIMAT = "regional_akimat"
    DISTRICT_MASLIKHAT = "district_maslikhat"  # of a city or district
    DISTRICT_AKIMAT = "district_akimat"  # of a district or city, and akims' offices below

    @property
    def is_central(self) -> bool:
        return self is AddresseeKind.CENTRAL_BODY


class Computation(StrEnum):
    ABSOLUTE = "absolute"
    PERCENT = "percent"


class PopulationNeeded(DomainError):
    """The threshold is a share of the residents, and nobody said how many there are."""


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """One row of art. 90-3(4).

    `votes` alone: a fixed number. `percent` alone: a share of the population. Both: the fixed number where the unit
    has more than `if_population_over` residents, the share elsewhere.
    """

    addressee: AddresseeKind
    votes: int | None
    if_population_over: int | None
    percent: int | None
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """What the rule came to for one unit: enough to say "1 % of 787,971 residents on 1 January 2023"."""

    votes: int
    addressee: AddresseeKind
    computation: Computation
    percent: int | None
    population: int | None
    population_on: date | None
    if_population_over: int | None
    source: str
    mark: str


def find_threshold(
    rules: Iterable[ThresholdRule],
    addressee: AddresseeKind,
    *,
    population: int | None = None,
    population_on: date | None = None,
) -> Threshold:
    """The threshold of this addressee under these rules. PopulationNeeded if it hangs on an unknown population."""
    rule = next(rule for rule in rules if rule.addressee is addressee)
    if rule.percent is not None and (population is None or population < 1):
        raise PopulationNeeded(addressee=addressee.value)
    votes, computation = _votes(rule, population)
    return Threshold(
        votes=votes,
        addressee=addressee,
        computation=computation,
        percent=rule.percent if computation is Computation.PERCENT else None,
        population=population,
        population_on=population_on,
        if_population_over=rule.if_population_over,
        source=rule.source,
        mark=rule.mark,
    )


def _votes(rule: ThresholdRule, population: int | None) -> tuple[int, Computation]:
    """The number and how it was found.

    Exactly 50,000 residents are not "over fifty thousand": the share applies. "Not less than" one per cent rounds up.
    """
    if rule.percent is None or (
        rule.if_population_over is not None
        and population is not None
        and population > rule.if_population_over
    ):
        assert rule.votes is not None  # the loader refuses a rule without either
        return rule.votes, Computation.ABSOLUTE
    assert population is not None
    return -(-population * rule.percent // 100), Computation.PERCENT
