"""Open data: what is in it, who may read it, how it is cached, and what is not in it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import event

from app import clock
from app.db import db
from app.petitions.lifecycle import PUBLIC_STATES, State
from app.petitions.models import HourlyCount, InvalidationReason, Signature
from app.petitions.services import counting, reviewing
from tests import factories
from tests.cast import ADDRESSEE, sign_in

LIST = "/api/v1/petitions"
PROMISED = {
    "number", "titles", "lang", "state", "addressee", "threshold", "signatures", "published_at", "closes_at",
    "due_on", "decision", "history", "pages", "demands", "topic",
}  # fmt: skip
PARTS = ("", "/history", "/history.csv")
ADDRESSES = [LIST, "/api/v1/agencies", "/api/v1/rejections", "/api/v1/rules", "/api/v1/openapi.json"]


def at(petition) -> str:
    return f"{LIST}/{petition.number}"


def numbers(client, query: str = "") -> list[int]:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200, response.text
    return [one["number"] for one in response.json["petitions"]]


class TestOnePetition:
    def test_it_holds_what_is_promised(self, client, cast):
        petition = factories.decided(cast)
        answer = client.get(at(petition)).json
        assert set(answer) >= PROMISED
        assert answer["addressee"]["slug"] == ADDRESSEE
        assert set(answer["addressee"]["names"]) == {"kk", "ru", "en"}
        assert set(answer["threshold"]) >= {"votes", "rule", "population", "population_date"}
        assert answer["threshold"]["rule"] == "percent"
        assert answer["threshold"]["population"] == petition.population
        assert answer["region"] == "KZ-11"
        assert answer["first_support"]["needed"] == petition.first_support_needed
        assert [demand["number"] for demand in answer["demands"]] == [1, 2]

    def test_a_decision_answers_every_demand(self, client, cast):
        answer = client.get(at(factories.decided(cast))).json
        decision = answer["decision"]
        assert decision["outcome"] == "partial"
        assert [one["demand"] for one in decision["answers"]] == [1, 2]
        assert answer["due_on"] and answer["clock"] == "answered_on_time"
        assert answer["ratings"][0] == {"demand": 1, "yes": 0, "partly": 0, "no": 0}
        assert all(answer["decision_parts"].values())
        assert [event["action"] for event in answer["timeline"]][-1] == "decide"

    def test_a_draft_of_a_decision_is_nobodys_business(self, client, cast):
        petition = factories.reviewed(cast)
        draft = factories.decision_draft(petition)
        reviewing.save_decision(petition, draft=draft, actor=cast.marat.actor(), now=clock.now())
        answer = client.get(at(petition))
        assert answer.json["decision"] is None and answer.json["decision_parts"] == {}
        assert "Ахметова" not in answer.text

    def test_links_lead_to_pages_in_three_languages_and_to_the_history(self, client, cast):
        petition = factories.published(cast)
        answer = client.get(at(petition)).json
        assert answer["pages"]["ru"] == f"http://localhost/ru/petitions/{petition.number}"
        assert client.get(answer["history"]).json["number"] == petition.number

    def test_instants_are_utc(self, client, cast):
        answer = client.get(at(factories.published(cast))).json
        assert answer["published_at"].endswith("+00:00")
        assert answer["closes_at"].endswith("T19:00:00+00:00")  # midnight in Almaty

    def test_kazakh_letters_are_not_escaped(self, client, cast):
        assert "жаяу жүргінші жолын" in client.get(at(factories.published(cast))).text

    def test_small_regions_are_merged(self, client, cast):
        petition = factories.published(cast)
        factories.signatures(petition, 7, region="KZ-71")
        regions = client.get(at(petition)).json["regions"]
        assert {"code": "KZ-71", "signatures": None} in regions["cells"]

    def test_no_signer_and_no_author_is_named(self, client, cast):
        petition = factories.published(cast)
        text = client.get(at(petition)).text
        for secret in (petition.support_token, "aigul@example.kz", cast.aigul.family_name, "person_tag"):
            assert secret not in text


class TestWhatIsNotPublic:
    @pytest.mark.parametrize("state", sorted(set(State) - PUBLIC_STATES - {State.REMOVED}))
    def test_a_hidden_petition_looks_like_none(self, client, cast, state):
        petition = factories.in_state(state, cast)
        for part in PARTS:
            hidden = client.get(at(petition) + part)
            for number in (999_999, 2**31, 2**63, 10**40):
                none = client.get(f"{LIST}/{number}{part}")
                assert (hidden.status_code, hidden.data) == (404, none.data)
            assert hidden.json == {"code": 404, "status": "Not Found"}

    def test_neither_to_its_author(self, client, cast):
        petition = factories.draft(cast)
        sign_in(client, cast.aigul)
        assert client.get(at(petition)).status_code == 404

    def test_a_removed_one_is_gone(self, client, cast):
        petition = factories.removed(cast)
        for part in PARTS:
            response = client.get(at(petition) + part)
            assert (response.status_code, response.json) == (410, {"code": 410, "status": "Gone"})

    def test_lists_hold_public_states_only(self, client, cast):
        made = {state: factories.in_state(state, cast).number for state in State}
        assert set(numbers(client, "?limit=100")) == {made[state] for state in PUBLIC_STATES}


class TestList:
    def test_it_holds_what_is_promised(self, client, cast):
        factories.decided(cast)
        factories.returned(cast)
        for petition in client.get(LIST).json["petitions"]:
            assert set(petition) >= PROMISED

    def test_filters(self, client, cast):
        open_one = factories.published(cast)
        decided = factories.decided(cast)
        central = factories.published(
            cast, addressee="ministry-of-justice", topic="education", title="Кітапхана тәртібі туралы"
        )
        assert set(numbers(client, "?state=open")) == {open_one.number, central.number}
        assert numbers(client, "?state=decided") == [decided.number]
        assert set(numbers(client, "?state=published")) == {open_one.number, central.number}
        assert numbers(client, "?state=under_review") == []
        assert numbers(client, "?topic=education") == [central.number]
        assert numbers(client, "?agency=ministry-of-justice") == [central.number]
        assert set(numbers(client, "?region=KZ-11")) == {open_one.number, decided.number}
        assert numbers(client, "?region=KZ-75") == []
        assert numbers(client, "?q=тәртiбi") == [central.number]
        assert numbers(client, "?q=тәртiбi&state=decided") == []

    def test_pages_follow_each_other_without_loss(self, client, cast):
        made = [factories.published(cast).number for _ in range(5)]
        for order in ("newest", "most_signed"):
            seen, following = [], f"{LIST}?limit=2&order={order}&state=open"
            while following:
                answer = client.get(following).json
                assert len(answer["petitions"]) <= 2
                seen += [one["number"] for one in answer["petitions"]]
                following = answer["next"]
                assert following is None or "state=open" in following
            assert sorted(seen) == made

    def test_it_asks_the_database_as_often_for_many_as_for_few(self, client, cast):
        def queries() -> int:
            seen = []
            listener = lambda *args: seen.append(args[2])  # noqa: E731
            event.listen(db.engine, "before_cursor_execute", listener)
            client.get(f"{LIST}?limit=100&order=most_signed")
            event.remove(db.engine, "before_cursor_execute", listener)
            return len([one for one in seen if one.startswith("SELECT")])

        factories.decided(cast)
        few = queries()
        for _ in range(3):
            factories.decided(cast)
        assert queries() <= few

    @pytest.mark.parametrize(
        "query, name",
        [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=many", "limit"),
            ("state=draft", "state"),
            ("state=removed", "state"),
            ("topic=nothing", "topic"),
            ("region=XX", "region"),
            ("agency=no-such-body", "agency"),
            ("agency=%00", "agency"),
            ("order=best", "order"),
            ("after=nonsense", "after"),
            ("after=WzAsOTk5OTk5OTk5OTk5OTk5OV0", "after"),
            ("after=WzAsIngiXQ", "after"),
            ("after=", "after"),
            ("q=" + "a" * 201, "q"),
        ],
    )
    def test_a_bad_parameter_is_named(self, client, query, name):
        response = client.get(f"{LIST}?{query}")
        assert response.status_code == 422
        assert list(response.json["errors"]["query"]) == [name]
        assert response.headers["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize(
        "query", ["q=%00", "q=%ED%A0%80", "q=%F0%9F%98%80", "q='%22;--", "q=%25", "utm_source=x"]
    )
    def test_odd_words_do_no_harm(self, client, query):
        assert client.get(f"{LIST}?{query}").status_code == 200


class TestHistory:
    @pytest.fixture
    def petition(self, cast):
        """Sixty sign in one hour; in the next twelve join, two withdraw, three are invalidated."""
        petition = factories.published(cast)
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        db.session.query(HourlyCount).filter_by(petition_id=petition.id).delete()
        for offset, signed, withdrawn, invalidated, total in ((0, 60, 0, 0, 60), (1, 12, 2, 3, 67)):
            db.session.add(
                HourlyCount(
                    petition_id=petition.id,
                    hour=hour + timedelta(hours=offset),
                    signed=signed,
                    withdrawn=withdrawn,
                    invalidated=invalidated,
                    total=total,
                )
            )
        db.session.flush()
        return petition

    def test_withdrawals_have_no_line_of_their_own(self, client, petition):
        answer = client.get(f"{at(petition)}/history")
        hours = answer.json["hours"]
        assert [(one["added"], one["invalidated"], one["total"]) for one in hours] == [
            (60, 0, 60),
            (10, 3, 67),
        ]
        assert "withdraw" not in answer.text
        assert hours[1]["total"] == hours[0]["total"] + hours[1]["added"] - hours[1]["invalidated"]

    def test_as_a_table(self, client, petition):
        response = client.get(f"{at(petition)}/history.csv")
        assert response.mimetype == "text/csv"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        head, *rows = response.text.splitlines()
        assert head == "hour,added,invalidated,total"
        assert [row.split(",", 1)[1] for row in rows] == ["60,0,60", "10,3,67"]

    def test_an_invalidation_has_its_class_of_reason_and_no_minute(self, client, cast, session):
        petition = factories.published(cast)
        row = session.query(Signature).filter_by(petition_id=petition.id).first()
        row.departure, row.departed_at = "invalidated", clock.now()
        row.reason = InvalidationReason.COURT
        session.flush()
        counting.run(batch=1000, now=clock.now())
        [fall] = client.get(f"{at(petition)}/history").json["falls"]
        assert (fall["reason"], fall["count"]) == ("court", 1)
        assert fall["hour"].endswith(":00:00+00:00")


class TestOtherLists:
    def test_every_body_has_figures_and_a_threshold(self, client, cast):
        factories.decided(cast)
        answer = client.get("/api/v1/agencies").json
        by_slug = {body["slug"]: body for body in answer["agencies"]}
        assert by_slug[ADDRESSEE]["figures"] == {"on_time": 1, "late": 0, "unanswered": 0, "overdue": 0}
        ministry = by_slug["ministry-of-justice"]
        assert ministry["threshold"]["votes"] == 50_000 and ministry["threshold"]["rule"] == "absolute"
        assert by_slug[ADDRESSEE]["threshold"]["population"] > 100_000
        assert len(answer["agencies"]) > 60

    def test_a_rejection_is_a_stub(self, client, cast):
        petition = factories.rejected(cast)
        response = client.get("/api/v1/rejections")
        [stub] = response.json["rejections"]
        assert (stub["number"], stub["addressee"]) == (petition.number, ADDRESSEE)
        assert stub["ground"]["texts"]["kk"] and stub["ground"]["article"]
        for hidden in (petition.original_title, petition.rejection_reason, petition.demands[0].text):
            assert hidden not in response.text

    def test_rejections_come_in_pages(self, client, cast):
        made = [factories.rejected(cast).number for _ in range(3)]
        first = client.get("/api/v1/rejections?limit=2").json
        second = client.get(first["next"]).json
        assert [r["number"] for r in first["rejections"] + second["rejections"]] == made[::-1]
        assert second["next"] is None

    def test_the_rules_carry_their_articles(self, client):
        newest = client.get("/api/v1/rules").json["wordings"][-1]
        assert len(newest["thresholds"]) == 5
        assert all(one["article"] and one["mark"] for one in newest["thresholds"] + newest["deadlines"])


class TestHttp:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_any_origin_may_read_without_a_cookie(self, client, address):
        response = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cache-Control"].startswith("public, max-age=")
        assert "Set-Cookie" not in response.headers
        assert "Vary" not in response.headers
        assert json.loads(response.text)

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_an_unchanged_answer_is_304(self, client, address):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Access-Control-Allow-Origin"] == "*"

    def test_a_changed_answer_has_another_etag(self, client, cast):
        petition = factories.published(cast)
        first = client.get(at(petition)).headers["ETag"]
        factories.signatures(petition, 1)
        assert client.get(at(petition), headers={"If-None-Match": first}).status_code == 200

    def test_who_is_signed_in_reads_the_same(self, client, cast):
        petition = factories.published(cast)
        anonymous = client.get(at(petition))
        sign_in(client, cast.aigul)
        signed_in = client.get(at(petition))
        assert signed_in.data == anonymous.data
        assert signed_in.headers["ETag"] == anonymous.headers["ETag"]
        assert "Set-Cookie" not in signed_in.headers

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_it_is_read_only_and_says_so(self, client, method):
        response = getattr(client, method)(LIST)
        assert response.status_code == 405
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.json == {"code": 405, "status": "Method Not Allowed"}

    def test_a_browser_may_ask_beforehand(self, client):
        response = client.options(LIST, headers={"Access-Control-Request-Headers": "if-none-match"})
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"

    @pytest.mark.parametrize(
        "address", ["/api/v1/nothing", "/api/v1/petitions/abc", "/api/v1/petitions/1;a.js"]
    )
    def test_an_unknown_address_is_json_too(self, client, address):
        response = client.get(address)
        assert (response.status_code, response.json["code"]) == (404, 404)
        assert response.headers["Access-Control-Allow-Origin"] == "*"

    def test_pages_are_not_open_to_other_origins(self, client):
        assert "Access-Control-Allow-Origin" not in client.get("/healthz").headers

    def test_no_header_moves_the_addresses(self, client, cast):
        petition = factories.published(cast)
        headers = {"X-Forwarded-Host": "evil.example", "Accept-Language": "ru", "Host": "evil.example"}
        assert client.get(at(petition), headers=headers).json == client.get(at(petition)).json
