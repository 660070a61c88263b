"""What everybody reads of councils at work: before a sitting, during it, after it."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.sittings import jobs
from app.sittings.events import MinutesAsked
from app.sittings.lifecycle import AttendanceKind, Choice
from app.sittings.services import attending, calling, examining, minutes, voting
from tests import councils_cast, drafts, factories, sittings_cast
from tests.sittings.test_papers import DISSENT, OPINION, sitting  # noqa: F401  the sitting with one of everything


@pytest.fixture
def council(cast: Any) -> Any:
    found = councils_cast.council()
    councils_cast.seated(found)
    return found


def read(client: Any, path: str) -> str:
    response = client.get(f"/en{path}")
    assert response.status_code == 200, (path, response.status_code)
    return str(response.get_data(as_text=True))


def test_before_the_sitting_everybody_reads_the_agenda(client: Any, council: Any) -> None:
    now = clock.now()
    hidden = sittings_cast.agenda(council, now=now)
    called = sittings_cast.called(council, starts_at=now + timedelta(days=1), now=now)
    assert client.get(f"/en/sittings/{hidden.number}").status_code == 404
    page = read(client, f"/sittings/{called.number}")
    for text in (called.gathering.place, "Register to come", called.items[0].title, "own calendar"):
        assert text in page, text
    assert "later than it should be" in page
    assert f"/sittings/{called.number}" in read(client, f"/councils/{council.slug}/sittings")
    secretary = councils_cast.secretary(council).actor()
    calling.cancel(called, reason="Ғимаратта жылу жоқ, отырыс өтпейді.", actor=secretary, now=now)
    assert "Ғимаратта жылу жоқ" in read(client, f"/sittings/{called.number}")


def test_while_a_vote_runs_nobody_reads_who_voted_how(client: Any, council: Any) -> None:
    session = sittings_cast.in_session(council, present=12, remote=2)
    item = sittings_cast.item_of(session)
    against = sittings_cast.seats(council)[3]
    vote = sittings_cast.voted(item, {against.id: Choice.AGAINST}, close=False)
    page = read(client, f"/sittings/{session.number}")
    assert "In session now" in page and "12 members have voted so far" in page
    assert "Who voted how</summary>" not in page
    voting.close_vote(vote, actor=councils_cast.secretary(council).actor(), now=clock.now())
    page = read(client, f"/sittings/{session.number}")
    assert "Who voted how</summary>" in page and "For 11, against 1, abstained 0." in page
    assert "Took part remotely." in page


def test_after_it_votes_dissents_minutes_and_files(client: Any, sitting: Any) -> None:  # noqa: F811
    page = read(client, f"/sittings/{sitting.number}")
    for text in (
        DISSENT,
        OPINION,
        "Corrected; the roll call said",
        "was absent",
        "Кандидат келмеді.",
        "Stood aside",
    ):
        assert text in page, text
    assert client.get(f"/en/sittings/{sitting.number}/minutes").status_code == 404
    secretary = councils_cast.secretary(sitting.council).actor()
    minutes.publish_minutes(sitting, actor=secretary, now=clock.now())
    jobs.make_minutes(MinutesAsked(sitting_id=sitting.id, attempt=1))
    page = read(client, f"/sittings/{sitting.number}/minutes")
    assert DISSENT in page and "Additions to the minutes" in page
    for language, kind, start in (("kk", "pdf", b"%PDF"), ("ru", "docx", b"PK")):
        file = client.get(f"/{language}/sittings/{sitting.number}/minutes.{kind}")
        assert file.status_code == 200 and file.data.startswith(start)


def test_a_ruling_is_read_with_its_vote_and_what_is_owed(client: Any, cast: Any, council: Any) -> None:
    draft = drafts.opened(cast)
    examining.notify_concerned(draft, now=clock.now())
    assert "Recommendations by" in read(client, f"/drafts/{draft.number}")
    assert draft.title in read(client, f"/councils/{council.slug}")
    session = sittings_cast.in_session(council, [sittings_cast.on_draft(draft)])
    item = sittings_cast.item_of(session)
    hidden = sittings_cast.ruled(item, outcome="support_with_remarks", recommendations=2, sign=False)
    assert client.get(f"/en/rulings/{hidden.number}").status_code == 404
    ruled = sittings_cast.ruled(item, recommendations=2)
    page = read(client, f"/rulings/{ruled.number}")
    for text in ("Support with remarks", sittings_cast.TEXTS["kk"], "Who voted how", ruled.signer.name):
        assert text in page, text
    assert sittings_cast.TEXTS["ru"] in read(client, f"/rulings/{ruled.number}?text=ru")
    for path in (
        "/rulings",
        "/rulings?outcome=support_with_remarks",
        f"/councils/{council.slug}",
        "/rulings.atom",
    ):
        assert f"/rulings/{ruled.number}" in read(client, path), path
    assert f"/rulings/{ruled.number}" not in read(client, "/rulings?outcome=support")
    assert f"/rulings/{ruled.number}" in read(client, f"/drafts/{draft.number}")


def test_silence_is_said_in_plain_words(client: Any, cast: Any, council: Any) -> None:
    then = clock.now() - timedelta(days=60)
    draft = drafts.opened(cast, now=then)
    examining.notify_concerned(draft, now=then)
    examining.end_terms(now=clock.now())
    said = "Tacit consent: no recommendations were given"
    assert said in read(client, f"/drafts/{draft.number}")
    assert said in read(client, f"/councils/{council.slug}")


def test_a_body_without_a_council_is_said(client: Any, cast: Any) -> None:
    draft = drafts.opened(cast, now=clock.now() - timedelta(hours=2))
    assert "No public council was notified" in read(client, f"/drafts/{draft.number}")


def test_a_petition_names_the_agenda_it_stands_on(client: Any, cast: Any, council: Any) -> None:
    petition = factories.published(cast)
    words = calling.ItemWords(kind=calling.ItemKind.PETITION, petition=petition)
    called = sittings_cast.called(council, [words])
    assert f"/sittings/{called.number}#item-" in read(client, f"/petitions/{petition.number}")


def test_the_quorum_that_is_missing_is_said(client: Any, council: Any) -> None:
    session = sittings_cast.in_session(council, present=10)
    leaves = sittings_cast.seats(council)[9]
    secretary = councils_cast.secretary(council).actor()
    attending.note(session, leaves, AttendanceKind.LEFT, note=None, actor=secretary, now=clock.now())
    assert "There is no quorum now" in read(client, f"/sittings/{session.number}")


def test_the_open_data_say_the_same(client: Any, cast: Any, council: Any) -> None:
    session = sittings_cast.in_session(council, [sittings_cast.on_draft(drafts.opened(cast))], present=12)
    item = sittings_cast.item_of(session)
    assert client.get(f"/api/v1/sittings/{session.number}").json["items"][0]["votings"] == []
    against = sittings_cast.seats(council)[3]
    sittings_cast.voted(item, {against.id: Choice.AGAINST}, outcome="support_with_remarks")
    ruled = sittings_cast.ruled(item, recommendations=2)
    vote = client.get(f"/api/v1/sittings/{session.number}").json["items"][0]["votings"][0]
    assert (vote["in_favour"], vote["against"], vote["is_adopted"]) == (11, 1, True)
    one = client.get(f"/api/v1/rulings/{ruled.number}").json
    assert {row["member"]: row["choice"] for row in one["vote"]["roll_call"]}[against.name] == "against"
    assert [row["answer"] for row in one["recommendations"]] == [None, None]
    assert one["texts"] == sittings_cast.TEXTS
    assert client.get(f"/api/v1/rulings?council={council.slug}").json["rulings"][0]["number"] == ruled.number
    assert client.get("/api/v1/rulings?council=nobody").status_code == 422
    assert str(ruled.number) in client.get("/api/v1/rulings.csv").get_data(as_text=True)
