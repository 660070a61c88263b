"""From lines and grids to the blocks of an act. Pure.

What is not understood becomes a paragraph where it stands: no line is left out, joined to a mark that it does not
carry, or moved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.documents import layout, marks, quotations, titles
from app.documents.marks import Mark
from app.documents.source import Grid, Item, Line, prepared
from app.documents.tree import Block, BlockKind, Cell

_HEAD_MATTER_LINES = 8
_ANNEX_RANK = 0.0


def recognise(source: Iterable[str | Item]) -> list[Block]:
    """The blocks of the act whose paragraphs and tables `source` gives, in reading order.

    1. Layout is undone: a table of one cell is its lines, lines broken by hand are one each where they carry marks.
    2. Wording that the act quotes is set apart, so that its marks are not taken for the act's own.
    3. Marks are read; «1. Общие положения» is told from clause 1 by what follows (titles.py).
    4. Blocks are put under what is open; paragraphs join the clause that they continue.
    """
    items = layout.unfolded(prepared(source))
    return _Builder(items).blocks()


@dataclass(slots=True)
class _Open:
    """A block that others may stand under."""

    rank: float
    level: int
    kind: BlockKind
    number: str


class _Builder:
    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        lines = [layout.typed(item) if isinstance(item, Line) else "" for item in items]
        self.lines = lines
        self.quoted = quotations.quoted_lines(lines)
        read = [self._mark(index) for index in range(len(items))]
        self.marks = titles.with_numbered_chapters(lines, read)
        self.next_marked = _next_marked(self.marks)
        self.open: list[_Open] = []
        self.found: list[Block] = []
        self.head_matter = _HEAD_MATTER_LINES
        self.titles_seen = 0
        self.quoted_depth = 0
        self.after_announcement = False

    def blocks(self) -> list[Block]:
        for index, item in enumerate(self.items):
            if isinstance(item, Grid):
                self._table(item)
            elif index in self.quoted:
                self._quoted(index)
            elif (mark := self.marks[index]) is not None:
                self._marked(mark, item)
            else:
                self._unmarked(index, item)
        return self.found

    def _mark(self, index: int) -> Mark | None:
        item = self.items[index]
        if isinstance(item, Grid) or index in self.quoted or item.note:
            return None
        line = self.lines[index]
        mark = marks.structural(line)
        if mark is None and (item.heading or item.bold or marks.is_title(line)):
            mark = marks.roman_title(line)
        return mark

    def _add(
        self,
        kind: BlockKind,
        text: str,
        *,
        depth: int | None = None,
        label: str = "",
        number: str = "",
        cells: tuple[tuple[Cell, ...], ...] = (),
    ) -> None:
        depth = len(self.open) if depth is None else depth
        self.found.append(Block(kind, depth, label, number, text, cells))

    def _close(self, rank: float, *, level: int = 0) -> None:
        while self.open and (self.open[-1].rank >= rank or 0 < level <= self.open[-1].level):
            self.open.pop()

    def _in(self, kind: BlockKind) -> _Open | None:
        return next((opened for opened in reversed(self.open) if opened.kind is kind), None)

    def _marked(self, mark: Mark, item: Line) -> None:
        self.head_matter = 0
        rank = mark.rank
        article = self._in(BlockKind.ARTICLE)
        if mark.kind is BlockKind.CLAUSE and mark.number.count(".") == 1 and article is not None:
            # In article 9, «5.1.» was put in after «5.»; in article 5 it is the first clause of the article.
            rank = marks.CLAUSE if mark.number.partition(".")[0] != article.number else rank
        self._close(rank, level=item.heading if rank < marks.CLAUSE else 0)
        self._add(mark.kind, mark.text, label=mark.label, number=mark.number)
        self.open.append(_Open(rank, item.heading, mark.kind, mark.number))
        self.after_announcement = False

    def _unmarked(self, index: int, item: Line) -> None:
        line = self.lines[index]
        if item.note or (note := marks.note(line)) is not None:
            label, number, text = (item.marker, "", item.text) if item.note else (note or ("", "", line))
            self._note(index, label, number, text, is_called=item.note)
            self.after_announcement = not text
        elif self.after_announcement and self.found[-1].kind is BlockKind.NOTE:
            self._note(index, "", "", line)
            self.after_announcement = False
        elif not self._joined_title(index, item, line) and not self._annex(line):
            self._heading_or_paragraph(index, item, line)

    def _note(self, index: int, label: str, number: str, text: str, *, is_called: bool = False) -> None:
        """A note stands under what it speaks of: an article's under the article, a clause's under the clause.

        It never stands higher than what follows: a note in the midst of a list does not end the list.
        """
        words = text[:60].lower()
        about_clause = "пункт" in words or "тармақ" in words
        depth = len(self.open)
        if number:
            depth = 0
        elif not is_called:
            for position, opened in enumerate(self.open):
                if opened.kind is BlockKind.ARTICLE or (opened.kind is BlockKind.CLAUSE and about_clause):
                    depth = position + 1
        following = self.next_marked[index]
        mark = self.marks[following] if following is not None else None
        if mark is not None:
            depth = max(depth, sum(opened.rank < mark.rank for opened in self.open))
        # What the note closes is closed: a paragraph after an article's note no longer belongs to its last clause.
        del self.open[depth:]
        self._add(BlockKind.NOTE, text, label=label, number=number)

    def _joined_title(self, index: int, item: Line, line: str) -> bool:
        """Whether the line was the rest of a title that stands on two lines, and has been joined to it."""
        if not self.found or item.marker:
            return False
        last = self.found[-1]
        bold = item.bold or bool(item.heading)
        if not titles.continues(last, line, bold=bold, was_line=isinstance(self.items[index - 1], Line)):
            return False
        self.found[-1] = replace(last, text=f"{last.text} {line}".strip())
        return True

    def _annex(self, line: str) -> bool:
        """An annex begins a numbering of its own; before anything else stands in the act, there is none."""
        begun = marks.annex(line)
        if begun is None or not self.found:
            return False
        label, number, text = begun
        last = self.found[-1]
        if last.is_annex and not label:
            # «Приложение 1», then «Утверждены приказом …»: one annex, two lines.
            self._add(BlockKind.HEADING, line)
            return True
        self._close(_ANNEX_RANK)
        self._add(BlockKind.HEADING, text, label=label, number=number)
        self.open.append(_Open(_ANNEX_RANK, 0, BlockKind.HEADING, number))
        self.head_matter = _HEAD_MATTER_LINES
        return True

    def _heading_or_paragraph(self, index: int, item: Line, line: str) -> None:
        if item.heading and not item.marker:
            self._styled_heading(item)
        elif titles.is_heading(line, bold=item.bold, in_head=self.head_matter > 0):
            self.head_matter -= 1
            if self.head_matter <= 0:
                self._close(marks.ARTICLE)
            self._add(BlockKind.HEADING, line)
        elif layout.is_signature(line):
            self._close(_ANNEX_RANK + 0.1)
            self._add(BlockKind.PARAGRAPH, line)
            self.head_matter = _HEAD_MATTER_LINES
        else:
            self.head_matter = 0
            self._paragraph(index, line)

    def _styled_heading(self, item: Line) -> None:
        """What the file calls a heading and no mark explains. The first of the highest level is the act's title."""
        self.titles_seen += 1
        self._close(marks.HEADING, level=item.heading)
        self._add(BlockKind.HEADING, item.text)
        if item.heading > 1 or self.titles_seen > 1:
            self.open.append(_Open(marks.HEADING + item.heading / 100, item.heading, BlockKind.HEADING, ""))

    def _paragraph(self, index: int, line: str) -> None:
        listed = marks.dash(line)
        label, text = listed or ("", line)
        if (
            self.open
            and self.open[-1].kind is BlockKind.SUBCLAUSE
            and not self._continues_list(index, listed)
        ):
            self._close(marks.SUBCLAUSE)
        self._add(BlockKind.PARAGRAPH, text, label=label)

    def _continues_list(self, index: int, listed: tuple[str, str] | None) -> bool:
        """Whether the paragraph belongs to the sub-clause before it, and not to the clause around the list."""
        following = self.next_marked[index]
        if following is not None:
            mark = self.marks[following]
            first = mark is not None and mark.number in ("1", "а", "a")
            if mark is not None and mark.kind is BlockKind.SUBCLAUSE and not first:
                return True
        before = self.found[-1]
        ended = before.text[-1:]
        if before.kind is BlockKind.SUBCLAUSE:
            return listed is not None or ended == ":" or (ended != "." and line_goes_on(self.lines[index]))
        return before.kind is BlockKind.PARAGRAPH and ended in ";:,"

    def _quoted(self, index: int) -> None:
        """Quoted wording stands as paragraphs beneath the line that announces it."""
        first = index - 1 not in self.quoted
        if first:
            announcing = self.found[-1] if self.found else None
            is_paragraph = announcing is not None and announcing.kind is BlockKind.PARAGRAPH
            self.quoted_depth = announcing.depth + 1 if is_paragraph and announcing else len(self.open)
        self._add(BlockKind.PARAGRAPH, self.lines[index], depth=self.quoted_depth)

    def _table(self, grid: Grid) -> None:
        if layout.is_signature_table(grid):
            self._close(_ANNEX_RANK + 0.1)
            self.head_matter = _HEAD_MATTER_LINES
        self._add(BlockKind.TABLE, "", cells=grid.cells)


def line_goes_on(line: str) -> bool:
    """Whether a line begins in the middle of a sentence."""
    return line[:1].islower()


def _next_marked(found: Sequence[Mark | None]) -> list[int | None]:
    """For each line the index of the next line that carries a mark."""
    following: list[int | None] = [None] * len(found)
    latest: int | None = None
    for index in range(len(found) - 1, -1, -1):
        following[index] = latest
        if found[index] is not None:
            latest = index
    return following
