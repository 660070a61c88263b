"""A TOML file of the law, read table by table: what is unknown, missing or unsourced raises LawDataError.

A wrong rule must stop the start, not surface in a decision half a year later.
"""

import tomllib
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from app.law.rules import Mark, Words

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


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

    def members(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """A list of at least one, in the order of the file."""
        allowed = {member.value: member for member in kind}
        values = self.take(key, list)
        if not values or any(values.count(value) > 1 or value not in list(allowed) for value in values):
            raise LawDataError(f"{self.where}: “{key}” should list some of {', '.join(allowed)}, each once")
        return tuple(allowed[value] for value in values)

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
