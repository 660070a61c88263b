"""Writing on pages: choosing a place, what stands in the way, replying, mending, taking back, agreeing, appealing."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest

from app import clock
from app.comments import queries
from app.comments.lifecycle import State
from app.comments.models import Comment, Group
from app.comments.services import grouping, hiding, posting, threads
from app.db import db
from tests.cast import sign_in, sign_out
from tests.comments.conftest import LABEL, NEW, OLD, PATH, count, open_thread, post
from tests.page_client import PageClient

WORDS = "Жиырма күн дұрыс, бірақ хабарландыру керек."
SELECTED = "жиырма күн ұсталады"


@pytest.fixture
def thread(session):
    return open_thread(now=clock.now())


@pytest.fixture
def page(client, cast):
    sign_in(client, cast.aigul)
    return PageClient(client)


def compose(thread, **wishes):
    return f"/en/threads/{thread.id}/comment?{urlencode(wishes)}"


def only_comment(thread):
    return db.session.query(Comment).filter_by(thread_id=thread.id).one()


def hidden(comment, cast):
    explanation = "Бұл пікірде басқа адамның телефоны тұр."
    return hiding.hide(
        comment, reason="personal_data", explanation=explanation, actor=cast.yerlan.actor(), now=clock.now()
    )


def test_words_of_a_clause_are_commented_on_with_a_proposal(thread, page):
    got = page.get(compose(thread, clause=PATH, version=2, quote=SELECTED, start=NEW.index(SELECTED)))
    assert got.h1.endswith("Comment on these words") and LABEL in got.text and SELECTED in got.text
    form = got.form("/comments")
    assert form.fields["proposed"] == SELECTED, "the other wording begins with the one there is"
    shown = got.submit(form, text=WORDS, proposed="отыз күн ұсталады", author_kind="expert", language="kk")
    comment = only_comment(thread)
    assert (comment.quote_exact, comment.quote_start) == (SELECTED, NEW.index(SELECTED))
    assert (comment.anchor_version, comment.anchor_language) == (2, "kk")
    assert shown.path.startswith(f"/en/comments/{comment.id}") and "Your comment is published." in shown.text
    assert shown.document.xpath("//del[contains(., 'жиырма')]") and shown.document.xpath(
        "//ins[contains(., 'отыз')]"
    )
    assert "Expert, as stated by the author" in shown.text


def test_a_wording_left_as_it_is_proposes_nothing(thread, page):
    got = page.get(compose(thread, clause=PATH))
    got.submit(got.form("/comments"), text=WORDS)
    assert only_comment(thread).proposed is None


def test_a_long_selection_comes_as_its_beginning_and_its_length(thread, page):
    got = page.get(compose(thread, clause=PATH, quote=NEW[:20], start=0, length=60))
    assert got.form("/comments").fields["quote"] == NEW[:60]


def test_a_visitor_signs_in_and_comes_back_with_the_clause(thread, client):
    answer = client.get(compose(thread, clause=PATH, quote="жиырма"))
    assert answer.status_code == 303 and "clause%3Darticle-2" in answer.location.replace("/1", "")
    assert "/sign-in" in answer.location


@pytest.mark.parametrize("quote", ["мұндай сөз жоқ", "рет беріледі. Бұл ереже"])
def test_a_selection_that_is_gone_says_so_and_the_clause_stays(thread, page, quote):
    got = page.get(compose(thread, clause=PATH, quote=quote, start=3))
    assert "crosses clauses" in got.text and got.form("/comments").fields["quote"] == ""
    # Changed between the page and the button: what was typed comes back, and can be sent for the clause.
    form = got.form("/comments")
    back = got.submit(form, follow=False, text=WORDS, quote=quote)
    assert back.status == 422 and "are not in this clause" in back.errors[0]
    assert back.form("/comments").fields["text"] == WORDS
    back.submit(back.form("/comments"))
    assert (only_comment(thread).quote_exact, only_comment(thread).anchor_path) == (None, PATH)


def test_a_clause_that_is_gone_keeps_the_words(thread, page):
    got = page.get(compose(thread, clause="article-99"))
    assert "is not in this text any more" in got.text
    back = page.post(
        f"/en/threads/{thread.id}/comments",
        {
            **dict(got.form("/comments").form_values()),
            "clause": "article-99",
            "text": WORDS,
            "proposed": "Жаңа",
        },
    )
    assert back.status == 422 and back.form("/comments").fields["text"] == WORDS and "Жаңа" in back.html
    assert back.form("/comments").fields["clause"] == ""


def test_a_version_that_came_meanwhile_changes_nothing(thread, page):
    form = (got := page.get(compose(thread, clause=PATH, version=1, read_in="kk"))).form("/comments")
    assert OLD[:20] in got.text
    got.submit(form, text=WORDS)
    assert only_comment(thread).anchor_version == 1


def test_a_thread_that_closed_gives_the_words_back(thread, page):
    got = page.get(compose(thread))
    threads.close(thread, now=clock.now())
    back = got.submit(got.form("/comments"), follow=False, text=WORDS)
    assert (back.status, back.h1) == (409, "No more comments are taken here")
    assert WORDS in back.document.xpath("//textarea")[0].text
    assert page.get(compose(thread), status=409).h1 == "No more comments are taken here"


def test_a_session_that_ended_gives_the_words_back(thread, page, client):
    got = page.get(compose(thread))
    sign_out(client)
    data = dict(got.form("/comments").form_values())
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "x"
    client.application.config["WTF_CSRF_ENABLED"] = False
    try:
        back = page.post(f"/en/threads/{thread.id}/comments", {**data, "text": WORDS})
    finally:
        client.application.config["WTF_CSRF_ENABLED"] = True
    assert back.status == 403 and WORDS in back.document.xpath("//textarea")[0].text
    again = back.document.xpath("//main//a[contains(., 'Sign in')]/@href")[0]
    assert f"/en/threads/{thread.id}/comment" in again


def test_a_megabyte_is_refused_with_the_limit_and_kept(thread, page):
    got = page.get(compose(thread))
    long = "сөз " * 130_000
    back = got.submit(got.form("/comments"), follow=False, text=long)
    assert back.status == 422 and "too long" in back.errors[0]
    assert back.form("/comments").fields["text"].strip() == long.strip()
    for text, wrong in ((" ", "Write what you want to say."), ("Мектеп \u202eлож", "invisible characters")):
        back = got.submit(got.form("/comments"), follow=False, text=text)
        assert back.status == 422 and wrong in back.errors[0]
    back = got.submit(got.form("/comments"), follow=False, text=WORDS, author_kind="council")
    assert back.status == 422 and back.errors == ["Write for whom you speak."]


def test_pressed_twice_there_is_one_comment_and_markup_is_text(thread, page):
    form = (got := page.get(compose(thread))).form("/comments")
    for _ in range(2):
        shown = got.submit(form, text="<script>alert(1)</script> қарсымын")
    assert only_comment(thread).text.startswith("<script>")
    assert "<script>alert" not in shown.html and "<script>alert(1)</script> қарсымын" in shown.text


def test_a_file_is_kept_or_refused_by_name(thread, page, client, cast):
    form = (got := page.get(compose(thread))).form("/comments")
    back = got.submit(form, follow=False, text=WORDS, files={"attachment": (BytesIO(b"MZ..."), "план.exe")})
    assert back.status == 422 and "план.exe was not added" in back.errors[0]
    assert back.form("/comments").fields["text"] == WORDS
    pdf = BytesIO(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    shown = got.submit(form, text=WORDS, files={"attachment": (pdf, "../план.pdf")})
    address = shown.link("план.pdf")
    answer = client.get(address)
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    hidden(only_comment(thread), cast)
    sign_out(client)
    assert client.get(address).status_code == 404


def test_replies_are_one_level_deep_and_none_to_what_is_hidden(thread, page, cast, client):
    comment = post(thread, cast.bolat)
    got = page.get(f"/en/comments/{comment.id}/reply")
    shown = got.submit(got.form("/reply"), text="Келісемін, бірақ кеш.")
    reply = db.session.query(Comment).filter_by(parent_id=comment.id).one()
    assert "Your reply is published." in shown.text and "Келісемін" in shown.text
    assert not shown.document.xpath(f"//a[contains(@href, '/comments/{reply.id}/reply')]")
    assert client.get(f"/en/comments/{reply.id}").location.endswith(
        f"/comments/{comment.id}#comment-{reply.id}"
    )
    assert page.get(f"/en/comments/{reply.id}/reply", status=409)
    hidden(comment, cast)
    back = got.submit(got.form("/reply"), follow=False, text="Тағы бір жауап.")
    assert (back.status, back.h1) == (409, "This comment is hidden") and "Тағы бір жауап." in back.html


def test_editing_leaves_a_trace_after_the_quiet_minutes(thread, page, cast, client):
    comment = post(thread, cast.aigul, now=clock.now() - timedelta(hours=1))
    got = page.get(f"/en/comments/{comment.id}/edit")
    assert "what it said before" in got.text
    shown = got.submit(got.form("/edit"), text="Он күн жеткілікті.")
    assert "Он күн жеткілікті." in shown.text and "Бес күн аз" in shown.text
    assert "What it said before" in shown.text
    sign_in(client, cast.bolat)
    assert client.get(f"/en/comments/{comment.id}/edit").status_code == 403
    # Taken back, neither the words nor what they were before can be read.
    posting.withdraw(comment, actor=cast.aigul.actor(), now=clock.now())
    assert "Бес күн" not in page.get(f"/en/comments/{comment.id}").html
    assert page.get(f"/en/comments/{comment.id}").h1.endswith("Taken back by its author")


def test_taking_back(thread, page, cast):
    comment = post(thread, cast.aigul)
    got = page.get(f"/en/comments/{comment.id}/withdraw")
    answer = page.client.post(got.path, data=dict(got.form("/withdraw").form_values()))
    assert answer.location == f"/test/{thread.subject_number}/"
    assert queries.by_id(comment.id).state is State.WITHDRAWN
    assert page.get(got.path, status=409).h1 == "This comment was taken back"


def test_agreeing_and_taking_that_back(thread, page, cast, client):
    comment = post(thread, cast.bolat)
    got = page.get(f"/en/comments/{comment.id}")
    got = got.submit(got.form("/agreement"), value="yes")
    assert "1 person agrees" in got.text and got.document.xpath("//button[@aria-pressed='true']")
    data = dict(got.form("/agreement").form_values())
    answer = client.post(
        f"/en/comments/{comment.id}/agreement", data={**data, "value": "no"}, headers={"HX-Request": "true"}
    )
    assert (
        "<html" not in answer.text and 'aria-pressed="false"' in answer.text and "agrees" not in answer.text
    )
    for back, place in (("/en/petitions?q=a", "/en/petitions?q=a#comment-"), ("//evil.kz", "/en/comments/")):
        answer = client.post(
            f"/en/comments/{comment.id}/agreement", data={**data, "value": "yes", "back": back}
        )
        assert answer.status_code == 303 and answer.location.startswith(place)
    sign_in(client, cast.bolat)
    assert not page.get(f"/en/comments/{comment.id}").document.xpath("//button[@name='value']"), (
        "not with oneself"
    )


def test_a_group_shows_who_sent_it_and_what_was_added(thread, page, cast, client):
    letter = (
        "Біздің ауылда бір ғана мектеп бар, оны жабуға болмайды, себебі балалар қалаға жете алмайды. " * 2
    )
    first = post(thread, cast.aigul, letter, now=clock.now())
    second = post(thread, cast.bolat, letter + "Менің үш балам бар.")
    db.session.flush()
    for comment in (first, second):
        grouping.join(comment.id, now=clock.now())
    count()
    group = db.session.query(Group).one()
    got = page.get(f"/en/comment-groups/{group.id}")
    assert got.h1.endswith("2 people sent this letter")
    assert {first.shown_as, second.shown_as} <= set(
        got.text.replace(",", "").split("  ")
    ) or first.shown_as in got.text
    assert got.document.xpath("//ins[contains(., 'үш балам')]")
    own = got.link("Is it different?")
    assert own.endswith(f"/comments/{first.id}/different")
    got = page.get(own)
    got.submit(got.form("/different"))
    assert queries.by_id(first.id).group_id is None
    assert page.get(own, status=409)


def test_an_appeal_is_made_once_and_by_the_author_alone(thread, page, cast, client):
    comment = post(thread, cast.aigul)
    hidden(comment, cast)
    got = page.get(f"/en/comments/{comment.id}")
    assert (
        "A moderator hid your comment" in got.text and "телефоны тұр" in got.text and comment.text in got.html
    )
    got = page.get(got.link("Appeal to another moderator"))
    back = got.submit(got.form("/appeal"), follow=False, text="Қате")
    assert back.status == 422 and "at least 20" in back.errors[0]
    shown = got.submit(got.form("/appeal"), text="Бұл менің өз телефоным, басқа ешкімдікі емес.")
    assert "Another moderator decides by" in shown.text
    assert page.get(f"/en/comments/{comment.id}/appeal", status=409)
    sign_out(client)
    seen = page.get(f"/en/comments/{comment.id}")
    assert (
        comment.text not in seen.html
        and comment.shown_as not in seen.text
        and "телефоны тұр" not in seen.html
    )
    assert "personal data of somebody else" in seen.text
