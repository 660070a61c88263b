"""A printed document before it is a file: headings, paragraphs, tables. Pure; knows neither DOCX nor PDF.

Everything in it is plain text, already in the reader's language. Nothing in a string is markup: the writers show `*`,
`#` and `<` as what they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from app.text.normalize import visible

DEEPEST_HEADING = 3
# A4 upright gives four columns of words room to be read; a fifth asks for the long side.
COLUMNS_UPRIGHT = 4
# Rows and columns at which Word stops reading.
MOST_COLUMNS = 63


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `deleted` and `inserted` mark a redline, `danger` what nobody should miss."""

    text: str
    bold: bool = False
    italic: bool = False
    deleted: bool = False
    inserted: bool = False
    danger: bool = False


Words: TypeAlias = str | Run | Sequence[str | Run]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Words


Content: TypeAlias = str | Run | Paragraph | Sequence[str | Run | Paragraph]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and their values, one under the other: the figures at the top of a report."""

    rows: Sequence[tuple[str, Words]]


@dataclass(frozen=True, slots=True)
class Cell:
    content: Content
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose `head` is repeated on every page.

    `widths` are shares of the whole in any unit; empty means equal. `landscape` None leaves the choice to the number of
    columns.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[Content | Cell]]
    widths: Sequence[float] = ()
    landscape: bool | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.head) <= MOST_COLUMNS:
            raise ValueError("a table has between one and sixty-three columns")
        if self.widths and (len(self.widths) != len(self.head) or min(self.widths) <= 0):
            raise ValueError("every column has one positive width, or none has")
        for row in self.rows:
            if sum(cell.colspan if isinstance(cell, Cell) else 1 for cell in row) != len(self.head):
                raise ValueError("the cells of a row fill the columns of the table")

    @property
    def is_landscape(self) -> bool:
        return len(self.head) > COLUMNS_UPRIGHT if self.landscape is None else self.landscape

    @property
    def shares(self) -> tuple[float, ...]:
        """The part of the whole width that each column takes; together 1."""
        widths = self.widths or (1,) * len(self.head)
        return tuple(width / sum(widths) for width in widths)


@dataclass(frozen=True, slots=True)
class Bullets:
    items: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Quote:
    text: Words


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Part: TypeAlias = Heading | Paragraph | Facts | Table | Bullets | Quote | PageBreak


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """What stands before the words of a redline for readers who see neither colour nor line: «[deleted: …]»."""

    deleted: str
    inserted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of one language; `created_on` is the only date that gets into the file."""

    title: str
    language: str
    parts: Sequence[Part]
    footer: str
    created_on: date
    subject: str = ""
    change_words: ChangeWords | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Parts on pages of one direction."""

    is_landscape: bool
    parts: tuple[Part, ...]


def sections(paper: Paper) -> Iterator[Section]:
    """The parts of `paper` in order, cut where the page must be turned; headings go along with what they head.

    Levels of headings are brought to an unbroken ladder that begins at 1, without which a PDF has no accessible outline.
    """
    gathered: list[Part] = []
    is_landscape = False
    headings: list[Part] = []
    for part in _with_unbroken_levels(paper.parts):
        if isinstance(part, Heading):
            headings.append(part)
            continue
        if isinstance(part, PageBreak):
            gathered += [*headings, part]
            headings = []
            continue
        turned = isinstance(part, Table) and part.is_landscape
        if turned is not is_landscape and gathered:
            yield from _section(is_landscape, gathered)
            gathered = []
        is_landscape = turned
        gathered += [*headings, part]
        headings = []
    yield from _section(is_landscape, [*gathered, *headings])


def _section(is_landscape: bool, parts: list[Part]) -> Iterator[Section]:
    while parts and isinstance(parts[-1], PageBreak):
        # Turning the page is a break already; two would leave an empty page.
        parts.pop()
    if parts:
        yield Section(is_landscape, tuple(parts))


def _with_unbroken_levels(parts: Sequence[Part]) -> Iterator[Part]:
    previous = 0
    for part in parts:
        if isinstance(part, Heading):
            previous = max(1, min(part.level, previous + 1, DEEPEST_HEADING))
            part = replace(part, level=previous)
        yield part


def runs(words: Words, change_words: ChangeWords | None = None) -> list[Run]:
    """`words` as runs of visible text, with the words of `change_words` around what a redline took out or put in."""
    listed = [words] if isinstance(words, str | Run) else words
    found: list[Run] = []
    for run in (Run(piece) if isinstance(piece, str) else piece for piece in listed):
        run = replace(run, text=visible(run.text))
        if run.text:
            found += _announced(run, change_words)
    return found


def _announced(run: Run, change_words: ChangeWords | None) -> list[Run]:
    if change_words is None or not (run.deleted or run.inserted):
        return [run]
    word = change_words.deleted if run.deleted else change_words.inserted
    # The brackets carry no line, so that they are not read as part of the change.
    return [Run(f"[{visible(word)}: "), run, Run("]")]


def paragraphs(content: Content) -> list[Paragraph]:
    """The paragraphs of a cell: runs that follow each other are one; an empty cell has one empty paragraph."""
    if isinstance(content, Paragraph):
        return [content]
    if isinstance(content, str | Run):
        return [Paragraph(content)]
    found: list[Paragraph] = []
    open_runs: list[str | Run] = []
    for piece in content:
        if not isinstance(piece, Paragraph):
            open_runs.append(piece)
            continue
        if open_runs:
            found.append(Paragraph(tuple(open_runs)))
            open_runs = []
        found.append(piece)
    if open_runs:
        found.append(Paragraph(tuple(open_runs)))
    return found or [Paragraph("")]


def cells(row: Sequence[Content | Cell]) -> list[Cell]:
    return [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
