"""Rows of an XLSX that people filled in. Formulas are refused, never read as what they show; nothing is run."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from math import isfinite
from typing import Any

from openpyxl import load_workbook

from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.safety import Kind, check_zip
from app.errors import InvalidInput
from app.text.cells import unguarded
from app.text.normalize import visible

MOST_ROWS = 60_000
MOST_COLUMNS = 64
MOST_IN_A_CELL = 32_767
# The last row of any sheet; a file that claims a later one would be filled up with empty rows without end.
_LAST_ROW = 1_048_576
# A file keeps a carriage return, and an underscore that could be taken for one, by their numbers.
_KEPT_RETURN = re.compile(r"_x000D_(?=\n|$)")
_KEPT_UNDERSCORE = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


class FaultReason(StrEnum):
    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is numbered in the sheet; `values` has every wanted column, "" where its cell is empty."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken, and with it its row."""

    number: int
    column: str
    reason: FaultReason


class WrongHeadings(InvalidInput):
    """The first row lacks columns (`missing`) or has them twice (`doubled`); both by their wanted names."""

    def __init__(self, *, missing: tuple[str, ...], doubled: tuple[str, ...]) -> None:
        super().__init__(missing=missing, doubled=doubled)
        self.missing = missing
        self.doubled = doubled


class TooManyRows(InvalidInput):
    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit)
        self.limit = limit


def read_xlsx(data: bytes, *, columns: Mapping[str, Collection[str]]) -> Iterator[Row | Fault]:
    """The rows of the first sheet that can be seen, one by one, and a fault for every cell that cannot be taken.

    `columns` names each wanted column and the headings it may have, in whatever language the file was written. Other
    columns and empty rows are passed over. A row has either its `Row` or its faults. Raises `UnreadableFile`,
    `WrongHeadings` and `TooManyRows`; the last one only when that row is reached.
    """
    check_zip(data, kind=Kind.XLSX)
    rows = _rows(data)
    places = _places(next(rows, (0, ()))[1], columns)
    return _taken(rows, places)


def _taken(rows: Iterator[tuple[int, tuple[Any, ...]]], places: dict[str, int]) -> Iterator[Row | Fault]:
    for number, cells in rows:
        wanted = {name: cells[place] for name, place in places.items() if place < len(cells)}
        if all(cell.value is None for cell in wanted.values()):
            continue
        if number > MOST_ROWS + 1:
            raise TooManyRows(limit=MOST_ROWS)
        values = dict.fromkeys(places, "")
        faults = []
        for name, cell in wanted.items():
            text = _text(cell.value, cell.data_type)
            if isinstance(text, FaultReason):
                faults.append(Fault(number, name, text))
            else:
                values[name] = text
        if faults:
            yield from faults
        elif any(text.strip() for text in values.values()):
            yield Row(number, values)


def _rows(data: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The numbered rows of cells of the first visible sheet."""
    try:
        with closing(load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)) as book:
            sheet = next((page for page in book.worksheets if page.sheet_state == "visible"), None)
            if sheet is None:
                raise UnreadableFile(UnreadableReason.EMPTY)
            # What the file says about its size may be wrong, and then rows would be left out.
            sheet.reset_dimensions()
            yield from enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS), start=1)
    except (InvalidInput, GeneratorExit):
        raise
    except Exception as error:
        # A broken file breaks the library in ways without number: KeyError, ValueError, ParseError, BadZipFile …
        raise UnreadableFile(UnreadableReason.BROKEN) from error


def _places(head: tuple[Any, ...], columns: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Where each wanted column stands."""
    headings = [_heading(str(cell.value)) if cell.value is not None else "" for cell in head]
    found = {
        name: [place for place, heading in enumerate(headings) if heading in set(map(_heading, accepted))]
        for name, accepted in columns.items()
    }
    missing = tuple(name for name, places in found.items() if not places)
    doubled = tuple(name for name, places in found.items() if len(places) > 1)
    if missing or doubled:
        raise WrongHeadings(missing=missing, doubled=doubled)
    return {name: places[0] for name, places in found.items()}


def _heading(text: str) -> str:
    return " ".join(unguarded(visible(text)).casefold().split())


def _text(value: Any, data_type: str) -> str | FaultReason:
    """What stands in a cell as text, exactly; or why it cannot be taken."""
    if data_type == "f":
        return FaultReason.FORMULA
    if data_type == "e":
        return FaultReason.ERROR_VALUE
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value)
    if len(value) > MOST_IN_A_CELL:
        return FaultReason.TOO_LONG
    return unguarded(visible(_KEPT_UNDERSCORE.sub("_", _KEPT_RETURN.sub("", value))))


def _number(value: int | float) -> str | FaultReason:
    if not isfinite(value):
        return FaultReason.ERROR_VALUE
    if isinstance(value, int):
        return str(value)
    # 12.0 is what some programs write for 12; and never 1e+16 for a long number.
    plain = format(Decimal(repr(value)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _moment(value: datetime | date | time | timedelta) -> str:
    """A date as 2026-11-22, with the time of day where there is one."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)
