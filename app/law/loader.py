"""Reads `data/<country>/*.toml` into rules, and refuses files that a lawyer could not have meant.

Unknown keys, missing sources, gaps and overlaps between versions raise LawDataError: a wrong rule must stop the start,
not surface in a decision half a year later.
"""

import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from app.law.rules import (
    Consent,
    Counting,
    DayOff,
    Deadline,
    DecisionPart,
    Eligibility,
    FirstSupport,
    Ground,
    GroundKind,
    Limits,
    Mark,
    PetitionRules,
    Reading,
    ReviewStep,
    Unit,
    Words,
)
from app.law.thresholds import AddresseeKind, ThresholdRule

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

# What the application asks for by name: a wording without one of them cannot be obeyed.
REQUIRED_DEADLINES = {
    "first_support", "check", "press_letters", "collection", "letter_answer",
    "send_supported", "register", "register_reminder", "review_central", "review_local",
    "discussion_notice", "extension_limit", "extension_notice", "publish_decision",
    "complaint", "complaint_unexplained", "complaint_handling",
}  # fmt: skip
ONE_DAY = timedelta(days=1)


class LawDataError(Exception):
    """A file of the law cannot be used; the message says which line of thought is broken, and where."""


class Table:
    """A TOML table that remembers where it stands and which of its keys were asked for."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, dict):
            raise LawDataError(f"{where}: a table is expected here")
        self.values: dict[str, Any] = values
        self.where = where
        self.asked: set[str] = set()

    def take(self, key: str, kind: type[T]) -> T:
        value = self.find(key, kind)
        if value is None:
            raise LawDataError(f"{self.where}: “{key}” is missing")
        return value

    def find(self, key: str, kind: type[T]) -> T | None:
        self.asked.add(key)
        value = self.values.get(key)
        if value is None:
            return None
        # bool is an int in Python, and "true days" is a slip.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise LawDataError(f"{self.where}: “{key}” should be {kind.__name__}, not {value!r}")
        return value

    def text(self, key: str) -> str:
        text = self.take(key, str).strip()
        if not text:
            raise LawDataError(f"{self.where}: “{key}” is empty")
        return text

    def count(self, key: str, *, least: int = 1) -> int:
        number = self.take(key, int)
        if number < least:
            raise LawDataError(f"{self.where}: “{key}” is {number}, less than {least}")
        return number

    def member(self, key: str, kind: type[E]) -> E:
        try:
            return kind(self.take(key, str))
        except ValueError:
            allowed = ", ".join(str(member.value) for member in kind)
            raise LawDataError(
                f"{self.where}: “{key}” is {self.values[key]!r}, not one of {allowed}"
            ) from None

    def words(self, key: str) -> Words:
        table = self.table(key)
        words = Words(kk=table.text("kk"), ru=table.text("ru"), en=table.text("en"))
        table.done()
        return words

    def words_or_none(self, key: str) -> Words | None:
        return self.words(key) if key in self.values else None

    def sourced(self) -> dict[str, Any]:
        """The two things that every rule must carry."""
        return {"source": self.text("source"), "mark": self.member("mark", Mark)}

    def table(self, key: str) -> "Table":
        return Table(self.take(key, dict), f"{self.where}.{key}")

    def tables(self, key: str) -> list["Table"]:
        return [Table(values, f"{self.where}.{key}[{n}]") for n, values in enumerate(self.take(key, list), 1)]

    def named(self, key: str, read: Callable[[str, "Table"], T]) -> dict[str, T]:
        """What `read` makes of each table in the table `key`, in the order of the file."""
        group = self.table(key)
        result = {}
        for name in group.values:
            entry = group.table(name)
            result[name] = read(name, entry)
            entry.done()
        return result

    def done(self) -> None:
        """Refuses keys that nobody asked for: a misspelt rule is not a rule."""
        if unknown := sorted(set(self.values) - self.asked):
            raise LawDataError(f"{self.where}: unknown keys: {', '.join(unknown)}")


def read_toml(path: Path) -> Table:
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except OSError as error:
        raise LawDataError(f"{path.name}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise LawDataError(f"{path.name}: {error}") from error


def load_petition_rules(path: Path) -> tuple[PetitionRules, ...]:
    """All wordings in the order in which they came into force. LawDataError if the file is not sound."""
    file = read_toml(path)
    matters = file.named("matter", _matter)
    versions = [_version(table, matters) for table in _complete(file.take("version", list), path.name)]
    file.done()
    versions.sort(key=lambda rules: rules.in_force_from)
    _refuse_gaps(versions, path.name)
    return tuple(versions)


def _complete(versions: list[dict[str, Any]], where: str) -> list[Table]:
    """Each version with what it takes over from the version that it names in `otherwise_as`."""
    whole: dict[str, dict[str, Any]] = {}
    for number, values in enumerate(versions, 1):
        version_id = values.get("id")
        if not isinstance(version_id, str) or version_id in whole:
            raise LawDataError(f"{where}: version {number} needs an id of its own")
        if other := values.get("otherwise_as"):
            if other not in whole:
                raise LawDataError(
                    f"{where}: {version_id} is otherwise as {other}, which does not stand above it"
                )
            base = {key: value for key, value in whole[other].items() if key != "in_force_until"}
            values = _overlaid(base, values)
            for dotted in values.pop("without", []):
                _leave_out(values, dotted, f"{where}: {version_id}")
        whole[version_id] = values
    return [Table(values, f"{where}: {version_id}") for version_id, values in whole.items()]


def _overlaid(base: Any, over: dict[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key; anything else, lists included, is replaced whole."""
    result = dict(base)
    for key, value in over.items():
        inherited = result.get(key)
        both = isinstance(value, dict) and isinstance(inherited, dict)
        result[key] = _overlaid(inherited, value) if both else value
    return result


