"""The secretary calls the roll: one press is one voice, and nothing is lost when the line breaks."""

import pytest

from app import clock
from app.db import db
from app.sittings import queries
from app.sittings.lifecycle import AttendanceKind, Choice
from app.sittings.models import Vote
from app.sittings.services import attending, voting
from tests import councils_cast, sittings_cast
from tests.cast import sign_in
from tests.page_client import PageClient


@pytest.fixture
def council(session):
    council = councils_cast.council()
    councils_cast.seated(council, n=6, civil=5)
    return council


@pytest.fixture
def sitting(council):
    return sittings_cast.in_session(council, present=5)


@pytest.fixture
def put(sitting):
    return sittings_cast.put_to_vote(sittings_cast.item_of(sitting))


@pytest.fixture
def pages(client, council):
    sign_in(client, councils_cast.secretary(council))
    return PageClient(client)


@pytest.fixture
def roll(sitting):
    item = sittings_cast.item_of(sitting)
    return f"/ru/desk/sittings/{sitting.number}/items/{item.id}/roll-call"


def _called(page):
    return " ".join(page.document.xpath("//h2[@id='member']")[0].text_content().split())


def _press(page, choice, **values):
    return page.submit(page.form("/roll-call"), choice=choice, **values)


def _voices():
    return {vote.member.name: vote.choice for vote in db.session.query(Vote)}


def test_each_press_is_saved_and_a_broken_line_loses_nothing(pages, put, roll):
    page = pages.get(roll)
    first = _called(page)
    assert "1" in page.text and "5" in page.text
    page = _press(page, "for", reason="Жоба пайдалы.")
    second = _called(page)
    assert second != first
    _press(page, "against")
    assert _voices() == {first: Choice.FOR, second: Choice.AGAINST}

    # The computer is restarted; the page is opened anew, with no memory of its own.
    page = pages.get(roll)
    third = _called(page)
    assert third not in (first, second)
    # Whoever is skipped is called again at the end.
    page = pages.get(page.document.xpath("//a[@accesskey='0']/@href")[0])
    fourth = _called(page)
    page = _press(page, "abstained")
    page = _press(page, "for")
    assert _called(page) == third
    page = _press(page, "for")
    assert not page.document.xpath("//h2[@id='member']")
    assert len(_voices()) == 5 and _voices()[fourth] is Choice.ABSTAINED


def test_the_order_is_that_of_the_alphabet_and_those_aside_or_absent_are_not_called(
    pages, put, roll, council, sitting
):
    seats = sittings_cast.seats(council)
    secretary = councils_cast.secretary(council).actor()
    voting.declare_conflict(put.item, seats[1], reason=sittings_cast.REASON, actor=secretary, now=clock.now())
    page = pages.get(roll)
    listed = [" ".join(one.text_content().split()) for one in page.document.xpath("//aside//li")]
    expected = sorted(one.name for one in [seats[0], *seats[2:5]])
    assert [next(name for name in expected if line.startswith(name)) for line in listed] == expected


def test_a_voice_that_was_given_elsewhere_stands(pages, put, roll, council):
    page = pages.get(roll)
    name = _called(page)
    member = next(one for one in sittings_cast.seats(council) if one.name == name)
    own = sittings_cast.account(member).actor()
    voting.cast(put, choice=Choice.AGAINST, seen=None, actor=own, now=clock.now())
    refused = _press(page, "for")
    assert refused.status == 409
    assert name in refused.text and _called(refused) != name
    assert _voices() == {name: Choice.AGAINST}
    # The same press once more from a second window is the same voice.
    twice = pages.get(roll)
    other = _called(twice)
    _press(twice, "for")
    _press(twice, "for")
    assert _voices()[other] is Choice.FOR and len(_voices()) == 2


def test_whoever_left_or_stepped_aside_is_not_recorded(pages, put, roll, council, sitting):
    secretary = councils_cast.secretary(council).actor()
    page = pages.get(roll)
    gone = next(one for one in sittings_cast.seats(council) if one.name == _called(page))
    attending.note(sitting, gone, AttendanceKind.LEFT, note=None, actor=secretary, now=clock.now())
    refused = _press(page, "for")
    assert refused.status == 409 and f"/desk/sittings/{sitting.number}/attendance" in refused.html
    page = pages.get(roll)
    aside = next(one for one in sittings_cast.seats(council) if one.name == _called(page))
    voting.declare_conflict(put.item, aside, reason=sittings_cast.REASON, actor=secretary, now=clock.now())
    assert _press(page, "for").status == 409
    assert _voices() == {}


def test_a_press_without_a_choice_or_after_the_closing_says_so(pages, put, roll, council):
    page = pages.get(roll)
    refused = page.submit(page.form("/roll-call"), reason="Ойланып тұр")
    assert refused.status == 422 and refused.errors and "Ойланып тұр" in refused.html
    assert _called(refused) == _called(page)
    sittings_cast.voted(put.item)
    late = _press(page, "against")
    assert late.status == 409 and Choice.AGAINST not in _voices().values()
    assert pages.get(roll).status == 200
    assert queries.open_voting(put.item) is None


def test_only_the_secretary_calls_the_roll(client, put, roll, council):
    for account in (councils_cast.chair(council), sittings_cast.account(sittings_cast.seats(council)[3])):
        sign_in(client, account)
        assert PageClient(client).get(roll, status=403)
