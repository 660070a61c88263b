"""Entering, closing and reading promises on the pages, and as open data."""

from typing import Any

import pytest

from app import clock
from app.promises import queries, services
from tests import drafts, factories
from tests.cast import ADDRESSEE, sign_in, sign_out
from tests.page_client import PageClient
from tests.petitions.test_reading_pages import counted_queries
from tests.promises.factories import REASON, WHAT
from tests.recommendations.factories import in_days

QUOTE = "Жол 2027 жылдың көктемінде салынады."


@pytest.fixture
def pages(client: Any) -> PageClient:
    return PageClient(client)


def days(name: str, days: int) -> dict[str, list[str]]:
    on = in_days(days)
    return {name: [str(on.day), str(on.month), str(on.year)]}


def test_from_the_decision_to_the_proof(pages: PageClient, cast: Any) -> None:
    petition = factories.decided(cast)
    address = f"/en/petitions/{petition.number}"
    assert "Enter a promise" not in pages.get(address).text
    sign_in(pages.client, cast.timur)
    pages.get(f"/en/desk/promises/new?source=decision:{petition.number}", status=403)
    pages.get("/en/desk/promises/new?source=decision:999999", status=404)
    pages.get("/en/desk/promises/new?source=nothing", status=404)

    sign_in(pages.client, cast.yerlan)
    page = pages.get(pages.get(address).link("Enter a promise"))
    wrong = page.submit(page.form("/new"), what=WHAT, quote="Жол бұрын салынған болатын.", language="kk")
    assert wrong.status == 422
    assert any("does not stand word for word" in line for line in wrong.errors)
    shown = wrong.submit(wrong.form("/new"), quote=QUOTE, **days("due_on", 90))
    assert shown.status == 200
    [promise] = queries.of_subject("petition", petition.number)
    assert shown.document.xpath("//blockquote[@lang='kk']")[0].text_content().strip() == QUOTE
    assert "A moderator" in shown.text
    again = page.submit(page.form("/new"), what=WHAT, quote=QUOTE, language="kk")
    assert again.status == 409
    assert f"№ {promise.number}" in again.text

    sign_in(pages.client, cast.marat)
    page = pages.get(f"/en/promises/{promise.number}")
    put_off = pages.get(page.link("Put it off"))
    page = put_off.submit(put_off.form("/put-off"), reason=REASON, **days("due_on", 120))
    assert "Put off from" in page.text
    form = pages.get(page.link("Show that it is done"))
    bare = form.submit(form.form("/fulfil"), words=REASON, **days("done_on", 0))
    assert bare.errors == ["Nothing is done without proof: give a link or a file."]
    done = bare.submit(bare.form("/fulfil"), link="https://adilet.zan.kz/kaz/docs/1")
    assert "Done on time" in done.text
    assert pages.client.get(f"/en/desk/promises/{promise.number}/drop").status_code == 409

    sign_out(pages.client)
    assert WHAT in pages.get(address).text
    for here in (
        "/en/promises?state=done",
        f"/en/promises/bodies/{ADDRESSEE}",
        f"/kk/promises?body={ADDRESSEE}",
    ):
        assert WHAT in pages.get(here).text
    assert WHAT not in pages.get("/en/promises?state=open").text
    pages.get("/en/promises/bodies/no-such-body", status=404)


def test_a_promise_of_an_answer_stands_with_the_draft(pages: PageClient, cast: Any) -> None:
    draft = drafts.opened(cast)
    comment = drafts.comment(draft, cast.bolat)
    answer = drafts.answered(comment, cast)
    quote = " ".join(answer.text.split()[:4])
    sign_in(pages.client, cast.marat)
    page = pages.get(f"/en/comments/{comment.id}")
    form = pages.get(page.link("Enter a promise"))
    form.submit(form.form("/new"), what=WHAT, quote=quote, language="kk", **days("due_on", 20))
    assert [one.what for one in queries.of_subject("draft", draft.number)] == [WHAT]


def test_lists_cost_the_same_however_long(pages: PageClient, cast: Any) -> None:
    petitions = [factories.decided(cast) for _ in range(2)]
    pages.get("/en/promises")
    asked = []
    for petition in petitions:
        services.enter(
            "decision",
            petition.number,
            what=WHAT,
            quote=QUOTE,
            language="kk",
            due_on=in_days(3),
            actor=cast.marat.actor(),
            now=clock.now(),
        )
        with counted_queries() as found:
            pages.get("/en/promises")
        asked.append(len(found))
    assert asked[0] == asked[1] <= 6


def test_open_data(client: Any, cast: Any) -> None:
    petition = factories.decided(cast)
    promise = services.enter(
        "decision",
        petition.number,
        what=WHAT,
        quote=QUOTE,
        language="kk",
        due_on=in_days(-3),
        actor=cast.marat.actor(),
        now=clock.now(),
    )
    listed = client.get(f"/api/v1/promises?state=late&body={ADDRESSEE}").json
    assert [one["number"] for one in listed["promises"]] == [promise.number]
    whole = client.get(f"/api/v1/promises/{promise.number}").json
    assert (whole["quote"], whole["is_late"], whole["subject"]) == (
        QUOTE,
        True,
        {"kind": "petition", "number": petition.number},
    )
    assert [entry["action"] for entry in whole["history"]] == ["enter"]
    assert client.get("/api/v1/promises?body=nobody").status_code == 422
    assert client.get("/api/v1/promises/999999").status_code == 404
    table = client.get("/api/v1/promises.csv").text
    assert f"\n{promise.number},open,yes,{ADDRESSEE}," in table
