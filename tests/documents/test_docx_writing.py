"""The DOCX of a paper, opened with another eye than the one that wrote it."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from app.documents.docx_writer import write_docx
from app.documents.paper import Paper, Paragraph, Run, Table
from app.text.normalize import visible
from tests.documents.papers import HOSTILE, KAZAKH, hostile_paper, report


@pytest.fixture(scope="module")
def written():
    return Document(BytesIO(write_docx(report())))


def test_headings_and_title_have_their_styles(written):
    styled = {paragraph.style.name: paragraph.text for paragraph in written.paragraphs}
    assert styled["Title"].startswith("Қоғамдық талқылау туралы есеп")
    assert [p.text for p in written.paragraphs if p.style.name == "Heading 1"] == [
        "Сандар",
        "Не өзгерді",
        "Пікірлер мен жауаптар",
    ]
    assert styled["Heading 2"] == "Қосымша"
    assert any(KAZAKH in paragraph.text for paragraph in written.paragraphs)


def test_the_heads_of_tables_are_repeated_and_cells_span(written):
    wide = written.tables[1]
    assert wide.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert wide.rows[-1].cells[0]._tc is wide.rows[-1].cells[1]._tc
    assert wide.rows[-1].cells[4].text == "3 тармақ"


def test_a_wide_table_lies_on_turned_pages(written):
    assert [section.orientation for section in written.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert written.sections[1].page_width > written.sections[1].page_height


def test_changes_are_seen_as_lines_and_read_as_words(written):
    cell = written.tables[2].rows[1].cells[2]
    assert cell.text == "Он бес [алынып тасталды: күнтізбелік] [қосылды: жұмыс] күні ішінде қаралады."
    looks = {run.text: run.font for run in cell.paragraphs[0].runs}
    assert looks["күнтізбелік"].strike
    assert looks["жұмыс"].underline


def test_language_letters_footer_and_properties_are_those_of_the_paper(written):
    defaults = written.styles.element.find(qn("w:docDefaults"))
    assert {element.get(qn("w:val")) for element in defaults.iter(qn("w:lang"))} == {"kk-KZ"}
    fonts = {
        element.get(qn(f"w:{script}"))
        for element in written.styles.element.iter(qn("w:rFonts"))
        for script in ("ascii", "hAnsi")
    }
    assert fonts == {"Golos Text"}
    footer = written.sections[2].footer
    assert footer.paragraphs[0].text == "2026 жылғы 22 қараша · таңба 4f1c 90ab 77e2"
    fields = [field.get(qn("w:instr")) for field in footer.paragraphs[1]._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    properties = written.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.date() == date(2026, 11, 22)
    assert properties.title.startswith("Қоғамдық")


def test_equal_papers_give_equal_bytes_without_the_hour_of_writing():
    packed = write_docx(report())
    assert packed == write_docx(report())
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


def test_whatever_was_typed_stays_text():
    document = Document(BytesIO(write_docx(hostile_paper())))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for hostile in HOSTILE:
        assert texts.count(visible(hostile)) == (4 if hostile == HOSTILE[0] else 3)
    fields = [field.get(qn("w:instr")) for field in document.element.iter(qn("w:fldSimple"))]
    assert fields == []
    assert not [rel for rel in document.part.rels.values() if rel.is_external]


def test_a_cell_of_a_megabyte_is_kept_whole():
    text = "сөз " * 250_000
    paper = Paper(
        title="t",
        language="ru",
        footer="",
        created_on=date(2026, 1, 1),
        parts=[Table(head=["a"], rows=[[text]])],
    )
    assert Document(BytesIO(write_docx(paper))).tables[0].rows[1].cells[0].text == text


def test_a_paper_of_a_title_alone_opens():
    paper = Paper(title="", language="en", footer="", created_on=date(2026, 1, 1), parts=[Paragraph(Run(""))])
    assert len(Document(BytesIO(write_docx(paper))).paragraphs) == 2
