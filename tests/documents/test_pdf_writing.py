"""The PDF of a paper: tags, language, letters, and a text that can be taken out again."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.documents.paper import Heading, Paper, Paragraph, Table
from app.documents.pdf_writer import write_pdf
from tests.documents.papers import KAZAKH, hostile_paper, report


def text_of(pdf: bytes) -> str:
    """The text of all pages; lines are joined, because where they end is the writer's affair."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def tags_of(reader: PdfReader) -> Iterator[str]:
    waiting: list[Any] = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "/S" in node:
                yield node["/S"]
            if "/K" in node:
                waiting.append(node["/K"])


def one(*parts: Any) -> Paper:
    return Paper(title="t", language="kk", footer="f", created_on=date(2026, 1, 1), parts=parts)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(report(comments=40))


@pytest.fixture(scope="module")
def reader(pdf) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def test_it_is_tagged_and_says_its_language_and_title(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "kk-KZ"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title.startswith("Қоғамдық талқылау туралы есеп")
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/BlockQuote"} <= set(tags_of(reader))


def test_the_outline_is_that_of_the_headings(reader):
    outline = reader.outline
    assert [item.title for item in outline if not isinstance(item, list)] == [
        "Сандар",
        "Не өзгерді",
        "Пікірлер мен жауаптар",
    ]
    assert [item.title for item in outline[2]] == ["Салыстырма кесте"]


def test_kazakh_letters_can_be_taken_out(pdf):
    text = text_of(pdf)
    assert KAZAKH in text
    assert "[алынып тасталды: күнтізбелік] [қосылды: жұмыс] күні ішінде қаралады." in text
    assert "Жауап берілген жоқ" in text


def test_every_page_has_the_head_of_its_table_the_footer_and_its_number(reader):
    pages = [page.extract_text() for page in reader.pages]
    count = len(pages)
    for number, text in enumerate(pages, start=1):
        assert "2026 жылғы 22 қараша · таңба 4f1c 90ab 77e2" in text
        assert f"{number} / {count}" in text
    assert all("Ұсынылған редакция" in text for text in pages[2:-1])
    assert float(reader.pages[1].mediabox.width) > float(reader.pages[1].mediabox.height)


def test_only_the_letters_of_the_house_are_in_it(reader):
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {"GolosText-Regular", "GolosText-Bold"}


def test_equal_papers_give_equal_bytes(pdf):
    assert write_pdf(report(comments=40)) == pdf
    assert b"D:20261122000000" in pdf


def test_whatever_was_typed_stays_text():
    text = text_of(write_pdf(hostile_paper()))
    assert '#read("/etc/passwd")' in text
    assert "#{ while true {} } $x^2$ *b* _i_ `c` @ref <label> // no comment" in text
    assert "<w:p>&amp;<script>alert(1)</script>]]>" in text
    assert "root:" not in text
    assert "bidi reversed and zerowidth" in text


def test_signs_without_letters_are_spelt_out():
    text = text_of(write_pdf(one(Paragraph("бір 🖕 екі 中 үш ☐ → ≠"))))
    assert "бір [U+1F595] екі [U+4E2D] үш ☐ → ≠" in text


def test_a_mark_that_fits_upon_nothing_does_not_stop_the_paper():
    text = text_of(write_pdf(one(Paragraph("a\u20dd b"))))
    assert "a[U+20DD] b" in text


def test_an_endless_word_is_broken_and_no_letter_of_it_is_lost():
    word = "ұ" * 5_000
    pdf = write_pdf(one(Table(head=["a", "b"], rows=[[word, "б"]])))
    assert text_of(pdf).replace("\u200b", "").replace(" ", "").count("ұ") == 5_000
    assert len(PdfReader(BytesIO(pdf)).pages) > 1


def test_a_cell_longer_than_a_page_goes_over_many():
    pdf = write_pdf(one(Table(head=["a"], rows=[["сөз " * 40_000]])))
    assert len(PdfReader(BytesIO(pdf)).pages) > 20


def test_an_error_that_is_not_about_letters_is_not_hidden(monkeypatch):
    monkeypatch.setattr("app.documents.pdf_writer.TEMPLATES", Path(__file__).parent)
    with pytest.raises(Exception, match="No such file"):
        write_pdf(one(Heading("a")))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_paper_without_parts_is_a_page_with_a_title(language):
    paper = Paper(title="Есеп", language=language, footer="", created_on=date(2026, 1, 1), parts=[])
    assert "Есеп" in text_of(write_pdf(paper))
