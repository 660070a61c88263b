"""The developing body's pages, walked through as its officer and its head do."""

import pytest

from app import clock
from app.consultations import queries
from app.consultations.lifecycle import State
from app.db import db
from tests import drafts
from tests.cast import sign_in
from tests.page_client import PageClient

STATES = list(drafts.MAKERS)


@pytest.fixture
def desk(client, cast):
    """The pages as an officer sees them."""
    sign_in(client, cast.marat)
    return PageClient(client)


@pytest.fixture
def head(client, cast):
    """The pages as the head sees them."""
    sign_in(client, cast.gulnar)
    return PageClient(client)


def file_of(draft):
    return f"/ru/desk/drafts/{draft.number}"


def now_as(client, account):
    sign_in(client, account)
    return PageClient(client)


def test_every_state_has_a_file_and_a_line_on_the_list(client, cast):
    made = [drafts.in_state(state, cast) for state in STATES]
    blank = drafts.blank(cast)
    db.session.commit()
    for account in (cast.marat, cast.gulnar):
        pages = now_as(client, account)
        listed = pages.get("/ru/desk/drafts")
        for draft in [*made, blank]:
            assert f"№ {draft.number}" in listed.text.replace("\xa0", " ")
            pages.get(file_of(draft))


def test_another_body_and_visitors_stay_outside(client, cast):
    draft = drafts.preparing(cast)
    public = drafts.opened(cast)
    db.session.commit()
    pages = now_as(client, cast.timur)
    assert pages.get(file_of(draft), status=404)
    assert pages.get(file_of(public), status=403)
    assert pages.get(file_of(public) + "/text", status=403)
    assert str(public.number) not in pages.get("/ru/desk/drafts").text


def test_a_draft_is_begun_described_and_timed(desk):
    page = desk.get("/ru/desk/drafts/new")
    page = page.submit(page.form(), language="ru")
    assert page.path.endswith("/card")
    number = int(page.path.split("/")[-2])
    page = page.submit(
        page.form(),
        kind="rules",
        stage="draft",
        level="regional",
        region="KZ-11",
        topic="housing",
        affects=["citizens", "business"],
        title_ru="Правила содержания площадок",
    )
    draft = queries.by_number(number)
    assert (draft.language, draft.kind, draft.region_code) == ("ru", "rules", "KZ-11")
    assert sorted(draft.affects) == ["business", "citizens"]
    page = desk.get(f"/ru/desk/drafts/{number}/term")
    page = page.submit(page.form())
    draft = queries.by_number(number)
    assert draft.opens_on == clock.today()
    assert draft.term_value
    assert draft.closes_on > draft.opens_on


def test_the_card_keeps_what_was_typed_when_it_is_refused(desk, cast):
    draft = drafts.blank(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/card")
    page = page.submit(
        page.form(),
        kind="law",
        stage="draft",
        level="district",
        topic="housing",
        summary_kk="Қысқаша мазмұны",
    )
    assert page.status == 422
    assert len(page.errors) == 2
    assert page.document.xpath("//textarea[@name='summary_kk']")[0].text.strip() == "Қысқаша мазмұны"


def test_another_kind_lets_the_term_be_set_anew(desk, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/card")
    page.submit(page.form(), kind="report", stage="draft", level="regional")
    assert queries.by_number(draft.number).closes_on is None


def test_a_shorter_term_names_the_earliest_day_and_needs_a_ground(desk, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    page = desk.get(file_of(draft) + "/term")
    form, today = page.form(), clock.today()
    days = {
        "opens_on": [today.day, today.month, today.year],
        "closes_on": [today.day, today.month, today.year],
    }
    days = {name: [str(part) for part in parts] for name, parts in days.items()}
    refused = page.submit(form, reason="", **days)
    assert refused.status == 422
    assert str(draft.closes_on.year) in refused.errors[0]
    page = refused.submit(refused.form(), reason="Статья 20 Закона, чрезвычайная ситуация.", **days)
    assert page.status == 200
    assert queries.by_number(draft.number).term_reason


def test_only_the_head_announces_and_sees_what_is_missing(client, cast):
    draft, whole = drafts.blank(cast), drafts.preparing(cast)
    db.session.commit()
    pages = now_as(client, cast.marat)
    assert pages.get(file_of(whole) + "/announce", status=403)
    pages = now_as(client, cast.gulnar)
    lacking = pages.get(file_of(draft) + "/announce")
    assert len(lacking.document.xpath("//*[contains(@class, 'uq-notice')]//li")) >= 7
    assert not [form for form in lacking.document.forms if form.get("action", "").endswith("/announce")]
    page = pages.get(file_of(whole) + "/announce")
    page.submit(page.form("/announce"))
    assert queries.by_number(whole.number).state is State.OPEN


def test_an_exemption_is_stated_with_ground_and_explanation(head, cast):
    draft = drafts.preparing(cast)
    db.session.commit()
    page = head.get(file_of(draft) + "/exemption")
    short = page.submit(page.form(), ground="state_secrets", note="Секретно.")
    assert short.status == 422
    short.submit(short.form(), ground="state_secrets", note=drafts.REASON)
    assert queries.by_number(draft.number).exemption_ground == "state_secrets"


def test_more_time_is_given_once_with_a_reason(head, cast):
    draft = drafts.opened(cast)
    last = draft.closes_on
    db.session.commit()
    page = head.get(file_of(draft) + "/prolong")
    same = page.submit(
        page.form(), reason=drafts.REASON, closes_on=[str(last.day), str(last.month), str(last.year)]
    )
    assert same.status == 422
    same.submit(same.form(), closes_on=["15", "6", str(last.year + 1)])
    assert queries.by_number(draft.number).closes_on.month == 6


def test_a_draft_is_dropped_reviewed_adopted_withdrawn(client, cast):
    dropped, closed, open_ = drafts.blank(cast), drafts.closed(cast), drafts.opened(cast)
    db.session.commit()
    pages = now_as(client, cast.marat)
    for draft, step in ((dropped, "discard"), (closed, "review")):
        page = pages.get(f"{file_of(draft)}/{step}")
        page.submit(page.form(step))
    assert queries.by_number(dropped.number).state is State.DISCARDED
    assert queries.by_number(closed.number).state is State.UNDER_REVIEW
    pages = now_as(client, cast.gulnar)
    page = pages.get(file_of(open_) + "/withdraw")
    page.submit(page.form(), reason=drafts.REASON)
    assert queries.by_number(open_.number).withdrawal_reason == drafts.REASON
