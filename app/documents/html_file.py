"""HTML: bytes to lines and grids, through the events of a parser. No tree is built, nothing is fetched. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from app.documents import marks
from app.documents.source import Grid, Item, Line, cleaned
from app.documents.text_file import decoded
from app.documents.tree import Cell

# What is no text of the document: programs and styles. All other text is kept, whatever it stands in.
_NO_TEXT = {"script", "style"}
_INLINE = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"),
    *("i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"),
    *("sub", "sup", "time", "tt", "u", "var", "wbr", "nobr", "rp", "rt", "ruby", "input", "button"),
}
_BOLD = {"b", "strong"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul", "ol", "menu"}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([a-zA-Z0-9_-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s{0,20}<\?xml[^>]{0,200}\?>")
_CYRILLIC_CHARSETS = {
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "koi8-r": "koi8-r",
    "iso-8859-5": "iso8859-5",
}
_CHARSET_REACH = 2_048
_LARGEST_SPAN = 1_000
# Stands for a line broken on purpose while all other white space is still one space; cleaned text holds none.
_BREAK = "\x00"
_BLANK_LINE = re.compile(r"\n\s*\n")
_TABLES = {"table", "dl"}
_CELLS = {"td", "th", "dt", "dd"}
_ROWS_OF_A_REAL_TABLE = 2


def text_of(data: bytes) -> str:
    """The characters of an HTML file: by its mark, by what it says of itself, or by what they look like."""
    said = _CHARSET.search(data[:_CHARSET_REACH])
    name = _CYRILLIC_CHARSETS.get(said[1].decode().lower()) if said is not None else None
    if name is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            # A file that was saved anew in UTF-8 still says what it was before.
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode(name, errors="replace")
    else:
        text = decoded(data)
    return cleaned(_XML_DECLARATION.sub("", text))


def items(text: str) -> Iterator[Item]:
    """The lines and tables of an HTML page, in reading order."""
    reader = _Reader()
    _feed(text, reader)
    yield from reader.found


def plain_text(text: str) -> str:
    """The page's text alone, read without regard to its structure."""
    reader = _TextOnly()
    _feed(text, reader)
    return "".join(reader.pieces)


