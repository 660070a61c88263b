"""Rows as XLSX, in memory that does not grow with them. A text is a text: nothing in a cell is run, linked or lost.

What may be edited is unlocked, everything else is protected without a password: against slips, not against people.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import IO, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import clock
from app.text.cells import guarded
from app.text.normalize import visible

# What a cell and a sheet can hold, in the units of Excel (UTF-16).
MOST_IN_A_CELL = 32_767
MOST_ROWS = 1_048_575
# Excel keeps fifteen digits of a number; a longer one is written as text.
_FIFTEEN_DIGITS = 10**15
_CUT = " […]"
_CHOICES = "_choices"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")

Value: TypeAlias = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; `width` in letters. With `choices` only one of them can be entered."""

    heading: str
    width: int = 20
    is_editable: bool = False
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


class TooMuchForASheet(ValueError):
    """More rows than a sheet has, or a cell for editing that could not be read back whole."""


def write_xlsx(sheets: Iterable[Sheet], *, created_on: date, title: str = "") -> bytes:
    """The bytes of a workbook of `sheets`; equal rows give equal bytes."""
    target = BytesIO()
    stream_xlsx(target, sheets, created_on=created_on, title=title)
    return target.getvalue()


def stream_xlsx(target: IO[bytes], sheets: Iterable[Sheet], *, created_on: date, title: str = "") -> None:
    """Write a workbook of `sheets` into `target`, taking their rows one by one; the rows wait in a temporary file."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(target, options) as book:
        book.set_properties({"title": visible(title)[:255], "created": datetime.combine(created_on, time())})
        _SheetWriter(book).write_all(sheets)


class _SheetWriter:
    """Writes the sheets of one workbook, and at the end the hidden one that holds their choices."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6F4F6", "bottom": 1}
        )
        self.choices: list[list[str]] = []
        # Formats by whether the column may be edited, and by how a number in it is shown.
        self.formats: dict[tuple[bool, str], Format] = {}

    def write_all(self, sheets: Iterable[Sheet]) -> None:
        for sheet in sheets:
            self.write(sheet)
        if self.choices:
            self.write_choices()

    def write(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(_sheet_name(sheet.name))
        page.freeze_panes(1, 0)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width)
            page.write_string(0, place, _fitting(column.heading), self.head)
        count = 0
        for count, row in enumerate(sheet.rows, start=1):
            if count > MOST_ROWS:
                raise TooMuchForASheet(f"more than {MOST_ROWS} rows")
            for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                self.write_value(page, count, place, column, value)
        page.autofilter(0, 0, count, len(sheet.columns) - 1)
        for place, column in enumerate(sheet.columns):
            if column.choices and count:
                self.offer(page, place, count, column.choices)
        if any(column.is_editable for column in sheet.columns):
            allowed = ("autofilter", "sort", "format_columns", "format_rows")
            page.protect("", dict.fromkeys(allowed, True))

    def write_value(self, page: Worksheet, row: int, place: int, column: Column, value: Value) -> None:
        editable = column.is_editable
        if value is None or value == "":
            page.write_blank(row, place, None, self.format(editable))
        elif isinstance(value, datetime):
            local = clock.local(value) if value.tzinfo else value
            page.write_datetime(
                row, place, local.replace(tzinfo=None), self.format(editable, "yyyy-mm-dd hh:mm")
            )
        elif isinstance(value, date):
            page.write_datetime(row, place, value, self.format(editable, "yyyy-mm-dd"))
        elif isinstance(value, int | float | Decimal) and -_FIFTEEN_DIGITS < value < _FIFTEEN_DIGITS:
            page.write_number(row, place, value, self.format(editable))
        else:
            text = _fitting(str(value), must_fit=editable)
            page.write_string(row, place, text, self.format(editable))

    def offer(self, page: Worksheet, place: int, count: int, choices: Sequence[str]) -> None:
        """Let every cell of a column take one of `choices`, which stand in a hidden sheet.

        Written into the rule itself they could hold no comma, and 255 letters together.
        """
        listed = [_fitting(choice) for choice in choices]
        if listed not in self.choices:
            self.choices.append(listed)
        letter = _letter(self.choices.index(listed))
        source = f"={_CHOICES}!${letter}$1:${letter}${len(listed)}"
        page.data_validation(1, place, count, place, {"validate": "list", "source": source})

    def write_choices(self) -> None:
        page = self.book.add_worksheet(_CHOICES)
        for row in range(max(map(len, self.choices))):
            for place, listed in enumerate(self.choices):
                if row < len(listed):
                    page.write_string(row, place, listed[row])
        page.hide()

    def format(self, is_editable: bool, number_format: str = "") -> Format:
        key = is_editable, number_format
        if key not in self.formats:
            properties: dict[str, object] = {"text_wrap": True, "valign": "top"}
            if number_format:
                properties["num_format"] = number_format
            if is_editable:
                properties |= {"locked": False, "bg_color": "#FDF1D6", "border": 1, "border_color": "#C3D4D9"}
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


def _fitting(text: str, *, must_fit: bool = False) -> str:
    """`text` as it may stand in a cell; cut with a mark where a cell cannot hold it, unless it must fit."""
    text = guarded(visible(text))
    if _length(text) <= MOST_IN_A_CELL:
        return text
    if must_fit:
        raise TooMuchForASheet(f"a cell for editing has more than {MOST_IN_A_CELL} letters")
    room = MOST_IN_A_CELL - len(_CUT)
    cut = text[:room].encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return cut + _CUT


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _sheet_name(name: str) -> str:
    return " ".join(_NOT_IN_A_NAME.sub(" ", visible(name)).split())[:31].strip(" '") or "-"


def _letter(place: int) -> str:
    """The name of one of the first 26 columns."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]
