"""Workbooks: nothing in a cell runs, nothing is lost, and what was written is read back."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from app.documents.errors import UnreadableFile, UnreadableReason
from app.documents.xlsx_reader import Fault, FaultReason, Row, TooManyRows, WrongHeadings, read_xlsx
from app.documents.xlsx_writer import Column, Sheet, TooMuchForASheet, write_xlsx
from app.text.cells import guarded

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
    "_x000D_ and _x0041_",
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


SHEET = "xl/worksheets/sheet1.xml"
HEAD = ["Номер", "Комментарий", "Решение", "Ответ"]


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            target.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_what_was_written_is_read_back():
    rows = [(number, text[:100], "Қабылданды", text) for number, text in enumerate(TEXTS, start=1)]
    read = list(read_xlsx(write_xlsx([sheet(rows)], created_on=DAY), columns=WANTED))
    assert [row.values["answer"] for row in read if isinstance(row, Row)] == TEXTS
    assert [row.number for row in read] == list(range(2, len(TEXTS) + 2))


def test_what_another_program_saved_again_is_read_back():
    """Excel keeps texts in a list of their own, and the returns and underscores in them by their numbers."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for row, text in enumerate(["Жауап", *map(guarded, TEXTS), "a_x000D_\nb"]):
            page.write_string(row, 0, text)
    data = changed(out.getvalue(), "xl/sharedStrings.xml", b"a_x005F_x000D_", b"a_x000D_")
    read = list(read_xlsx(data, columns={"answer": ["Жауап"]}))
    assert [row.values["answer"] for row in read if isinstance(row, Row)] == [*TEXTS, "a\nb"]


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
    assert [page.title for page in book_of(data).worksheets] == ["Жауаптар 2026 11 " + "а" * 14, "-"]


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
    data = changed(packed(["A"], ["long"]), SHEET, b"long", b"x" * 40_000)
    assert list(read_xlsx(data, columns={"a": ["A"]})) == [Fault(2, "a", FaultReason.TOO_LONG)]


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
    data = packed(["A"], ["x"], change=lambda book: book.active.cell(70_000, 1, "far"))
    with pytest.raises(TooManyRows):
        list(read_xlsx(data, columns={"a": ["A"]}))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"</sheetData>", b"</sheetDat>"),
        (SHEET, b't="inlineStr"', b't="s"'),
        (SHEET, b'r="A2"', b'r="2A"'),
        ("xl/workbook.xml", b"<sheets>", b"<sheets><x>"),
        ("xl/workbook.xml", b'r:id="rId1"', b'r:id="rId77"'),
    ],
)
def test_a_broken_workbook_is_an_error_and_not_a_crash(part, old, new):
    data = changed(packed(["A"], ["<v>"]), part, old, new.replace(b't="s"', b't="s"><v>77</v><x'))
    with pytest.raises(UnreadableFile):
        list(read_xlsx(data, columns={"a": ["A"]}))


def test_a_row_beyond_every_sheet_does_not_hang(monkeypatch):
    monkeypatch.setattr("app.documents.xlsx_reader._LAST_ROW", 1_000)
    data = changed(packed(["A"], ["x"]), SHEET, b'<row r="2"', b'<row r="99999999999"')
    assert list(read_xlsx(data, columns={"a": ["A"]})) == []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 no archive", b"a;b\n1;2\n"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(UnreadableFile):
        list(read_xlsx(data, columns={"a": ["A"]}))


def test_a_workbook_with_entities_is_refused_before_it_is_opened():
    data = changed(packed(["A"], ["x"]), SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet')
    with pytest.raises(UnreadableFile) as caught:
        read_xlsx(data, columns={"a": ["A"]})
    assert caught.value.reason is UnreadableReason.ENTITIES
