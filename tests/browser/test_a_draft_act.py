"""With a browser, from words selected in a clause to the report that prints them."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app import clock
from app.comments.models import Answer, Group
from app.comments.queries import figures
from app.consultations import queries
from app.consultations.models import CarriedComment
from app.consultations.services import announcing, reporting
from app.db import db, transaction
from tests import cast as people
from tests import drafts
from tests.browser.test_the_whole_road import sign_in
from tests.cast import Cast
from tests.cast import citizen as account
from tests.processes import until

LETTER = (
    "Құрметті әкімдік! Мектеп жанындағы алаңда көлеңке жоқ, жазда балалар күн астында ойнайды. "
    "Жобаға ағаш отырғызу және көлеңке түсіретін қалқа орнату туралы тармақ қосуды сұраймыз."
)
ADDED = "Біздің алаңда бір де ағаш қалмады."
SELECTED, PROPOSED = "айына бір рет", "аптасына екі рет"
SAID = "Айына бір рет тексеру аз: жабдық апта сайын сынады."
ALOUD = "Үш күн тым ұзақ, бір күн жетеді."
PLAIN = "Журнал сайтта жарияланып тұрсын."
TO_ALL = "Қабылданды: ағаш отырғызу туралы жаңа тармақ қосылады."
TO_EACH = "Ішінара қабылданды: мерзім қысқартылады, тармақ қайта жазылады."
THANKS = "Түсіндірілді: апта сайынғы тексерудің қаржысы бөлек көрсетіледі."

OpenPage = Callable[..., Page]


@pytest.fixture
def said() -> list[str]:
    """Everything that a browser complained about."""
    return []


@pytest.fixture
def open_heard(open_page: OpenPage, said: list[str]) -> OpenPage:
    """Pages whose console is listened to."""

    def opened(*size: int, **more: Any) -> Page:
        page = open_page(*size, **more)
        page.on("console", lambda m: said.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        return page

    return opened


@pytest.fixture
def cast(own_database: Any) -> Cast:
    with transaction():
        made = Cast()
        for name in ("aigul", "bolat", "dana", "marat", "gulnar"):
            getattr(made, name)
    return made


@pytest.fixture
def number(cast: Cast) -> int:
    """An open draft on which one person and a campaign of six have spoken."""
    with transaction():
        draft = drafts.opened(cast)
        drafts.comment(draft, cast.aigul, ALOUD, path="clause-4")
        for n in range(6):
            drafts.comment(draft, account(100 + n), f"{LETTER} {ADDED}" if n == 4 else LETTER, path=None)
        return draft.number


def the(number: int) -> Any:
    db.session.rollback()
    return queries.by_number(number)


def counted(model: Any, *conditions: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def let_in(page: Page, app: Any, site: str, person: Any) -> Page:
    """With the cookie that signing in would have given."""
    client = app.test_client()
    people.sign_in(client, person)
    cookie = client.get_cookie("unqos")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return page


def select_words(page: Page, clause: str, words: str) -> None:
    """With the mouse pressed over them, as a person does."""
    text = page.locator(f"#{clause} [data-quote-to]")
    text.scroll_into_view_if_needed()
    (x, y), (to_x, to_y) = text.evaluate(
        """(text, words) => {
          const range = document.createRange(), at = text.textContent.indexOf(words);
          range.setStart(text.firstChild, at);
          range.setEnd(text.firstChild, at + words.length);
          const all = [...range.getClientRects()], first = all[0], last = all.at(-1);
          return [[first.left + 1, first.top + first.height / 2], [last.right - 1, last.top + last.height / 2]];
        }""",
        words,
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=4)
    page.mouse.up()


def wait_for_htmx(page: Page) -> None:
    """Before it is there each link is a link."""
    until(lambda: page.evaluate("window.htmx !== undefined"))


def comment_on_words(page: Page, site: str, number: int) -> int:
    """Selects words of a clause, proposes others in their place, and reads what came of it; the comment's number."""
    sign_in(page, site, "kk", 2)
    page.goto(f"{site}/kk/drafts")
    page.locator(f"main a[href$='/drafts/{number}']").first.click()
    select_words(page, "clause-3", SELECTED)
    # A press may last longer than the wait after which a selection that is gone takes its button along.
    page.locator("[data-quote-link]").click(delay=400)
    expect(page.locator(".uq-chosen blockquote")).to_have_text(SELECTED)
    page.locator("details:has([name=proposed]) summary").click()
    expect(page.locator("[name=proposed]")).to_have_value(SELECTED)
    page.locator("[name=proposed]").fill(PROPOSED)
    page.locator("[name=text]").fill(SAID)
    page.locator("form[action$='/comments'] button[type=submit]").click()
    own = page.locator("article.uq-comment")
    expect(own).to_contain_text(SAID)
    expect(own.locator("blockquote")).to_have_text(SELECTED)
    expect(own.locator("del").first).to_contain_text("айына")
    return int(page.url.rpartition("#comment-")[2])


