"""Comments on a petition: on its page, on their own page, and on the author's."""

from app import clock
from app.comments.services import counting, posting
from app.comments.services.posting import CommentWords
from app.db import db
from tests import factories
from tests.cast import sign_in
from tests.page_client import PageClient


def say(petition, account, text):
    words = CommentWords(text=text, language="kk")
    return posting.post(petition.thread, words=words, anchor=None, actor=account.actor(), now=clock.now())


def counted():
    db.session.flush()
    counting.run(clock.now())
    db.session.expire_all()


def test_a_petition_is_commented_on_and_its_author_finds_it_again(cast, client):
    petition = factories.published(cast)
    page = PageClient(client)
    got = page.get(f"/en/petitions/{petition.number}")
    assert "Nobody has commented on this petition." in got.text
    assert "csrf_token" not in got.html, "the page is the same for everybody"
    assert "Nobody has commented" in page.get(f"/en/petitions/{petition.number}/comments").text
    sign_in(client, cast.bolat)
    got = page.get(got.link("Write a comment"))
    assert not got.document.xpath("//textarea[@name='proposed']")
    got.submit(got.form("/comments"), text="Жолды мектептен бастаңыз.")
    mine = page.get("/en/me")
    assert (
        "Жолды мектептен бастаңыз." in mine.text and petition.title in mine.text and "Take back" in mine.text
    )


def test_the_three_best_stand_on_the_petition_and_all_on_their_page(cast, client):
    petition = factories.published(cast)
    said = [say(petition, cast.bolat, f"Пікір {n}: жол керек, {'өте ' * n}керек.") for n in range(1, 6)]
    posting.agree(said[1], actor=cast.dana.actor(), now=clock.now())
    counted()
    page = PageClient(client)
    got = page.get(f"/en/petitions/{petition.number}")
    assert "5 comments by 1 person" in got.text
    texts = [one.text_content() for one in got.document.xpath("//article[contains(@class, 'uq-comment')]")]
    assert len(texts) == 3 and "Пікір 2:" in texts[0] and "1 person agrees" in texts[0]
    got = page.get(got.link("Read all comments"))
    assert got.text.count("Пікір") == 5 and "csrf_token" not in got.html
    newest = page.get(got.link("Newest first"))
    assert newest.text.index("Пікір 5") < newest.text.index("Пікір 1")
    assert page.get(f"/en/petitions/{petition.number}/comments?q=zzzz").text.count("Пікір") == 0


def test_a_petition_that_is_not_public_has_no_page_of_comments(cast, client):
    draft = factories.draft(cast)
    assert client.get(f"/en/petitions/{draft.number}/comments").status_code == 404
    sign_in(client, cast.aigul)
    assert client.get(f"/en/petitions/{draft.number}/comments").status_code == 303
