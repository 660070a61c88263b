"""What everybody may read of draft acts: the list, the draft in each state, its text, clauses, changes and comments."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app import clock
from app.consultations import queries
from app.consultations.lifecycle import PUBLIC_STATES, State
from app.consultations.models import CarriedComment, Fate
from app.consultations.queries import listing, reading
from app.consultations.queries.reading import Measure
from app.consultations.services import attitudes
from app.db import db
from tests import drafts
from tests.cast import addressee, citizen, sign_in
from tests.page_client import PageClient
from tests.petitions.test_reading_pages import counted_queries


@pytest.fixture
def pages(client):
    return PageClient(client)


def address(draft, more="", language="en"):
    return f"/{language}/drafts/{draft.number}{more}"


@pytest.mark.parametrize("state", sorted(drafts.MAKERS.keys() & PUBLIC_STATES))
def test_every_public_state_has_a_sound_page_in_every_language(pages, cast, state):
    draft = drafts.in_state(state, cast)
    for language in ("kk", "ru", "en"):
        page = pages.get(address(draft, language=language))
        assert page.h1 == draft.titles["ru" if language == "ru" else "kk"]
        assert draft.agency.name_kk in page.text or language != "kk"


def test_a_draft_in_preparation_is_known_to_nobody_else(pages, cast):
    draft = drafts.preparing(cast)
    places = ("", "/text", "/clauses/clause-1", "/versions/1/changes", "/table", "/comments")
    for place in places:
        pages.get(address(draft, place), status=404)
    sign_in(pages.client, cast.marat)
    for place in places[1:]:
        pages.get(address(draft, place), status=404)


def test_addresses_that_lead_nowhere(pages, cast):
    draft = drafts.opened(cast)
    for place in (
        "?version=7",
        "/text?part=2",
        "/clauses/clause-99",
        "/versions/2/changes",
        "/table?version=9",
    ):
        pages.get(address(draft, place), status=404)
    pages.get("/en/drafts/999999", status=404)


def test_what_an_address_misspells_is_left_out(pages, cast):
    draft = drafts.opened(cast)
    pages.get("/en/drafts?state=nonsense&days=x&stage=%00&body=%00&after=zzz&topic=9&order=up&q=%00")
    for place in (
        "?version=x&text=de&part=-1",
        "/comments?order=x&clause=%00&q=%00&after=W10",
        "/versions/1/changes?after=x",
    ):
        pages.get(address(draft, place))


def test_the_text_is_read_in_the_chosen_language_whatever_the_pages(pages, cast):
    draft = drafts.opened(cast)
    page = pages.get(address(draft))
    assert "Күтіп ұстаушы алаңды айына бір рет тексереді." in page.text
    page = pages.get(address(draft, "?text=ru"))
    assert "Содержатель осматривает площадку один раз в месяц." in page.text
    (text,) = page.document.xpath("//*[@id='clause-3']//p")
    assert text.get("lang") == "ru"
    (text,) = pages.get(address(draft, language="ru")).document.xpath("//*[@id='clause-3']//p")
    assert text.get("lang") is None


def test_the_term_says_its_source_and_how_sure_it_is(pages, cast):
    draft = drafts.opened(cast)
    page = pages.get(address(draft))
    facts = page.document.xpath("//aside//*[@class='uq-source']")[0].text_content()
    assert facts.strip()
    assert page.document.xpath("//aside//*[@class='uq-source']//strong")


def test_each_clause_shows_how_many_comments_it_has(pages, cast):
    draft = drafts.opened(cast)
    drafts.comment(draft, cast.aigul)
    drafts.comment(draft, cast.bolat, "Камера да керек.")
    drafts.counted()
    page = pages.get(address(draft))
    (link,) = page.document.xpath("//*[@id='clause-3']/a[contains(@class, 'comments--some')]")
    assert "2 comments on: Clause 3" in link.text_content()
    assert "0 of 2 comments answered" in page.text
    read = pages.get(link.get("href"))
    assert "Айына бір рет аз" in read.text and "Камера да керек." in read.text
    assert "Clause 3" in read.h1


def test_a_comment_is_begun_from_its_clause(pages, cast):
    draft = drafts.opened(cast)
    page = pages.get(address(draft, "/clauses/clause-4"))
    compose = page.link("Comment on this clause")
    assert "clause=clause-4" in compose and "version=1" in compose
    sign_in(pages.client, cast.aigul)
    assert "Сынған жабдық" in pages.get(compose).text


def test_the_citizen_likes_a_draft_and_takes_it_back(pages, cast):
    draft = drafts.opened(cast)
    assert not pages.get(address(draft)).document.xpath("//form[contains(@action, 'attitude')]")
    sign_in(pages.client, cast.aigul)
    page = pages.get(address(draft))
    page = page.submit(page.form("/attitude"), attitude="like")
    assert page.document.xpath("//button[@aria-pressed='true' and @value='none']")
    attitudes.count(now=clock.now())
    assert queries.by_number(draft.number).likes == 1
    page.submit(page.form("/attitude"), attitude="none")
    attitudes.count(now=clock.now())
    db.session.expire_all()
    assert queries.by_number(draft.number).likes == 0


def test_a_new_version_shows_its_redline_and_the_old_one_stays(pages, cast):
    draft = drafts.opened(cast)
    drafts.second_version(draft, cast)
    page = pages.get(address(draft, "?text=ru"))
    assert "один раз в неделю" in page.text
    assert "один раз в месяц" in pages.get(address(draft, "?text=ru&version=1")).text
    changes = pages.get(address(draft, "/versions/2/changes?text=ru"))
    assert [e.text_content().split() for e in changes.document.xpath("//del")]
    assert "deleted:" in changes.text and "inserted:" in changes.text
    assert "Kazakh is compared with Kazakh and Russian with Russian" in changes.text
    assert "unchanged" in changes.text and "moved" in changes.text and "removed" in changes.text


def test_the_first_version_has_nothing_to_compare(pages, cast):
    assert "This is the first version" in pages.get(address(drafts.opened(cast), "/versions/1/changes")).text


def test_an_address_of_an_old_version_leads_to_where_the_clause_stands_now(pages, cast):
    draft = drafts.opened(cast)
    old = queries.clause_by_anchor(drafts.newest(draft), "clause-4", "ru")
    gone = queries.clause_by_anchor(drafts.newest(draft), "clause-2.sub-2", "ru")
    drafts.second_version(draft, cast)
    page = pages.get(address(draft, f"/clauses/{old.key}?text=ru"))
    assert page.path.endswith("/clauses/clause-5?text=ru")
    page = pages.get(address(draft, f"/clauses/{gone.anchor}?text=ru"))
    assert "it was removed since" in page.text
    page = pages.get(address(draft, "/clauses/clause-4?text=ru&version=1"))
    assert "See it in the newest version: Clause 5" in page.text


def test_a_clause_shows_what_the_last_version_changed_in_it(pages, cast):
    draft = drafts.opened(cast)
    drafts.comment(draft, cast.aigul)
    drafts.second_version(draft, cast)
    page = pages.get(address(draft, "/clauses/clause-3?text=ru"))
    assert "Changed in version 2" in page.text
    assert page.document.xpath("//*[@id='of-clause']//del")
    assert "The clause was edited after this comment" in page.text


def test_the_comparative_table_is_a_table(pages, cast):
    draft = drafts.opened(cast)
    assert "There is no comparative table" in pages.get(address(draft, "/table")).text
    drafts.comparative_row(draft)
    page = pages.get(address(draft, "/table?text=ru"))
    (table,) = page.document.xpath("//main//table")
    assert (
        len(table.xpath("./tbody/tr/td")) == 3
        and "Площадка осматривается раз в неделю." in table.text_content()
    )


def test_comments_are_sorted_filtered_and_searched(pages, cast):
    draft = drafts.opened(cast)
    drafts.comment(draft, cast.aigul)
    drafts.comment(draft, cast.bolat, "Шамдар жетіспейді.", path="clause-5")
    drafts.counted()
    page = pages.get(address(draft, "/comments"))
    assert "Айына бір рет" in page.text and "Шамдар" in page.text
    form = page.form("/comments")
    key = queries.clause_by_anchor(drafts.newest(draft), "clause-5", "kk").key
    assert form.xpath(f".//option[@value='{key}']")[0].text_content() == "Clause 5 (1)"
    page = pages.get(address(draft, f"/comments?clause={key}&order=newest"))
    assert "Айына бір рет" not in page.text and "Шамдар" in page.text
    assert "Шамдар" not in pages.get(address(draft, "/comments?q=тексерілсін")).text
    assert "Nothing was found" in pages.get(address(draft, "/comments?q=zzzz")).text


def test_exempt_drafts_stand_in_public_with_their_ground(pages, cast):
    assert "No draft was exempted" in pages.get("/en/drafts/exemptions").text
    draft = drafts.exempt(cast)
    page = pages.get("/en/drafts/exemptions")
    assert draft.title in page.text and drafts.REASON in page.text
    assert draft.title not in pages.get("/en/drafts").text


def test_the_list_is_narrowed_by_state_stage_body_topic_days_and_words(pages, cast):
    assert "There is no draft act yet" in pages.get("/en/drafts").text
    now = clock.now()
    first = drafts.opened(cast, titles={"kk": "Шамдар туралы", "ru": "О фонарях"})
    drafts.under_review(cast, titles={"kk": "Аялдамалар туралы", "ru": "Об остановках"}, stage="repeat")
    first.closes_on = clock.today(now) + timedelta(days=2)
    db.session.flush()

    def found(query):
        text = pages.get(f"/en/drafts?{query}").document.xpath("//main//article//h3")
        return sorted(title.text_content() for title in text)

    lamps, stops = "Шамдар туралы", "Аялдамалар туралы"
    assert found("") == [stops, lamps]
    assert found("state=open") == found("state=closing_soon") == found("days=3") == [lamps]
    assert found("state=answers_due") == found("stage=repeat") == [stops]
    assert found("state=finished") == found("topic=health") == []
    assert found(f"body={addressee().slug}") == [stops, lamps]
    assert found("body=ministry-of-justice") == []
    assert found("region=KZ-11") == [stops, lamps] and found("region=KZ-75") == []
    assert found("q=фонари") == [lamps]
    # In the text itself.
    assert found("q=оборудование") == [stops, lamps]
    facets = pages.get("/en/drafts").document.xpath("//nav[contains(@class, 'uq-facets')]//a")
    assert [single(facet) for facet in facets] == [
        "All 2",
        "Open for comments 1",
        "Discussion ends soon 1",
        "Answers due 1",
        "Report published or adopted 0",
    ]


def single(node):
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("order", ["newest", "closing"])
def test_the_list_is_read_page_by_page(pages, cast, order, monkeypatch):
    monkeypatch.setattr(listing.page_of, "__kwdefaults__", {"size": 1})
    one = drafts.opened(cast, titles={"kk": "Бірінші", "ru": "Первый"})
    two = drafts.opened(cast, titles={"kk": "Екінші", "ru": "Второй"}, now=clock.now() - timedelta(days=1))
    order_of = [one, two] if order == "newest" else [two, one]
    page = pages.get(f"/en/drafts?order={order}")
    assert order_of[0].title in page.text and order_of[1].title not in page.text
    page = pages.get(page.document.xpath("//a[@rel='next']/@href")[0])
    assert order_of[1].title in page.text and order_of[0].title not in page.text
    page = pages.get(page.document.xpath("//a[@rel='prev']/@href")[0])
    assert order_of[0].title in page.text


def many_clauses(count):
    return {
        "kk": "\n".join(f"{n}. Күтіп ұстаушы {n}-алаңды тексереді." for n in range(1, count + 1)),
        "ru": "\n".join(f"{n}. Содержатель осматривает площадку {n}." for n in range(1, count + 1)),
    }


def test_a_big_draft_asks_the_database_no_more_than_a_small_one(pages, cast):
    small = drafts.opened(cast)
    big = drafts.opened(cast, **many_clauses(300))
    for number in range(12):
        drafts.comment(big, citizen(50 + number), f"{number}-ескерту.", path=f"clause-{number + 1}")
    drafts.counted()
    for place in ("", "/clauses/clause-1", "/comments"):
        # What is kept in memory after the first time is no matter of size.
        pages.get(address(small, place))
        asked = []
        for draft in (small, big):
            with counted_queries() as found:
                pages.get(address(draft, place))
            asked.append(len(found))
        if place:
            # A list of comments asks for what hangs on them; one without any asks for nothing.
            assert asked[1] <= 16, place
        else:
            assert asked[1] <= asked[0] <= 15


def test_a_long_text_is_read_in_parts(pages, cast):
    draft = drafts.opened(cast, **many_clauses(230))
    page = pages.get(address(draft))
    assert len(page.document.xpath("//*[contains(@class, 'uq-clause ')]")) == 100
    assert "Part 1 of 3" in page.text
    last = pages.get(address(draft, "/text?part=3&text=ru"))
    assert "Содержатель осматривает площадку 230." in last.text
    assert (
        pages.get(address(draft, "/clauses/clause-201"))
        .link("In the text")
        .endswith("part=3&text=kk#clause-201")
    )


def test_parts_begin_with_a_heading_where_one_is_near():
    clauses = [Measure(100, index in (0, 80, 81)) for index in range(150)]
    assert reading.cut(clauses) == [0, 80]
    assert reading.cut([Measure(100, False)] * 250) == [0, 100, 200]
    assert reading.cut([Measure(30_000, False)] * 3) == [0, 1, 2]
    assert reading.cut([Measure(10**6, False), Measure(1, False)]) == [0, 1]
    assert reading.cut([]) == [0]


def test_words_of_people_are_never_markup(pages, cast):
    draft = drafts.opened(
        cast,
        titles={"kk": "<b>Көпір</b> & «өзен»", "ru": "<b>Мост</b>"},
        kk="1. <script>alert(1)</script> деген сөздер бар.\n2. Тағы бір тармақ.",
    )
    page = pages.get(address(draft))
    assert page.h1 == "<b>Көпір</b> & «өзен»"
    assert "<script>alert(1)</script>" in page.text
    assert not page.document.xpath("//main//b | //main//script")


def test_a_comment_settled_elsewhere_is_read_where_it_belongs_now(pages, cast):
    draft = drafts.opened(cast)
    comment = drafts.comment(draft, cast.aigul)
    version = drafts.second_version(draft, cast)
    key = queries.clause_by_anchor(version, "clause-6", "ru").key
    db.session.execute(
        sa.update(CarriedComment)
        .where(CarriedComment.comment_id == comment.id)
        .values(clause_key=key, fate=Fate.MOVED, settled_at=clock.now(), settled_by=cast.marat.id)
    )
    page = pages.get(address(draft, "/clauses/clause-6"))
    assert "Carried here from a clause of an earlier version" in page.text
    assert "Айына бір рет аз" in page.text


def test_the_state_of_a_draft_leads_to_its_pages(pages, cast):
    page = pages.get(address(drafts.in_state(State.ANNOUNCED, cast)))
    assert "Comments open on" in page.text
    assert not page.document.xpath("//a[contains(@href, '/comments')]")
    assert drafts.REASON in pages.get(address(drafts.withdrawn(cast))).text
