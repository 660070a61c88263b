"""One desk for everybody of the staff: each sees what is theirs, what is late first."""

from datetime import timedelta

import pytest

from app import clock
from app.access import Role
from app.petitions.models import CountProof
from tests import factories
from tests.cast import employee, other_body, sign_in
from tests.page_client import PageClient


@pytest.fixture
def reader(client):
    def as_(account):
        sign_in(client, account)
        return PageClient(client)

    return as_


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_empty_desk_says_what_will_stand_there(cast, reader, language):
    for account in (cast.yerlan, cast.marat, cast.asel):
        page = reader(account).get(f"/{language}/desk")
        assert page.document.xpath("//*[@class='uq-empty']")


def test_what_is_late_stands_first(cast, reader):
    now = clock.now()
    fresh = factories.submitted(cast, now=now)
    late = factories.submitted(cast, now=now - timedelta(days=60))
    page = reader(cast.yerlan).get("/en/desk")
    numbers = [
        cell.text_content() for cell in page.document.xpath("//tbody//*[contains(@class, 'uq-desk__number')]")
    ]
    assert [str(late.number) in numbers[0], str(fresh.number) in numbers[1]] == [True, True]
    assert "Overdue by" in page.text and "0 of 50" in page.text
    assert page.document.xpath("//a[@accesskey='1']/@href") == [f"/en/desk/checks/{late.number}"]


def test_a_checked_petition_leaves_the_queue(cast, reader):
    petition = factories.published(cast)
    assert str(petition.number) not in reader(cast.yerlan).get("/en/desk").text


def test_officers_see_what_their_own_body_owes(cast, reader):
    petition = factories.forwarded(cast)
    page = reader(cast.marat).get("/en/desk")
    assert f"/en/desk/petitions/{petition.number}" in page.document.xpath("//main//a/@href")
    assert "Register a petition" in page.text and "To check" not in page.text
    assert str(petition.number) not in reader(cast.timur).get("/en/desk").text


def test_decisions_and_letters_are_owed_by_their_last_day(cast, reader):
    letter, decision = factories.returned(cast), factories.registered(cast)
    page = reader(cast.gulnar).get("/en/desk")
    # 15 working days for a letter end before the 20 for a decision.
    owed = page.document.xpath("//section[@aria-labelledby='owed']//tbody/tr")
    assert [str(letter.number) in owed[0].text_content(), str(decision.number) in owed[1].text_content()] == [
        True,
        True,
    ]


def test_what_was_decided_is_listed_with_the_figures(cast, reader):
    petition = factories.decided(cast)
    page = reader(cast.marat).get("/en/desk")
    done = page.document.xpath("//section[@aria-labelledby='done']")[0].text_content()
    assert str(petition.number) in done and "answered on time" in done


def test_the_administrator_sees_how_the_machine_does(cast, reader, session):
    session.add(CountProof(at=clock.now(), log_index=1, petitions=1, drift=[{"petition": 1}]))
    page = reader(cast.asel).get("/en/desk")
    assert "facts on their way" in page.text and "mails to be sent" in page.text
    assert "disagrees with the count of 1 petition" in page.text
    assert "facts on their way" not in reader(cast.yerlan).get("/en/desk").text


def test_a_petition_is_found_by_its_number_with_what_may_be_done(cast, reader):
    petition = factories.published(cast)
    page = reader(cast.yerlan).get(f"/en/desk?number=№ {petition.number}")
    links = page.document.xpath("//main//a/@href")
    assert f"/en/desk/petitions/{petition.number}/signatures" in links
    assert f"/en/desk/petitions/{petition.number}/remove" not in links
    page = reader(cast.asel).get(f"/en/desk?number={petition.number}")
    assert f"/en/desk/petitions/{petition.number}/remove" in page.document.xpath("//main//a/@href")


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "'; drop table", "½"])
def test_a_number_that_is_none_is_said_to_be_unknown(cast, reader, number):
    assert "no petition of this number" in reader(cast.yerlan).get(f"/en/desk?number={number}").text


def test_drafts_and_foreign_checks_are_not_found(cast, reader):
    petition = factories.submitted(cast)
    assert "no petition of this number" in reader(cast.timur).get(f"/en/desk?number={petition.number}").text


def test_a_council_member_is_told_that_nothing_waits(cast, reader):
    member = employee("nurlan@example.kz", Role.COUNCIL_MEMBER, agency_id=other_body().id)
    assert "Nothing waits for you here" in reader(member).get("/en/desk").text


def test_citizens_and_visitors_have_no_desk(cast, client):
    assert client.get("/en/desk").location.startswith("/en/sign-in")
    sign_in(client, cast.bolat)
    assert client.get("/en/desk").status_code == 403
