"""From the author's first page to the agency's published decision, through the real relay and real workers."""

from datetime import timedelta

import pytest

from app import clock
from app.db import db, transaction
from app.law import rules_in_force
from app.petitions import queries
from app.petitions.lifecycle import State
from tests import factories
from tests.cast import Cast
from tests.page_client import Page, PageClient
from tests.processes import until
from tests.stories.walking import browser, citizen, letters, staff, told


@pytest.fixture
def people(own_database) -> Cast:
    with transaction():
        cast = Cast()
        for name in ("yerlan", "marat", "gulnar"):
            getattr(cast, name)
    return cast


def write(author: PageClient) -> int:
    """Every page of the author's way; returns the petition's number."""
    page = author.get("/kk/petitions/new/questions")
    answers = {
        ground.id: "no" for ground in rules_in_force(clock.today()).excluded_matters if ground.question
    }
    page = page.submit(page.form("/petitions/new"), **answers)
    number = int(page.path.split("/petitions/")[1].split("/")[0])
    page = author.get(f"/kk/petitions/{number}/draft/addressee?region=KZ-11")
    page = page.submit(page.form("/draft/addressee"), addressee="akimat-of-akmola-region")
    page = page.submit(
        page.form("/draft/title"),
        language="kk",
        title_kk="Ақкөлде мектеп жанына жаяу жүргінші жолын салу",
        title_ru="Сделать переход у школы в Акколе",
        topic="transport",
    )
    page = page.submit(
        page.form("/draft/demands"),
        demand_1="Жаяу жүргінші жолын салу",
        demand_2="Бағдаршам орнату",
    )
    page = page.submit(page.form("/draft/arguments"), arguments="Балалар күн сайын қауіпті жолдан өтеді.")
    page = page.submit(page.form("/draft/contact"), email="aigul@example.kz", region="KZ-11", language="kk")
    assert page.path.endswith("/draft/check"), (page.path, page.errors)
    page = page.submit(page.form("/submit"))
    assert page.path.endswith("/progress"), (page.path, page.errors)
    return number


def the(number: int):
    db.session.rollback()
    return queries.by_numbers([number])[number]


def test_the_whole_road(own_database, people, behind):
    app = own_database
    author = citizen(app, 1)
    number = write(author)
    token = the(number).support_token

    # Fifty citizens by the private link: one by the pages, the others as the fiftieth person finds them.
    first = citizen(app, 2, "Болат", "Нұрланов")
    page = first.get(f"/kk/support/{token}")
    page = first.get(
        page.link("Қол қою")
        if any("Қол қою" in a.text_content() for a in page.document.xpath("//a"))
        else f"/kk/petitions/{number}/sign?token={token}"
    )
    page = page.submit(page.form("/signatures"), region="KZ-11")
    assert page.path.startswith(f"/kk/petitions/{number}/signed"), (page.path, page.errors)
    with transaction():
        factories.signatures(the(number), 49, counted=False)
    until(lambda: the(number).first_support_at is not None)

    # The moderator publishes; in publishing, the threshold of the day is frozen.
    moderator = staff(app, "yerlan@example.kz")
    assert "Ақкөлде" in moderator.get("/ru/desk").text or "переход" in moderator.get("/ru/desk").text
    page = moderator.get(f"/ru/desk/checks/{number}")
    page.submit(page.form("/pass"))
    until(lambda: the(number).state is State.PUBLISHED)
    assert the(number).threshold_votes == 7880

    # All but one are there; the last one signs on two pages and crosses the threshold.
    with transaction():
        factories.signatures(the(number), 7880 - 50 - 1, counted=False)
    until(lambda: queries.tally_of(the(number)).signatures == 7879)
    last = citizen(app, 3, "Dana", "Omarova", language="en")
    page = last.get(f"/en/petitions/{number}")
    page = last.get(f"/en/petitions/{number}/sign")
    page = page.submit(page.form("/signatures"), region="KZ-71")
    assert "/signed" in page.path
    again = last.get(f"/en/petitions/{number}/sign", status=409)
    assert again.status == 409

    # The job hands it over; the clock of registration runs, the agency has it on its desk and in its mail.
    until(lambda: the(number).state is State.FORWARDED)
    assert the(number).supported_log_index == 7880
    officer = staff(app, "marat@example.kz")
    assert str(number) in officer.get("/ru/desk").text
    until(lambda: told(app, "marat@example.kz") and told(app, "gulnar@example.kz"))
    page = officer.get(f"/ru/desk/petitions/{number}")
    page = page.submit(page.form("/register"), registration_number="ЖТ-2026-117")
    petition = the(number)
    assert petition.state is State.UNDER_REVIEW and petition.review_duty is not None
    assert petition.review_duty.value == 20 and petition.review_duty.unit == "working_days"
    public = browser(app).get(f"/ru/petitions/{number}")
    assert "ЖТ-2026-117" in public.text

    # The steps of the review, then a decision that answers every demand; with an empty box it stays a draft.
    today = clock.today()
    with transaction():
        factories.finish_steps(the(number), people, now=clock.now())
    page = officer.get(f"/ru/desk/petitions/{number}/decision")
    page = save(page, today, leave_empty="answers-1-text")
    head = staff(app, "gulnar@example.kz")
    refused = head.get(f"/ru/desk/petitions/{number}/decision/publish", status=None)
    refused = submit_if_possible(refused)
    assert the(number).state is State.UNDER_REVIEW
    page = officer.get(f"/ru/desk/petitions/{number}/decision")
    save(page, today)
    page = head.get(f"/ru/desk/petitions/{number}/decision/publish")
    page.submit(page.form("/publish"))
    assert the(number).state is State.DECIDED

    # Everybody reads the answer to each demand; the author is told in the language of their choice, once.
    for language in ("kk", "ru", "en"):
        page = browser(app).get(f"/{language}/petitions/{number}")
        assert "Жол 2027 жылы салынады" in page.text
    until(lambda: any("aigul" in to and str(number) in subject for to, subject, _ in letters(app)))
    until(lambda: len(told(app, "aigul@example.kz")) >= 5)
    subjects = told(app, "aigul@example.kz")
    assert len(subjects) == len(set(subjects)), "nothing is told twice"
    page = last.get(f"/en/petitions/{number}")
    page = page.submit(page.form("/ratings"), rating="yes")
    assert page.status == 200


def save(page: Page, today, *, leave_empty: str = "") -> Page:
    values = {
        "language": "kk",
        "outcome": "partial",
        "facts": "Жол қозғалысы зерттелді.",
        "reasons": "Қауіп бар екені анықталды.",
        "legal_basis": "«Жол жүрісі туралы» Заң.",
        "appeal": "Шешімге үш ай ішінде шағымдануға болады.",
        "signed_by": "Ахметова Г. С., облыс әкімі",
        "answers-0-kind": "accepted",
        "answers-0-text": "Жол 2027 жылы салынады.",
        "answers-0-responsible": "Көлік басқармасы",
        "answers-1-kind": "refused",
        "answers-1-text": "Бағдаршамға қаражат жоқ.",
    }
    due = today + timedelta(days=180)
    values["answers-0-by_when"] = [str(due.day), str(due.month), str(due.year)]
    if leave_empty:
        values[leave_empty] = ""
    return page.submit(page.form("/decision"), **values)


def submit_if_possible(page: Page) -> Page:
    try:
        form = page.form("/publish")
    except AssertionError:
        return page
    return page.submit(form)
