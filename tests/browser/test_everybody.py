"""For everybody: without JavaScript, by keyboard, on a phone, with a screen reader's rules."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app import clock
from app.access import CLOCK
from app.comments.services import posting
from app.comments.services.posting import CommentWords
from app.consultations.models import DraftAct
from app.councils.models import Origin
from app.councils.services import seating
from app.db import transaction
from app.petitions.lifecycle import State
from tests import drafts, factories
from tests.abuse.council_world import CouncilWorld
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
    "/rules/councils",
    "/how-it-works",
    "/privacy",
    "/accessibility",
    "/open-data",
    "/sign-in",
    "/sign-in/staff",
    "/petitions/{published}/follow",
    "/nothing-here",
)
OF_COUNCILS = (
    "/councils",
    "/councils/akmola-region",
    "/councils/akmola-region/members",
    "/councils/akmola-region/sittings",
    "/councils/akmola-region/figures",
    "/councils/akmola-region/follow",
    "/council-figures",
    "/competitions",
    "/competitions/{competition_announced}",
    "/competitions/{competition_approved}",
    "/calendar",
    "/sittings/{sitting_called}",
    "/sittings/{sitting_voting}",
    "/sittings/{sitting_over}",
    "/rulings",
    "/rulings/{ruling_published}",
    "/promises",
    "/promises/{promise_open}",
    "/promises/bodies/akimat-of-akmola-region",
    "/proposals",
    "/proposals/{proposal_open}",
    "/control",
    "/control/{act_announced}",
    "/control/{act_announced}/questions",
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
MEMBERS = (
    "/my/councils",
    "/my/proposals",
    "/sittings/{sitting_voting}/items/{voted_on}/vote",
    "/sittings/{sitting_called}/items/{called_on}/opinion",
    "/competitions/{competition_announced}/application",
    "/gatherings/{gathering}/register",
    "/proposals/new",
    "/proposals/new?title=Мектеп+жолы",
)
SECRETARIES = (
    "/desk/councils/akmola-region",
    "/desk/councils/akmola-region/seats",
    "/desk/councils/akmola-region/sittings/new",
    "/desk/sittings/{sitting_begun}",
    "/desk/sittings/{sitting_begun}/items/new?kind=draft",
    "/desk/sittings/{sitting_called}/attendance",
    "/desk/sittings/{sitting_voting}",
    "/desk/sittings/{sitting_voting}/items/{voted_on}/roll-call",
    "/desk/sittings/{sitting_running}/items/{ruled_on}/ruling",
    "/desk/sittings/{sitting_over}/minutes",
    "/desk/control/{act_begun}",
    "/desk/control/{act_held}/final",
    "/desk/proposals",
)
ANSWERING = (
    "/desk/recommendations",
    "/desk/recommendations/{list}",
    "/desk/recommendations/{list}/1",
    "/desk/promises/{promise_open}/put-off",
    "/desk/proposals/{proposal_to_the_body}",
    "/desk/competitions/{competition_closed}",
    "/desk/competitions/{competition_closed}/decision",
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
            **of_councils(cast, discussed),
            **{name: petition.number for name, petition in petitions.items()},
            "discussed": discussed.number,
            "thread": thread.id,
            "comment": comment.id,
        }


def of_councils(cast: Cast, draft: DraftAct) -> dict[str, int]:
    """What councils do, in every state, with Aigul among the members."""
    world = CouncilWorld(cast, draft)
    seating.seat(
        world.council,
        name=cast.aigul.name,
        origin=Origin.CIVIL_SOCIETY,
        ngo="«Жаңа көше» қоғамдық қоры",
        account_id=cast.aigul.id,
        starts_on=clock.today(),
        actor=CLOCK,
        now=clock.now(),
    )
    items = {
        "voted_on": ("sitting voting", 0),
        "called_on": ("sitting called", 0),
        "ruled_on": ("sitting running", 1),
    }
    return {
        **{name.replace(" ", "_"): world.number_of(name) for name in world.made},
        **{name: world.own[sitting]["item_id"][place] for name, (sitting, place) in items.items()},
        "gathering": world.things["gathering_id"][0],
        "list": world.things["list_id"][1],
    }


def look(page: Page, address: str, *, axe: bool = True) -> list[str]:
    """What is wrong with a page: an error, serious axe violations, sideways scrolling."""
    answer = page.goto(address)
    is_there = answer is not None and (answer.ok or address.endswith("/nothing-here"))
    found = [] if is_there else [f"{address}: does not open"]
    if axe:
        found += [
            f"{address}: {v['id']}: {v['nodes'][0]['html'][:160]}"
            for v in AXE.run(page).response["violations"]
            if v["impact"] in SERIOUS
        ]
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


# Each page is opened at both widths, and looked at by axe at one of them.
@pytest.mark.parametrize(
    ("width", "languages", "turn"),
    [(390, ("kk", "ru", "en"), 0), (1280, ("ru", "en", "kk"), 1)],
    ids=("phone", "desk"),
)
def test_nor_on_the_pages_of_councils(site, numbers, open_page, width, languages, turn):
    def walk(reader: Page, paths: list[str]) -> list[str]:
        return [
            said
            for i, path in enumerate(paths)
            for said in look(reader, f"{site}/{languages[i % 3]}{path.format(**numbers)}", axe=i % 2 == turn)
        ]

    page = open_page(width)
    wrong = walk(page, OF_COUNCILS)
    sign_in(page, site, "kk", 1)
    wrong += walk(page, MEMBERS)
    for person, paths in (
        ("secretary-akmola-region@example.kz", SECRETARIES),
        ("marat@example.kz", ANSWERING),
    ):
        staff = open_page(width)
        sign_in_as_staff(staff, site, person)
        wrong += walk(staff, paths)
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
