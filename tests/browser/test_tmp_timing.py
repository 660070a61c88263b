"""For everybody: without JavaScript, by keyboard, on a phone, with a screen reader's rules."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app import clock
from app.comments.services import posting
from app.comments.services.posting import CommentWords
from app.db import transaction
from app.petitions.lifecycle import State
from tests import drafts, factories
from tests.browser.test_the_whole_road import sign_in, sign_in_as_staff
from tests.cast import Cast

PUBLIC = (
    "/",
    "/petitions",
    "/petitions?q=zzzz",
    "/petitions/archive",
    "/petitions/{published}",
    "/petitions/{published}/comments",
    "/comments/{comment}",
    "/petitions/{decided}",
    "/petitions/{answered}",
    "/drafts",
    "/drafts/exemptions",
    "/drafts/{discussed}",
    "/drafts/{discussed}/text?text=ru",
    "/drafts/{discussed}/clauses/clause-3",
    "/drafts/{discussed}/versions/2/changes?text=ru",
    "/drafts/{discussed}/table",
    "/drafts/{discussed}/comments",
    "/agencies",
    "/agencies/akimat-of-akmola-region",
    "/rejections",
    "/rules",
    "/rules/consultations",
    "/how-it-works",
    "/privacy",
    "/accessibility",
    "/open-data",
    "/sign-in",
    "/sign-in/staff",
    "/petitions/{published}/follow",
    "/nothing-here",
)
CITIZENS = (
    "/me",
    "/me/settings",
    "/threads/{thread}/comment",
    "/comments/{comment}/reply",
    "/petitions/{published}/sign",
    "/petitions/new",
    "/petitions/new/questions",
    "/petitions/{draft}/draft/addressee",
    "/petitions/{draft}/draft/title",
    "/petitions/{draft}/draft/demands",
    "/petitions/{draft}/draft/arguments",
    "/petitions/{draft}/draft/contact",
    "/petitions/{draft}/draft/check",
    "/petitions/{submitted}/progress",
    "/petitions/{rejected}/progress",
)
OFFICERS = ("/desk", "/desk/petitions/{under_review}", "/desk/petitions/{under_review}/decision")
MODERATORS = (
    "/desk",
    "/desk/checks/{submitted}",
    "/desk/petitions/{published}/signatures",
    "/desk/comments",
    "/desk/comments/{comment}/hide",
)
SERIOUS = ("serious", "critical")
AXE = Axe()


@pytest.fixture(scope="module")
def numbers(own_database) -> dict[str, int]:
    with transaction():
        cast = Cast()
        for name in ("marat", "gulnar", "yerlan"):
            getattr(cast, name)
        states = (
            State.PUBLISHED,
            State.DECIDED,
            State.ANSWERED,
            State.DRAFT,
            State.SUBMITTED,
            State.REJECTED,
            State.UNDER_REVIEW,
        )
        petitions = {state.value: factories.in_state(state, cast) for state in states}
        thread = petitions[State.PUBLISHED.value].thread
        words = CommentWords(text="Жол керек.", language="kk")
        comment = posting.post(thread, words=words, anchor=None, actor=cast.bolat.actor(), now=clock.now())
        discussed = drafts.opened(cast)
        drafts.comment(discussed, cast.aigul)
        drafts.comparative_row(discussed)
        drafts.second_version(discussed, cast)
        drafts.exempt(cast)
        drafts.counted()
        return {
            **{name: petition.number for name, petition in petitions.items()},
            "discussed": discussed.number,
            "thread": thread.id,
            "comment": comment.id,
        }


def look(page: Page, address: str) -> list[str]:
    """What is wrong with a page: serious axe violations, sideways scrolling."""
    import time
    t=time.time(); page.goto(address); g=time.time()-t; t=time.time(); page.evaluate(AXE.axe_script); i=time.time()-t; t=time.time()
    found = [
        f"{address}: {v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in AXE.run(page).response["violations"]
        if v["impact"] in SERIOUS
    ]
    print(f"{g:.2f} {i:.2f} {time.time()-t:.2f} {address[-50:]}")
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{address}: scrolls sideways")
    return found


# Each page at both widths; the languages take turns, so that each is seen at each width.
@pytest.mark.parametrize(
    ("width", "languages"), [(390, ("kk", "ru", "en")), (1280, ("ru", "en", "kk"))], ids=("phone", "desk")
)
def test_no_serious_violation_and_no_sideways_scrolling(site, numbers, open_page, width, languages):
    wrong: list[str] = []
    page = open_page(width)
    for i, path in enumerate(PUBLIC):
        wrong += look(page, f"{site}/{languages[i % 3]}{path.format(**numbers)}")
    sign_in(page, site, "kk", 1)
    for i, path in enumerate(CITIZENS):
        wrong += look(page, f"{site}/{languages[i % 3]}{path.format(**numbers)}")
    for person, paths in (("marat@example.kz", OFFICERS), ("yerlan@example.kz", MODERATORS)):
        staff = open_page(width)
        sign_in_as_staff(staff, site, person)
        for i, path in enumerate(paths):
            wrong += look(staff, f"{site}/{languages[i % 3]}{path.format(**numbers)}")
    assert wrong == []


def test_signing_works_without_javascript(site, numbers, open_page):
    page = open_page(390, 844, java_script_enabled=False)
    sign_in(page, site, "ru", 7)
    page.goto(f"{site}/ru/petitions/{numbers['published']}")
    page.locator("a[href$='/sign']").first.click()
    page.locator("form[action$='/signatures'] button[type=submit]").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("[name=region]").select_option("KZ-75")
    page.locator("form[action$='/signatures'] button[type=submit]").click()
    expect(page).to_have_url(f"{site}/ru/petitions/{numbers['published']}/signed")


def test_by_keyboard_alone(site, numbers, open_page):
    page = open_page(1280)
    page.goto(f"{site}/en/petitions/{numbers['published']}")
    page.keyboard.press("Tab")
    assert "main-content" in (page.evaluate("document.activeElement.getAttribute('href')") or "")
    page.keyboard.press("Enter")
    sign = page.locator("a[href$='/sign']").first
    sign.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/en/sign-in?next=/en/petitions/{numbers['published']}/sign")
    # An empty form: the summary takes the focus, and its first link leads to the field.
    page.locator("[name=iin]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "iin"


def test_a_public_page_weighs_little_and_asks_nobody_else(site, numbers, open_page):
    page = open_page(1280, 720)
    weight, foreign = [], []

    def weigh(response):
        if not response.url.startswith(site):
            foreign.append(response.url)
        elif not response.url.split("?")[0].endswith(".woff2"):
            weight.append(int(response.headers.get("content-length", 0)))

    page.on("response", weigh)
    page.goto(f"{site}/kk/petitions/{numbers['decided']}")
    page.wait_for_load_state("networkidle")
    assert foreign == []
    assert page.context.cookies() == [], "a reader gets no cookie"
    # The page itself is sent as it is here and gzipped by the proxy in front; text shrinks to about a fifth.
    assert sum(weight) < 160_000
