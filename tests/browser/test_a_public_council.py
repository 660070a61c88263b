"""With a browser, the room of a public council: a member votes, the secretary calls the roll, everybody reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from app import clock
from app.access import CLOCK
from app.accounts.models import Account
from app.councils.models import Council, Origin
from app.councils.services import seating
from app.db import db, transaction
from tests import cast as people
from tests import councils_cast, drafts, sittings_cast
from tests.cast import Cast
from tests.sittings_cast import QUESTION, RECOMMENDATION, TEXTS

# Seventy years and some months old; her name stands late on the roll, so that the secretary does not come to it.
ELDER, BORN = ("Үмітжан", "Сәрсенбаева"), "560101"
# Who votes in two windows stands late on the roll too.
TWICE = "Серік Досмағамбетов"
REASON = "Бұл жұмыс аудан үшін керек."
LEAST_HEIGHT, LEAST_LETTERS = 44, 16
MOST_STEPS = 60
AXE = Axe()

OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Room:
    """A sitting of fifteen: item 1 has its ruling, item 2 stands open to the vote."""

    app: Any
    site: str
    sitting: int
    item: int
    ruling: int
    accounts: dict[str, int]
    names: tuple[str, ...]

    @property
    def booth(self) -> str:
        return f"/sittings/{self.sitting}/items/{self.item}/vote"

    def let_in(self, page: Page, name: str) -> Page:
        """With the cookie that signing in would have given."""
        client = self.app.test_client()
        account = db.session.get(Account, self.accounts[name])
        assert account is not None
        people.sign_in(client, account)
        cookie = client.get_cookie("unqos")
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.site}])
        return page


@pytest.fixture(scope="module")
def room(own_database: Any, site: str) -> Room:
    with transaction():
        council = councils_cast.council()
        councils_cast.seated(council, n=14, civil=10)
        seat_the_elder(council)
        draft = drafts.opened(Cast())
        sitting = sittings_cast.in_session(council, [sittings_cast.on_draft(draft), sittings_cast.other()])
        seats = sittings_cast.seats(council)
        against = {seats[1].id: sittings_cast.Choice.AGAINST}
        sittings_cast.voted(sittings_cast.item_of(sitting, 1), against, outcome="support_with_remarks")
        ruling = sittings_cast.ruled(sittings_cast.item_of(sitting, 1))
        voting = sittings_cast.put_to_vote(sittings_cast.item_of(sitting, 2))
        accounts = {member.name: sittings_cast.account(member).id for member in seats}
        accounts["secretary"] = councils_cast.secretary(council).id
        return Room(
            own_database,
            site,
            sitting.number,
            voting.item_id,
            ruling.number,
            accounts,
            tuple(m.name for m in seats),
        )


def seat_the_elder(council: Council) -> None:
    account = people.citizen(4950, given_name=ELDER[0], family_name=ELDER[1], born=BORN)
    seating.seat(
        council,
        name=account.name,
        origin=Origin.CIVIL_SOCIETY,
        ngo="«Ардагер» қоғамдық бірлестігі",
        account_id=account.id,
        starts_on=clock.today(),
        actor=CLOCK,
        now=clock.now(),
    )


def wrong_on(page: Page) -> list[str]:
    """What axe finds, of any weight, and sideways scrolling."""
    found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in AXE.run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("scrolls sideways")
    return found


def doors(page: Page) -> Locator:
    return page.locator("button[name=choice]")


def step_to(page: Page, target: Locator) -> None:
    """With the Tab key alone."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError("the Tab key does not lead there")


def press(page: Page, target: Locator) -> None:
    step_to(page, target)
    page.keyboard.press("Enter")


def test_a_member_of_seventy_votes_on_a_phone(room, open_page):
    page = room.let_in(open_page(390, 844, has_touch=True), " ".join(ELDER))
    page.goto(f"{room.site}/kk/my/councils")
    # What waits stands on top: in the first screen, before any heading of the lists.
    waits = page.locator(f"main a[href$='{room.booth}']")
    expect(waits).to_be_in_viewport()
    expect(page.locator("main")).to_contain_text(QUESTION["kk"])
    assert wrong_on(page) == []

    waits.tap()
    expect(page.locator("h1")).to_have_text(QUESTION["kk"])
    expect(doors(page)).to_have_count(3)
    for door in doors(page).all():
        box = door.bounding_box()
        assert box is not None and box["height"] >= LEAST_HEIGHT and box["x"] + box["width"] <= 390
        letters = door.evaluate(
            "it => Math.min(...[it, ...it.querySelectorAll('span')]"
            ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
        )
        assert letters >= LEAST_LETTERS
        expect(door).not_to_be_empty()
    assert wrong_on(page) == []

    doors(page).nth(2).tap()
    expect(page.locator(".govuk-panel--confirmation")).to_be_in_viewport()
    assert wrong_on(page) == []
    page.locator(f"main a[href$='{room.booth}']").tap()
    expect(page.locator(".uq-vote__door--own")).to_have_attribute("value", "abstained")
    assert wrong_on(page) == []
    said_before = doors(page).first.inner_text()
    doors(page).first.tap()
    expect(page.locator(".govuk-panel__body")).to_have_text(said_before)