class _TextOnly:
    """Receives the parser's events and keeps the words."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.untold = 0

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self.untold += tag in _NO_TEXT

    def end(self, tag: str) -> None:
        self.untold -= tag in _NO_TEXT

    def data(self, words: str) -> None:
        if not self.untold:
            self.pieces.append(words)

    def close(self) -> None:
        """The parser asks for it; there is nothing left to do."""


@dataclass(slots=True)
class _OpenCell:
    colspan: int
    rowspan: int
    header: bool
    lines: list[str] = field(default_factory=list)

    def closed(self) -> Cell:
        return Cell("\n".join(self.lines), self.colspan, self.rowspan, self.header)


@dataclass(slots=True)
class _OpenTable:
    """`is_layout` once another table stood in one of its cells: then its words are lines, not cells."""

    rows: list[list[_OpenCell]] = field(default_factory=list)
    cell: _OpenCell | None = None
    is_layout: bool = False


@dataclass(slots=True)
class _List:
    is_numbered: bool
    next_number: int


class _Reader(_TextOnly):
    """Receives the parser's events and puts lines and grids together."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Item] = []
        self.tables: list[_OpenTable] = []
        self.lists: list[_List] = []
        self.marker = ""
        self.heading = 0
        self.kept_lines = 0
        self.bold = 0
        self.is_all_bold = True

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        if tag == "br":
            self.pieces.append(_BREAK)
        elif tag in _BOLD:
            self.bold += 1
        elif tag not in _INLINE and tag not in _NO_TEXT:
            self._end_line()
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag in _BOLD:
            self.bold -= 1
        elif tag not in _INLINE and tag not in _NO_TEXT and tag != "br":
            self._end_line()
            self._shut(tag)

    def data(self, words: str) -> None:
        if self.untold:
            return
        if words.strip():
            self.is_all_bold = self.is_all_bold and self.bold > 0
        self.pieces.append(words.replace("\n", _BREAK) if self.kept_lines else words)

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag == "pre":
            self.kept_lines += 1
        elif tag in _LISTS:
            start = attributes.get("start", "")
            self.lists.append(_List(tag == "ol", _small(start)))
        elif tag == "li":
            self.marker = self._next_marker()
        elif tag in _TABLES:
            self._open_table()
        elif self.tables and tag in {"tr", "dt"}:
            self.tables[-1].rows.append([])
        if self.tables and tag in _CELLS:
            self._open_cell(tag, attributes)

    def _shut(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.heading = 0
        elif tag == "pre":
            self.kept_lines -= 1
        elif tag in _LISTS and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.marker = ""
        elif tag in _CELLS and self.tables:
            self.tables[-1].cell = None
        elif tag in _TABLES and self.tables:
            table = self.tables.pop()
            if not table.is_layout:
                self._close_table(table)

    def _next_marker(self) -> str:
        if not self.lists:
            return ""
        around = self.lists[-1]
        if not around.is_numbered:
            return "•"
        around.next_number += 1
        return f"{around.next_number - 1}."

    def _open_table(self) -> None:
        """A table in a table's only cell so far makes the outer one a frame around the page."""
        if self.tables and not self.tables[-1].is_layout:
            outer = self.tables[-1]
            if len([row for row in outer.rows if len(row) > 1]) < _ROWS_OF_A_REAL_TABLE:
                outer.is_layout = True
                self.found += [Line(line) for row in outer.rows for cell in row for line in cell.lines]
                outer.rows = []
        self.tables.append(_OpenTable())

    def _close_table(self, table: _OpenTable) -> None:
        around = next((outer.cell for outer in reversed(self.tables) if not outer.is_layout), None)
        rows = [tuple(cell.closed() for cell in row) for row in table.rows if row]
        if around is not None:
            around.lines += [" ".join(cell.text for cell in row if cell.text) for row in rows]
        elif rows:
            self.found.append(Grid(tuple(rows)))

    def _open_cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        table = self.tables[-1]
        if not table.rows or (tag == "dd" and len(table.rows[-1]) > 1):
            table.rows.append([])
        if tag == "dd" and not table.rows[-1]:
            table.rows[-1].append(_OpenCell(1, 1, True))
        spans = (_small(attributes.get("colspan", "")), _small(attributes.get("rowspan", "")))
        table.cell = _OpenCell(*spans, header=tag in {"th", "dt"})
        table.rows[-1].append(table.cell)

    def _end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.pieces)).replace(_BREAK, "\n")
        is_bold, self.is_all_bold = self.is_all_bold, True
        self.pieces.clear()
        if not text.strip():
            return
        paragraphs = [part for part in _BLANK_LINE.split(text) if part.strip()]
        table = self.tables[-1] if self.tables else None
        if table is not None and table.cell is not None and not table.is_layout:
            table.cell.lines += [part.strip() for part in paragraphs]
            return
        for part in paragraphs:
            has_own = marks.structural(part.strip()) is not None or marks.dash(part.strip()) is not None
            self.found.append(Line(part, "" if has_own else self.marker, self.heading, is_bold))
            self.marker = ""

    def close(self) -> None:
        self._end_line()
        while self.tables:
            self._shut("table")


def _feed(text: str, target: _TextOnly) -> None:
    # Fed as bytes of one known encoding, so that a charset named in the page cannot change it midway.
    parser = etree.HTMLParser(target=target, no_network=True, recover=True, encoding="utf-8")
    parser.feed(text.encode("utf-8", errors="replace"))
    parser.close()


def _small(value: str) -> int:
    """A span or a list's first number; 1 where it is none."""
    return min(int(value), _LARGEST_SPAN) if value.isdecimal() and len(value) < 5 and int(value) else 1
