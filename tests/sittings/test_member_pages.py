"""The booth of a member: one question, three buttons, and a sentence for whatever stands in the way."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.access import CLOCK
from app.councils.services import seating
from app.sittings import queries
from app.sittings.lifecycle import Choice
from app.sittings.services import examining, voting
from tests import councils_cast, drafts, sittings_cast
from tests.cast import sign_in

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def post(client: Any, path: str, **data: str) -> Any:
    """Sends a form with the token that every page of somebody signed in carries."""
    found = TOKEN.search(client.get("/en/me").get_data(as_text=True))
    assert found is not None
    return client.post(path, data={"csrf_token": found[1], **data})


class World:
    """A sitting in session with an open vote, ten of fifteen in the room, and a member at their phone."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.council = councils_cast.council()
        councils_cast.seated(self.council)
        self.sitting = sittings_cast.in_session(self.council, present=11)
        self.item = sittings_cast.item_of(self.sitting)
        self.seats = sittings_cast.seats(self.council)
        self.secretary = councils_cast.secretary(self.council).actor()
        self.voting = sittings_cast.put_to_vote(self.item)
        self.booth = f"/en/sittings/{self.sitting.number}/items/{self.item.id}/vote"

    def enter(self, member: Any) -> str:
        sign_in(self.client, sittings_cast.account(member))
        return self.read(self.booth)

    def read(self, path: str) -> str:
        response = self.client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return str(response.get_data(as_text=True))

    def post(self, path: str, **data: str) -> Any:
        return post(self.client, path, **data)

    def press(self, choice: str, *, seen: str = "", reason: str = "") -> Any:
        return self.post(self.booth, choice=choice, seen=seen, reason=reason)

    def voice_of(self, member: Any) -> Any:
        return queries.vote_of(self.voting, member.id)


@pytest.fixture
def world(client: Any, cast: Any) -> World:
    return World(client)


def test_a_member_votes_changes_it_and_is_told(world: World) -> None:
    member = world.seats[4]
    page = world.enter(member)
    assert "You have not voted yet" in page
    assert page.count('name="choice"') == 3 and "I vote against" in page
    assert "Vote now" in world.read("/en/my/councils")
    answer = world.press("for", reason="Алаңдар қауіпсіз болады.")
    assert answer.status_code == 303
    page = world.read(answer.location)
    assert "Your vote is recorded" in page and "I vote for" in page and "Change my vote" in page
    assert "Your vote so far: For." in world.read(world.booth)
    assert world.press("against", seen="for").status_code == 303
    assert world.voice_of(member).choice is Choice.AGAINST


def test_the_voice_of_another_window_is_shown_and_stays(world: World) -> None:
    member = world.seats[4]
    world.enter(member)
    world.press("for")
    answer = world.press("against", seen="")
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "recorded as “For”" in page and 'name="seen" value="for"' in page
    assert world.voice_of(member).choice is Choice.FOR


def test_who_has_not_checked_in_finds_the_button(world: World) -> None:
    member = world.seats[13]
    assert "I take part remotely" in world.enter(member)
    assert "Check in first" in world.press("for").get_data(as_text=True)
    check_in = f"/en/sittings/{world.sitting.number}/check-in"
    answer = world.post(check_in, how="remote", item=str(world.item.id))
    assert answer.status_code == 303 and answer.location.endswith("/vote")
    assert 'name="choice"' in world.read(world.booth)
    assert world.press("for").status_code == 303
    assert world.voice_of(member).is_remote


def test_after_the_closing_a_voice_is_refused_and_dissent_offered(world: World) -> None:
    member = world.seats[4]
    world.enter(member)
    sittings_cast.voted(world.item, {member.id: Choice.AGAINST}, close=False)
    voting.close_vote(world.voting, actor=world.secretary, now=clock.now())
    answer = world.press("for", seen="against")
    assert answer.status_code == 409 and "The vote is closed" in answer.get_data(as_text=True)
    page = world.read(world.booth)
    address = f"/en/sittings/{world.sitting.number}/votings/{world.voting.id}/dissent"
    assert address in page
    text = {"text": "Мен мұнымен келіспеймін.", "language": "kk"}
    assert world.post(address, **text).status_code == 303
    assert "Мен мұнымен келіспеймін." in world.read(f"/en/sittings/{world.sitting.number}")
    world.enter(world.seats[5])
    assert world.post(address, **text).status_code == 409


def test_an_interest_of_their_own_takes_the_member_out(world: World) -> None:
    member = world.seats[4]
    world.enter(member)
    world.press("for")
    address = f"/en/sittings/{world.sitting.number}/items/{world.item.id}/conflict"
    assert world.post(address, reason="").status_code == 422
    assert world.post(address, reason="Туысым сонда істейді.").status_code == 303
    page = world.read(world.booth)
    assert "take no part in its votes" in page and 'name="choice"' not in page
    assert "take no part" in world.press("for").get_data(as_text=True)
    assert world.voice_of(member).voided_at is not None


def test_a_seat_that_ended_yesterday_is_said_with_its_day(world: World) -> None:
    member = world.seats[5]
    yesterday = clock.today() - timedelta(days=1)
    seating.remove(member, ground="own_wish", note="", on=yesterday, actor=CLOCK, now=clock.now())
    page = world.enter(member)
    assert "ended on" in page and 'name="choice"' not in page
    answer = world.press("for")
    assert answer.status_code == 409 and "ended on" in answer.get_data(as_text=True)


def test_whoever_has_no_seat_reads_a_sentence_and_votes_nowhere(world: World, cast: Any) -> None:
    sign_in(world.client, cast.bolat)
    assert "You have no seat in this council" in world.read(world.booth)
    assert world.press("for").status_code == 409
    assert world.client.get(world.booth.replace("/vote", "/conflict")).status_code == 403
    assert "You have no seat in a council" in world.read("/en/my/councils")


def test_an_absent_member_sends_an_opinion_and_a_present_one_does_not(world: World) -> None:
    address = f"/en/sittings/{world.sitting.number}/items/{world.item.id}/opinion"
    text = {"text": "Қолдаймын, бірақ келе алмаймын.", "language": "kk"}
    world.enter(world.seats[13])
    assert world.post(address, **text).status_code == 303
    world.enter(world.seats[4])
    answer = world.post(address, **text)
    assert answer.status_code == 409 and "you vote" in answer.get_data(as_text=True)


def test_nobody_checks_in_days_before(client: Any, cast: Any) -> None:
    council = councils_cast.council()
    councils_cast.seated(council)
    called = sittings_cast.called(council)
    member = sittings_cast.seats(council)[2]
    sign_in(client, sittings_cast.account(member))
    post(client, f"/en/sittings/{called.number}/check-in", how="room")
    assert queries.attendance_now(called) == {}
    assert "You can check in on the day" in client.get("/en/my/councils").get_data(as_text=True)


def test_the_rapporteur_sees_the_draft_with_its_days(client: Any, cast: Any) -> None:
    council = councils_cast.council()
    councils_cast.seated(council)
    draft = drafts.opened(cast)
    [examination] = examining.notify_concerned(draft, now=clock.now())
    member = sittings_cast.seats(council)[2]
    secretary = councils_cast.secretary(council).actor()
    examining.assign(examination, member, actor=secretary, now=clock.now())
    sign_in(client, sittings_cast.account(member))
    page = client.get("/en/my/councils").get_data(as_text=True)
    assert "You are the rapporteur" in page and draft.title in page and "Recommendations by" in page
