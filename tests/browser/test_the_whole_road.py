"""With a browser, from the signature that was missing to the decision that everybody reads."""

from playwright.sync_api import Page, expect

from app import clock
from app.db import db, transaction
from app.petitions import queries
from app.petitions.lifecycle import State
from tests import factories
from tests.cast import PASSWORD, Cast, iin
from tests.processes import until


def state_of(number: int) -> State:
    db.session.rollback()
    return queries.by_numbers([number])[number].state


def sign_in(page: Page, site: str, language: str, n: int) -> None:
    page.goto(f"{site}/{language}/sign-in")
    page.locator("[name=iin]").fill(iin(n))
    page.locator("[name=given_name]").fill("Болат")
    page.locator("[name=family_name]").fill("Нұрланов")
    page.locator("form[action$='/sign-in'] button[type=submit]").click()
    expect(page).to_have_url(f"{site}/{language}/me")


def sign_in_as_staff(page: Page, site: str, address: str) -> None:
    page.goto(f"{site}/ru/sign-in/staff")
    page.locator("[name=email]").fill(address)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[action$='/staff'] button[type=submit]").click()
    page.goto(f"{site}/ru/desk")


def test_the_whole_road(own_database, site, open_page):
    with transaction():
        cast = Cast()
        petition = factories.published(cast, threshold=51, title="Мектепке апаратын жолға шам орнату")
        number = petition.number
        for name in ("marat", "gulnar"):
            getattr(cast, name)
    said: list[str] = []

    # The citizen: one signature is missing, two pages, one button each.
    citizen = open_page(390, 844)
    citizen.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    sign_in(citizen, site, "kk", 2)
    citizen.goto(f"{site}/kk/petitions/{number}")
    expect(citizen.locator("main")).to_contain_text("50")
    citizen.locator("a[href$='/sign']").first.click()
    citizen.locator("[name=region]").select_option("KZ-11")
    citizen.locator("form[action$='/signatures'] button[type=submit]").click()
    expect(citizen).to_have_url(f"{site}/kk/petitions/{number}/signed")

    # The clockwork behind: counted, crossed, handed over.
    until(lambda: state_of(number) is State.FORWARDED)
    citizen.goto(f"{site}/kk/me")
    expect(citizen.locator("main")).to_contain_text("Мектепке апаратын жолға шам орнату")

    # The officer finds it on the desk and registers it; the clock of working days starts in public.
    officer = open_page(1280)
    officer.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    sign_in_as_staff(officer, site, "marat@example.kz")
    expect(officer.locator("main")).to_contain_text(str(number))
    officer.goto(f"{site}/ru/desk/petitions/{number}")
    officer.locator("[name$=registration_number]").fill("ЖТ-2026-117")
    officer.locator("form[action$='/register'] button[type=submit]").click()
    until(lambda: state_of(number) is State.UNDER_REVIEW)
    citizen.goto(f"{site}/kk/petitions/{number}")
    expect(citizen.locator("main")).to_contain_text("20 жұмыс күні")

    with transaction():
        factories.finish_steps(queries.by_numbers([number])[number], cast, now=clock.now())

    # The decision: an empty box is named and refused, a full one is saved; the head publishes.
    officer.goto(f"{site}/ru/desk/petitions/{number}/decision")
    officer.locator("[name=language][value=kk]").check()
    officer.locator("[name=outcome][value=partial]").check()
    for part in ("facts", "reasons", "legal_basis", "appeal"):
        officer.locator(f"[name={part}]").fill("Мәтін толық жазылды.")
    officer.locator("[name=signed_by]").fill("Ахметова Г. С., облыс әкімі")
    officer.locator("[name=answers-0-kind][value=accepted]").check()
    officer.locator("[name=answers-0-text]").fill("Шамдар көктемде орнатылады.")
    officer.locator("[name=answers-0-responsible]").fill("Қала құрылысы басқармасы")
    for box, value in zip(officer.locator("[name=answers-0-by_when]").all(), ("1", "5", "2027"), strict=True):
        box.fill(value)
    officer.locator("[name=answers-1-kind][value=refused]").check()
    officer.locator("[name=answers-1-text]").fill("Бағдаршам бұл жерге қойылмайды.")
    officer.locator("form[action$='/decision'] button[type=submit]").first.click()
    head = open_page(1280)
    sign_in_as_staff(head, site, "gulnar@example.kz")
    head.goto(f"{site}/ru/desk/petitions/{number}/decision/publish")
    head.locator("form[action$='/publish'] button[type=submit]").click()
    until(lambda: state_of(number) is State.DECIDED)

    # Everybody reads it, in each language; the citizen rates an answer; nothing was said in the console.
    for language in ("kk", "ru", "en"):
        citizen.goto(f"{site}/{language}/petitions/{number}")
        expect(citizen.locator("main")).to_contain_text("Шамдар көктемде орнатылады.")
    citizen.goto(f"{site}/kk/petitions/{number}")
    rating = citizen.locator("form[action$='/ratings']").first
    rating.locator("[name=rating][value=yes]").click()
    expect(citizen.locator("main [aria-pressed=true]").first).to_be_visible()
    until(lambda: len(list(own_database.extensions["settings"].mail_dir.glob("*.eml"))) >= 5)
    assert said == []
