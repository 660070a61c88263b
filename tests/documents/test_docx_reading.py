"""Word documents: computed numbers, merged cells, text boxes, notes, tracked changes, and size."""

import pytest
from docx import Document
from docx.shared import Pt

from app.documents import docx_file
from app.documents.completeness import lost_characters
from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.numbering import written
from app.documents.reading import read
from app.documents.source import Grid, Line
from app.documents.tree import BlockKind, Cell
from tests.documents.acts import LAW_KK, LAW_RU, outline, recognised
from tests.documents.office import changed, docx, element, part, saved, with_body

NUMBERS = """<w:abstractNum w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%5."/></w:lvl>
<w:lvl w:ilvl="5"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%6."/></w:lvl>
</w:abstractNum>"""


def lines(data: bytes) -> list[Line]:
    return [item for item in docx_file.items(data) if isinstance(item, Line) and item.text]


def numbered(*levels: int, restart_at: int | None = None) -> bytes:
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, element(NUMBERS))
    numbering.append(element('<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    numbering.append(
        element(
            '<w:num w:numId="92"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        )
    )
    for index, level in enumerate(levels):
        number = 92 if restart_at is not None and index >= restart_at else 91
        paragraph = document.add_paragraph(f"текст {index}")
        paragraph._p.get_or_add_pPr().append(
            element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )
    return saved(document)


@pytest.mark.parametrize("law", [LAW_RU, LAW_KK])
def test_a_law_from_word_has_the_structure_of_the_law(law):
    data = docx(*law.splitlines())
    blocks = read(data, filename="act.docx")
    assert outline(blocks) == outline(recognised(law))
    assert not lost_characters(law, blocks)


def test_numbers_that_word_computes_are_computed():
    data = numbered(0, 1, 1, 2, 2, 3, 1, 0, 1, 4, 5)
    assert [line.marker for line in lines(data)] == [
        *("1.", "1)", "2)", "а)", "б)", "•", "3)", "2.", "1)", "III.", "2.1.")
    ]
    blocks = read(data, filename="act.docx")
    assert blocks[0].label == "1." and blocks[0].kind is BlockKind.CLAUSE and blocks[0].text == "текст 0"
    assert outline(blocks)[3:5] == ["clause-1.sub-2.sub-a", "clause-1.sub-2.sub-b"]


def test_a_list_that_says_where_it_starts_starts_there():
    assert [line.marker for line in lines(numbered(0, 0, 0, 0, restart_at=2))] == ["1.", "2.", "5.", "6."]


def test_numbers_that_a_style_brings_are_computed():
    document = Document()
    for text in ("первый", "второй"):
        document.add_paragraph(text, style="List Number")
    assert [line.marker for line in lines(saved(document))] == ["1.", "2."]


@pytest.mark.parametrize(
    ("form", "count", "said"),
    [
        ("russianLower", 8, "з"),
        ("russianUpper", 1, "А"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 3999, "MMMCMXCIX"),
        ("decimalZero", 7, "07"),
        ("chicago", 4, "4"),
    ],
)
def test_forms_of_numbers(form, count, said):
    assert written(count, form) == said


def test_merged_cells_keep_their_reach():
    document = Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "широкая"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "высокая"
    (grid,) = [item for item in docx_file.items(saved(document)) if isinstance(item, Grid)]
    assert grid.cells == (
        (Cell("широкая", colspan=2), Cell("02")),
        (Cell("10"), Cell("11"), Cell("высокая", rowspan=2)),
        (Cell("20"), Cell("21")),
    )


def test_paragraphs_and_tables_stand_in_their_order():
    document = Document()
    document.add_paragraph("1. До таблицы.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "слева", "справа"
    inner = table.cell(0, 1).add_table(1, 1)
    inner.cell(0, 0).text = "внутри"
    document.add_paragraph("2. После таблицы.")
    blocks = read(saved(document), filename="act.docx")
    assert [b.kind.value for b in blocks] == ["clause", "table", "clause"]
    assert blocks[1].cells[0][1].text == "справа\nвнутри"


def test_tracked_insertions_stay_and_deletions_go():
    data = with_body(
        "<w:p><w:r><w:t>Двор </w:t></w:r><w:ins><w:r><w:t>чистый</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>грязный</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>ушло</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> пришло</w:t></w:r></w:moveTo></w:p>"
    )
    assert [line.text for line in lines(data)] == ["Двор чистый пришло"]


def test_text_boxes_are_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>в рамке</w:t></w:r></w:p></w:txbxContent>"
    data = with_body(
        f"<w:p><w:r><w:t>снаружи</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}"
        f"</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert [line.text for line in lines(data)] == ["снаружи", "в рамке"]


def test_words_in_content_controls_fields_links_and_formulas_are_read():
    data = with_body(
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>поле</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:hyperlink><w:r><w:t>ссылка</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:fldSimple w:instr='DATE'><w:r><w:t> дата</w:t></w:r></w:fldSimple><m:oMath><m:r><m:t> x=1</m:t></m:r></m:oMath>"
        "<w:r><w:noBreakHyphen/><w:t>1</w:t><w:tab/><w:t>т</w:t><w:sym w:font='Symbol' w:char='00B7'/></w:r></w:p>",
    )
    assert [line.text for line in lines(data)] == ["поле", "ссылка дата x=1\u20111\tт·"]


def test_footnotes_follow_the_paragraph_that_calls_them():
    data = with_body("<w:p><w:r><w:t>Двор</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>")
    relations = part(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        b' Target="footnotes.xml"/></Relationships>',
    )
    types = part(data, "[Content_Types].xml").replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.footnotes+xml"/></Types>',
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
        "<w:p><w:r><w:t>Место между домами.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    data = changed(
        data,
        {
            "word/_rels/document.xml.rels": relations,
            "[Content_Types].xml": types,
            "word/footnotes.xml": notes,
        },
    )
    blocks = read(data, filename="act.docx")
    assert [(b.kind.value, b.label, b.text) for b in blocks] == [
        ("heading", "", "Двор[1]"),
        ("note", "[1]", "Место между домами."),
    ]


def test_headings_and_bold_titles_are_headings():
    document = Document()
    document.add_heading("О дворах", 0)
    document.add_paragraph("Статья 1")
    document.add_paragraph().add_run("Что такое двор").bold = True
    document.add_paragraph("Двором признаётся место.")
    document.add_heading("Глава 2. Снег", 1)
    document.add_heading("Разное", 2)
    blocks = read(saved(document), filename="act.docx")
    assert [(b.kind.value, b.text) for b in blocks] == [
        ("heading", "О дворах"),
        ("article", "Что такое двор"),
        ("paragraph", "Двором признаётся место."),
        ("chapter", "Снег"),
        ("heading", "Разное"),
    ]


def test_lines_broken_by_hand_are_clauses_where_they_are_marked():
    document = Document()
    run = document.add_paragraph().add_run("1. Двор убирают.")
    run.add_break()
    run.add_text("2. Снег складывают")
    run.add_break()
    run.add_text("у забора.")
    run.font.size = Pt(9)
    blocks = read(saved(document), filename="act.docx")
    assert [(b.label, b.text) for b in blocks] == [
        ("1.", "Двор убирают."),
        ("2.", "Снег складывают\nу забора."),
    ]


def test_a_hundred_thousand_empty_paragraphs_are_passed_over():
    document = Document()
    document.add_paragraph("1. Двор убирают.")
    data = saved(document)
    xml = part(data, "word/document.xml").replace(b"<w:sectPr", b"<w:p/>" * 100_000 + b"<w:sectPr", 1)
    blocks = read(changed(data, {"word/document.xml": xml}), filename="act.docx")
    assert [b.text for b in blocks] == ["Двор убирают."]


@pytest.mark.parametrize("xml", [b"<w:document", b"", b"<html/>"])
def test_a_document_that_is_no_document_is_refused(xml):
    with pytest.raises(UnreadableFile) as refused:
        read(changed(docx("Двор."), {"word/document.xml": xml}), filename="act.docx")
    assert refused.value.reason in {UnreadableReason.BROKEN, UnreadableReason.EMPTY}


def test_tables_nested_without_end_are_refused():
    deep = "<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400
    data = docx("Двор.")
    xml = part(data, "word/document.xml").replace(b"<w:sectPr", deep.encode() + b"<w:sectPr", 1)
    with pytest.raises(UnreadableFile):
        read(changed(data, {"word/document.xml": xml}), filename="act.docx")
