"""The petition rules of one wording of the law, as frozen values: what `data/<country>/petitions.toml` says.

Nothing here counts or decides; `thresholds.py` and `calendar.py` do. Each value carries its article and how sure we
are of it, because the public rules page prints both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.i18n import in_reader_language
from app.law.thresholds import AddresseeKind, Threshold, ThresholdRule, find_threshold


class Mark(StrEnum):
    """How sure we are of a statement."""

    LAW = "law"  # read in the text of the law
    INFERRED = "inferred"  # follows from the text, but the text does not say it
    BACKGROUND = "background"  # common knowledge, confirmed by no source that we read
    NOT_ESTABLISHED = "not_established"  # looked for and not found; the value is our assumption
    PRODUCT = "product"  # a rule of this site, not of the law


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class Counting(StrEnum):
    FROM_NEXT_DAY = "from_next_day"  # the day of the fact is day zero, art. 76(2)
    BACK_FROM_DAY_BEFORE = "back_from_day_before"  # at least so many days before the event


class DayOff(StrEnum):
    """What happens when a period would end on a day off."""

    NEXT_WORKING_DAY = "next_working_day"  # art. 76(5)


class GroundKind(StrEnum):
    """Why a petition may be refused publication."""

    EXCLUDED_MATTER = "excluded_matter"
    SAME_SUBJECT_OPEN = "same_subject_open"
    SAME_SUBJECT_DECIDED = "same_subject_decided"
    NOT_ELIGIBLE = "not_eligible"
    INCOMPLETE = "incomplete"
    FIRST_SUPPORT = "first_support"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages; as a string, it speaks the reader's."""

    kk: str
    ru: str
    en: str

    def __str__(self) -> str:
        return in_reader_language(kk=self.kk, ru=self.ru, en=self.en)

    def by_language(self) -> dict[str, str]:
        return {"kk": self.kk, "ru": self.ru, "en": self.en}


@dataclass(frozen=True, slots=True)
class Basis:
    """An act or document that the rules rest on. Sources begin with its English name; `note` says what was read."""

    id: str
    name: Words
    note: Words


@dataclass(frozen=True, slots=True)
class Deadline:
    """A period that the rules set: `value` units, counted from the fact that `starts` names.

    A value of 0 means the day of the fact itself, or the next working day if that is a day off.
    """

    name: str
    value: int
    unit: Unit
    starts: str
    counting: Counting
    if_ends_on_day_off: DayOff
    title: Words
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class FirstSupport:
    """How many citizens must join, and by when, before a petition may be published."""

    citizens: int
    deadline: Deadline
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason for which a petition is refused publication; `number` is its number in the law's list, if any.

    `question` asks an author, before anything is typed, whether the ground applies: yes means that it does.
    None where nobody can answer it beforehand.
    """

    id: str
    kind: GroundKind
    number: int | None
    text: Words
    question: Words | None
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may create and join petitions. The law names citizens only; the age is a rule of this site."""

    citizens_only: bool
    source: str
    mark: Mark
    minimum_age_years: int
    minimum_age_source: str
    minimum_age_mark: Mark
    note: Words


@dataclass(frozen=True, slots=True)
class Limits:
    """Rules of this site that a lawyer could want to change, but that no article sets."""

    minimum_demands: int
    maximum_demands: int
    title_characters: int
    demand_characters: int
    arguments_characters: int
    attachments: int
    attachment_megabytes: int
    public_cell_minimum: int  # a public count of people below it is merged with others
    due_soon_working_days: int
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Consent:
    """What a citizen agrees to by joining; the version is stored with each signature, art. 90-3(1)."""

    version: str
    text: Words
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """Something that a decision must contain."""

    id: str
    text: Words
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """A duty of the body that reviews; `unless` says in words when it may be left out."""

    id: str
    text: Words
    for_central: bool
    for_local: bool
    notice: Deadline | None
    unless: Words | None
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Reading:
    """How we read a passage that is silent or says two things: printed, so that anybody can object."""

    id: str
    text: Words
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class PetitionRules:
    """One wording of the petition rules. A petition keeps for ever the one that it was filed under.

    `in_force_until` is the last day in force, None for the newest.
    """

    id: str
    act: Words
    in_force_from: date
    in_force_until: date | None
    in_force_mark: Mark
    in_force_note: Words
    first_support: FirstSupport
    deadlines: Mapping[str, Deadline]
    thresholds: tuple[ThresholdRule, ...]
    excluded_matters: tuple[Ground, ...]
    conditions: tuple[Ground, ...]
    eligibility: Eligibility
    limits: Limits
    consent: Consent
    decision_parts: tuple[DecisionPart, ...]
    steps: tuple[ReviewStep, ...]
    readings: tuple[Reading, ...]

    def deadline(self, name: str) -> Deadline:
        """The period of that name; KeyError if this wording has none."""
        return self.deadlines[name]

    def review_deadline(self, addressee: AddresseeKind | str) -> Deadline:
        """How long the addressee may review, art. 90-5(1)."""
        return self.deadlines["review_central" if AddresseeKind(addressee).is_central else "review_local"]

    def threshold(
        self, addressee: AddresseeKind | str, population: int | None = None, population_on: date | None = None
    ) -> Threshold:
        """How many votes make a petition to this addressee a supported one, art. 90-3(4)."""
        return find_threshold(
            self.thresholds, AddresseeKind(addressee), population=population, population_on=population_on
        )

    def review_steps(self, addressee: AddresseeKind | str) -> tuple[ReviewStep, ...]:
        """The duties of this addressee during the review, art. 90-5(2)."""
        central = AddresseeKind(addressee).is_central
        return tuple(step for step in self.steps if (step.for_central if central else step.for_local))

    @property
    def rejection_grounds(self) -> tuple[Ground, ...]:
        """Every reason for which publication may be refused: the excluded matters, then the other conditions."""
        return self.excluded_matters + self.conditions

    def ground(self, ground_id: str) -> Ground:
        """The ground of that id; KeyError if this wording has none."""
        for ground in self.rejection_grounds:
            if ground.id == ground_id:
                return ground
        raise KeyError(ground_id)