def _leave_out(values: dict[str, Any], dotted: str, where: str) -> None:
    group, _, name = dotted.rpartition(".")
    if name not in values.get(group, {}):
        raise LawDataError(f"{where}: there is no {dotted} to leave out")
    values[group] = {key: value for key, value in values[group].items() if key != name}


def _refuse_gaps(versions: list[PetitionRules], where: str) -> None:
    """Each day since the first version has exactly one: petitions filed on a day without rules have no thresholds."""
    for earlier, later in zip(versions, versions[1:], strict=False):
        if earlier.in_force_until is None or earlier.in_force_until >= later.in_force_from:
            raise LawDataError(f"{where}: {earlier.id} and {later.id} overlap on {later.in_force_from}")
        if earlier.in_force_until + ONE_DAY != later.in_force_from:
            raise LawDataError(
                f"{where}: no version on {earlier.in_force_until + ONE_DAY}, before {later.id}"
            )
    if not versions:
        raise LawDataError(f"{where}: there is no version")
    if versions[-1].in_force_until is not None:
        raise LawDataError(f"{where}: no version after {versions[-1].in_force_until}")


def _version(table: Table, matters: dict[str, Ground]) -> PetitionRules:
    table.find("otherwise_as", str)
    deadlines = table.named("deadline", _deadline)
    if missing := sorted(REQUIRED_DEADLINES - deadlines.keys()):
        raise LawDataError(f"{table.where}: no deadline for {', '.join(missing)}")
    rules = PetitionRules(
        id=table.text("id"),
        act=table.words("act"),
        in_force_from=table.take("in_force_from", date),
        in_force_until=table.find("in_force_until", date),
        in_force_mark=table.member("in_force_mark", Mark),
        in_force_note=table.words("in_force_note"),
        first_support=_first_support(table.table("first_support"), deadlines),
        deadlines=MappingProxyType(deadlines),
        thresholds=_thresholds(table),
        excluded_matters=_matters(table.table("excluded_matters"), matters),
        conditions=tuple(table.named("condition", _condition).values()),
        eligibility=_eligibility(table.table("eligibility")),
        limits=_limits(table.table("limits")),
        consent=_consent(table.table("consent")),
        decision_parts=tuple(table.named("decision_part", _decision_part).values()),
        steps=tuple(
            table.named("review_step", lambda name, step: _review_step(name, step, deadlines)).values()
        ),
        readings=tuple(table.named("reading", _reading).values()),
    )
    table.done()
    if rules.in_force_until and rules.in_force_until < rules.in_force_from:
        raise LawDataError(f"{table.where}: ends before it begins")
    return rules


