"""Citizens come in through the trial provider, and go out for good."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from app import clock, create_app
from app.accounts.models import Account, SignIn
from app.accounts.services import signing_in
from app.db import db
from app.web.guards import own_path
from tests.cast import MONDAY, citizen, iin, sign_in
from tests.conftest import settings_for
from tests.visiting import visit

AIGUL = {"iin": iin(1), "given_name": "Айгүл", "family_name": "Сейітова"}


def enter(client, next_=None, **fields):
    path = "/en/sign-in" + (f"?next={next_}" if next_ else "")
    return visit(client, path).submit("/sign-in", **{**AIGUL, **fields})


def test_a_citizen_comes_in_and_is_known_again_the_next_time(client):
    page = enter(client)
    assert (page.status, page.path) == (303, "/en/me")
    assert "Айгүл Сейітова" in page.follow().text
    client.delete_cookie("unqos")
    enter(client, family_name="Омарова")
    accounts = db.session.scalars(sa.select(Account).where(Account.person_tag.is_not(None))).all()
    assert [account.name for account in accounts] == ["Айгүл Омарова"]


def test_the_page_says_that_it_is_a_trial(client):
    assert "A trial way of signing in" in visit(client, "/en/sign-in").text


def test_the_iin_is_stored_nowhere(client):
    enter(client)
    everything = db.session.execute(sa.text("SELECT account::text || sign_in::text FROM account, sign_in"))
    assert all(AIGUL["iin"] not in row for (row,) in everything)


ARABIC_INDIC = "".join(chr(0x660 + int(digit)) for digit in iin(1))
FULL_WIDTH = "".join(chr(0xFF10 + int(digit)) for digit in iin(1))
LAST = iin(1)[-1]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type your IIN."),
        (iin(1)[:11], "12 digits"),
        (iin(1) + "0", "12 digits"),
        (ARABIC_INDIC, "12 digits"),
        (FULL_WIDTH, "12 digits"),
        ("90051540000A", "12 digits"),
        ("1" * 1_000_000, "12 digits"),
        ("901315400015", "date of birth"),
        ("900230400015", "date of birth"),
        ("900515900015", "date of birth"),
        (iin(1)[:11] + str((int(LAST) + 1) % 10), "last digit"),
    ],
)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_wrong_iin_is_explained_at_the_field_and_the_rest_is_kept(client, typed, says, language):
    page = visit(client, f"/{language}/sign-in").submit("/sign-in", **{**AIGUL, "iin": typed})
    assert page.status == 422
    assert page.document.xpath("//p[@id='iin-error']")
    assert page.document.xpath("//input[@name='family_name']/@value") == ["Сейітова"]
    assert len(page.errors) == 1
    if language == "en":
        assert says in page.errors[0]
    assert not db.session.scalar(sa.select(sa.func.count(SignIn.id)))


def test_spaces_in_an_iin_are_forgiven(client):
    assert enter(client, iin=f" {iin(1)[:6]} {iin(1)[6:]} ").status == 303


@pytest.mark.parametrize("name", ["", "   ", "123", "А" * 101, "\u202e"])
def test_a_wrong_name_is_explained_at_the_field(client, name):
    page = enter(client, given_name=name)
    assert page.status == 422
    assert "given name" in page.errors[0]


def test_markup_in_a_name_stays_text(client):
    page = enter(client, given_name="<script>alert(1)</script>").follow()
    assert "<script>alert" not in page.response.text
    assert "<script>alert(1)</script>" in page.text


def test_a_form_without_its_token_is_refused(client):
    response = client.post("/en/sign-in", data=AIGUL)
    assert response.status_code == 400
    assert not db.session.scalar(sa.select(sa.func.count(SignIn.id)))


def test_a_planted_session_does_not_survive_signing_in(client, app):
    with client.session_transaction() as planted:
        planted["planted"] = "by somebody else"
    before = client.get_cookie("unqos").value
    enter(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
    thief = app.test_client()
    thief.set_cookie("unqos", before)
    assert visit(thief, "/en/me").path.startswith("/en/sign-in")


def test_signing_in_again_ends_the_session_before(client, app):
    enter(client)
    copied = client.get_cookie("unqos").value
    visit(client, "/en/sign-in/staff")
    client.get("/en/me")
    with client.session_transaction() as cookie:
        first = cookie["_user_id"]
    page = visit(client, "/en/sign-in/staff")
    client.post("/en/sign-in", data={**AIGUL, "csrf_token": page.fields("/sign-in/staff")["csrf_token"]})
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != first
    thief = app.test_client()
    thief.set_cookie("unqos", copied)
    assert visit(thief, "/en/me").path.startswith("/en/sign-in")


def test_a_copied_cookie_is_worthless_after_signing_out(client, app):
    enter(client)
    copied = client.get_cookie("unqos").value
    page = visit(client, "/en/me").submit("/sign-out")
    assert page.status == 303
    thief = app.test_client()
    thief.set_cookie("unqos", copied)
    assert visit(thief, "/en/me").path.startswith("/en/sign-in")


def test_nobody_is_signed_out_by_a_link(client):
    enter(client)
    assert client.get("/en/sign-out").status_code == 405
    assert visit(client, "/en/me").status == 200


def test_signing_out_on_every_device(client, app, cast):
    other = app.test_client()
    sign_in(client, cast.aigul)
    sign_in(other, cast.aigul)
    stranger = app.test_client()
    sign_in(stranger, cast.bolat)
    assert visit(client, "/en/me/settings").submit("/sign-out/everywhere").status == 303
    assert visit(other, "/en/me").status == 303
    assert visit(stranger, "/en/me").status == 200


def test_who_was_away_for_too_long_signs_in_again(client, app, cast):
    idle = timedelta(minutes=app.config["SESSION_IDLE_MINUTES"])
    with time_machine.travel(MONDAY, tick=False) as travel:
        sign_in(client, cast.aigul)
        travel.shift(idle - timedelta(minutes=1))
        assert visit(client, "/en/me").status == 200
        travel.shift(idle - timedelta(minutes=1))
        assert visit(client, "/en/me").status == 200
        travel.shift(idle + timedelta(minutes=2))
        assert visit(client, "/en/me").path.startswith("/en/sign-in")


def test_a_session_has_an_end_even_for_the_busy(client, app, cast):
    with time_machine.travel(MONDAY, tick=False) as travel:
        sign_in(client, cast.aigul)
        for _ in range(app.config["SESSION_HOURS"]):
            travel.shift(timedelta(minutes=59))
            assert visit(client, "/en/me").status == 200
        travel.shift(timedelta(hours=1))
        assert visit(client, "/en/me").path.startswith("/en/sign-in")


NEXT = [
    ("/en/petitions/1001/sign", "/en/petitions/1001/sign"),
    ("/en/petitions?state=open", "/en/petitions?state=open"),
    ("https://evil.example/", None),
    ("//evil.example/", None),
    ("///evil.example/", None),
    ("/\\evil.example/", None),
    ("\\\\evil.example/", None),
    ("/%5cevil.example/", None),
    ("/%2f%2fevil.example/", None),
    ("/\t/evil.example/", None),
    ("/\r\nLocation: //evil.example/", None),
    ("javascript:alert(1)", None),
    ("evil.example", None),
    ("", None),
]


@pytest.mark.parametrize(("target", "lands"), NEXT)
def test_nobody_is_sent_elsewhere_after_signing_in(client, target, lands):
    assert own_path(target) == lands
    page = visit(client, "/en/sign-in").submit("/sign-in", **AIGUL, next=target)
    assert page.path == (lands or "/en/me")
    client.delete_cookie("unqos")


@pytest.mark.parametrize(("target", "lands"), NEXT)
def test_nobody_who_is_in_already_is_sent_elsewhere(client, cast, target, lands):
    sign_in(client, cast.aigul)
    response = client.get("/en/sign-in", query_string={"next": target})
    assert response.headers["Location"] == (lands or "/en/me")


def test_the_page_that_was_asked_for_comes_after_signing_in(client):
    page = visit(client, "/en/me/settings")
    assert page.path == "/en/sign-in?next=/en/me/settings"
    assert page.follow().submit("/sign-in", **AIGUL).path == "/en/me/settings"


def test_a_closed_account_does_not_open(client, cast):
    cast.aigul.disabled_at = clock.now()
    page = enter(client)
    assert page.status == 422
    assert "closed" in page.errors[0]


def test_two_first_sign_ins_at_once_make_one_account(session):
    first, second = citizen(7), citizen(7)
    assert first.id == second.id


def test_where_no_provider_is_set_up_nobody_comes_in(template, postgres, valkey, tmp_path):
    settings = settings_for(
        postgres.url(template),
        valkey.url,
        tmp_path,
        UNQOS_ENVIRONMENT="production",
        UNQOS_PUBLIC_URL="http://localhost",
        UNQOS_TRUSTED_HOSTS="localhost",
    )
    app = create_app(settings)
    client = app.test_client()
    page = visit(client, "/en/sign-in")
    assert page.status == 200
    assert "No identity provider is set up" in page.text
    token = visit(client, "/en/sign-in/staff").fields("/sign-in/staff")["csrf_token"]
    assert client.post("/en/sign-in", data={**AIGUL, "csrf_token": token}).status_code == 403
    with app.app_context():
        assert not db.session.scalar(sa.select(sa.func.count(SignIn.id)))
        db.session.remove()
        db.engine.dispose()


def test_leaving_twice_is_as_leaving_once(session):
    signing_in.leave("no such token", now=MONDAY)
