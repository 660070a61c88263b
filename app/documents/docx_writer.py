"""A paper as DOCX: real styles and headings, repeated table heads, page numbers; equal papers give equal bytes."""

import zipfile
from collections.abc import Iterator, Sequence
from functools import singledispatch
from io import BytesIO
from typing import TypeAlias

from docx import Document
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from app.documents import docx_look as look
from app.documents.paper import (
    Bullets,
    Cell,
    ChangeWords,
    Content,
    Facts,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Quote,
    Run,
    Table,
    Words,
    cells,
    paragraphs,
    runs,
    sections,
)
from app.text.normalize import visible

FACT_SHARES = (0.38, 0.62)
_NAMESPACE = {"w": nsmap["w"]}
_PREFIX = f"{{{nsmap['w']}}}"
_SPACE = qn("xml:space")
_NO_TIME = (1980, 1, 1, 0, 0, 0)

Element: TypeAlias = BaseOxmlElement


def write_docx(paper: Paper) -> bytes:
    """The bytes of a Word document of `paper`, without author, with no other date than the paper's."""
    document = Document()
    look.dress(document, paper)
    body = document.element.body
    last_section = body[-1]
    body.remove(last_section)
    body.append(_paragraph("Title", paper.title))
    found = list(sections(paper))
    for section in found:
        for part in section.parts:
            body.extend(_blocks(part, paper.change_words, look.text_width(section.is_landscape)))
        if section is not found[-1]:
            _end_section(body, last_section)
    body.append(last_section)
    look.lay_pages(document, [section.is_landscape for section in found] or [False])
    look.write_footer(document, visible(paper.footer))
    packed = BytesIO()
    document.save(packed)
    return _with_fixed_times(packed)


def _end_section(body: Element, properties: Element) -> None:
    """Hang the properties of a section onto its last paragraph, where Word looks for them."""
    if body[-1].tag != qn("w:p"):
        body.append(_gap())
    last = body[-1]
    if last.find(qn("w:pPr")) is None:
        last.insert(0, _w("pPr"))
    last.find(qn("w:pPr")).append(_w("sectPr"))
    last.find(qn("w:pPr")).find(qn("w:sectPr")).extend(
        _w(child.tag.partition("}")[2], **{_local(name): value for name, value in child.attrib.items()})
        for child in properties
    )


def _with_fixed_times(packed: BytesIO) -> bytes:
    """The same parts in the same order, each dated 1980: otherwise the time of writing would be in the bytes."""
    out = BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _NO_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


@singledispatch
def _blocks(part: Part, words: ChangeWords | None, width: int) -> Iterator[Element]:
    """The blocks of the body for one part; `width` is that of the text in twentieths of a point."""
    raise TypeError(type(part).__name__)


@_blocks.register
def _(part: Heading, words: ChangeWords | None, width: int) -> Iterator[Element]:
    yield _paragraph(f"Heading{part.level}", part.text)


@_blocks.register
def _(part: Paragraph, words: ChangeWords | None, width: int) -> Iterator[Element]:
    yield _paragraph("Normal", part.runs, words)


@_blocks.register
def _(part: Quote, words: ChangeWords | None, width: int) -> Iterator[Element]:
    yield _paragraph("Quote", part.text, words)


@_blocks.register
def _(part: Bullets, words: ChangeWords | None, width: int) -> Iterator[Element]:
    for item in part.items:
        yield _paragraph("ListBullet", item, words)


@_blocks.register
def _(part: PageBreak, words: ChangeWords | None, width: int) -> Iterator[Element]:
    yield _w("p", _w("r", _w("br", type="page")))


@_blocks.register
def _(part: Facts, words: ChangeWords | None, width: int) -> Iterator[Element]:
    if not part.rows:
        return
    widths = [round(width * share) for share in FACT_SHARES]
    rows = [
        _w(
            "tr",
            _cell([_paragraph(look.TABLE_TEXT, Run(name, bold=True))], widths[0]),
            _cell([_paragraph(look.TABLE_TEXT, value, words)], widths[1]),
        )
        for name, value in part.rows
    ]
    yield _table(rows, widths, _w("tblLook", firstRow="0", firstColumn="1", noVBand="1"))
    yield _gap()