def _deadline(name: str, table: Table) -> Deadline:
    return Deadline(
        name=name,
        value=table.count("value", least=0),
        unit=table.member("unit", Unit),
        starts=table.text("starts"),
        counting=table.member("counting", Counting),
        if_ends_on_day_off=table.member("if_ends_on_day_off", DayOff),
        title=table.words("title"),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _known(table: Table, key: str, deadlines: dict[str, Deadline]) -> Deadline:
    name = table.text(key)
    if name not in deadlines:
        raise LawDataError(f"{table.where}: there is no deadline {name!r}")
    return deadlines[name]


def _first_support(table: Table, deadlines: dict[str, Deadline]) -> FirstSupport:
    deadline = _known(table, "deadline", deadlines)
    first = FirstSupport(citizens=table.count("citizens"), deadline=deadline, **table.sourced())
    table.done()
    return first


def _thresholds(version: Table) -> tuple[ThresholdRule, ...]:
    rules = [_threshold(table) for table in version.tables("threshold")]
    kinds = [rule.addressee for rule in rules]
    for kind in AddresseeKind:
        if kinds.count(kind) != 1:
            raise LawDataError(f"{version.where}: {kinds.count(kind)} thresholds for {kind.value}, not one")
    return tuple(rules)


def _threshold(table: Table) -> ThresholdRule:
    rule = ThresholdRule(
        addressee=table.member("addressee", AddresseeKind),
        votes=table.find("votes", int),
        if_population_over=table.find("if_population_over", int),
        percent=table.find("percent", int),
        **table.sourced(),
    )
    table.done()
    both = rule.votes is not None and rule.percent is not None
    if both != (rule.if_population_over is not None) or (rule.votes is None and rule.percent is None):
        raise LawDataError(
            f"{table.where}: give votes, or percent, or both and the population that divides them"
        )
    if rule.votes is not None and rule.votes < 1 or rule.percent is not None and not 0 < rule.percent <= 100:
        raise LawDataError(f"{table.where}: the threshold is out of range")
    return rule


def _matter(matter_id: str, table: Table) -> Ground:
    """A matter's words; each version says which number it has there, and by which article."""
    return Ground(
        id=matter_id,
        kind=GroundKind.EXCLUDED_MATTER,
        number=None,
        text=table.words("text"),
        question=table.words("question"),
        note=table.words_or_none("note"),
        source="",
        mark=Mark.LAW,
    )


def _matters(table: Table, matters: dict[str, Ground]) -> tuple[Ground, ...]:
    ids, source, mark = table.take("ids", list), table.text("source"), table.member("mark", Mark)
    table.done()
    if unknown := [name for name in ids if name not in matters]:
        raise LawDataError(f"{table.where}: nothing is said about the matters {', '.join(unknown)}")
    if len(set(ids)) != len(ids):
        raise LawDataError(f"{table.where}: a matter stands twice")
    return tuple(
        replace(matters[name], number=number, source=f"{source}{number}", mark=mark)
        for number, name in enumerate(ids, 1)
    )


def _condition(ground_id: str, table: Table) -> Ground:
    return Ground(
        id=ground_id,
        kind=table.member("kind", GroundKind),
        number=None,
        text=table.words("text"),
        question=table.words_or_none("question"),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _eligibility(table: Table) -> Eligibility:
    eligibility = Eligibility(
        citizens_only=table.take("citizens_only", bool),
        minimum_age_years=table.count("minimum_age_years"),
        minimum_age_source=table.text("minimum_age_source"),
        minimum_age_mark=table.member("minimum_age_mark", Mark),
        note=table.words("note"),
        **table.sourced(),
    )
    table.done()
    return eligibility


def _limits(table: Table) -> Limits:
    numbers = [limit.name for limit in fields(Limits) if limit.type is int]
    values: dict[str, Any] = {name: table.count(name) for name in numbers}
    limits = Limits(**values, **table.sourced())
    table.done()
    if limits.minimum_demands > limits.maximum_demands:
        raise LawDataError(f"{table.where}: fewer demands allowed than required")
    return limits


def _consent(table: Table) -> Consent:
    consent = Consent(version=table.text("version"), text=table.words("text"), **table.sourced())
    table.done()
    return consent


def _decision_part(part_id: str, table: Table) -> DecisionPart:
    return DecisionPart(id=part_id, text=table.words("text"), **table.sourced())


def _review_step(step_id: str, table: Table, deadlines: dict[str, Deadline]) -> ReviewStep:
    return ReviewStep(
        id=step_id,
        text=table.words("text"),
        for_central=table.take("for_central", bool),
        for_local=table.take("for_local", bool),
        notice=_known(table, "notice", deadlines) if "notice" in table.values else None,
        unless=table.words_or_none("unless"),
        **table.sourced(),
    )


def _reading(reading_id: str, table: Table) -> Reading:
    return Reading(id=reading_id, text=table.words("text"), **table.sourced())
