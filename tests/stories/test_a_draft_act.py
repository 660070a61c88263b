"""From a DOCX on an officer's disk to the report that answers every comment, through the real relay and real workers."""

import io
from datetime import timedelta

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from app import clock
from app.comments.models import Answer, Comment, Group
from app.comments.queries import figures
from app.consultations import queries
from app.consultations.lifecycle import State
from app.consultations.models import CarriedComment, Fate, VersionState
from app.consultations.services import announcing
from app.db import db, transaction
from tests import drafts
from tests.cast import Cast
from tests.cast import citizen as account
from tests.page_client import PageClient
from tests.processes import until
from tests.stories.walking import browser, citizen, letters, staff

CAMPAIGN = (
    "Құрметті әкімдік! Ауламыздағы ойын алаңында түнде жарық жоқ, балалар құлап жарақат алады. "
    "Кешке жұмыстан келген ата-аналар баласын қараңғыда іздеп жүреді, үлкендер де сүрініп құлайды. "
    "Жобаға алаңның түнгі жарығы мен бейнебақылауы туралы тармақ қосуды сұраймыз."
)
ADDED = "Біздің ауланың жарығы үш жылдан бері жанбайды."
ANSWER = "Ұсыныс қабылданды: түнгі жарық пен бейнебақылау туралы жаңа тармақ қосылды."


@pytest.fixture
def people(own_database) -> Cast:
    with transaction():
        cast = Cast()
        for name in ("marat", "gulnar"):
            getattr(cast, name)
    return cast


def paper(text: str) -> io.BytesIO:
    """The act as an officer would have it: a DOCX, a paragraph a line."""
    document = docx.Document()
    for line in text.strip().split("\n"):
        document.add_paragraph(line)
    packed = io.BytesIO()
    document.save(packed)
    packed.seek(0)
    return packed


def upload(officer: PageClient, number: int, kk: str, ru: str) -> None:
    page = officer.get(f"/ru/desk/drafts/{number}/text")
    page = page.submit(
        page.form("/text"),
        files={"file_kk": (paper(kk), "жоба.docx"), "file_ru": (paper(ru), "проект.docx")},
    )
    assert not page.errors, page.errors


def write(officer: PageClient) -> int:
    """The officer's pages, from nothing to a draft that lacks nothing."""
    page = officer.get("/ru/desk/drafts/new")
    page = page.submit(page.form("/new"), language="kk")
    number = int(page.path.split("/drafts/")[1].split("/")[0].split("#")[0].split("?")[0])
    card = drafts.card()
    page = officer.get(f"/ru/desk/drafts/{number}/card")
    words = {
        f"{what}_{language}": texts[language]
        for what, texts in (("title", card.titles), ("summary", card.summaries), ("note", card.notes))
        for language in ("kk", "ru")
    }
    page = page.submit(
        page.form("/card"),
        kind=card.kind,
        stage=card.stage,
        level=card.level,
        topic=card.topic,
        region="KZ-11",
        affects=["citizens"],
        **words,
    )
    assert not page.errors, page.errors
    upload(officer, number, drafts.KK, drafts.RU)
    page = officer.get(f"/ru/desk/drafts/{number}/term")
    page = page.submit(page.form("/term"))
    assert not page.errors, page.errors
    return number


def the(number: int):
    db.session.rollback()
    return queries.by_number(number)


def count(model, *conditions) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def meter(number: int) -> tuple[int, int, int]:
    counts = figures.of(the(number).thread)
    return counts.comments, counts.people, counts.texts


def comment_on(person: PageClient, number: int, clause: str, words: str) -> None:
    """From the clause's own page, as without JavaScript."""
    page = person.get(f"/kk/drafts/{number}/clauses/{clause}")
    link = next(a for a in page.document.xpath("//main//a/@href") if "/comment?" in a)
    page = person.get(link)
    page = page.submit(page.form("/comments"), text=words)
    assert words in page.text and not page.errors, (page.errors, page.text[:400])


def campaign(number: int) -> None:
    """Forty people send one letter; nine of them add something of their own."""
    with transaction():
        draft = queries.by_number(number)
        for n in range(40):
            sender = account(100 + n, given_name="Жанар", family_name="Иманова")
            text = f"{CAMPAIGN} {ADDED}" if n % 5 == 4 or n == 38 else CAMPAIGN
            drafts.comment(draft, sender, text, path=None)


def answer_all(officer: PageClient, number: int) -> None:
    """The officer confirms and answers the group, then each single comment; every page leads to the next."""
    thread = the(number).thread_id
    group = db.session.scalars(select(Group.id).where(Group.thread_id == thread)).one()
    page = officer.get(f"/ru/desk/threads/{thread}/answers/group/{group}")
    page = page.submit(
        page.form(f"/group/{group}"), kind="accepted", language="kk", text=ANSWER, confirmed="y", act="save"
    )
    assert not page.errors, page.errors
    singles = db.session.scalars(
        select(Comment.id).where(Comment.thread_id == thread, Comment.group_id.is_(None))
    ).all()
    for place, comment in enumerate(singles):
        page = officer.get(f"/ru/desk/threads/{thread}/answers/comment/{comment}")
        page = page.submit(
            page.form(f"/comment/{comment}"),
            kind="partly" if place else "refused",
            language="kk",
            text=f"Пікіріңіз қаралды, № {place + 1} жауап: тармақ түзетіледі.",
            act="save",
        )
        assert not page.errors, page.errors


