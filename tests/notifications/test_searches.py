"""Saved searches: asked for twice before the first letter, one digest per period, none without news."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from app import clock
from app.access import ANONYMOUS
from app.consultations.models import DraftAct
from app.db import db
from app.notifications.letters import Unwanted
from app.notifications.models import Delivery, Frequency, SavedSearch
from app.notifications.services import digests, following
from app.notifications.services.following import SearchDetails
from app.schedule import APPOINTMENTS, JOBS
from app.web.ratelimit import limiter
from tests import drafts
from tests.cast import MONDAY, Cast, addressee, other_body, sign_in
from tests.notifications.people import letters
from tests.notifications.test_following import post

DAY = timedelta(days=1)
# Three in the morning in UTC is eight in Kazakhstan.
EIGHT = MONDAY.replace(hour=3)
FRIDAY_BEFORE = EIGHT - 3 * DAY


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "enabled", False)


def search(email: str, *, confirmed: bool = True, at: datetime = FRIDAY_BEFORE, **wish: Any) -> SavedSearch:
    wish.setdefault("frequency", Frequency.DAILY)
    made = following.save_search(SearchDetails(email, "kk", **wish), actor=ANONYMOUS, now=at)
    if confirmed:
        following.confirm(made, now=at)
    db.session.flush()
    return made


def sent_to(at: datetime) -> dict[str, dict[str, Any]]:
    """Runs the digests of that moment; by the address, what the new letters tell of."""
    before = set(db.session.scalars(select(Delivery.id)))
    digests.send_digests(now=at)
    rows = db.session.scalars(select(Delivery).where(Delivery.id.not_in(before)))
    return {row.email: row.values for row in rows}


def draft(cast: Cast, at: datetime, **words: Any) -> DraftAct:
    made = drafts.opened(cast, now=at, **words)
    db.session.flush()
    return made


def test_the_digests_stand_in_the_schedule() -> None:
    assert "digests" in JOBS
    assert [a.cron for a in APPOINTMENTS if a.name == "digests"] == ["0 8 * * *"]


def test_each_search_is_told_of_what_it_asks_for(session: Any, cast: Cast) -> None:
    here = draft(cast, EIGHT - DAY)
    health = draft(cast, EIGHT - DAY, topic="health", region_code="KZ-75")
    search("all@example.kz")
    search("topic@example.kz", topic="health")
    search("region@example.kz", region="KZ-11")
    search("body@example.kz", agency_id=addressee().id, topic="housing")
    search("elsewhere@example.kz", agency_id=other_body().id)
    search("stage@example.kz", stage="consultative")
    for number, words in enumerate(("ойын алаңы", "игровых площадок", "балалар", "пчёлы")):
        search(f"words{number}@example.kz", words=words)
    search("asked@example.kz", confirmed=False)
    following.end(search("gone@example.kz"), now=EIGHT - DAY)
    both, first = {here.id, health.id}, {here.id}
    told = {email: set(values["new"]) for email, values in sent_to(EIGHT).items()}
    assert told == {
        "all@example.kz": both,
        "topic@example.kz": {health.id},
        "region@example.kz": first,
        "body@example.kz": first,
        "words0@example.kz": both,
        "words1@example.kz": both,
        "words2@example.kz": both,
    }
    assert sent_to(EIGHT + timedelta(minutes=1)) == {}
    assert sent_to(EIGHT + DAY) == {}


def test_the_letter_names_the_drafts_and_the_way_to_stop(session: Any, cast: Cast) -> None:
    made = draft(cast, EIGHT - DAY)
    found = search("reader@example.kz", topic="housing", words="алаң")
    sent_to(EIGHT)
    (messages,) = letters(f"search:{found.id}:{clock.today(EIGHT)}").values()
    kazakh, _, english = messages
    assert english.subject == "1 draft act for your search"
    assert made.titles["kk"] in kazakh.text and f"/kk/drafts/{made.number}" in kazakh.text
    assert "topic=housing" in kazakh.text and "q=" in kazakh.text
    assert kazakh.headers["List-Unsubscribe"] == f"<http://localhost/kk/unsubscribe/{found.token}>"
    following.end(found, now=EIGHT)
    with pytest.raises(Unwanted):
        letters(f"search:{found.id}:{clock.today(EIGHT)}")


def test_weekly_letters_come_on_mondays_and_are_made_up_for(session: Any, cast: Cast) -> None:
    made = draft(cast, EIGHT - 2 * DAY)
    search("weekly@example.kz", frequency=Frequency.WEEKLY)
    search("late@example.kz", frequency=Frequency.WEEKLY, at=EIGHT + timedelta(hours=1))
    assert sent_to(EIGHT - DAY) == {}
    # Nothing ran on Monday.
    assert {email: v["new"] for email, v in sent_to(EIGHT + DAY).items()} == {"weekly@example.kz": [made.id]}
    newer = draft(cast, EIGHT + 2 * DAY)
    assert sent_to(EIGHT + 3 * DAY) == {}
    told = {email: {*v["new"], *v["closing"]} for email, v in sent_to(EIGHT + 7 * DAY).items()}
    assert set(told) == {"weekly@example.kz", "late@example.kz"}
    assert all(newer.id in found for found in told.values())


def test_a_closing_day_is_told_once_and_three_working_days_before(session: Any, cast: Cast) -> None:
    made = draft(cast, EIGHT - 20 * DAY)
    made.closes_on = clock.today(EIGHT + 9 * DAY)  # a Wednesday
    session.flush()
    search("daily@example.kz", at=EIGHT - 9 * DAY)
    told = {}
    for days in range(-5, 10):
        if found := sent_to(EIGHT + days * DAY):
            told[days] = found["daily@example.kz"]["closing"]
    # The Friday before: Monday, Tuesday and Wednesday are left.
    assert told == {4: [made.id]}
    # Whoever comes later is told at once, and with the first letter.
    search("late@example.kz", at=EIGHT + 7 * DAY)
    assert sent_to(EIGHT + 8 * DAY)["late@example.kz"]["closing"] == [made.id]


def test_a_long_list_is_cut_and_counted(session: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "MOST_LISTED", 1)
    made = [draft(cast, EIGHT - DAY) for _ in range(2)]
    found = search("reader@example.kz")
    values = sent_to(EIGHT)["reader@example.kz"]
    assert len(values["new"]) == 1 and values["more"] == 1
    (messages,) = letters(f"search:{found.id}:{clock.today(EIGHT)}").values()
    assert "And 1 more." in messages[2].text and messages[2].subject.startswith("2 draft acts")
    for one in made:
        one.withdrawal_reason = "Жоба қайта қарауға жіберілді."
        one.state = type(one.state).WITHDRAWN
    session.flush()
    with pytest.raises(Unwanted):
        letters(f"search:{found.id}:{clock.today(EIGHT)}")


def test_many_searches_for_one_thing_are_one_look(session: Any, cast: Cast) -> None:
    draft(cast, EIGHT - DAY)
    for number in range(30):
        search(f"reader{number}@example.kz", topic="housing")
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert digests.send_digests(now=EIGHT) == 30
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len([s for s in seen if "draft_act" in s]) == 1
    assert len([s for s in seen if s.startswith("INSERT INTO delivery")]) == 1


def test_who_stopped_and_comes_back_is_not_told_of_the_time_between(session: Any, cast: Cast) -> None:
    found = search("reader@example.kz")
    following.end(found, now=EIGHT - 2 * DAY)
    draft(cast, EIGHT - 2 * DAY)
    following.confirm(found, now=EIGHT - DAY)
    assert sent_to(EIGHT) == {}


def test_saving_a_search_takes_over_the_list_s_wishes_and_asks_by_mail(
    client: FlaskClient, session: Any, cast: Cast
) -> None:
    address = f"/ru/drafts/searches/new?q=алаң&topic=housing&region=KZ-11&body={addressee().slug}&days=7"
    page = client.get(address)
    for chosen in ("housing", "KZ-11", addressee().slug):
        assert re.search(rf'<option value="{chosen}" selected', page.text), chosen
    assert 'value="алаң"' in page.text
    wish = {"words": "алаң", "topic": "housing", "region": "KZ-11", "body": addressee().slug, "stage": ""}
    details = {**wish, "email": "reader@example.kz", "language": "ru", "frequency": "weekly"}
    answers = [post(client, address, **details) for _ in range(2)]
    assert {a.status_code for a in answers} == {303} and len({a.location for a in answers}) == 1
    assert "reader@example.kz" not in client.get(answers[0].location).text
    (saved,) = session.scalars(select(SavedSearch))
    assert (saved.words, saved.topic, saved.region, saved.frequency) == ("алаң", "housing", "KZ-11", "weekly")
    assert saved.agency_id == addressee().id and saved.confirmed_at is None and len(saved.token) >= 43
    (row,) = session.scalars(select(Delivery))
    (messages,) = letters(row.fact_key).values()
    assert f"/ru/follow/{saved.token}" in messages[1].text
    page = client.get(f"/ru/follow/{saved.token}").text
    assert "topic=housing" in page and saved.confirmed_at is None
    assert post(client, f"/ru/follow/{saved.token}").status_code == 303
    assert saved.confirmed_at is not None
    assert client.post(f"/ru/unsubscribe/{saved.token}").status_code == 200
    assert saved.ended_at is not None


@pytest.mark.parametrize(
    "wrong", [{"email": "nobody"}, {"topic": "no such"}, {"words": "a" * 201}, {"frequency": "hourly"}]
)
def test_what_is_no_search_is_refused_and_kept(
    client: FlaskClient, session: Any, wrong: dict[str, str]
) -> None:
    details = {"words": "жол", "email": "r@example.kz", "language": "ru", "frequency": "daily", "stage": ""}
    details |= {"topic": "", "region": "", "body": ""}
    answer = post(client, "/en/drafts/searches/new", **{**details, **wrong})
    assert answer.status_code == 422 and "There is a problem" in answer.text
    assert session.scalar(select(func.count()).select_from(SavedSearch)) == 0


def test_the_signed_in_see_their_searches_and_nobody_else_s(
    client: FlaskClient, session: Any, cast: Cast
) -> None:
    assert client.get("/ru/drafts/searches").status_code == 303
    own = search("own@example.kz", topic="housing")
    own.account_id = cast.aigul.id
    search("other@example.kz", topic="health")
    sign_in(client, cast.aigul)
    page = client.get("/ru/drafts/searches").text
    assert "own@example.kz" in page and f"/ru/unsubscribe/{own.token}" in page
    assert "other@example.kz" not in page
    assert 'href="/ru/drafts/searches"' in client.get("/ru/me/settings").text
