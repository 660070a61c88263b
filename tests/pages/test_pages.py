"""The first page, and the pages that explain."""

from datetime import timedelta

import pytest

from app import clock
from app.consultations import lifecycle as draft_lifecycle
from app.petitions import labels
from app.petitions.actions import Action
from app.petitions.lifecycle import TRANSITIONS, Requirement, State
from app.petitions.models import AnswerKind, InvalidationReason, Outcome, Rating, StepState
from app.petitions.queries.listing import Facet, Order
from tests import factories
from tests.page_client import PageClient

EXPLAINING = ["how-it-works", "privacy", "accessibility", "open-data", "rules/thresholds"]


@pytest.fixture
def pages(client):
    return PageClient(client)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", EXPLAINING)
def test_pages_that_explain_are_the_same_for_everybody(pages, client, path, language):
    page = pages.get(f"/{language}/{path}")
    response = client.get(f"/{language}/{path}")
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"].startswith("public")
    assert page.document.get("lang") == language


def test_the_empty_first_page_invites(pages):
    page = pages.get("/en/")
    assert "No petition is open" in page.text
    assert "Nothing is decided yet" in page.text
    assert page.document.xpath("//form[@role='search']//input[@name='q']")


def test_the_first_page_shows_what_moves(pages, cast):
    factories.published(cast, title="Ашық өтініш")
    factories.published(cast, title="Соңғы күндер", now=clock.now() - timedelta(days=165))
    factories.decided(cast, title="Шешілген өтініш")
    page = pages.get("/en/")
    assert page.document.xpath("//section[@aria-labelledby='most-signed']//a[text()='Ашық өтініш']")
    assert page.document.xpath("//section[@aria-labelledby='closing-soon']//a[text()='Соңғы күндер']")
    assert not page.document.xpath("//section[@aria-labelledby='closing-soon']//a[text()='Ашық өтініш']")
    assert page.document.xpath("//section[@aria-labelledby='decided']//a[text()='Шешілген өтініш']")
    figures = [
        " ".join(dd.text_content().split()) for dd in page.document.xpath("//dd[@class='uq-stat__value']")
    ]
    assert figures == ["1", "0", "0", "0"]


def test_the_diagram_has_every_way_of_the_table_and_no_other(pages):
    page = pages.get("/en/how-it-works")
    for section, prefix, transitions in (
        ("states", "state-", TRANSITIONS),
        ("draft-states", "state-draft-", draft_lifecycle.TRANSITIONS),
    ):
        drawn = {
            (state.get("id").removeprefix(prefix), link.get("href").removeprefix(f"#{prefix}"))
            for state in page.document.xpath(
                f"//section[@aria-labelledby='{section}']//li[@class='uq-states__state']"
            )
            for link in state.xpath(".//a")
        }
        table = {
            (source.value, transition.target.value)
            for transition in transitions.values()
            if transition.target is not None
            for source in transition.sources
        }
        assert drawn == table


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (labels.STATES, State),
        (labels.STATES_EXPLAINED, State),
        (labels.DOERS, Action),
        (labels.REQUIREMENTS, Requirement),
        (labels.FACETS, Facet),
        (labels.ORDERS, Order),
        (labels.OUTCOMES, Outcome),
        (labels.ANSWER_KINDS, AnswerKind),
        (labels.RATINGS, Rating),
        (labels.INVALIDATION_REASONS, InvalidationReason),
        (labels.STEP_STATES, StepState),
    ],
)
def test_everything_has_a_word(words, kind):
    missing = set(kind) - set(words)
    # Nobody does these on a timeline; the letters of a draft are not announced.
    assert missing <= {Action.SIGN, Action.FOLLOW}, missing


def test_every_way_of_the_diagram_has_a_word_for_what_happened():
    assert not {action for action, row in TRANSITIONS.items() if row.target} - set(labels.EVENTS)


def test_a_region_has_three_thresholds_and_a_district_five(pages):
    region = pages.get("/en/rules/thresholds?unit=KZ-11")
    votes = [" ".join(td.text_content().split()) for td in region.document.xpath("//td[.//strong]")]
    assert votes == ["50,000", "7,880", "15,760"]
    option = region.document.xpath("//optgroup[1]/option[2]")[0].get("value")
    district = pages.get(f"/en/rules/thresholds?unit={option}")
    assert len(district.document.xpath("//tbody/tr")) == 5


@pytest.mark.parametrize("unit", ["", "nowhere", "KZ", "%00", "x" * 500])
def test_a_place_that_is_none_shows_the_question_again(pages, unit):
    assert "Region, district or town" in pages.get(f"/en/rules/thresholds?unit={unit}").text
