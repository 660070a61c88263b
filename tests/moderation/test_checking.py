"""The check before publication, as two moderators meet it."""

from datetime import timedelta

import pytest

from app import clock
from app.law import rules_version
from app.petitions import queries
from app.petitions.lifecycle import State
from app.petitions.services import checking
from tests import factories
from tests.cast import sign_in
from tests.page_client import PageClient

REASON = "Петицияда сот шешімін өзгерту сұралған. Бұл тармақты алып тастап, қайта жіберіңіз."


@pytest.fixture
def moderator(client, cast):
    sign_in(client, cast.yerlan)
    return PageClient(client)


def fresh(petition):
    return queries.by_number(petition.number)


def ground_of(petition):
    return rules_version(petition.rules_version).excluded_matters[4]


def test_the_page_shows_the_whole_petition(cast, moderator):
    petition = factories.submitted(cast)
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    for text in (
        petition.title,
        petition.demands[1].text,
        petition.arguments,
        petition.addressee.name_en,
        "0 of 50",
    ):
        assert text in page.text
    assert "7,880 votes" in page.text


def test_markup_typed_by_an_author_stays_text(cast, moderator):
    petition = factories.submitted(
        cast, title="<script>alert(1)</script> жол", arguments="<img src=x onerror=a>"
    )
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    assert "<script>alert(1)</script>" in page.text and not page.document.xpath("//main//img")


def test_the_answers_of_the_author_are_shown(cast, moderator, session):
    petition = factories.submitted(cast)
    petition.draft_answers = {m.id: False for m in rules_version(petition.rules_version).excluded_matters}
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    assert "answered no to every question" in page.text


def test_similar_petitions_carry_the_two_flags_and_refuse_by_neither(cast, moderator):
    words = "Мектеп жанына жаяу жүргінші жолын салу керек"
    open_one = factories.published(cast, title=f"{words} бүгін")
    decided = factories.decided(cast, title=f"{words} ертең")
    petition = factories.submitted(cast, title=words)
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    rows = {row.text_content(): row for row in page.document.xpath("//ul[@class='uq-desk__similar']/li")}
    flags = {n: next(t for t in rows if f"№\xa0{n}" in t) for n in (open_one.number, decided.number)}
    assert "a: open petition" in flags[open_one.number] and "b: decided" not in flags[open_one.number]
    assert "less than a year ago" in flags[decided.number]
    page.submit(page.form("/pass"))
    assert fresh(petition).check_passed_at is not None


def test_passing_publishes_at_once_where_the_first_supporters_are_there(cast, moderator):
    petition = factories.submitted(cast)
    factories.signatures(petition, 50)
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    page = page.submit(page.form("/pass"))
    assert page.path == "/en/desk" and "is published" in page.text
    assert fresh(petition).state is State.PUBLISHED


def test_passing_before_the_first_support_waits_for_it(cast, moderator):
    petition = factories.submitted(cast)
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    page = page.submit(page.form("/pass"))
    assert "as soon as its first supporters are there" in page.text
    assert fresh(petition).state is State.SUBMITTED
    again = moderator.get(f"/en/desk/checks/{petition.number}")
    assert "nothing is to be decided here any more" in again.text and not again.document.xpath(
        "//main//textarea"
    )


def test_a_rejection_is_looked_at_before_it_happens(cast, moderator):
    petition = factories.submitted(cast)
    ground = ground_of(petition)
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    preview = page.submit(page.form("/reject"), ground=ground.id, reason=REASON)
    assert preview.status == 200 and fresh(petition).state is State.SUBMITTED
    assert REASON in preview.text and ground.text.en in preview.text
    assert "register of rejections" in preview.text
    back = preview.submit(preview.form("/reject"), change="yes")
    assert back.document.xpath("//textarea")[0].text_content().strip() == REASON
    done = preview.submit(preview.form("/reject"), confirmed="yes")
    assert done.path == "/en/desk"
    petition = fresh(petition)
    assert (petition.state, petition.rejection_ground) == (State.REJECTED, ground.id)
    assert petition.rejection_reason == REASON


