"""Staff come in with e-mail and password; guessing is slow and says nothing."""

import pytest
from flask.testing import FlaskClient

from app import clock
from app.access import CLOCK
from app.accounts.services import staff
from app.web.ratelimit import limiter
from tests.cast import PASSWORD
from tests.visiting import Answer, visit


@pytest.fixture(autouse=True)
def forget_tries(app):
    limiter.reset()
    yield
    limiter.reset()


def enter(client: FlaskClient, email: str, password: str = PASSWORD) -> Answer:
    return visit(client, "/en/sign-in/staff").submit("/sign-in/staff", email=email, password=password)


def test_a_moderator_comes_in_to_the_desk(client, cast):
    page = enter(client, cast.yerlan.email.upper())
    assert (page.status, page.path) == (303, "/en/desk")
    assert "To my desk" in visit(client, "/en/me").text


def test_every_way_of_being_wrong_is_answered_alike(client, cast):
    staff.dismiss(cast.saule, actor=CLOCK, now=clock.now())
    answers = [
        enter(client, cast.yerlan.email, "wrong"),
        enter(client, "nobody@example.kz"),
        enter(client, cast.saule.email),
        enter(client, "not an e-mail"),
    ]
    assert {page.status for page in answers} == {422}
    assert {tuple(page.errors) for page in answers} == {
        ("E-mail and password do not belong together. Check the e-mail and type the password again.",)
    }


def test_the_e_mail_is_kept_and_the_password_is_not(client, cast):
    page = enter(client, cast.yerlan.email, "wrong password here")
    assert page.document.xpath("//input[@name='email']/@value") == [cast.yerlan.email]
    assert "wrong password here" not in page.response.text


def test_a_citizen_has_no_password(client, cast):
    cast.aigul.email = "aigul@example.kz"
    assert enter(client, "aigul@example.kz", "").status == 422


def test_guessing_for_one_account_is_stopped_and_the_owner_comes_in_later(client, cast):
    owner, other = cast.yerlan.email, cast.saule.email
    # Invisible letters do not make another account of it.
    guesses = [enter(client, owner + "\u200b" * (n % 2), f"guess {n}").status for n in range(12)]
    assert guesses == [422] * 10 + [429] * 2
    assert enter(client, cast.yerlan.email).status == 429
    assert "Too many tries" in enter(client, cast.yerlan.email).heading
    assert enter(client, other).status == 303
    # The window is over.
    limiter.reset()
    assert enter(client, cast.yerlan.email).status == 303


def test_guessing_over_many_accounts_from_one_address_is_stopped(client, cast):
    token = visit(client, "/en/sign-in/staff").fields("/sign-in/staff")["csrf_token"]
    for n in range(60):
        data = {"csrf_token": token, "email": f"{n}@example.kz", "password": ""}
        assert client.post("/en/sign-in/staff", data=data).status_code == 422
    assert enter(client, cast.yerlan.email).status == 429


def test_coming_in_often_is_not_guessing(client, cast):
    for _ in range(12):
        assert enter(client, cast.yerlan.email).status == 303


def test_without_its_token_the_form_is_refused(client, cast):
    response = client.post("/en/sign-in/staff", data={"email": cast.yerlan.email, "password": PASSWORD})
    assert response.status_code == 400


def test_a_dismissed_member_of_staff_is_out_with_the_next_request(client, cast):
    enter(client, cast.yerlan.email)
    assert visit(client, "/en/me").status == 200
    staff.dismiss(cast.yerlan, actor=CLOCK, now=clock.now())
    assert visit(client, "/en/me").path.startswith("/en/sign-in")