def reply_in_place(page: Page, site: str, number: int, comment: int) -> None:
    """Everything below the clause on a phone, without leaving the draft."""
    page.goto(f"{site}/kk/drafts/{number}")
    address = page.url
    wait_for_htmx(page)
    chosen = page.locator("#clause-3 .uq-clause__comments")
    expect(chosen).to_contain_text("1")
    chosen.click()
    below = page.locator("#clause-3 + [data-beside]")
    expect(below).to_be_focused()
    expect(below).to_contain_text(SAID)

    agree = below.locator(f"form[action$='/comments/{comment}/agreement']")
    expect(agree.locator(".uq-agree__count")).to_have_count(0)
    agree.get_by_role("button").click()
    expect(agree.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(agree.locator(".uq-agree__count")).to_contain_text("1")

    below.locator(f"[hx-get$='/comments/{comment}/reply']").click()
    reply = below.locator("#reply-form")
    reply.locator("textarea").fill("Қосыламын, біздің аулада да солай.")
    assert page.url == address
    reply.locator("button[type=submit]").click()
    expect(page.locator(".uq-comment--reply")).to_contain_text("біздің аулада да солай")
    expect(page.locator("main [aria-pressed=true]")).to_have_count(1)

    # Back to the text, and it is the same text that works in the same way.
    page.go_back()
    expect(page).to_have_url(address)
    wait_for_htmx(page)
    page.locator("#clause-4 .uq-clause__comments").click()
    expect(page.locator("#clause-4 + [data-beside]")).to_contain_text(ALOUD)


def choose_by_keyboard(page: Page, site: str, number: int) -> None:
    """Beside the text where there is room; closed, the focus is where it came from."""
    page.goto(f"{site}/en/drafts/{number}")
    address = page.url
    wait_for_htmx(page)
    page.locator("#clause-4 .uq-clause__number").focus()
    page.keyboard.press("Tab")
    link = page.locator("#clause-4 .uq-clause__comments")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    beside = page.locator(".uq-room > [data-beside]")
    expect(beside).to_be_focused()
    expect(beside).to_contain_text(ALOUD)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(beside).to_be_hidden()
    expect(link).to_be_focused()
    assert page.url == address


def comment_without_javascript(page: Page, site: str, number: int) -> None:
    page.goto(f"{site}/kk/drafts/{number}")
    expect(page.locator("[data-quote-link]")).to_be_hidden()
    page.locator("#clause-5 .uq-clause__comments").click()
    page.locator("#of-clause a[href*='/comment?']").click()
    expect(page.locator(".uq-chosen")).to_contain_text("журналға жазылады")
    page.locator("[name=text]").fill(PLAIN)
    page.locator("form[action$='/comments'] button[type=submit]").click()
    expect(page.locator("article.uq-comment")).to_contain_text(PLAIN)


def fill_answer(page: Page, kind: str, text: str) -> None:
    page.locator(f"[name=kind][value={kind}]").check()
    page.locator("[name=language][value=kk]").check()
    page.locator("textarea[name=text]").fill(text)


def answer_everything(page: Page, site: str, thread: int) -> None:
    """The officer finds the draft on the desk: first the group of letters, then one comment after another."""
    page.goto(f"{site}/ru/desk")
    page.locator(f"main a[href*='/desk/threads/{thread}']").first.click()
    page.locator("main a[href$='view=groups']").click()
    page.locator("main a[href*='/groups/']").click()
    expect(page.locator(".uq-letters__one")).to_have_count(6)
    expect(page.locator(".uq-letters__one ins")).to_contain_text(ADDED)
    page.locator("form[action$='/confirm'] button[type=submit]").click()
    # What is typed outlives the page that it was typed in.
    page.locator("textarea[name=text]").fill(TO_ALL)
    page.reload()
    page.locator("[data-kept] button").click()
    expect(page.locator("textarea[name=text]")).to_have_value(TO_ALL)
    fill_answer(page, "accepted", TO_ALL)
    page.locator("button[name=act][value=next]").click()
    expect(page.locator("h2#waiting")).to_be_visible()

    page.goto(f"{site}/ru/desk/threads/{thread}?view=due")
    page.locator(".uq-line__text").first.click()
    expect(page.locator(".uq-answering__said")).to_contain_text(ALOUD)
    fill_answer(page, "partly", TO_EACH)
    page.locator("button[name=act][value=next]").click()
    expect(page.locator(".uq-answering__said")).to_contain_text(SAID)
    expect(page.locator("[data-kept]")).to_be_hidden()
    fill_answer(page, "partly", THANKS)
    page.locator("button[name=act][value=next]").click()
    expect(page.locator("h2#waiting")).to_be_visible()
    expect(page.locator(".uq-line__text")).to_have_count(0)


def approve_and_publish(page: Page, site: str, thread: int) -> None:
    for view, action in (("approval", "/approve"), ("publish", "/answers/publish")):
        page.goto(f"{site}/ru/desk/threads/{thread}?view={view}")
        page.locator(f"form[action$='{action}'] button[value=all]").click()
        expect(page.locator("main .uq-notice").first).to_be_visible()


def read_in_three_languages(page: Page, site: str, path: str, *words: str) -> None:
    for language in ("kk", "ru", "en"):
        page.goto(f"{site}/{language}{path}")
        for one in words:
            expect(page.locator("main")).to_contain_text(one)


def read_what_changed(page: Page, site: str, number: int, comment: int) -> None:
    """What went and what came is said in words too; the comment says what became of its clause."""
    page.goto(f"{site}/kk/comments/{comment}")
    page.locator(".uq-comment__fate a").click()
    expect(page.locator("main")).to_contain_text("аптасына")
    page.goto(f"{site}/kk/drafts/{number}/versions/2/changes")
    edited = page.locator(".uq-change--edited")
    for mark, words in (("del", "айына"), ("ins", "аптасына")):
        expect(edited.locator(mark)).to_contain_text(words)
        expect(edited.locator(f"{mark} .govuk-visually-hidden").first).not_to_be_empty()


def report_by_the_worker(number: int, cast: Cast) -> None:
    later = clock.now() + timedelta(days=60)
    with transaction():
        announcing.open_and_close(now=later)
        announcing.begin_review(queries.by_number(number), actor=cast.marat.actor(), now=later)
        reporting.ask(queries.by_number(number), actor=cast.marat.actor(), now=later)
    until(lambda: queries.report_of(the(number)).made_at is not None)
    with transaction():
        reporting.publish_report(queries.by_number(number), actor=cast.gulnar.actor(), now=later)


def test_from_selected_words_to_the_report(own_database, site, cast, number, open_heard, said):
    def opened(width: int, person: Any, **more: Any) -> Page:
        return let_in(open_heard(width, 844, **more), own_database, site, person)

    thread = the(number).thread_id
    citizen = open_heard(390, 844)
    comment = comment_on_words(citizen, site, number)
    until(lambda: figures.of(the(number).thread).comments == 8)
    neighbour = opened(390, cast.dana)
    reply_in_place(neighbour, site, number, comment)
    choose_by_keyboard(open_heard(1280), site, number)

    until(lambda: counted(Group, Group.thread_id == thread, Group.people == 6, Group.changed == 1) == 1)
    answer_everything(opened(1280, cast.marat), site, thread)
    assert counted(Answer, Answer.published_at.is_not(None)) == 0
    approve_and_publish(opened(1280, cast.gulnar), site, thread)
    read_in_three_languages(citizen, site, f"/drafts/{number}/comments", TO_ALL, TO_EACH, THANKS)
    comment_without_javascript(opened(390, cast.aigul, java_script_enabled=False), site, number)

    with transaction():
        drafts.second_version(queries.by_number(number), cast)
    until(lambda: counted(CarriedComment) == 3)
    read_what_changed(citizen, site, number, comment)

    report_by_the_worker(number, cast)
    read_in_three_languages(citizen, site, f"/drafts/{number}/report", SAID, PLAIN, TO_ALL)
    with citizen.expect_download() as waiting:
        citizen.locator("main a[href$='.pdf']").first.click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")
    assert said == []

    # A page that stood open all the while: what cannot be done any more says so, not nothing.
    neighbour.locator("[data-beside] .uq-agree__button").first.click()
    expect(neighbour).to_have_url(re.compile("/agreement$"))
    expect(neighbour.locator("h1")).to_be_visible()
