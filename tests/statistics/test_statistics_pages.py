"""How bodies answer: the table, one body's page, the register of rejections."""

from datetime import timedelta

import pytest

from app import clock
from app.duties.queries import AgencyFigures
from app.statistics import queries
from app.statistics.queries import TableOrder, TableWish
from tests import factories
from tests.cast import ADDRESSEE, addressee
from tests.page_client import PageClient


@pytest.fixture
def pages(client):
    return PageClient(client)


def row_of(page, name):
    rows = page.document.xpath("//table//tr[.//th[@scope='row']]")
    row = next(row for row in rows if name in row.text_content())
    return [" ".join(cell.text_content().split()).split()[-1] for cell in row.xpath("./td")]


def test_an_empty_table_says_what_will_stand_there(pages):
    page = pages.get("/en/agencies")
    assert "No answer was owed yet" in page.text
    assert "What these figures do not show" in page.text


def test_on_time_late_and_unanswered_are_told_apart(pages, cast):
    now = clock.now()
    factories.decided(cast)
    factories.registered(cast)
    factories.registered(cast, now=now - timedelta(days=90))
    page = pages.get("/en/agencies")
    assert row_of(page, addressee().name_en) == ["1", "0", "2", "1"]


def test_registering_is_not_counted_as_answering(cast):
    factories.forwarded(cast)
    assert queries.figures_of(addressee(), today=clock.today()).total == 0


def test_the_table_narrows_by_level_and_region(pages, cast):
    factories.registered(cast)
    assert addressee().name_en in pages.get("/en/agencies?level=regional_akimat&region=KZ-11").text
    other = pages.get("/en/agencies?level=central_body")
    assert addressee().name_en not in other.text
    assert "No petition has reached them yet" in other.text


def test_the_most_overdue_stands_first_unless_asked_otherwise(cast):
    now = clock.now()
    factories.registered(cast, now=now - timedelta(days=90))
    factories.returned(cast, addressee="ministry-of-justice")
    table = queries.table(TableWish(), today=clock.today())
    assert [row.figures.overdue for row in table.rows] == [1, 0]
    by_name = queries.table(TableWish(order=TableOrder.NAME), today=clock.today())
    assert [row.agency.name for row in by_name.rows] == sorted(row.agency.name for row in by_name.rows)
    assert table.total == AgencyFigures(0, on_time=0, late=0, unanswered=2, overdue=1)


@pytest.mark.parametrize("query", ["level=nonsense", "region=KZ-99", "order=sideways", "level=%00"])
def test_a_misspelt_wish_is_left_out(pages, query):
    pages.get(f"/en/agencies?{query}")


def test_a_body_shows_what_it_owes_and_what_it_answered(pages, cast):
    owed, answered = factories.registered(cast), factories.decided(cast)
    for language in ("kk", "ru", "en"):
        page = pages.get(f"/{language}/agencies/{ADDRESSEE}")
        assert page.document.xpath(
            f"//section[@aria-labelledby='owed']//a[@href='/{language}/petitions/{owed.number}']"
        )
        assert page.document.xpath(
            f"//section[@aria-labelledby='answered']//a[@href='/{language}/petitions/{answered.number}']"
        )


def test_a_body_says_how_many_signatures_it_takes(pages):
    page = pages.get(f"/en/agencies/{ADDRESSEE}")
    assert "7,880 signatures" in page.text
    assert "1 % of 787,971 residents on January 1, 2023, rounded up." in page.text


@pytest.mark.parametrize("slug", ["nobody", "%00", "a" * 500])
def test_a_body_that_nobody_knows_is_not_found(client, slug):
    assert client.get(f"/en/agencies/{slug}").status_code == 404


def test_a_rejection_leaves_a_stub_without_text_and_author(pages, cast):
    petition = factories.rejected(cast, title="Ашық хат")
    page = pages.get("/en/rejections")
    assert str(petition.number) in page.text
    assert "Item 9 of the list" in page.text
    assert "art. 90-2(3)9" in page.text
    assert addressee().name_en in page.text
    for hidden in ("Ашық хат", petition.demands[0].text, factories.REASON, "Айгүл"):
        assert hidden not in page.html


def test_the_register_is_turned_page_by_page(pages, cast, monkeypatch):
    monkeypatch.setattr("app.petitions.queries.listing.rejected.__kwdefaults__", {"size": 1}, raising=False)
    numbers = [factories.rejected(cast).number for _ in range(2)]
    page = pages.get("/en/rejections")
    assert str(numbers[1]) in page.text and str(numbers[0]) not in page.text
    assert str(numbers[0]) in pages.get(page.link("Older")).text


def test_an_empty_register_says_what_will_stand_there(pages):
    assert "Nothing was rejected" in pages.get("/en/rejections").text