def test_by_keyboard_alone_without_javascript_and_in_two_windows(room, open_page):
    page = room.let_in(open_page(1280, java_script_enabled=False), TWICE)
    page.goto(f"{room.site}/en/my/councils")
    stale = page.context.new_page()
    stale.goto(f"{room.site}/en{room.booth}")

    press(page, page.locator(f"main a[href$='{room.booth}']"))
    expect(page.locator("h1")).to_have_text(QUESTION["kk"])
    press(page, page.locator("button[value=for]"))
    expect(page.locator(".govuk-panel__body")).to_have_text("I vote for")

    press(stale, stale.locator("button[value=against]"))
    expect(stale.locator("main")).to_contain_text(
        "Meanwhile your vote was recorded as “For”, in another window"
    )
    expect(stale.locator(".uq-vote__door--own")).to_have_attribute("value", "for")
    # The sentence was read, and the change is meant now.
    press(stale, stale.locator("button[value=against]"))
    expect(stale.locator(".govuk-panel__body")).to_have_text("I vote against")


def test_a_roll_call_that_breaks_goes_on_where_it_stood(room, open_page):
    address = f"{room.site}/ru/desk/sittings/{room.sitting}/items/{room.item}/roll-call"
    page = room.let_in(open_page(1280), "secretary")
    page.goto(address)
    called = []
    for choice in ("for", "against", "abstained"):
        called.append(page.locator("h2#member").inner_text())
        press(page, page.locator(f"button[name=choice][value={choice}]"))
        expect(page.locator("h2#member")).not_to_have_text(called[-1])
    turn = page.locator("h2#member").inner_text()
    assert turn not in called and len(set(called)) == 3
    step_to(page, page.locator("[name=reason]"))
    page.keyboard.type(REASON)
    context = page.context
    page.close()

    again = context.new_page()
    again.goto(address)
    expect(again.locator("h2#member")).to_have_text(turn)
    recorded = again.locator("aside li:has(a[href*='member='])")
    expect(recorded).to_have_count(3)
    for name in called:
        expect(recorded.filter(has_text=name)).to_have_count(1)
    assert wrong_on(again) == []
    press(again, again.locator("button[name=choice][value=for]"))
    expect(again.locator("h2#member")).not_to_have_text(turn)
    expect(recorded).to_have_count(4)


def test_everybody_reads_on_a_phone_who_voted_how(room, open_page):
    page = open_page(390, 844)
    for language in ("kk", "ru"):
        page.goto(f"{room.site}/{language}/sittings/{room.sitting}")
        read_the_votes(page, room)
        page.goto(f"{room.site}/{language}/rulings/{room.ruling}")
        read_the_votes(page, room)
        expect(page.locator("main")).to_contain_text(TEXTS[language])
        expect(page.locator("main")).to_contain_text(RECOMMENDATION[language])
        # The text has two languages, the page three.
        expect(page.locator(".uq-languages li")).to_have_count(3)


def read_the_votes(page: Page, room: Room) -> None:
    """Each name with the voice beside it, in letters of an ordinary size, and nothing beyond the edge."""
    table = page.locator("table").filter(has=page.locator("th[scope=row]")).first
    rows = table.locator("tbody tr").evaluate_all(
        """rows => rows.map(row => [
          row.cells[0].innerText.split("\\n")[0],
          row.cells[1].innerText.trim(),
          row.cells[1].getBoundingClientRect().right,
          parseFloat(getComputedStyle(row.cells[0]).fontSize),
        ])"""
    )
    assert sorted(name for name, *_ in rows) == sorted(room.names)
    for name, voice, right, letters in rows:
        assert voice and right <= 390 and letters >= LEAST_LETTERS, name
    assert wrong_on(page) == []
