"""Draft acts as open data: what is in it, what is not, and that the report's fingerprint can be computed again."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest

from app import clock
from app.comments.lifecycle import AnswerKind
from app.comments.models import AuthorKind
from app.comments.queries import figures
from app.comments.queries import open_data as open_comments
from app.comments.queries.figures import Figures
from app.comments.services import answering, hiding, posting
from app.comments.services.answering import AnswerDraft
from app.comments.services.posting import CommentWords
from app.consultations.lifecycle import PUBLIC_STATES, State
from app.consultations.services import announcing, reporting, versions
from app.law import consultation_rules_in_force
from tests import drafts, factories
from tests.cast import ADDRESSEE

LIST = "/api/v1/drafts"
FORMULA = '=HYPERLINK("http://evil.example";"мұнда басыңыз") деген сілтеме керек'
HIDDEN = "Осы пікірді модератор жасырады, сөзі ашық болмайды."
TAKEN_BACK = "Осы пікірді авторы кейін қайтарып алады, сөзі ашық болмайды."
PARTS = ("", "/comments", "/comments.csv", "/report", "/versions/1/clauses", "/versions/1/table")


def at(draft, part: str = "") -> str:
    return f"{LIST}/{draft.number}{part}"


def got(client, address: str):
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.json


def every_page(client, address: str, name: str) -> list[dict]:
    rows, following = [], address
    while following:
        page = got(client, following)
        rows += page[name]
        following = page["next"]
    return rows


@pytest.fixture
def discussed(cast):
    """A draft with a comment in every state, one of a body, a reply and an answer."""
    draft = drafts.opened(cast)
    kept = drafts.comment(draft, cast.bolat, FORMULA, selected="айына бір рет")
    posting.reply(
        kept, text="Мен де солай ойлаймын.", language="kk", actor=cast.dana.actor(), now=clock.now()
    )
    drafts.answered(kept, cast)
    reason = consultation_rules_in_force(clock.today()).hiding_reasons[0].id
    hiding.hide(
        drafts.comment(draft, cast.dana, HIDDEN),
        reason=reason,
        explanation="Бөгде адамның дерегі бар еді, сондықтан жасырылды.",
        actor=cast.yerlan.actor(),
        now=clock.now(),
    )
    back = drafts.comment(draft, cast.dana, TAKEN_BACK, path=None)
    posting.withdraw(back, actor=cast.dana.actor(), now=clock.now())
    for kind, name in ((AuthorKind.ORGANISATION, "«Аула» қоғамы"), (AuthorKind.EXPERT, "Сейітова Айгүл")):
        posting.post(
            draft.thread,
            words=CommentWords(
                text=f"{kind} ретінде айтамыз: бапкер де керек болады.",
                language="kk",
                author_kind=kind,
                organisation=name,
            ),
            anchor=None,
            upload=None,
            actor=cast.aigul.actor(),
            now=clock.now(),
        )
    drafts.counted()
    return draft


class TestCard:
    def test_it_holds_term_versions_and_what_is_owed(self, client, cast):
        draft = drafts.opened(cast)
        drafts.second_version(draft, cast)
        one = got(client, at(draft))
        assert (one["state"], one["clock"], one["developer"]["slug"]) == ("open", "on_time", ADDRESSEE)
        assert one["term"]["closes_on"] == one["due_on"] == str(draft.closes_on)
        assert one["term"]["article"] and one["term"]["mark"]
        assert {duty["kind"] for duty in one["duties"]} == {"comment_answers", "discussion_report"}
        assert [version["number"] for version in one["versions"]] == [1, 2]
        assert all(len(version["fingerprint"]) == 64 for version in one["versions"])
        assert [event["action"] for event in one["timeline"]][-1] == "publish_version"
        assert one["notes"]["kk"] and one["pages"]["ru"] == f"http://localhost/ru/drafts/{draft.number}"
        text = next(text for text in one["versions"][1]["texts"] if text["language"] == "ru")
        clauses = every_page(client, text["url"], "clauses")
        assert len(clauses) == text["clauses"]
        assert "один раз в неделю" in " ".join(clause["text"] for clause in clauses)

    def test_clauses_come_in_pages_in_the_order_of_reading(self, client, cast):
        draft = drafts.opened(cast)
        drafts.comment(draft, cast.bolat)
        drafts.counted()
        whole = every_page(client, at(draft, "/versions/1/clauses?limit=100"), "clauses")
        assert every_page(client, at(draft, "/versions/1/clauses?limit=3"), "clauses") == whole
        assert [clause["comments"] for clause in whole if clause["anchor"] == "clause-3"] == [1]
        assert whole[0]["kind"] == "chapter" and whole[1]["depth"] > whole[0]["depth"]

    def test_a_version_in_work_looks_like_none(self, client, cast):
        draft = drafts.opened(cast)
        versions.prepare(draft, actor=cast.marat.actor(), now=clock.now())
        assert [version["number"] for version in got(client, at(draft))["versions"]] == [1]
        hidden = client.get(at(draft, "/versions/2/clauses"))
        assert (hidden.status_code, hidden.data) == (404, client.get(at(draft, "/versions/9/clauses")).data)


class TestList:
    def test_it_holds_public_states_only(self, client, cast):
        made = {state: drafts.in_state(state, cast).number for state in drafts.MAKERS}
        listed = {one["number"]: one["state"] for one in got(client, f"{LIST}?limit=100")["drafts"]}
        public = {made[state]: state.value for state in made if state in PUBLIC_STATES - {State.EXEMPT}}
        assert listed == public
        assert [one["number"] for one in got(client, f"{LIST}?state=exempt")["drafts"]] == [
            made[State.EXEMPT]
        ]
        [exempt] = got(client, f"{LIST}?state=exempt")["drafts"]
        assert exempt["term"] is None or exempt["clock"] is None
        for part in PARTS:
            hidden = client.get(f"{LIST}/{made[State.PREPARING]}{part}")
            for number in (999_999, 2**31, 10**40):
                none = client.get(f"{LIST}/{number}{part}")
                assert (hidden.status_code, hidden.data) == (404, none.data)

    def test_filters_and_pages(self, client, cast):
        soon = drafts.opened(cast, now=clock.now() - timedelta(days=10))
        later = drafts.opened(cast, topic="education", region_code="KZ-75")
        third = drafts.announced(cast)

        def numbers(query: str) -> list[int]:
            return [one["number"] for one in got(client, f"{LIST}?{query}")["drafts"]]

        assert numbers("state=open&order=closing") == [soon.number, later.number]
        assert numbers("topic=education") == numbers("region=KZ-75") == [later.number]
        assert numbers("q=площадок&state=announced") == [third.number]
        assert numbers("body=ministry-of-justice") == numbers("stage=repeat") == []
        assert set(numbers(f"body={ADDRESSEE}")) == {soon.number, later.number, third.number}
        for order in ("newest", "closing"):
            rows = every_page(client, f"{LIST}?limit=1&state=open&order={order}", "drafts")
            assert {row["number"] for row in rows} == {soon.number, later.number} and len(rows) == 2

    @pytest.mark.parametrize(
        ("part", "query", "name"),
        [
            ("", "state=preparing", "state"),
            ("", "body=nobody", "body"),
            ("", "days=0", "days"),
            ("", "after=WzAsMSwyXQ", "after"),
            ("/versions/1/clauses", "language=en", "language"),
            ("/versions/1/clauses", "after=WzAsdHJ1ZV0", "after"),
            ("/comments", "part=all", "part"),
            ("/comments", "after=nonsense", "after"),
        ],
    )
    def test_a_bad_parameter_is_named(self, client, cast, part, query, name):
        draft = drafts.announced(cast) if part else None
        response = client.get((at(draft, part) if draft else LIST) + f"?{query}")
        assert response.status_code == 422
        assert list(response.json["errors"]["query"]) == [name]


class TestComments:
    def test_words_anchor_and_answer_are_there_and_no_person(self, client, cast, discussed):
        response = client.get(at(discussed, "/comments"))
        expert, organisation, withdrawn, hidden, kept = response.json["comments"]
        assert kept["text"] == FORMULA and kept["anchor"]["path"] == "clause-3"
        assert kept["anchor"]["quote"] == "айына бір рет"
        assert kept["answer"]["text"] == drafts.ANSWER and kept["answer"]["is_on_time"] is True
        assert (hidden["state"], hidden["text"]) == ("hidden", None) and hidden["hidden_for"]
        assert (withdrawn["state"], withdrawn["text"]) == ("withdrawn", None)
        assert organisation["organisation"] == "«Аула» қоғамы"
        assert (expert["author_kind"], expert["organisation"]) == ("expert", None)
        assert response.headers["Cache-Control"].startswith("public") and response.headers["ETag"]
        replies = client.get(at(discussed, "/comments?part=replies"))
        assert [one["reply_to"] for one in replies.json["comments"]] == [kept["id"]]
        for text in (response.text, replies.text, client.get(at(discussed, "/comments.csv")).text):
            for secret in (cast.bolat.family_name, cast.dana.family_name, "Сейітова", HIDDEN, TAKEN_BACK):
                assert secret not in text

    def test_pages_follow_each_other_without_loss(self, client, discussed):
        whole = every_page(client, at(discussed, "/comments?limit=100"), "comments")
        assert every_page(client, at(discussed, "/comments?limit=2"), "comments") == whole

    def test_an_answer_that_is_not_published_is_nobodys_business(self, client, cast):
        draft = drafts.opened(cast)
        comment = drafts.comment(draft, cast.bolat)
        answering.save(
            comment.thread,
            comment=comment,
            draft=AnswerDraft(kind=AnswerKind.REFUSED, language="kk", text=drafts.ANSWER),
            actor=cast.marat.actor(),
            now=clock.now(),
        )
        assert drafts.ANSWER not in client.get(at(draft, "/comments")).text
        assert drafts.ANSWER not in client.get(at(draft, "/comments.csv")).text

    def test_the_table_is_read_by_spreadsheets_and_runs_in_none(self, client, discussed, monkeypatch):
        monkeypatch.setattr(open_comments, "BATCH", 2)
        response = client.get(at(discussed, "/comments.csv"))
        assert response.mimetype == "text/csv" and response.data.startswith(b"\xef\xbb\xbf")
        assert response.headers["Cache-Control"].startswith("public")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
        assert [row["state"] for row in rows] == ["shown", "hidden", "withdrawn", "shown", "shown"]
        assert rows[0]["text"] == "'" + FORMULA
        assert rows[0]["answer_text"] == drafts.ANSWER and rows[0]["answered_on_time"] == "yes"
        assert rows[1]["text"] == rows[2]["text"] == ""

    def test_long_tables_are_not_written_for_one_caller_all_the_time(self, client, discussed, monkeypatch):
        monkeypatch.setattr(figures, "of_ids", lambda ids: {1: Figures(comments=10**6)})
        caller = {"REMOTE_ADDR": "203.0.113.9"}
        answers = [
            client.get(at(discussed, "/comments.csv"), environ_base=caller, buffered=True) for _ in range(6)
        ]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert answers[-1].json["code"] == 429 and answers[-1].headers["Access-Control-Allow-Origin"] == "*"

    def test_a_petition_has_them_in_the_same_shape(self, client, cast):
        petition = factories.published(cast)
        posting.post(
            petition.thread,
            words=CommentWords(text="Дұрыс өтініш, қолдаймын.", language="kk"),
            anchor=None,
            upload=None,
            actor=cast.bolat.actor(),
            now=clock.now(),
        )
        response = client.get(got(client, f"/api/v1/petitions/{petition.number}")["comments"])
        [comment] = response.json["comments"]
        assert (comment["text"], comment["anchor"], comment["answer"]) == (
            "Дұрыс өтініш, қолдаймын.",
            None,
            None,
        )
        assert cast.bolat.family_name not in response.text
        assert client.get(f"/api/v1/petitions/{factories.draft(cast).number}/comments").status_code == 404


def test_the_reports_fingerprint_can_be_computed_from_the_open_data(client, cast, discussed):
    for position in (1, 2, 3):
        drafts.comparative_row(discussed, position=position)
    announcing.close(discussed, now=clock.now())
    announcing.begin_review(discussed, actor=cast.marat.actor(), now=clock.now())
    report = reporting.ask(discussed, actor=cast.marat.actor(), now=clock.now())
    reporting.make(discussed, attempt=report.attempt, now=clock.now())
    assert client.get(at(discussed, "/report")).status_code == 404, "a preview is the body's own"
    reporting.publish_report(discussed, actor=cast.gulnar.actor(), now=clock.now())
    said = got(client, at(discussed, "/report"))
    assert {(file["language"], file["format"]) for file in said["files"]} == {
        (language, kind) for language in ("kk", "ru") for kind in ("docx", "pdf")
    }
    assert client.get(said["files"][0]["url"]).status_code == 200
    card = got(client, at(discussed))
    rows = every_page(client, f"{card['versions'][-1]['table']}?limit=2", "rows")
    lines = [
        {
            "draft": card["number"],
            "versions": [[version["number"], version["fingerprint"]] for version in card["versions"]],
            "table": [[row[name] for name in ("element", "current", "proposed", "reason")] for row in rows],
        }
    ]
    for one in reversed(every_page(client, said["comments"], "comments")):
        lines.append(
            {
                "id": one["id"],
                "at": one["posted_at"],
                "place": one["anchor"]["path"] if one["anchor"] else None,
                "text": one["text"],
                "proposed": one["proposed"],
                "hidden_for": one["hidden_for"],
                "answer": [one["answer"]["kind"], one["answer"]["text"]] if one["answer"] else None,
            }
        )
    written = "".join(
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for line in lines
    )
    assert hashlib.sha256(written.encode()).hexdigest() == said["fingerprint"]


def test_bodies_bear_the_meter_of_their_drafts(client, cast, discussed):
    bodies = {body["slug"]: body for body in got(client, "/api/v1/agencies")["agencies"]}
    meter = bodies[ADDRESSEE]["comments"]
    assert (meter["comments"], meter["answered"], meter["on_time"], meter["unanswered"]) == (3, 1, 1, 2)
    assert bodies["ministry-of-justice"]["comments"]["comments"] == 0
    page = client.get("/en/agencies").text
    assert "Comments on draft acts" in page and "whoever commented on two drafts" in page
    assert "All draft acts of this body" in client.get(f"/en/agencies/{ADDRESSEE}").text
    home = client.get("/en/").text
    assert f'href="/en/drafts/{discussed.number}"' in home
