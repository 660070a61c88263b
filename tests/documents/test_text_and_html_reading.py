"""Plain text in any encoding, Markdown, HTML; the limits; and every real act that is at hand."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import html_file, reading, source
from app.documents.completeness import lost_characters
from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.reading import read
from app.documents.tree import BlockKind, Cell
from tests.documents.acts import LAW_KK, LAW_RU, outline, recognised

ACTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "acts"


@pytest.mark.parametrize(
    ("law", "encoding"),
    [
        *((LAW_KK, name) for name in ("utf-8", "utf-8-sig", "utf-16", "kz1048")),
        *((LAW_RU, name) for name in ("utf-8", "utf-16", "cp1251")),
    ],
)
def test_a_law_is_the_same_in_every_encoding(law, encoding):
    assert read(law.encode(encoding), filename="act.txt") == recognised(law)


def test_line_ends_of_all_systems_are_line_ends():
    assert read(LAW_RU.replace("\n", "\r\n").encode(), filename="act.txt") == recognised(LAW_RU)


def test_typed_tables_are_tables():
    blocks = read(
        "| № | Имя |\n| :-: | --- |\n| **1** | Двор \\| дом |\nКонец таблицы.".encode(), filename="a.md"
    )
    assert blocks[0].cells == (
        (Cell("№", header=True), Cell("Имя", header=True)),
        (Cell("1"), Cell("Двор | дом")),
    )
    assert blocks[1].text == "Конец таблицы."


HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>p{color:red}</style><title>Проект</title></head>
<body onload="evil()"><!-- нет --><h1>О <b>дворах</b></h1><script>alert('нет')</script>
<p>1. Двор&nbsp;убирают:<br>1) дворник;<br/>2) жители.</p>
<ol><li>Первый<li>Второй</ol><ul><li>точка</li></ul>
<table><caption>Тарифы</caption><tr><th colspan="2">Двор</th><th rowspan=2>Цена</th></tr><tr><td>а<td>б</table>
<dl><dt>Срок</dt><dd>месяц</dd><dd>год</dd></dl><div>Хвост <a href="javascript:evil()">ссылка</a></div></body></html>"""


def test_html_keeps_its_words_and_loses_its_programs():
    data = HTML.encode()
    blocks = read(data, filename="act.html")
    assert not lost_characters(data, blocks, filename="act.html")
    words = " ".join(block.plain for block in blocks)
    assert "нет" not in words and "evil" not in words and "color" not in words
    assert [(b.kind.value, b.label) for b in blocks if b.label] == [
        *(("clause", "1."), ("subclause", "1)"), ("subclause", "2)")),
        *(("clause", "1."), ("clause", "2."), ("paragraph", "•")),
    ]
    tariffs, terms = (b for b in blocks if b.kind is BlockKind.TABLE)
    assert tariffs.cells == (
        (Cell("Двор", 2, 1, True), Cell("Цена", 1, 2, True)),
        (Cell("а"), Cell("б")),
    )
    assert terms.cells == ((Cell("Срок", header=True), Cell("месяц")), (Cell("", header=True), Cell("год")))


def test_a_table_around_the_page_is_only_a_frame():
    page = "<table><tr><td><p>1. Двор.</p><table><tr><td>а<td>б</table><p>2. Снег.</table>"
    assert [b.kind.value for b in read(page.encode(), filename="a.html")] == ["clause", "table", "clause"]


def test_a_small_table_in_a_real_one_is_text_of_its_cell():
    page = "<table><tr><td>а<td>б<tr><td>в<td>г<tr><td>д<td>до<table><tr><td>1<td>2</table></table>"
    (table,) = read(page.encode(), filename="a.html")
    assert table.cells[2][1].text == "до\n1 2"


def test_html_that_says_another_encoding_is_read_by_it():
    page = '<meta charset="windows-1251"><p>Двор убирают жители.</p>'
    assert read(page.encode("cp1251"), filename="a.html")[0].text == "Двор убирают жители."
    assert read(page.encode("utf-8"), filename="a.html")[0].text == "Двор убирают жители."


def test_text_about_tags_is_not_html():
    (block,) = read("Тег <p> открывает абзац.".encode(), filename="a.txt")
    assert block.text == "Тег <p> открывает абзац."


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + "дно",
        "<table><tr><td>" * 2_000 + "дно",
        "<p>дно<!--" * 1_000,
        "<p>дно" + "<p" * 20_000,
        "<ol>" * 5_000 + "<li>дно",
        "<p>дно</p>" + "</div>" * 20_000,
        "<script>" * 1_000 + "</script><p>дно",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>дно&x;</p>',
    ],
    ids=lambda page: page[:12],
)
def test_hostile_html_comes_to_an_end(page):
    words = " ".join(block.plain for block in read(page.encode(), filename="a.html"))
    assert "дно" in words and "root" not in words


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<ul>",
                "<li>",
                "<br>",
                "<b>",
                "</b>",
                "<pre>",
            ]
            + [
                "<dl>",
                "<dt>",
                "<dd>",
                "<h2>",
                "</h2>",
                "&lt;",
                "<td colspan=3>",
                "</ul>",
                "</td>",
                "<ol start=5>",
            ]
        ),
        st.text(alphabet="абв 1.)«»;\n", max_size=8),
    ),
    max_size=40,
)


@settings(max_examples=100, deadline=None)
@given(MARKUP)
def test_no_character_of_any_html_is_lost(pieces):
    page = "<p>я</p>" + "".join(pieces)
    blocks = read(page.encode(), filename="a.html")
    assert not lost_characters(page.encode(), blocks, filename="a.html")


def test_limits_are_kept(monkeypatch):
    def why(data):
        with pytest.raises(UnreadableFile) as refused:
            read(data, filename="a.txt")
        return refused.value.reason

    monkeypatch.setattr(reading, "MAX_BLOCKS", 3)
    assert why(b"1. a\n2. b\n3. c\n4. d") is UnreadableReason.TOO_MANY_PARAGRAPHS
    monkeypatch.setattr(reading, "MAX_CHARACTERS", 5)
    assert why(b"abcdefgh") is UnreadableReason.TOO_MUCH_TEXT
    monkeypatch.setattr(reading, "MAX_BYTES", 4)
    assert why(b"abcdefgh") is UnreadableReason.TOO_LARGE
    monkeypatch.setattr(reading, "MAX_BYTES", 400)
    monkeypatch.setattr(source, "MAX_RAW_ITEMS", 10)
    assert why(b"\n" * 20) is UnreadableReason.TOO_MANY_PARAGRAPHS


def test_what_is_lost_is_told():
    assert lost_characters("абв г", []) == {"а": 1, "б": 1, "в": 1, "г": 1}
    assert html_file.plain_text("<p>а<script>б</script>") == "а"


@pytest.mark.skipif(not ACTS.is_dir(), reason="The real acts of ../shared/data are not on this machine.")
def test_no_character_of_any_real_act_is_lost():
    names = {}
    for path in sorted(ACTS.glob("*.*")):
        if path.suffix != ".jsonl":
            data = path.read_bytes()
            blocks = read(data, filename=path.name)
            assert not lost_characters(data, blocks, filename=path.name), path.name
            names[path.name] = outline(blocks)
            assert len(set(names[path.name])) == len(blocks), path.name
    assert len(names) >= 39
    assert (
        sum(name.startswith("article-") and "." not in name for name in names["rf-civil-code-3.ru.txt"])
        == 123
    )
    assert {f"chapter-{n}" for n in range(1, 16)} <= set(names["kz-exchange-rules.ru.txt"])
