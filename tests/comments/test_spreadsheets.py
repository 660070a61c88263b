"""Answers out to a spreadsheet and back: all rows or none, every fault with its place, nothing run."""

from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from app import clock
from app.comments.lifecycle import AnswerKind, AnswerState
from app.comments.models import Answer
from app.comments.services import answering, grouping, spreadsheets
from app.comments.services.spreadsheets import HEADINGS, Field, RowFault
from app.db import db
from app.documents.errors import UnreadableFile
from app.documents.xlsx_reader import WrongHeadings
from app.errors import Forbidden
from tests.comments.conftest import LABEL, at, open_thread, post
from tests.comments.test_answering import ACCEPTED, NOTED, draft, published
from tests.comments.test_grouping import LETTER, letters

COLUMN = {name: place for place, name in enumerate(Field)}


@pytest.fixture
def marat(cast):
    return cast.marat.actor()


@pytest.fixture
def comments(thread, cast):
    return [
        post(thread, cast.aigul, '=HYPERLINK("http://evil.example")', anchor=at(), proposed="Жиырма күн."),
        post(thread, cast.bolat, "Екінші пікір: тамақ күніне екі рет берілсін."),
    ]


def exported(thread, language="kk"):
    return spreadsheets.export(thread, language=language, now=clock.now())


def filled(data, *changes):
    """The exported file with `changes`: (row, column, value), rows from 0 below the headings."""
    book = openpyxl.load_workbook(BytesIO(data))
    for row, column, value in changes:
        book.worksheets[0].cell(row + 2, COLUMN[column] + 1).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def answer_in(row, text=ACCEPTED, kind="accepted"):
    return (row, Field.KIND, kind), (row, Field.ANSWER, text)


def take(thread, data, actor):
    return spreadsheets.import_answers(thread, data, actor=actor, now=clock.now())


def faults(result):
    return {(one.row, one.column, one.reason) for one in result.errors}


def test_the_sheet_has_no_names_and_runs_nothing(thread, comments, cast):
    sheet = openpyxl.load_workbook(BytesIO(exported(thread))).worksheets[0]
    row = [cell.value for cell in sheet[2]]
    assert row[COLUMN[Field.ITEM]] == f"C{comments[0].id}"
    assert row[COLUMN[Field.PLACE]] == LABEL
    assert row[COLUMN[Field.TEXT]].startswith("'=")
    assert sheet.cell(2, COLUMN[Field.TEXT] + 1).data_type == "s"
    assert cast.aigul.given_name not in str([cell.value for line in sheet for cell in line])
    locked = {name for name in Field if sheet.cell(2, COLUMN[name] + 1).protection.locked}
    assert set(Field) - locked == {Field.KIND, Field.ANSWER_LANGUAGE, Field.ANSWER, Field.CHANGED}
    assert sheet.protection.sheet


def test_what_was_filled_in_is_saved_and_the_rest_left(thread, comments, marat):
    data = filled(exported(thread, "ru"), *answer_in(0), (0, Field.CHANGED, LABEL))
    assert take(thread, data, marat) == spreadsheets.ImportResult(saved=1)
    answer = db.session.query(Answer).one()
    assert (answer.comment_id, answer.kind, answer.text) == (comments[0].id, AnswerKind.ACCEPTED, ACCEPTED)
    assert (answer.changed_key, answer.changed_version, answer.state) == ("k2", 2, AnswerState.DRAFT)


def test_an_untouched_export_changes_nothing(thread, comments, marat):
    answering.save(thread, comment=comments[0], draft=draft(changed_key="k2"), actor=marat, now=clock.now())
    assert take(thread, exported(thread), marat) == spreadsheets.ImportResult()
    assert db.session.query(Answer).one().revision == 1


def test_one_wrong_row_keeps_all_rows_out(thread, comments, marat):
    data = filled(exported(thread), *answer_in(0), *answer_in(1, text="Жоқ."))
    result = take(thread, data, marat)
    assert (result.saved, faults(result)) == (0, {(3, Field.ANSWER, RowFault.REASON_MISSING)})
    assert db.session.query(Answer).count() == 0


def test_every_fault_has_its_row_and_column(thread, comments, marat, cast):
    elsewhere = post(open_thread(), cast.dana, "Басқа жоба туралы пікір жазамын.")
    data = exported(thread)
    rows = [
        ("C999999999999", ACCEPTED, "accepted", "0", (Field.ITEM, RowFault.UNKNOWN)),
        ("=1+1", ACCEPTED, "accepted", "0", (Field.ITEM, RowFault.FORMULA)),
        (f"C{elsewhere.id}", ACCEPTED, "accepted", "0", (Field.ITEM, RowFault.ELSEWHERE)),
        (f"C{comments[1].id}", ACCEPTED, "maybe", "0", (Field.KIND, RowFault.KIND_UNKNOWN)),
        (f"c0{comments[1].id}", ACCEPTED, "accepted", "0", (Field.ITEM, RowFault.DOUBLED)),
    ]
    changes = []
    for n, (item, text, kind, revision, _) in enumerate(rows):
        changes += [(n, Field.ITEM, item), (n, Field.ANSWER_LANGUAGE, "kk"), (n, Field.REVISION, revision)]
        changes += answer_in(n, text=text, kind=kind)
    result = take(thread, filled(data, *changes), marat)
    assert faults(result) == {(n + 2, *fault) for n, (*_, fault) in enumerate(rows)}


def test_what_changed_since_the_export_is_told(thread, comments, marat, cast):
    first, second = comments
    data = filled(exported(thread), *answer_in(0, text=NOTED), *answer_in(1, text=NOTED))
    answering.save(thread, comment=first, draft=draft(), actor=marat, now=clock.now())
    published(second, marat, cast.gulnar.actor())
    assert faults(take(thread, data, marat)) == {
        (2, Field.REVISION, RowFault.STALE),
        (3, Field.ITEM, RowFault.PUBLISHED),
    }


def test_a_group_is_one_row(thread, marat):
    first, _ = letters(thread, LETTER, LETTER)
    data = filled(exported(thread), *answer_in(0))
    assert take(thread, data, marat).saved == 1
    assert db.session.query(Answer).one().group_id == first.group_id


def test_a_comment_that_went_into_a_group_meanwhile_is_told(thread, comments, marat):
    data = filled(exported(thread), *answer_in(0))
    grouping._new_group(comments[0], comments, now=clock.now())
    assert faults(take(thread, data, marat)) == {(2, Field.ITEM, RowFault.MOVED)}


def test_others_import_nothing(thread, comments, cast):
    with pytest.raises(Forbidden):
        take(thread, exported(thread), cast.timur.actor())


def test_hostile_files_are_refused(thread, marat):
    for data in (b"", b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 100, exported(thread)[:-40]):
        with pytest.raises(UnreadableFile):
            take(thread, data, marat)
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_string(0, 0, str(HEADINGS[Field.ITEM]))
    with pytest.raises(WrongHeadings):
        take(thread, out.getvalue(), marat)