@_blocks.register
def _(part: Table, words: ChangeWords | None, width: int) -> Iterator[Element]:
    widths = [round(width * share) for share in part.shares]
    head = _w(
        "tr",
        _w("trPr", _w("cantSplit"), _w("tblHeader")),
        *(
            _cell([_paragraph(look.TABLE_TEXT, Run(name, bold=True))], one, is_head=True)
            for name, one in zip(part.head, widths, strict=True)
        ),
    )
    rows = [head, *(_w("tr", *_row(cells(row), widths, words)) for row in part.rows)]
    yield _table(rows, widths, _w("tblLook", firstRow="1", firstColumn="0", noVBand="1"))
    yield _gap()


def _row(row: list[Cell], widths: list[int], words: ChangeWords | None) -> Iterator[Element]:
    column = 0
    for cell in row:
        spanned = widths[column : column + cell.colspan]
        yield _cell(_cell_blocks(cell.content, words), sum(spanned), colspan=cell.colspan)
        column += cell.colspan


def _cell_blocks(content: Content, words: ChangeWords | None) -> list[Element]:
    return [_paragraph(look.TABLE_TEXT, paragraph.runs, words) for paragraph in paragraphs(content)]


def _table(rows: list[Element], widths: Sequence[int], looks: Element) -> Element:
    properties = _w(
        "tblPr",
        _w("tblStyle", val=look.TABLE_STYLE),
        _w("tblW", w=str(sum(widths)), type="dxa"),
        _w("tblLayout", type="fixed"),
        looks,
    )
    return _w("tbl", properties, _w("tblGrid", *(_w("gridCol", w=str(width)) for width in widths)), *rows)


def _cell(blocks: list[Element], width: int, *, colspan: int = 1, is_head: bool = False) -> Element:
    properties = _w("tcPr", _w("tcW", w=str(width), type="dxa"))
    if colspan > 1:
        properties.append(_w("gridSpan", val=str(colspan)))
    if is_head:
        properties.append(_w("shd", val="clear", color="auto", fill=look.SOFT))
    return _w("tc", properties, *blocks)


def _gap() -> Element:
    """A small empty paragraph: without one Word grows two tables that follow each other into one."""
    return _w("p", _w("pPr", _w("pStyle", val=look.GAP)))


def _paragraph(style: str, words: Words, change_words: ChangeWords | None = None) -> Element:
    return _w("p", _w("pPr", _w("pStyle", val=style)), *(_run(run) for run in runs(words, change_words)))


def _run(run: Run) -> Element:
    element = _w("r")
    properties = [
        *([_w("b")] if run.bold or run.danger else []),
        *([_w("i")] if run.italic else []),
        *([_w("strike")] if run.deleted else []),
        *([_w("color", val=colour)] if (colour := _colour(run)) else []),
        *([_w("u", val="single")] if run.inserted else []),
    ]
    if properties:
        element.append(_w("rPr", *properties))
    for number, line in enumerate(run.text.split("\n")):
        if number:
            element.append(_w("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                element.append(_w("tab"))
            if piece:
                text = _w("t")
                text.text = piece
                text.set(_SPACE, "preserve")
                element.append(text)
    return element


def _colour(run: Run) -> str:
    if run.danger or run.deleted:
        return look.DANGER
    return look.SUCCESS if run.inserted else ""


def _w(tag: str, *children: Element, **attributes: str) -> Element:
    # The library's own way of making an element looks up its namespaces each time, which takes five times as long.
    named = {_PREFIX + name: value for name, value in attributes.items()}
    element: Element = oxml_parser.makeelement(_PREFIX + tag, named, nsmap=_NAMESPACE)
    element.extend(children)
    return element


def _local(name: str) -> str:
    return name.partition("}")[2]
