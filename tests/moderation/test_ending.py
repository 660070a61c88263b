"""Closing and removing: both say first what will happen, and keep what was typed."""

from app.petitions import queries
from app.petitions.lifecycle import State
from tests import factories
from tests.cast import sign_in
from tests.page_client import PageClient

NOTE = "Автордың өтініші бойынша жабылды: мәселе жергілікті деңгейде шешілді."


def test_a_moderator_closes_with_a_note_for_everybody(cast, client):
    petition = factories.published(cast)
    sign_in(client, cast.yerlan)
    page = PageClient(client).get(f"/en/desk/petitions/{petition.number}/close")
    assert "What will happen" in page.text
    page = page.submit(page.form("/close"), note="Қысқа")
    assert page.status == 422 and "at least 20 characters" in page.errors[0]
    assert page.document.xpath("//textarea")[0].text_content().strip() == "Қысқа"
    page = page.submit(page.form("/close"), note=NOTE)
    assert page.path == "/en/desk" and "is closed" in page.text
    petition = queries.by_number(petition.number)
    assert (petition.state, petition.closing_note) == (State.CLOSED, NOTE)


def test_only_an_administrator_removes(cast, client):
    petition = factories.decided(cast)
    address = f"/en/desk/petitions/{petition.number}/remove"
    sign_in(client, cast.yerlan)
    assert client.get(address).status_code == 403
    sign_in(client, cast.asel)
    page = PageClient(client).get(address)
    page = page.submit(page.form("/remove"), note="Астана қаласы сотының 2026 жылғы 3 наурыздағы шешімі.")
    assert "is removed from free access" in page.text
    assert queries.by_number(petition.number).state is State.REMOVED
    assert client.get(address).status_code == 409


def test_a_petition_at_its_addressee_is_not_closed(cast, client):
    petition = factories.registered(cast)
    sign_in(client, cast.yerlan)
    assert client.get(f"/en/desk/petitions/{petition.number}/close").status_code == 409
