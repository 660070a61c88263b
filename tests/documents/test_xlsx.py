"""Workbooks: nothing in a cell runs, nothing is lost, and what was written is read back."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from app.documents.errors import UnreadableFile
from app.documents.xlsx_reader import Fault, FaultReason, Row, TooManyRows, WrongHeadings, read_xlsx
from app.documents.xlsx_writer import Column, Sheet, TooMuchForASheet, write_xlsx

DAY = date(2026, 11, 22)
COLUMNS = (
    Column("Нөмірі", width=8),
    Column("Пікір", width=60),
    Column("Нәтиже", is_editable=True, choices=["Қабылданды", "Ішінара, ескертумен", "= Қабылданбады"]),
    Column("Жауап", width=60, is_editable=True),
)
WANTED = {
    "number": ("Нөмірі", "Номер"),
    "comment": ("Пікір", "Комментарий"),
    "outcome": ("Нәтиже", "Решение"),
    "answer": ("Жауап", "Ответ"),
}
TEXTS = [
    "Ескерілді: 15-тармақ өзгертілді.\nЕкінші жол.\n\nҮшінші.",
    "Учтено частично; см. пункт 12 «Об ответах».",
    '=HYPERLINK("http://evil.example";"x")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+77010000000",
    "- бірінші",
    "＝1+1",
    "\t=1",
    " =1",
    "'=already guarded",
    "''=twice",
    "'quoted'",
    "_x000D_ _x0041_ _x005F_",
    "https://example.kz/?a=1&b=2 <b>]]></b>",
    "12.50",
    "007",
    "TRUE",
    " spaces at both ends ",
    "emoji 🖕 Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі",
    "x" * 32_767,
]


def sheet(rows, columns=COLUMNS, name="Жауаптар") -> Sheet:
    return Sheet(name=name, columns=columns, rows=rows)


def book_of(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def packed(*rows, change=None) -> bytes:
    """A workbook as another program writes it, formulas and all."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = ["Номер", "Комментарий", "Решение", "Ответ"]


def test_what_was_written_is_read_back():
    rows = [(number, text[:100], "Қабылданды", text) for number, text in enumerate(TEXTS, start=1)]
    read = list(read_xlsx(write_xlsx([sheet(rows)], created_on=DAY), columns=WANTED))
    assert [row.values["answer"] for row in read if isinstance(row, Row)] == TEXTS
    assert [row.number for row in read] == list(range(2, len(TEXTS) + 2))


def test_what_another_program_saved_again_is_read_back():
    rows = [(number, text, "", text) for number, text in enumerate(TEXTS[:-1], start=1)]
    out = BytesIO()
    book_of(write_xlsx([sheet(rows)], created_on=DAY)).save(out)
    read = list(read_xlsx(out.getvalue(), columns=WANTED))
    kept = [text for text in TEXTS[:-1] if "_x" not in text]
    assert [row.values["answer"] for row in read if "_x" not in row.values["answer"]] == kept


def test_no_cell_runs_or_links():
    data = write_xlsx([sheet([(1, text, "", text) for text in TEXTS])], created_on=DAY)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in xml and b"<hyperlink" not in xml
        assert not [name for name in archive.namelist() if "externalLink" in name or name.endswith(".bin")]
    for row in book_of(data).worksheets[0].iter_rows(min_row=2):
        for cell in row:
            assert cell.data_type in {"s", "n"}
            assert not str(cell.value).startswith(("=", "+", "-", "@", "\t", "＝"))


def test_the_head_is_frozen_and_filtered_and_columns_have_widths():
    page = book_of(write_xlsx([sheet([(1, "a", "", "")])], created_on=DAY)).worksheets[0]
    assert page.title == "Жауаптар"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:D2"
    assert round(page.column_dimensions["B"].width) in {60, 61}
    assert page["B2"].alignment.wrap_text


def test_only_answers_may_be_edited():
    page = book_of(write_xlsx([sheet([(1, "a", "", "")])], created_on=DAY)).worksheets[0]
    assert page.protection.sheet and not page.protection.password
    assert [page.cell(2, place).protection.locked for place in (1, 2, 3, 4)] == [True, True, False, False]
    free = book_of(write_xlsx([sheet([("a",)], columns=[Column("A")])], created_on=DAY)).worksheets[0]
    assert not free.protection.sheet


def test_choices_stand_in_a_hidden_sheet():
    book = book_of(write_xlsx([sheet([(1, "a", "", "")] * 3)], created_on=DAY))
    rule = book.worksheets[0].data_validations.dataValidation[0]
    assert (str(rule.sqref), rule.formula1) == ("C2:C4", "_choices!$A$1:$A$3")
    assert [cell.value for cell in book["_choices"]["A"]] == [
        "Қабылданды",
        "Ішінара, ескертумен",
        "'= Қабылданбады",
    ]
    assert book["_choices"].sheet_state == "hidden"


def test_numbers_and_dates_keep_their_kind():
    columns = [Column(str(place)) for place in range(6)]
    moment = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    row = (5, Decimal("1.5"), DAY, moment, 10**18, None)
    page = book_of(write_xlsx([sheet([row], columns)], created_on=DAY)).worksheets[0]
    assert [cell.value for cell in page[2]] == [
        5,
        1.5,
        datetime(2026, 11, 22),
        datetime(2026, 11, 23, 1, 30),
        "1000000000000000000",
        None,
    ]


