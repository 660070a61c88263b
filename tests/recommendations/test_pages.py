"""The desk of recommendations as officers and the head use it, and the table that everybody reads."""

from typing import Any

import pytest
from flask import render_template_string

from app import clock
from app.i18n import use_language
from app.promises import services as promises
from app.recommendations import promised
from app.recommendations.lifecycle import State
from app.recommendations.services import answering
from tests.cast import sign_in, sign_out
from tests.page_client import PageClient
from tests.recommendations.factories import ACCEPTED, accepted, answered, filled, in_days, issued

TABLE = (
    '{% from "components/recommendations.html" import table %}'
    "<main>{{ table(listed, promises, enter=true) }}</main>"
)


@pytest.fixture
def pages(client: Any) -> PageClient:
    return PageClient(client)


def day(name: str, days: int) -> dict[str, list[str]]:
    """A day as the three boxes of the form send it."""
    on = in_days(days)
    return {name: [str(on.day), str(on.month), str(on.year)]}


def test_answers_from_the_desk_to_the_signature(pages: PageClient, cast: Any) -> None:
    listed = filled(issued(3), cast.marat, but=3)
    here = f"/en/desk/recommendations/{listed.id}"
    assert pages.client.get(here).status_code == 303
    sign_in(pages.client, cast.timur)
    pages.get(here, status=403)

    sign_in(pages.client, cast.marat)
    desk = pages.get("/en/desk/recommendations")
    assert "2 of 3" in desk.text
    assert "Without an answer: 3" in desk.text
    page = pages.get(desk.link("Ruling"))
    assert "Recommendation 3 has no answer yet" in page.text
    assert "art. 20" in page.text or "article 20" in page.text, "the source of the day stands on the page"
    refusal = page.submit(page.form("/signature"))
    assert refusal.status == 409
    form = pages.get(f"{here}/3")
    incomplete = form.submit(form.form("/3"), kind="accepted", change=ACCEPTED, act="save")
    assert incomplete.status == 422
    assert any("Enter a day" in line for line in incomplete.errors)
    assert ACCEPTED in incomplete.document.xpath("//textarea[@name='change']")[0].text
    saved = incomplete.submit(incomplete.form("/3"), act="save", **day("by_when", 30))
    asked = saved.submit(saved.form("/signature"))
    assert "The head of your body is told" in asked.html

    sign_in(pages.client, cast.gulnar)
    page = pages.get(here)
    done = page.submit(page.form("/publish"))
    assert done.status == 200
    assert f"Signed by {cast.gulnar.name}" in done.text
    assert listed.state is State.ANSWERED


def test_whoever_saves_second_sees_both_texts_and_loses_nothing(pages: PageClient, cast: Any) -> None:
    listed = issued(1)
    sign_in(pages.client, cast.marat)
    form = pages.get(f"/en/desk/recommendations/{listed.id}/1")
    answering.save(
        listed.rows[0],
        draft=accepted(change="Басқа мәтін жазылды."),
        actor=cast.gulnar.actor(),
        now=clock.now(),
    )
    mine = "Мен жазған жауап, жоғалмауы керек."
    stale = form.submit(
        form.form("/1"), kind="accepted", change=mine, language="kk", act="save", **day("by_when", 30)
    )
    assert stale.status == 409
    assert "Басқа мәтін жазылды." in stale.text
    assert mine in stale.document.xpath("//textarea[@name='change']")[0].text
    again = stale.submit(stale.form("/1"), act="save")
    assert mine in again.text

    sign_out(pages.client)
    pages.client.application.config["WTF_CSRF_ENABLED"] = False
    try:
        lost = stale.submit(stale.form("/1"), act="save")
    finally:
        pages.client.application.config["WTF_CSRF_ENABLED"] = True
    assert lost.status == 403
    assert mine in lost.document.xpath("//textarea")[0].text


def test_a_row_that_is_answered_in_the_open_gives_the_typed_words_back(pages: PageClient, cast: Any) -> None:
    listed = filled(issued(1), cast.marat)
    sign_in(pages.client, cast.marat)
    form = pages.get(f"/en/desk/recommendations/{listed.id}/1")
    answering.publish(listed, actor=cast.gulnar.actor(), now=clock.now())
    late = form.submit(form.form("/1"), change="Кеш жазылған жауап.", act="save")
    assert late.status == 409
    assert "Кеш жазылған жауап." in late.document.xpath("//textarea")[0].text
    pages.get(f"/en/desk/recommendations/{listed.id}/9", status=404)


def test_everybody_reads_ruling_reply_done(app: Any, session: Any, cast: Any) -> None:
    waiting, done = issued(2), answered(cast)
    answering.save(waiting.rows[0], draft=accepted(), actor=cast.marat.actor(), now=clock.now())
    answer = done.rows[0].answer
    promise = promises.enter(
        promised.KIND,
        answer.id,
        what="Мәтінді өзгерту",
        quote="жаңа мәтін жарияланады",
        language="kk",
        due_on=answer.by_when,
        actor=cast.marat.actor(),
        now=clock.now(),
    )
    session.commit()
    with app.test_request_context("/en/"), use_language("en"):
        before = render_template_string(TABLE, listed=waiting, promises={})
        after = render_template_string(TABLE, listed=done, promises=promised.promises_of(done))
    assert before.count("No answer yet") == 2
    assert ACCEPTED not in before, "what is not signed is nobody's business"
    assert ACCEPTED in after
    assert f"/promises/{promise.number}" in after
    assert "Promise open" in after
    assert f"source=recommendation:{answer.id}" in after
