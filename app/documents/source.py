"""What a file gives before its structure is recognised: lines and grids, in reading order. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.tree import Cell

# Empty ones included: a file of a million empty paragraphs is not walked to its end.
MAX_RAW_ITEMS = 500_000
MAX_ROWS_SPAN = 1_000

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, the marks that turn the reading direction, and what is never drawn. Soft hyphens are advice to a printer.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# Joiners carry meaning in Arabic and Indic letters and in emoji; between other letters they only hide.
_IDLE_JOINERS = re.compile("(?<![\u0590-\u1cff\ua8e0-\uabff\U0001f000-\U0001faff\ufe0f])[\u200c\u200d]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `marker` is what its list shows before it; `heading` 1 to 9 where the file calls it a heading."""

    text: str
    marker: str = ""
    heading: int = 0
    bold: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table."""

    cells: tuple[tuple[Cell, ...], ...]


Item = Line | Grid


def cleaned(text: str) -> str:
    """`text` with LF for every kind of line end and without characters that steer or hide; letters stay as typed."""
    text = _LINE_BREAKS.sub("\n", text)
    if text.isascii() and text.isprintable():
        return text
    text = _HIDDEN.sub("", text)
    has_joiners = "\u200c" in text or "\u200d" in text
    return _IDLE_JOINERS.sub("", text) if has_joiners else text


def prepared(source: Iterable[str | Item]) -> Iterator[Item]:
    """The lines and grids of `source`, cleaned, empty ones left out. UnreadableFile where there are too many."""
    for count, item in enumerate(source, 1):
        if count > MAX_RAW_ITEMS:
            raise UnreadableFile(UnreadableReason.TOO_MANY_PARAGRAPHS, limit=MAX_RAW_ITEMS)
        if isinstance(item, Grid):
            if grid := _without_empty_rows(item):
                yield grid
            continue
        line = Line(item) if isinstance(item, str) else item
        text, marker = cleaned(line.text).strip(), cleaned(line.marker).strip()
        if text or marker:
            yield Line(text, marker, line.heading, line.bold, line.note)


def _without_empty_rows(grid: Grid) -> Grid | None:
    rows = [
        tuple(
            Cell(cleaned(cell.text).strip(), _span(cell.colspan), _span(cell.rowspan), cell.header)
            for cell in row
        )
        for row in grid.cells
    ]
    reaching = any(cell.rowspan > 1 for row in rows for cell in row)
    # Where cells reach over rows, leaving a row out would move what stands beneath.
    kept = rows if reaching else [row for row in rows if any(cell.text for cell in row)]
    if not any(cell.text for row in kept for cell in row):
        return None
    return Grid(tuple(kept))


def _span(value: int) -> int:
    return max(1, min(value, MAX_ROWS_SPAN))