def test_a_text_longer_than_a_cell_is_cut_with_a_mark_and_never_where_it_is_edited():
    page = book_of(write_xlsx([sheet([(1, "🖕" * 20_000, "", "")])], created_on=DAY)).worksheets[0]
    assert page["B2"].value.endswith("🖕 […]")
    assert len(page["B2"].value.encode("utf-16-le")) // 2 <= 32_767
    assert book_of(write_xlsx([sheet([(1, "a" * 1_000_000, "", "")])], created_on=DAY))
    with pytest.raises(TooMuchForASheet):
        write_xlsx([sheet([(1, "a", "", "b" * 32_768)])], created_on=DAY)


def test_what_xml_forbids_is_dropped():
    page = book_of(
        write_xlsx([sheet([("\x00a", "b\ud800", "\ufffec", "\u202ed")])], created_on=DAY)
    ).worksheets[0]
    assert [cell.value for cell in page[2]] == ["a", "b", "c", "d"]


def test_names_of_sheets_fit():
    data = write_xlsx([sheet([], name="Жауаптар: [2026/11] " + "а" * 40), sheet([], name="")], created_on=DAY)
    assert [page.title for page in book_of(data).worksheets] == ["Жауаптар 2026 11 " + "а" * 12, "-"]


def test_equal_rows_give_equal_bytes():
    rows = [(1, text, "", "") for text in TEXTS]
    assert write_xlsx([sheet(rows)], created_on=DAY) == write_xlsx([sheet(iter(rows))], created_on=DAY)


def test_a_formula_is_a_fault_of_its_row_alone():
    data = packed(HEAD, [1, "a", "", "=1+1"], [2, "b", "", "жауап"], ["=A1", "c", "", "#REF!"])
    assert list(read_xlsx(data, columns=WANTED)) == [
        Fault(2, "answer", FaultReason.FORMULA),
        Row(3, {"number": "2", "comment": "b", "outcome": "", "answer": "жауап"}),
        Fault(4, "number", FaultReason.FORMULA),
        Fault(4, "answer", FaultReason.ERROR_VALUE),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (0.1, "0.1"),
        (1e16, "10000000000000000"),
        (-2.5, "-2.5"),
        (True, "TRUE"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 9, 5), "2026-11-22 09:05:00"),
        ("007", "007"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_a_value_becomes_the_text_a_person_saw(value, text):
    assert [row.values for row in read_xlsx(packed(["A"], [value]), columns={"a": ["A"]})] == [{"a": text}]


def test_a_cell_that_is_too_long_is_a_fault():
    data = packed(["A"], ["x" * 40_000])
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert len(archive.read("xl/sharedStrings.xml")) < 40_000, "the library that writes it cuts it"
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"xxxx</t>", b"x" * 40_000 + b"</t>"))
    assert list(read_xlsx(out.getvalue(), columns={"a": ["A"]})) == [Fault(2, "a", FaultReason.TOO_LONG)]


def test_headings_are_found_in_any_order_and_writing():
    data = packed([None, " ОТВЕТ ", "lишний", "номер"], [None, "да", "x", 7])
    wanted = {"answer": ["Ответ"], "number": ["Номер"]}
    assert [row.values for row in read_xlsx(data, columns=wanted)] == [{"answer": "да", "number": "7"}]


def test_missing_and_doubled_headings_are_one_error():
    with pytest.raises(WrongHeadings) as caught:
        list(read_xlsx(packed(["Номер", "Ответ", "Жауап", "Решение"], [1, 2, 3, 4]), columns=WANTED))
    assert (caught.value.missing, caught.value.doubled) == (("comment",), ("answer",))
    with pytest.raises(WrongHeadings):
        list(read_xlsx(packed(), columns=WANTED))


def test_the_choices_and_hidden_sheets_are_not_read():
    def hide(book: openpyxl.Workbook) -> None:
        book.active.sheet_state = "hidden"
        page = book.create_sheet("two")
        page.append(["A"])
        page.append(["seen"])

    data = packed(["A"], ["hidden"], change=hide)
    assert [row.values["a"] for row in read_xlsx(data, columns={"a": ["A"]})] == ["seen"]


def test_empty_rows_are_passed_over_and_numbers_stay():
    data = packed(["A"], [None], ["  "], ["x"])
    assert list(read_xlsx(data, columns={"a": ["A"]})) == [Row(4, {"a": "x"})]


def test_more_rows_than_anybody_answers_are_refused(monkeypatch):
    monkeypatch.setattr("app.documents.xlsx_reader.MOST_ROWS", 3)
    data = packed(["A"], *([str(number)] for number in range(4)))
    with pytest.raises(TooManyRows):
        list(read_xlsx(data, columns={"a": ["A"]}))


def test_a_row_far_below_is_neither_lost_nor_waited_for():
    data = packed(["A"], ["x"], change=lambda book: book.active.cell(1_000_000, 1, "far"))
    with pytest.raises(TooManyRows):
        list(read_xlsx(data, columns={"a": ["A"]}))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="99999999999"'),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetDat>"),
        ("xl/worksheets/sheet1.xml", b"<v>0</v>", b"<v>77</v>"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets><x>"),
    ],
)
def test_a_broken_workbook_is_an_error_and_not_a_crash(part, old, new):
    data = packed(["A"], ["x"])
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            target.writestr(name, content.replace(old, new) if name == part else content)
    try:
        assert list(read_xlsx(out.getvalue(), columns={"a": ["A"]})) == []
    except UnreadableFile:
        pass


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 no archive", b"a;b\n1;2\n"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(UnreadableFile):
        list(read_xlsx(data, columns={"a": ["A"]}))
