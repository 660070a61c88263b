"""What people change about themselves, and what they take home."""

import pytest

from tests import factories
from tests.cast import sign_in
from tests.visiting import visit

SETTINGS = "/en/me/settings"


def test_a_citizen_keeps_an_address_a_region_and_a_language(client, cast):
    sign_in(client, cast.aigul)
    page = visit(client, SETTINGS).submit(email="aigul@example.kz", region="KZ-71", language="ru")
    assert page.status == 303
    assert "Your settings are saved." in page.follow().text
    assert (cast.aigul.email, cast.aigul.region_code, cast.aigul.language) == (
        "aigul@example.kz",
        "KZ-71",
        "ru",
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "a" * 300 + "@example.kz"}, "email"),
        ({"region": "KZ-00"}, "region"),
        ({"language": "de"}, "language"),
    ],
)
def test_a_wrong_value_is_explained_at_the_field(client, cast, wrong, field):
    sign_in(client, cast.aigul)
    typed = {"email": "aigul@example.kz", "region": "KZ-71", "language": "ru"}
    page = visit(client, SETTINGS).submit(**{**typed, **wrong})
    assert page.status == 422
    assert page.document.xpath(f"//p[@id='{field}-error']")
    assert cast.aigul.region_code is None


def test_nothing_is_a_fine_address(client, cast):
    cast.aigul.email, cast.aigul.region_code = "aigul@example.kz", "KZ-71"
    sign_in(client, cast.aigul)
    assert visit(client, SETTINGS).submit(email="", region="").status == 303
    assert (cast.aigul.email, cast.aigul.region_code) == (None, None)


def test_staff_change_their_language_only(client, cast):
    sign_in(client, cast.yerlan)
    page = visit(client, SETTINGS).submit(language="kk", email="thief@example.kz", region="KZ-71")
    assert page.status == 303
    assert (cast.yerlan.language, cast.yerlan.email, cast.yerlan.region_code) == (
        "kk",
        "yerlan@example.kz",
        None,
    )


def test_everybody_takes_home_what_is_theirs_and_nothing_else(client, cast):
    petition = factories.published(cast)
    sign_in(client, cast.bolat)
    visit(client, f"/en/petitions/{petition.number}/sign").submit("/signatures", region="KZ-71")
    response = client.get("/en/me/data")
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.json["account"]["given_name"] == "Болат"
    assert response.json["petitions"] == []
    assert [signature["petition"] for signature in response.json["signatures"]] == [petition.number]
    sign_in(client, cast.aigul)
    data = client.get("/en/me/data").json
    assert [own["number"] for own in data["petitions"]] == [petition.number]
    assert data["signatures"] == []
