"""DOCX: bytes to lines and grids. Pure.

Read are the body's paragraphs and tables in their order, text boxes after the paragraph that they hang on, footnotes
and endnotes after the paragraph that calls them. Insertions under review are kept, deletions left out. Running
headers and footers, comments of reviewers and the codes of fields are not text of the act and are not read.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.numbering import Numbering, W, outline_levels
from app.documents.safety import Kind, check_zip
from app.documents.source import Grid, Item, Line
from app.documents.tree import Cell

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# Words that were deleted or moved away under review, what a newer program draws otherwise, and codes of fields.
_LEFT_OUT = {
    *(f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr")),
    f"{_COMPATIBLE}Fallback",
}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}ptab": "\t"}
_OFF = {"0", "false", "none"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_LARGEST_SPAN = 1_000


def items(data: bytes) -> Iterator[Item]:
    """The lines and tables of a DOCX. UnreadableFile where it is none or should not be opened."""
    check_zip(data, Kind.DOCX)
    try:
        main = Document(BytesIO(data)).part
        reader = _Reader(
            numbering=_part(main, "numbering"),
            styles=_part(main, "styles"),
            notes={kind: _part(main, f"{kind}s") for kind in ("footnote", "endnote")},
        )
        yield from reader.items(main.element.body)
    except (
        OpcError,
        etree.XMLSyntaxError,
        BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
    ) as error:
        # The parser of python-docx says in all these ways that a part is missing or is not what it should be.
        raise UnreadableFile(UnreadableReason.BROKEN) from error


def _part(main: Any, name: str) -> Any | None:
    for relation in main.rels.values():
        if relation.reltype == _RELATED + name and not relation.is_external:
            # Recovered or huge trees are refused by the parser's own limits; entities were refused before.
            return etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
    return None


class _Reader:
    def __init__(self, *, numbering: Any | None, styles: Any | None, notes: Mapping[str, Any | None]) -> None:
        self.numbering = Numbering(numbering, styles)
        self.headings = outline_levels(styles)
        self.notes = {
            (kind, note.get(f"{W}id")): note
            for kind, root in notes.items()
            if root is not None
            for note in root.findall(f"{W}{kind}")
        }
        self.note_count = 0

    def items(self, container: Any) -> Iterator[Item]:
        """What stands in a body, a cell, a text box or a note, in order."""
        for child in container:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                # Content controls, custom XML and wrappers of reviews hold paragraphs of their own.
                yield from self.items(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Item]:
        properties = paragraph.find(f"{W}pPr")
        pieces: list[str] = []
        boxes: list[Any] = []
        called: list[tuple[str, Any]] = []
        bold = self._words(paragraph, pieces, boxes, called)
        text = "".join(pieces)
        # A paragraph without words takes no number that a reader would see; Word counts it, and so is it here.
        marker = self.numbering.marker(properties)
        yield Line(text, marker if text.strip() else "", self._heading(properties), bold)
        for box in boxes:
            yield from self.items(box)
        for sign, note in called:
            words = [self._as_text(item) for item in self.items(note)]
            yield Line("\n".join(word for word in words if word), sign, note=True)

    def _words(
        self, element: Any, pieces: list[str], boxes: list[Any], called: list[tuple[str, Any]]
    ) -> bool:
        """Collects the words of a paragraph, its text boxes and the notes that it calls; whether all are bold."""
        all_bold = True
        is_bold = _is_bold(element) if element.tag == f"{W}r" else False
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _LEFT_OUT:
                continue
            if tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag in (f"{W}t", f"{_MATH}t"):
                pieces.append(child.text or "")
                all_bold = all_bold and (is_bold or not (child.text or "").strip())
            elif tag in _SIGNS:
                pieces.append(_SIGNS[tag])
            elif tag == f"{W}sym":
                pieces.append(_symbol(child))
            elif tag in _NOTES:
                self._call(_NOTES[tag], child, pieces, called)
            else:
                all_bold = self._words(child, pieces, boxes, called) and all_bold
        return all_bold

    def _call(self, kind: str, reference: Any, pieces: list[str], called: list[tuple[str, Any]]) -> None:
        note = self.notes.get((kind, reference.get(f"{W}id")))
        if note is not None:
            self.note_count += 1
            sign = f"[{self.note_count}]"
            pieces.append(sign)
            called.append((sign, note))

    def _heading(self, properties: Any | None) -> int:
        if properties is None:
            return 0
        outline = properties.find(f"{W}outlineLvl")
        if outline is not None and (value := outline.get(f"{W}val") or "").isdecimal() and int(value) < 9:
            return int(value) + 1
        style = properties.find(f"{W}pStyle")
        return self.headings.get(style.get(f"{W}val"), 0) if style is not None else 0

    def _table(self, table: Any) -> Grid:
        """The table with its merged cells; tables in its cells are told as the text of the cell."""
        rows: list[list[_Placed]] = []
        for row in _children(table, f"{W}tr"):
            is_head = row.find(f"{W}trPr/{W}tblHeader") is not None
            placed: list[_Placed] = []
            column = _span(row.find(f"{W}trPr/{W}gridBefore"), least=0)
            for cell in _children(row, f"{W}tc"):
                span = _span(cell.find(f"{W}tcPr/{W}gridSpan"), least=1)
                texts = [self._as_text(item) for item in self.items(cell)]
                text = "\n".join(text for text in texts if text)
                placed.append(_Placed(column, span, _merge(cell), text, is_head))
                column += span
            rows.append(placed)
        return Grid(_merged(rows))

    def _as_text(self, item: Item) -> str:
        if isinstance(item, Line):
            return f"{item.marker} {item.text}".strip()
        return "\n".join(" ".join(cell.text for cell in row if cell.text) for row in item.cells)


class _Placed:
    """A cell where Word has it, before cells that continue the one above are joined with it."""

    __slots__ = ("column", "head", "merge", "rows", "span", "text")

    def __init__(self, column: int, span: int, merge: str, text: str, head: bool) -> None:
        self.column, self.span, self.merge, self.text, self.head = column, span, merge, text, head
        self.rows = 1


def _merged(rows: list[list[_Placed]]) -> tuple[tuple[Cell, ...], ...]:
    above: dict[int, _Placed] = {}
    for row in rows:
        current: dict[int, _Placed] = {}
        for cell in row:
            upper = above.get(cell.column)
            if cell.merge == "continue" and upper is not None and upper.span == cell.span:
                upper.rows += 1
                # Word hides the words of a continued cell; they are kept all the same.
                upper.text = "\n".join(text for text in (upper.text, cell.text) if text)
                current[cell.column] = upper
            else:
                cell.merge = "own"
                current[cell.column] = cell
        above = current
    return tuple(
        tuple(
            Cell(cell.text, min(cell.span, _LARGEST_SPAN), cell.rows, cell.head)
            for cell in row
            if cell.merge == "own"
        )
        for row in rows
    )


def _merge(cell: Any) -> str:
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return "own" if found is None else str(found.get(f"{W}val") or "continue")


def _span(element: Any | None, *, least: int) -> int:
    value = element.get(f"{W}val") if element is not None else None
    known = value is not None and value.isdecimal() and len(value) < 5
    return max(least, int(value)) if known and value is not None else least


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those in content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and child.tag != f"{W}tc":
            yield from _children(child, tag)


def _is_bold(run: Any) -> bool:
    found = run.find(f"{W}rPr/{W}b")
    return found is not None and (found.get(f"{W}val") or "") not in _OFF


def _symbol(element: Any) -> str:
    code = element.get(f"{W}char") or ""
    try:
        return chr(int(code, 16)) if len(code) <= 5 else ""
    except ValueError:
        return ""
