"""The texts and the comparative table, as officers take them in and mend them."""

from io import BytesIO

import pytest
from docx import Document

from app.consultations import queries
from app.consultations.models import VersionState
from app.consultations.queries import desk as desk_queries
from app.consultations.services import comparative, mending
from app.db import db
from app.documents.tree import BlockKind
from tests import drafts
from tests.cast import sign_in
from tests.page_client import PageClient


@pytest.fixture
def desk(client, cast):
    """The pages as an officer sees them."""
    sign_in(client, cast.marat)
    return PageClient(client)


def file_of(draft):
    return f"/ru/desk/drafts/{draft.number}"


def docx(*paragraphs, table=()):
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for line in table:
            for cell, text in zip(made.add_row().cells, line, strict=True):
                cell.text = text
    out = BytesIO()
    document.save(out)
    out.seek(0)
    return out


def texts_of(draft, language):
    return [block.plain for block in desk_queries.blocks_of(queries.newest_version(draft), language)]


def test_a_document_and_a_pasted_text_become_the_tree(desk, cast):
    draft = drafts.blank(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/text")
    page = page.submit(
        page.form("/text"),
        text_ru=drafts.RU,
        files={"file_kk": (docx(*drafts.KK.splitlines()), "жоба.docx")},
    )
    said = page.document.xpath("//*[contains(@class, 'uq-notice')]")
    letters = len("".join(drafts.KK.split()))
    assert f"{letters} of {letters}" in said[0].text_content() or str(letters) in said[0].text_content()
    version = queries.newest_version(draft)
    assert queries.has_text_in(version, ["kk", "ru"])
    assert version.file_kk.file_name.endswith(".docx")
    counted = desk.get(file_of(draft) + "/text?counted=1")
    assert counted.text.count(str(letters)) >= 2


def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_taken(desk, cast):
    draft = drafts.blank(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/text")
    refused = page.submit(
        page.form("/text"), text_ru=drafts.RU, files={"file_kk": (BytesIO(b"%PDF-1.7 ..."), "жоба.docx")}
    )
    assert refused.status == 422
    assert refused.document.xpath("//*[@id='file_kk-error']")
    assert queries.newest_version(draft) is None
    assert "Настоящие Правила" in refused.document.xpath("//textarea[@name='text_ru']")[0].text


def test_the_same_text_twice_is_refused(desk, cast):
    draft = drafts.blank(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/text")
    refused = page.submit(page.form("/text"), text_kk=drafts.RU, text_ru=drafts.RU)
    assert refused.status == 422
    assert refused.document.xpath("//*[@id='text_ru-error']")
    assert queries.newest_version(draft) is None


def test_blocks_are_turned_moved_joined_and_split(desk, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    before = mending.characters(desk_queries.blocks_of(queries.newest_version(draft), "ru"))
    page = desk.get(file_of(draft) + "/text")
    for do in ("in", "join"):
        form = page.form("/text/ru")
        page = page.submit(form, picked=["3"], do=do)
    blocks = desk_queries.blocks_of(queries.newest_version(draft), "ru")
    assert "\n2. В Правилах" in blocks[1].text
    one = desk.get(file_of(draft) + "/text/ru/2")
    page = one.submit(one.form(), do="split")
    blocks = desk_queries.blocks_of(queries.newest_version(draft), "ru")
    assert (blocks[2].kind, blocks[2].number) == (BlockKind.CLAUSE, "2")
    assert mending.characters(blocks) == before


def test_a_lone_block_is_marked(desk, cast):
    draft = drafts.preparing(cast, ru=drafts.RU + "6. Лишний пункт без пары.\n")
    db.session.commit()
    page = desk.get(file_of(draft) + "/text")
    alone = page.document.xpath("//*[contains(@class, 'uq-tree__block--alone')]")
    assert len(alone) == 1
    assert "Лишний пункт" in alone[0].text_content()


def test_two_officers_on_one_text_lose_nothing(desk, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    mine, theirs = (desk.get(file_of(draft) + "/text/ru/2") for _ in range(2))
    theirs.submit(theirs.form(), text="Настоящие Правила изменил коллега.")
    late = mine.submit(mine.form(), text="А это написал я, и долго.")
    assert late.status == 409
    assert "изменил коллега" in late.text
    assert late.document.xpath("//textarea")[0].text.strip() == "А это написал я, и долго."
    assert texts_of(draft, "ru")[1].endswith("изменил коллега.")
    page = desk.get(file_of(draft) + "/text")
    form = page.form("/text/ru")
    form.fields["attempt"] = "0"
    assert page.submit(form, picked=["3"], do="in").status == 409
    upload = page.form("/text")
    upload.fields["attempt"] = "0"
    late = page.submit(upload, text_ru="1. Совсем другой текст, который написан сейчас.")
    assert late.status == 409
    assert "Совсем другой" in late.document.xpath("//textarea[@name='text_ru']")[0].text


def test_a_version_in_comparison_does_not_change(desk, cast):
    draft = drafts.opened(cast)
    db.session.commit()
    page = desk.get(file_of(draft))
    page = page.submit(page.form("/prepare"))
    page = desk.get(file_of(draft) + "/text")
    version = queries.newest_version(draft)
    version.state = VersionState.COMPARING
    db.session.commit()
    assert page.submit(page.form("/text/ru"), picked=["3"], do="in").status == 409
    waiting = desk.get(file_of(draft) + "/versions")
    assert waiting.document.xpath("//*[@role='status']")


TABLE = (
    ("№", "Структурный элемент", "Действующая редакция", "Предлагаемая редакция", "Обоснование"),
    ("1", "2", "3", "4", "5"),
    ("1", "Пункт 3", "один раз в год", "один раз в месяц", "Чаще надёжнее"),
    ("2", "Пункт 9", "было", "", "Лишнее"),
)


def test_rows_come_from_a_document_and_are_linked_when_published(desk, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/table")
    form = page.form("/upload")
    page = page.submit(form, language="ru", files={"table-file": (docx("Таблица", table=TABLE), "t.docx")})
    version = queries.newest_version(draft)
    rows = queries.comparative_rows(version)
    assert [row.element["ru"] for row in rows] == ["Пункт 3", "Пункт 9"]
    assert rows[1].reason == {"ru": "Лишнее"}
    comparative.link(version)
    clause = queries.clause_by_anchor(version, "clause-3", "ru")
    assert [row.clause_key for row in rows] == [clause.key, None]


def test_rows_are_proposed_from_the_text_in_force(desk, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    for language, text in (("ru", drafts.RU_2), ("kk", drafts.KK_2)):
        page = desk.get(file_of(draft) + "/table")
        page.submit(page.form("/propose"), **{"current-language": language, "current-text": text})
    rows = queries.comparative_rows(queries.newest_version(draft))
    edited = next(row for row in rows if row.element.get("ru") == "Пункт 3")
    assert edited.current["ru"].endswith("один раз в неделю.")
    assert edited.proposed["ru"].endswith("один раз в месяц.")
    # Proposed again, nothing comes twice; the Kazakh text of the same clause stands in the same row.
    page = desk.get(file_of(draft) + "/table")
    page.submit(page.form("/propose"), **{"current-language": "ru", "current-text": drafts.RU_2})
    assert len(queries.comparative_rows(queries.newest_version(draft))) == len(rows)
    assert edited.element["kk"] == "3-тармақ"


def test_rows_are_typed_moved_and_taken_out(desk, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    for element in ("Пункт 1", "Пункт 2"):
        page = desk.get(file_of(draft) + "/table/new")
        page.submit(page.form(), element_ru=element, proposed_ru="Новый текст")
    empty = desk.get(file_of(draft) + "/table/new")
    assert empty.submit(empty.form()).status == 422
    first, second = queries.comparative_rows(queries.newest_version(draft))
    page = desk.get(file_of(draft) + "/table")
    page.submit(page.form(f"/{second.id}/place"), do="up")
    db.session.expire_all()
    assert [row.id for row in queries.comparative_rows(queries.newest_version(draft))] == [
        second.id,
        first.id,
    ]
    mine, theirs = (desk.get(f"{file_of(draft)}/table/{first.id}") for _ in range(2))
    theirs.submit(theirs.form(), reason_ru="Причина коллеги")
    late = mine.submit(mine.form(), reason_ru="Моя причина")
    assert late.status == 409
    assert "Причина коллеги" in late.text
    assert late.submit(late.form()).status == 200
    gone = desk.get(f"{file_of(draft)}/table/{first.id}/remove")
    gone.submit(gone.form())
    cleared = desk.get(f"{file_of(draft)}/table/clear")
    cleared.submit(cleared.form())
    assert not queries.comparative_rows(queries.newest_version(draft))


def test_a_long_act_is_shown_in_pages(desk, cast):
    lines = "\n".join(f"{n}. Пункт номер {n} говорит о своём." for n in range(1, 131))
    draft = drafts.preparing(cast, ru=lines)
    db.session.commit()
    page = desk.get(file_of(draft) + "/text?part=99")
    assert "Пункт номер 130" in page.text
    assert "Пункт номер 60 " not in page.text
