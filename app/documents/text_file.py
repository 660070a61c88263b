"""Plain text and Markdown: bytes to lines and grids. Pure."""

import codecs
import re
from collections.abc import Iterator

from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.source import Grid, Item, Line, cleaned
from app.documents.tree import Cell

# Letters of Kazakh stand in the code page KZ-1048 where the Russian one (1251) has Serbian and Ukrainian letters.
_KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһ"
_LEAST_KAZAKH_SHARE = 0.005
_LEAST_CYRILLIC_SHARE = 0.5

_CYRILLIC = re.compile("[А-Яа-яЁё]")
_LETTER = re.compile(r"[^\W\d_]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_SEPARATOR = re.compile(r"\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)*\|?$")
_BOLD = re.compile(r"\*\*([^*]+)\*\*$")
_LEAST_ROW = 3


def decoded(data: bytes) -> str:
    """The text in `data`: UTF-8 or UTF-16 where they are marked or fit, else the Kazakh or Russian code page."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(_decoded(data, "utf-16"))
    try:
        return _checked(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _checked(_from_code_page(data))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(UnreadableReason.ENCODING) from error


def _from_code_page(data: bytes) -> str:
    if _CONTROL.search(data.decode("latin-1")):
        raise UnreadableFile(UnreadableReason.NOT_TEXT)
    text = _decoded(data, "kz1048")
    letters = len(_LETTER.findall(text)) or 1
    kazakh = sum(map(text.count, _KAZAKH)) / letters
    if kazakh < _LEAST_KAZAKH_SHARE:
        text = _decoded(data, "cp1251")
    if len(_CYRILLIC.findall(text)) / letters < _LEAST_CYRILLIC_SHARE:
        raise UnreadableFile(UnreadableReason.ENCODING)
    return text


def _checked(text: str) -> str:
    if "\x00" in text or len(_CONTROL.findall(text)) > 8:
        raise UnreadableFile(UnreadableReason.NOT_TEXT)
    return text


def items(text: str) -> Iterator[Item]:
    """A line a paragraph; rows typed with bars are a table, lines begun with # headings."""
    rows: list[str] = []
    for line in cleaned(text).split("\n"):
        line = line.strip()
        if is_row(line):
            rows.append(line)
            continue
        if rows:
            yield _grid(rows)
            rows = []
        yield _line(line)
    if rows:
        yield _grid(rows)


def is_row(line: str) -> bool:
    """Whether a line is a row of a typed table: it begins and ends with a bar."""
    return len(line) >= _LEAST_ROW and line[0] == line[-1] == "|"


def is_separator(line: str) -> bool:
    """Whether a row only tells the head of a table from its body."""
    return is_row(line) and _SEPARATOR.match(line) is not None


def _line(line: str) -> Line:
    heading = _HEADING.match(line)
    if heading is not None:
        return Line(_without_stars(line[heading.end() :]), heading=len(heading[1]))
    bold = _BOLD.match(line)
    return Line(bold[1], bold=True) if bold is not None else Line(line)


def _without_stars(text: str) -> str:
    bold = _BOLD.match(text)
    return bold[1] if bold is not None else text


def _grid(rows: list[str]) -> Grid:
    has_head = len(rows) > 1 and is_separator(rows[1])
    cells = [
        tuple(
            Cell(_without_stars(cell.strip()), header=has_head and index == 0)
            for cell in row[1:-1].replace("\\|", "\x00").split("|")
        )
        for index, row in enumerate(rows)
        if not is_separator(row)
    ]
    return Grid(tuple(tuple(_with_bars(cell) for cell in row) for row in cells))


def _with_bars(cell: Cell) -> Cell:
    return Cell(cell.text.replace("\x00", "|"), header=cell.header)