@pytest.mark.parametrize(
    ("ground", "reason", "complaint"),
    [
        ("", REASON, "Choose the reason from the law’s list."),
        ("competences", "", "Write the reason for the author."),
        ("competences", "Тым қысқа", "Write at least 20 characters"),
        ("no-such-ground", REASON, "valid choice"),
        ("competences", REASON * 100, "too long"),
        ("competences", "‮" + REASON, "invisible characters"),
    ],
)
def test_a_rejection_with_something_wrong_keeps_what_was_typed(cast, moderator, ground, reason, complaint):
    petition = factories.submitted(cast)
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    page = moderator.post(
        f"/en/desk/checks/{petition.number}/reject",
        {"csrf_token": page.form("/reject").fields["csrf_token"], "ground": ground, "reason": reason},
    )
    assert page.status == 422
    assert any(complaint in error for error in page.errors), page.errors
    assert "Nothing that you typed is lost." in page.text
    if reason and "‮" not in reason:
        assert page.document.xpath("//textarea")[0].text_content().strip() == reason
    assert fresh(petition).state is State.SUBMITTED


def test_the_slower_of_two_moderators_reads_what_the_other_did(cast, moderator):
    petition = factories.submitted(cast)
    ground = ground_of(petition)
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    preview = page.submit(page.form("/reject"), ground=ground.id, reason=REASON)
    checking.pass_check(petition, actor=cast.saule.actor(), now=clock.now())
    for late in (
        preview.submit(preview.form("/reject"), confirmed="yes"),
        page.submit(page.form("/reject"), ground=ground.id, reason=REASON),
    ):
        assert late.status == 409
        assert cast.saule.name in late.text and "passed the check" in late.text
        assert late.document.xpath("//textarea")[0].text_content().strip() == REASON
    assert fresh(petition).state is State.SUBMITTED and fresh(petition).rejected_at is None


def test_the_slower_one_cannot_pass_what_was_rejected(cast, moderator):
    petition = factories.submitted(cast)
    page = moderator.get(f"/en/desk/checks/{petition.number}")
    checking.reject(
        petition, ground=ground_of(petition).id, reason=REASON, actor=cast.saule.actor(), now=clock.now()
    )
    late = page.submit(page.form("/pass"))
    assert late.status == 409 and f"{cast.saule.name} rejected" in late.text and REASON in late.text
    assert fresh(petition).state is State.REJECTED


def test_a_withdrawn_or_lapsed_petition_is_too_late_too(cast, moderator):
    for make, words in ((factories.withdrawn, "The author withdrew"), (factories.lapsed, "ran out on")):
        petition = make(cast)
        token = moderator.get(f"/en/desk/petitions/{factories.published(cast).number}/close")
        late = moderator.post(
            f"/en/desk/checks/{petition.number}/pass",
            {"csrf_token": token.form("/close").fields["csrf_token"]},
        )
        assert late.status == 409 and words in late.text


def test_nobody_checks_their_own_petition(cast, client):
    petition = factories.submitted(cast)
    petition.author_id = cast.yerlan.id
    sign_in(client, cast.yerlan)
    assert client.get(f"/en/desk/checks/{petition.number}").status_code == 403
    desk = PageClient(client).get("/en/desk")
    assert "somebody else checks it" in desk.text


def test_only_moderators_come_to_the_check(cast, client):
    petition = factories.submitted(cast)
    for account, status in ((cast.marat, 404), (cast.bolat, 404), (cast.aigul, 403), (cast.asel, 403)):
        sign_in(client, account)
        assert client.get(f"/en/desk/checks/{petition.number}").status_code == status


def test_the_queue_leads_on_to_the_next_one(cast, moderator):
    first = factories.submitted(cast, now=clock.now() - timedelta(days=10))
    second = factories.submitted(cast)
    page = moderator.get(f"/en/desk/checks/{first.number}")
    assert page.document.xpath("//a[@accesskey='n']/@href") == [f"/en/desk/checks/{second.number}"]
