"""What everybody may read: the list, the archive, and the petition's own page in each of its states."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app import clock
from app.db import db
from app.petitions import queries
from app.petitions.lifecycle import PUBLIC_STATES, State
from app.petitions.models import ArchivedPetition, InvalidationReason, ReportedIs, Step, StepState
from app.petitions.queries import counts
from app.petitions.services import counting, reviewing, signing
from app.petitions.services.indexing import index_archived
from tests import factories
from tests.cast import sign_in
from tests.page_client import PageClient

# A page that is read by everybody asks the database for little, whatever its state.
MOST_QUERIES = 8


@pytest.fixture
def pages(client):
    return PageClient(client)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The reads that the database was asked for inside of the block."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_):
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def address(petition, language="en"):
    return f"/{language}/petitions/{petition.number}"


def archived(**words) -> ArchivedPetition:
    petition = ArchivedPetition(
        **{
            "platform": "epetition.kz",
            "external_id": "old-1",
            "titles": {"ru": "Вернуть прежний часовой пояс"},
            "texts": {"ru": "Люди устали."},
            "signatures": 40000,
            "signatures_are": ReportedIs.MORE_THAN,
            "signatures_as_of": "2024-06-07",
            "sources": [{"url": "https://example.kz/news", "date": "2024-06"}],
            "licence": "short quotation",
            "imported_at": clock.now(),
            **words,
        }
    )
    index_archived(petition)
    db.session.add(petition)
    db.session.flush()
    return petition


@pytest.mark.parametrize("state", sorted(PUBLIC_STATES))
def test_every_public_state_has_a_sound_page(pages, cast, state):
    petition = factories.in_state(state, cast)
    for language in ("kk", "ru", "en"):
        page = pages.get(address(petition, language))
        assert petition.title in page.h1
        assert petition.addressee.name_kk in page.text or language != "kk"
        for demand in petition.demands:
            assert demand.text in page.text
        assert "7,880" in page.text or "60" in page.text or language != "en"


@pytest.mark.parametrize(
    "state", [State.PUBLISHED, State.FORWARDED, State.UNDER_REVIEW, State.DECIDED, State.ANSWERED]
)
def test_the_page_asks_the_database_for_little(app, client, cast, state):
    here = address(factories.in_state(state, cast))
    client.get(here)
    with counted_queries() as asked:
        assert client.get(here).status_code == 200
    # With a decision come the rulings of councils on it, and what was promised in it.
    most = MOST_QUERIES + 2 * (state is State.DECIDED)
    assert len(asked) <= most, "\n\n".join(asked)


def test_the_second_reader_costs_no_query(app, client, cast):
    here = address(factories.decided(cast))
    app.page_cache.seconds = 60
    try:
        first = client.get(here)
        with counted_queries() as asked:
            second = client.get(here)
            unchanged = client.get(here, headers={"If-None-Match": first.headers["ETag"]})
        assert asked == []
        assert second.data == first.data
        assert unchanged.status_code == 304
        assert "Set-Cookie" not in first.headers
        assert first.headers["Cache-Control"].startswith("public, max-age=60")
        assert b"csrf" not in first.data
    finally:
        app.page_cache.seconds = 0
        app.page_cache.clear()


def test_the_number_shown_is_the_number_counted(pages, cast):
    petition = factories.published(cast, addressee="ministry-of-justice")
    factories.signatures(petition, 1234)
    page = pages.get(address(petition))
    assert "1,284 signatures of 50,000 needed" in page.text
    assert "The law sets this number" in page.text


def test_the_threshold_stands_with_its_calculation(pages, cast):
    petition = factories.published(cast)
    page = pages.get(address(petition))
    assert "1 % of 787,971 residents on January 1, 2023, rounded up." in page.text
    assert "art. 90-3(4)" in page.text


def test_an_open_petition_has_one_button_and_it_leads_to_signing(pages, cast):
    petition = factories.published(cast)
    page = pages.get(address(petition))
    buttons = page.document.xpath("//main//a[contains(@class, 'govuk-button')]")
    assert [button.get("href") for button in buttons] == [f"/en/petitions/{petition.number}/sign"]


def test_a_decided_petition_cannot_be_signed(pages, cast):
    page = pages.get(address(factories.decided(cast)))
    assert not page.document.xpath("//main//a[contains(@href, '/sign') and not(contains(@href, 'sign-in'))]")


def test_the_title_says_which_language_it_is_in(pages, cast):
    petition = factories.published(cast, titles={"kk": "Көпір салу", "ru": "Построить мост"})
    assert pages.get(address(petition, "ru")).document.xpath("//h1")[0].get("lang") is None
    heading = pages.get(address(petition, "en")).document.xpath("//h1")[0]
    assert (heading.text_content(), heading.get("lang")) == ("Көпір салу", "kk")


def test_markup_in_a_petition_is_shown_as_text(pages, cast):
    petition = factories.published(
        cast, title="<b>Мост</b> & «река»", demands=["<script>alert(1)</script>"], arguments="<i>почему</i>"
    )
    page = pages.get(address(petition))
    assert page.h1 == "<b>Мост</b> & «река»"
    assert "<script>alert(1)</script>" in page.text
    assert not page.document.xpath("//main//b | //main//i[text()='почему'] | //main//script")


def test_the_clock_of_a_review_says_how_long_and_by_which_article(pages, cast):
    page = pages.get(address(factories.registered(cast)))
    assert "20 working days left" in page.text
    assert "Review by a local representative or executive body: 20 working days, counted from" in page.text
    assert "art. 90-5(1)2" in page.text


def test_an_overdue_answer_is_called_overdue(pages, cast):
    petition = factories.registered(cast, now=clock.now() - timedelta(days=60))
    assert "Overdue by" in pages.get(address(petition)).text


def test_an_extension_shows_its_reason(pages, cast):
    petition = factories.registered(cast)
    to = petition.review_duty.due_on + timedelta(days=20)
    while to.isoweekday() > 5:
        to += timedelta(days=1)
    reason = "Зертхананың сынақ нәтижелері кешігіп жатыр."
    reviewing.extend(petition, to=to, reason=reason, actor=cast.gulnar.actor(), now=clock.now())
    text = pages.get(address(petition)).text
    assert "The term was extended from" in text
    assert reason in text


def test_the_decision_answers_demand_by_demand(pages, cast):
    petition = factories.decided(cast)
    page = pages.get(address(petition))
    answers = page.document.xpath("//section[@aria-labelledby='decision']//article")
    assert len(answers) == len(petition.demands)
    assert "Accepted" in answers[0].text_content()
    assert "May 1, 2027" in answers[0].text_content()
    assert "Refused" in answers[1].text_content()
    for part in reviewing.TEXT_PARTS:
        assert f"Шешімнің мәтіні: {part}." in page.text
    assert "3 months from the day of the publication" in page.text


def test_a_draft_of_a_decision_is_seen_by_nobody(pages, cast):
    petition = factories.reviewed(cast)
    reviewing.save_decision(
        petition, draft=factories.decision_draft(petition), actor=cast.marat.actor(), now=clock.now()
    )
    assert "Шешімнің мәтіні" not in pages.get(address(petition)).text


def test_the_answer_to_a_letter_is_shown(pages, cast):
    assert "Мәселе аудандық жоспарға енгізілді." in pages.get(address(factories.answered(cast))).text


def test_the_history_names_roles_and_never_people(pages, cast):
    petition = factories.decided(cast)
    page = pages.get(address(petition))
    history = page.document.xpath("//ol[@class='uq-timeline']")[0].text_content()
    for what in ("Submitted", "Published, signing began", "Registered, the review began", "Decided"):
        assert what in history
    assert "A moderator" in history
    for person in (cast.yerlan, cast.marat, cast.gulnar):
        assert person.given_name not in page.text.replace(reviewed_by(petition), "")


def reviewed_by(petition) -> str:
    """The head signs the decision by name; that is the one name of an office that stands on the page."""
    decision = queries.decision_of(petition)
    assert decision is not None
    return decision.signed_by


def test_a_step_that_was_announced_is_still_expected(pages, cast):
    petition = factories.registered(cast)
    on = clock.today() + timedelta(days=14)
    reviewing.record_step(
        petition,
        step="public_discussion",
        state=StepState.ANNOUNCED,
        on=on,
        place="Көкшетау, мәжіліс залы",
        actor=cast.marat.actor(),
        now=clock.now(),
    )
    page = pages.get(address(petition))
    expected = page.document.xpath("//li[contains(@class, 'uq-timeline__entry--expected')]")
    assert any("Көкшетау, мәжіліс залы" in entry.text_content() for entry in expected)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Step)) == 1


def test_a_fall_of_the_count_is_marked_with_its_reason(pages, cast):
    now = clock.now()
    petition = factories.published(cast, now=now - timedelta(days=9))
    factories.signatures(petition, 40, at=now - timedelta(days=5))
    signing.invalidate(
        petition,
        since=now - timedelta(days=6),
        until=now - timedelta(days=4),
        region_code=None,
        reason=InvalidationReason.COURT,
        actor=cast.yerlan.actor(),
        now=now - timedelta(days=2),
    )
    counting.run(batch=1000, now=now - timedelta(days=2))
    page = pages.get(address(petition))
    assert "50 signatures of" in page.text
    assert "40 signatures taken out of the count, decision of a court" in page.text
    assert page.document.xpath("//*[@class='uq-chart__fall']")


def test_a_threshold_once_reached_stays_reached(pages, cast):
    petition = factories.supported(cast)
    signing.invalidate(
        petition,
        since=clock.now() - timedelta(days=1),
        until=clock.now() + timedelta(days=1),
        region_code=None,
        reason=InvalidationReason.TECHNICAL,
        actor=cast.yerlan.actor(),
        now=clock.now(),
    )
    counting.run(batch=1000, now=clock.now())
    text = pages.get(address(petition)).text
    assert "The threshold is reached" in text
    assert "It stays reached although the count fell since." in text


def test_small_regions_are_merged_on_the_map(pages, cast):
    petition = factories.published(cast)
    factories.signatures(petition, 7, region="KZ-10")
    factories.signatures(petition, 6, region="KZ-19")
    page = pages.get(address(petition))
    table = page.document.xpath("//figure[contains(@class, 'uq-tilemap')]//table")[0].text_content()
    assert "7" not in table and "6" not in table.replace("16", "")
    assert "together they have 13" in page.text


def test_every_figure_says_who_is_counted(pages, cast):
    page = pages.get(address(factories.published(cast)))
    notes = page.document.xpath("//p[@class='uq-figure__note']")
    assert len(notes) == 2
    assert all("Counted is" in note.text_content() for note in notes)
    assert all("not show" in note.text_content() for note in notes)


def test_the_count_of_each_day_is_that_of_its_end(session, cast):
    now = clock.now().replace(hour=8)
    petition = factories.published(cast, now=now - timedelta(days=3))
    factories.signatures(petition, 5, at=now - timedelta(days=1))
    factories.signatures(petition, 5, at=now - timedelta(days=1) + timedelta(hours=2))
    days = counts.days_of(petition)
    assert [total for _, total in days] == [50, 60]
    assert days[-1][0] == clock.today(now - timedelta(days=1))


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.SUBMITTED, State.REJECTED, State.LAPSED, State.WITHDRAWN]
)
def test_unpublished_petitions_do_not_exist_for_strangers(client, cast, state):
    petition = factories.in_state(state, cast)
    assert client.get(address(petition)).status_code == 404
    sign_in(client, cast.bolat)
    assert client.get(address(petition)).status_code == 404


def test_the_author_is_led_to_where_the_work_goes_on(client, cast):
    drafted, submitted = factories.draft(cast), factories.submitted(cast)
    sign_in(client, cast.aigul)
    assert client.get(address(drafted)).location == f"/en/petitions/{drafted.number}/draft/check"
    assert client.get(address(submitted)).location == f"/en/petitions/{submitted.number}/progress"


def test_a_moderator_is_led_to_the_check(client, cast):
    petition = factories.submitted(cast)
    sign_in(client, cast.yerlan)
    assert client.get(address(petition)).location == f"/en/desk/checks/{petition.number}"


def test_a_removed_petition_leaves_its_number_and_the_note(pages, cast):
    petition = factories.removed(cast)
    page = pages.get(address(petition), status=410)
    assert petition.closing_note in page.text
    assert petition.original_title not in page.html


def test_a_signer_rates_an_answer_once_and_may_change_it(client, cast):
    petition = factories.reviewed(cast)
    add_signature(petition, cast.bolat)
    decide(petition, cast)
    sign_in(client, cast.bolat)
    page = PageClient(client).get(address(petition))
    form = page.form("/ratings")
    page = page.submit(form, rating="no")
    page = page.submit(page.form("/ratings"), rating="partly")
    assert "1 signer said so. Signers only, not representative." in page.text
    assert "You said: In part." in page.text


def test_only_signers_see_the_question(client, cast):
    petition = factories.decided(cast)
    sign_in(client, cast.bolat)
    page = PageClient(client).get(address(petition))
    assert not [form for form in page.document.forms if (form.get("action") or "").endswith("/ratings")]
    answer = queries.decision_of(petition).answers[0]
    with client.session_transaction() as cookie:
        assert "csrf_token" not in cookie
    token = PageClient(client).get("/en/me/settings").form("").fields["csrf_token"]
    response = client.post(
        f"{address(petition)}/ratings", data={"answer": answer.id, "rating": "no", "csrf_token": token}
    )
    assert response.status_code == 409


def add_signature(petition, account):
    """The signature of `account`, as signing would leave it."""
    from app.accounts.keys import signer_key
    from app.petitions.models import Signature

    db.session.add(
        Signature(
            petition_id=petition.id,
            signer_key=signer_key(account.person_tag, petition_number=petition.number),
            region_code="KZ-71",
            consent_version="test",
            signed_at=clock.now(),
        )
    )
    db.session.flush()


def decide(petition, cast):
    draft = factories.decision_draft(petition)
    reviewing.save_decision(petition, draft=draft, actor=cast.marat.actor(), now=clock.now())
    reviewing.publish_decision(petition, actor=cast.gulnar.actor(), now=clock.now())


# --- The list


def titles_on(page):
    return [
        " ".join(a.text_content().split()) for a in page.document.xpath("//h3[@class='uq-card__title']/a")
    ]


def test_an_empty_list_says_what_will_stand_there(pages):
    page = pages.get("/en/petitions")
    assert "There is no petition yet" in page.text
    assert page.link("Start a petition").endswith("/petitions/new")


def test_facets_narrow_the_list_and_count(pages, cast):
    for state in (State.PUBLISHED, State.UNDER_REVIEW, State.DECIDED, State.RETURNED, State.SUBMITTED):
        factories.in_state(state, cast)
    page = pages.get("/en/petitions")
    facets = [" ".join(a.text_content().split()) for a in page.document.xpath("//nav[@class='uq-facets']//a")]
    assert facets == [
        "All 4",
        "Open for signatures 1",
        "With the addressee 1",
        "Decided 1",
        "Not supported 1",
    ]
    assert len(titles_on(pages.get("/en/petitions?state=decided"))) == 1
    assert "Satisfied in part" in pages.get("/en/petitions?state=decided").text


def test_words_are_found_in_the_three_languages(pages, cast):
    factories.published(cast, title="Қоғамдық көлік тәртібі", language="kk")
    factories.published(cast, title="Ещё один мост через реку", language="ru")
    assert titles_on(pages.get("/en/petitions?q=коғам")) == ["Қоғамдық көлік тәртібі"]
    assert titles_on(pages.get("/en/petitions?q=тәртiбi")) == ["Қоғамдық көлік тәртібі"]
    assert titles_on(pages.get("/en/petitions?q=еще мост")) == ["Ещё один мост через реку"]
    assert "Nothing was found" in pages.get("/en/petitions?q=жоқсөз").text


def test_pages_of_the_list_lead_forth_and_back(pages, cast, monkeypatch):
    monkeypatch.setattr("app.petitions.queries.listing.page_of.__kwdefaults__", {"size": 2}, raising=False)
    for n in range(5):
        factories.published(cast, title=f"Өтініш {n}")
    first = pages.get("/en/petitions")
    second = pages.get(first.link("Older"))
    third = pages.get(second.link("Older"))
    assert titles_on(first) + titles_on(second) + titles_on(third) == [f"Өтініш {n}" for n in (4, 3, 2, 1, 0)]
    assert titles_on(pages.get(third.link("Newer"))) == titles_on(second)
    assert not third.document.xpath("//a[@rel='next']")


def test_the_filters_stay_while_turning_pages(pages, cast, monkeypatch):
    monkeypatch.setattr("app.petitions.queries.listing.page_of.__kwdefaults__", {"size": 1}, raising=False)
    for _ in range(2):
        factories.published(cast, topic="transport")
    page = pages.get("/en/petitions?state=open&topic=transport&region=KZ-11&order=most_signed")
    following = page.link("Less signed")
    for kept in ("state=open", "topic=transport", "region=KZ-11", "order=most_signed"):
        assert kept in following


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "order=sideways",
        "topic=%00",
        "region=KZ-99",
        "after=!!!",
        "q=%00%E2%80%AE",
        "to=nobody",
    ],
)
def test_a_misspelt_address_still_shows_the_list(pages, cast, query):
    petition = factories.published(cast)
    assert petition.title in pages.get(f"/en/petitions?{query}").text


def test_the_list_costs_no_query_more_for_more_petitions(client, cast):
    factories.registered(cast)
    factories.decided(cast)
    client.get("/en/petitions")
    with counted_queries() as few:
        client.get("/en/petitions")
    for _ in range(3):
        factories.registered(cast)
        factories.decided(cast)
    with counted_queries() as many:
        client.get("/en/petitions")
    assert len(many) == len(few)


def test_only_the_petitions_to_one_body(pages, cast):
    factories.published(cast, title="Бір", addressee="ministry-of-justice")
    factories.published(cast, title="Екі")
    assert titles_on(pages.get("/en/petitions?to=ministry-of-justice")) == ["Бір"]


# --- The archive


def test_the_archive_says_whose_count_it_is(pages):
    petition = archived()
    page = pages.get(f"/en/petitions/archive/{petition.id}")
    assert page.document.xpath("//h1")[0].get("lang") == "ru"
    assert "more than 40,000 signatures" in page.text
    assert "June 7, 2024" in page.text
    assert "short quotation" in page.text
    assert "cannot be signed here" in page.text
    assert page.link("https://example.kz/news")


def test_the_archive_stands_apart_from_our_list(pages, cast):
    archived()
    factories.published(cast, title="Часовой пояс және біз")
    page = pages.get("/en/petitions?q=часовой пояс")
    assert titles_on(page) == ["Часовой пояс және біз"]
    assert "1 petition is also found in the archive of other platforms." in page.text
    found = pages.get(page.link("Look in the archive"))
    assert "Вернуть прежний часовой пояс" in found.text
    assert "1 petition was found." in found.text


def test_an_unsafe_source_is_no_link(pages):
    petition = archived(sources=[{"url": "javascript:alert(1)"}])
    page = pages.get(f"/en/petitions/archive/{petition.id}")
    assert "javascript:" in page.text
    assert not page.document.xpath("//a[starts-with(@href, 'javascript')]")


def test_an_archive_without_that_number_is_not_found(client):
    assert client.get("/en/petitions/archive/99999999999999999999").status_code == 404


def test_dates_that_sources_do_not_name_are_left_in_their_words(pages):
    petition = archived(signatures_as_of="three weeks after publication", created_on=date(2024, 4, 22))
    assert "three weeks after publication" in pages.get(f"/en/petitions/archive/{petition.id}").text