def approve_and_publish(head: PageClient, thread: int) -> None:
    for view, action in (("approval", "/approve"), ("publish", "/answers/publish")):
        page = head.get(f"/ru/desk/threads/{thread}?view={view}")
        form = page.form(action)
        page.submit(form, act="all")


def test_from_a_docx_to_the_report(own_database, people, behind):
    app = own_database
    officer, head = staff(app, "marat@example.kz"), staff(app, "gulnar@example.kz")
    number = write(officer)
    assert browser(app).get(f"/kk/drafts/{number}", status=404).status == 404, "nobody else knows of it"
    page = head.get(f"/ru/desk/drafts/{number}/announce")
    page = page.submit(page.form("/announce"))
    assert the(number).state is State.OPEN, page.text[:600]

    # Three citizens comment on clauses, forty send one letter.
    for n, (clause, words) in enumerate(
        {
            "clause-3": "Айына бір рет аз, аптасына бір рет тексерілсін.",
            "clause-4": "Үш күн көп, бір күн жеткілікті деп ойлаймын.",
            "clause-2.sub-2": "Күтіп ұстаушының кім екені анық жазылсын.",
        }.items()
    ):
        comment_on(citizen(app, n + 1, "Болат", "Нұрланов"), number, clause, words)
    campaign(number)
    thread = the(number).thread_id
    until(lambda: count(Comment, Comment.thread_id == thread, Comment.group_id.is_not(None)) == 40)
    until(lambda: meter(number) == (43, 43, 4))
    page = browser(app).get(f"/kk/drafts/{number}/comments?order=newest")
    assert page.text.count(CAMPAIGN) == 1, "one is shown, all can be unfolded"
    page = browser(app).get(
        next(a for a in page.document.xpath("//main//a/@href") if "/comment-groups/" in a)
    )
    assert page.text.count("Жанар И.") >= 20 and ADDED in page.text

    # One answer for the group, one for each of the others; the head approves and publishes.
    answer_all(officer, number)
    assert count(Answer, Answer.published_at.is_not(None)) == 0
    approve_and_publish(head, thread)
    assert count(Answer, Answer.published_at.is_not(None)) == 4
    until(lambda: figures.of(the(number).thread).answered == 43)
    page = browser(app).get(f"/ru/drafts/{number}/comments")
    assert ANSWER in page.text

    # The second version is compared and its comments are carried over; the authors are told.
    page = officer.get(f"/ru/desk/drafts/{number}/versions")
    page.submit(page.form("/versions/prepare"))
    upload(officer, number, drafts.KK_2, drafts.RU_2)
    page = officer.get(f"/ru/desk/drafts/{number}/versions")
    page.submit(page.form("/versions/compare"))
    until(lambda: queries.newest_version(the(number)).state is VersionState.READY)
    page = head.get(f"/ru/desk/drafts/{number}/versions/publish")
    page.submit(page.form("/versions/publish"))
    until(lambda: count(CarriedComment) == 3)
    fates = {row.comment.anchor_path: row.fate for row in db.session.scalars(select(CarriedComment)).unique()}
    assert fates["clause-3"] is Fate.EDITED and fates["clause-2.sub-2"] is Fate.REMOVED
    page = browser(app).get(f"/ru/drafts/{number}/versions/2/changes")
    assert "месяц" in page.text and "неделю" in page.text

    # The last day passes; the report is made, looked at and published.
    with transaction():
        draft = queries.by_number(number)
        announcing.open_and_close(now=clock.now() + timedelta(days=60))
        assert draft.state is State.CLOSED
    page = officer.get(f"/ru/desk/drafts/{number}/review")
    page.submit(page.form("/review"))
    page = officer.get(f"/ru/desk/drafts/{number}/report")
    page.submit(page.form("/report/preview"))
    until(lambda: queries.report_of(the(number)).made_at is not None)
    page = head.get(f"/ru/desk/drafts/{number}/report")
    page.submit(page.form("/report/publish"))
    assert the(number).state is State.REPORTED

    reader = app.test_client()
    for language in ("kk", "ru"):
        written = docx.Document(io.BytesIO(reader.get(f"/kk/drafts/{number}/report/{language}.docx").data))
        words = "\n".join(p.text for p in written.paragraphs)
        printed = PdfReader(io.BytesIO(reader.get(f"/kk/drafts/{number}/report/{language}.pdf").data))
        pages = " ".join(" ".join(p.extract_text().split()) for p in printed.pages)
        shown = browser(app).get(f"/{language}/drafts/{number}/report").text
        for text in (words, pages, shown):
            assert "Күтіп ұстаушының кім екені анық жазылсын." in " ".join(text.split())
            assert "Жанар" not in text and "Болат" not in text
        assert ANSWER in words and printed.is_encrypted is False
        assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]
    until(lambda: any("aigul" in to or "marat" in to for to, _, _ in letters(app)))
