"""What the files of all rules have in common: versions that follow each other, periods, readings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from app.law.rules import Basis, Counting, DayOff, Deadline, Reading, Unit
from app.law.tables import LawDataError, Table

ONE_DAY = timedelta(days=1)


class Wording(Protocol):
    """One version of some rules; `in_force_until` is its last day, None for the newest."""

    @property
    def id(self) -> str: ...
    @property
    def in_force_from(self) -> date: ...
    @property
    def in_force_until(self) -> date | None: ...


def complete(versions: list[dict[str, Any]], where: str) -> list[Table]:
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


def refuse_gaps(versions: Sequence[Wording], where: str) -> None:
    """Each day since the first version has exactly one: what is filed on a day without rules cannot be judged."""
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


def refuse_missing(needed: set[str], deadlines: Mapping[str, Deadline], where: str) -> None:
    if missing := sorted(needed - deadlines.keys()):
        raise LawDataError(f"{where}: no deadline for {', '.join(missing)}")


def read_deadline(name: str, table: Table) -> Deadline:
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


def known_deadline(table: Table, key: str, deadlines: Mapping[str, Deadline]) -> Deadline:
    """The period that the text at `key` names."""
    return deadline_named(table.text(key), deadlines, table.where)


def deadline_named(name: str, deadlines: Mapping[str, Deadline], where: str) -> Deadline:
    if name not in deadlines:
        raise LawDataError(f"{where}: there is no deadline {name!r}")
    return deadlines[name]


def read_reading(reading_id: str, table: Table) -> Reading:
    return Reading(id=reading_id, text=table.words("text"), **table.sourced())


def read_basis(basis_id: str, table: Table) -> Basis:
    return Basis(id=basis_id, name=table.words("name"), note=table.words("note"))


def refuse_strange_sources(bases: Iterable[Basis], sources: Iterable[str], where: str) -> None:
    """Each source begins with the English name of a basis: the reader is told what was read of it."""
    names = {basis.name.en for basis in bases}
    for source in sorted(set(sources)):
        for part in source.split("; "):
            name, _, articles = part.partition(", art. ")
            if name not in names or (articles and not articles[0].isdigit()):
                raise LawDataError(f"{where}: nothing is said about the source {part!r}")
