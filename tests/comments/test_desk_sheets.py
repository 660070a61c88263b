"""Answers as a workbook, through the pages: out, filled in, in; and refused row by row."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.comments.queries import desk
from app.db import db
from tests import drafts
from tests.cast import citizen, sign_in
from tests.page_client import PageClient

REASONS = "Ұсынысыңыз қабылданды: мерзім аптасына бір рет болып өзгертілді."
KIND, LANGUAGE, ANSWER = "Decision on the comment", "Language of the answer", "Answer with its reasons"


@pytest.fixture
def draft(session, cast):
    made = drafts.opened(cast)
    for n in range(3):
        drafts.comment(made, citizen(40 + n), f"Пікір {n}: аптасына бір рет тексерілсін.")
    db.session.commit()
    return made


@pytest.fixture
def officer(client, cast):
    sign_in(client, cast.marat)
    return PageClient(client)


def exported(officer, draft):
    answer = officer.client.get(f"/en/desk/threads/{draft.thread_id}/answers.xlsx")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return load_workbook(BytesIO(answer.data))


def fill(book, *rows):
    """`rows` are by row number and heading."""
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number, values in rows:
        for heading, value in values.items():
            sheet.cell(number, columns[heading]).value = value
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def upload(officer, draft, stream, name="answers.xlsx"):
    page = officer.get(f"/en/desk/threads/{draft.thread_id}/import")
    form = page.form("import")
    data = {"csrf_token": dict(form.form_values())["csrf_token"], "file": (stream, name)}
    return officer.post(page.path, data)


def test_out_filled_in_and_in_again(draft, officer):
    good = {KIND: "Accepted", LANGUAGE: "kk", ANSWER: REASONS}
    page = upload(officer, draft, fill(exported(officer, draft), (2, good), (3, good)))
    assert "2 answers of the file are saved as drafts" in page.text
    assert "To approve 2" in page.text
    again = upload(officer, draft, fill(exported(officer, draft)))
    assert "nothing to save" in again.text


def test_a_formula_is_refused_by_its_row_and_nothing_is_half_imported(draft, officer):
    good = {KIND: "Accepted", LANGUAGE: "kk", ANSWER: REASONS}
    bad = {KIND: "Accepted", LANGUAGE: "kk", ANSWER: '=HYPERLINK("http://example.kz")'}
    page = upload(officer, draft, fill(exported(officer, draft), (2, good), (3, bad), (4, {KIND: "Maybe"})))
    assert page.status == 422
    rows = [[cell.text_content().strip() for cell in row] for row in page.document.xpath("//tbody/tr")]
    assert rows[0][:2] == ["3", ANSWER] and "formula" in rows[0][2]
    assert rows[1][:2] == ["4", KIND]
    assert desk.tabs(draft.thread).to_approve == 0


def test_what_is_no_workbook_is_said(draft, officer):
    page = upload(officer, draft, BytesIO(b"%PDF-1.7 nothing"), "answers.pdf")
    assert page.status == 422 and page.errors
    page = officer.get(f"/en/desk/threads/{draft.thread_id}/import")
    assert page.submit(page.form("import")).errors == ["Choose the file that you filled in."]


def test_other_headings_are_named(draft, officer):
    book = exported(officer, draft)
    book.worksheets[0].cell(1, 1).value = "Something else"
    page = upload(officer, draft, fill(book))
    assert "Number" in page.errors[0]
