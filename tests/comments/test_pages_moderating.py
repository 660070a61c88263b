"""Moderators: what was said lately, hiding, two at once, and appeals that whoever hid it never decides."""

import pytest

from app import clock
from app.comments import queries
from app.comments.lifecycle import State
from app.comments.services import hiding
from tests.cast import sign_in
from tests.comments.conftest import open_thread, post
from tests.page_client import PageClient

EXPLANATION = "Бұл пікірде басқа адамның телефоны тұр."
APPEAL = "Бұл менің өз телефоным, басқа ешкімдікі емес."


@pytest.fixture
def comment(session, cast):
    return post(open_thread(now=clock.now()), cast.aigul)


@pytest.fixture
def page(client, cast):
    sign_in(client, cast.yerlan)
    return PageClient(client)


def test_a_comment_is_hidden_from_the_desk(page, comment):
    got = page.get("/en/desk")
    got = page.get(got.link("Comments to look through"))
    assert "Бес күн аз" in got.text and "No appeal waits" in got.text
    got = page.get(got.link("Hide"))
    assert "Sharp criticism of a draft" in got.text
    back = got.submit(got.form("/hide"), follow=False, explanation="Қысқа")
    assert back.status == 422 and len(back.errors) == 1
    back = got.submit(got.form("/hide"), follow=False, explanation="Қысқа", reason="personal_data")
    assert back.status == 422 and back.form("/hide").fields["explanation"] == "Қысқа"
    got.submit(got.form("/hide"), explanation=EXPLANATION, reason="personal_data")
    assert queries.by_id(comment.id).state is State.HIDDEN


def test_of_two_moderators_the_second_reads_what_the_first_did(page, comment, cast):
    got = page.get(f"/en/desk/comments/{comment.id}/hide")
    hiding.hide(comment, reason="insult", explanation=EXPLANATION, actor=cast.saule.actor(), now=clock.now())
    back = got.submit(got.form("/hide"), follow=False, explanation="Менің түсіндірмем осы.", reason="insult")
    assert (back.status, back.h1) == (409, "Another moderator decided first")
    assert "Менің түсіндірмем осы." in back.html


def test_who_hid_it_does_not_decide_on_the_appeal(page, comment, cast, client):
    hiding.hide(comment, reason="insult", explanation=EXPLANATION, actor=cast.yerlan.actor(), now=clock.now())
    hiding.appeal(comment, text=APPEAL, actor=cast.aigul.actor(), now=clock.now())
    assert "Another moderator decides." in page.get("/en/desk/comments").text
    assert client.get(f"/en/desk/comments/{comment.id}/appeal").status_code == 403
    sign_in(client, cast.saule)
    assert "1 appeal waits" in page.get("/en/desk").text
    got = page.get(page.get("/en/desk/comments").link("Decide"))
    assert APPEAL in got.text and EXPLANATION in got.text
    back = got.submit(got.form("/appeal"), follow=False, reason="Телефон автордың өзінікі екен.")
    assert back.status == 422 and back.errors == ["Choose what happens with the comment."]
    got.submit(got.form("/appeal"), decision="show", reason="Телефон автордың өзінікі екен.")
    assert queries.by_id(comment.id).state is State.SHOWN
    again = got.submit(
        got.form("/appeal"), follow=False, decision="uphold", reason="Бұл басқаша шешім еді, кеш."
    )
    assert again.status == 409 and "shown again" in again.text


def test_only_moderators_come_in(client, cast, comment):
    for person, status in ((cast.bolat, 403), (cast.marat, 403)):
        sign_in(client, person)
        for address in ("/en/desk/comments", f"/en/desk/comments/{comment.id}/hide"):
            assert client.get(address).status_code == status, address
