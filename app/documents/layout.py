"""Tables and line breaks that only place text on paper, told from those that say something. Pure."""

import re
from collections.abc import Iterable

from app.documents import marks
from app.documents.source import Grid, Item, Line
from app.documents.tree import Cell

_MOST_SIGNATURES = 6
_LONGEST_SIGNATURE = 200
_CAPITAL = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
_SMALL = "a-zа-яёәғқңөұүһіi"
_NAME = (
    rf"(?:[{_CAPITAL}]\.\s?){{1,3}}[{_CAPITAL}][{_SMALL}]{{1,30}}(?:-[{_CAPITAL}][{_SMALL}]{{1,30}})?"
    rf"|[{_CAPITAL}][{_SMALL}]{{1,30}}\s(?:[{_CAPITAL}]\.\s?){{1,3}}|(?:[{_CAPITAL}]\.){{2,3}}"
)
_IS_NAME = re.compile(rf"(?:{_NAME})$")
_POST = re.compile(
    r"(?:президент|премьер|министр|вице|председатель|аким|секретарь|руководитель|заместитель|республики казахстан"
    r"|қазақстан республикасы)",
    re.IGNORECASE,
)
_ENDS_WITH_NAME = re.compile(rf"\s(?:{_NAME})$")
_SIGNED_LINE = re.compile(rf"(?:\t|[ \u00a0]{{3}})[\s_]{{0,60}}(?:{_NAME})$")


def typed(line: Line) -> str:
    """The paragraph as it reads on paper: what its list shows before it, then its words."""
    return f"{line.marker} {line.text}".strip() if line.marker else line.text


def unfolded(items: Iterable[Item]) -> list[Item]:
    """`items`, in which a table of one cell is its lines, and lines broken by hand stand alone where they are marked."""
    found: list[Item] = []
    for item in items:
        if isinstance(item, Grid):
            for grid in _parted(item):
                lines = _lines_of_layout(grid)
                found += [Line(text) for text in lines] if lines is not None else [grid]
        elif "\n" in item.text and not item.note:
            found += _split(item)
        else:
            found.append(item)
    return found


def _parted(grid: Grid) -> list[Grid]:
    """The table, or two where signatures and the corner of the annex after them were typed as one."""
    for at, row in enumerate(grid.cells[1:], 1):
        filled = _filled(row)
        if len(filled) == 1 and marks.annex(" ".join(filled[0].split())) is not None:
            upper, lower = Grid(grid.cells[:at]), Grid(grid.cells[at:])
            if is_signature_table(upper):
                return [upper, lower]
    return [grid]


def _lines_of_layout(grid: Grid) -> list[str] | None:
    """The lines of a table that only places text: one cell, or the corner that says whose annex this is."""
    filled = [[cell.text for cell in row if cell.text] for row in grid.cells]
    if any(len(row) > 1 for row in filled):
        return None
    texts = [row[0] for row in filled if row]
    first = texts[0].partition("\n")[0]
    if len(texts) == 1:
        joined = " ".join(texts[0].split())
        return [joined] if marks.annex(joined) is not None else texts[0].split("\n")
    if len(texts) <= 3 and (marks.annex(first) is not None or marks.annex(" ".join(texts)) is not None):
        return [" ".join(" ".join(texts).split())]
    return None


def _split(line: Line) -> list[Item]:
    """One paragraph, or several where lines broken by hand begin with marks of their own."""
    parts = [part.strip() for part in line.text.split("\n")]
    groups: list[list[str]] = []
    for part in parts:
        if not part:
            continue
        is_marked = marks.structural(part) is not None or marks.dash(part) is not None
        is_sentence_over = bool(groups) and groups[-1][-1].endswith((".", ";", ":"))
        if not groups or is_marked or is_sentence_over or marks.note(part) is not None:
            groups.append([part])
        else:
            groups[-1].append(part)
    texts = ["\n".join(group) for group in groups] or [""]
    first = Line(texts[0], line.marker, line.heading, line.bold)
    return [first, *(Line(text, "", line.heading, line.bold) for text in texts[1:])]


def is_signature(text: str) -> bool:
    """Whether a line is a post and the name of who signs: far to the right, or after the words of a high post."""
    if len(text) > _LONGEST_SIGNATURE:
        return False
    end = text[-120:]
    is_plain = _POST.match(text) is not None and _ENDS_WITH_NAME.search(end) is not None
    return is_plain or _SIGNED_LINE.search(end) is not None


def is_signature_table(grid: Grid) -> bool:
    """Whether a table holds posts and names of those who sign: what follows it is no longer the act itself."""
    rows = [_filled(row) for row in grid.cells]
    rows = [row for row in rows if row]
    return 0 < len(rows) <= _MOST_SIGNATURES and any(
        len(row) == 2 and len(row[0]) <= _LONGEST_SIGNATURE and _IS_NAME.match(row[1]) for row in rows
    )


def _filled(row: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in row if cell.text]
