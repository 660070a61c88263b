"""The rules page prints what the software obeys."""

from datetime import UTC, datetime

import pytest
from markupsafe import escape

from app import clock
from app.access import CLOCK
from app.i18n import use_language
from app.law import labels, services, versions
from app.law.calendar import TransferKind
from app.law.rules import Mark, Words
from tests.page_client import PageClient

REASON = Words(kk="Демалыс ауыстырылды", ru="Выходной перенесён", en="The day off was moved")


@pytest.fixture
def pages(client):
    return PageClient(client)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("law", [rules.id for rules in versions()])
def test_every_rule_of_every_wording_stands_with_its_source(app, pages, law, language):
    rules = next(rules for rules in versions() if rules.id == law)
    page = pages.get(f"/{language}/rules?law={law}")
    told = [rules.act, rules.in_force_note, rules.eligibility.note, rules.consent.text]
    told += [term.title for term in rules.deadlines.values()]
    told += [ground.text for ground in rules.rejection_grounds]
    told += [thing.text for thing in (*rules.steps, *rules.decision_parts, *rules.readings)]
    for words in told:
        assert str(escape(words.by_language()[language])) in page.html
    with app.app_context(), use_language(language):
        for thing in (
            *rules.deadlines.values(),
            *rules.thresholds,
            *rules.rejection_grounds,
            *rules.readings,
        ):
            assert labels.source(thing.source) in page.text


def test_without_a_choice_the_wording_in_force_is_shown(pages):
    page = pages.get("/en/rules")
    assert page.document.xpath("//nav[@class='uq-facets']//a[@aria-current]")[0].text_content().strip() == (
        f"Law No. {versions()[-1].id}, in force now"
    )
    assert pages.get("/en/rules?law=nonsense").text == page.text


def test_what_is_not_established_says_so(pages):
    page = pages.get("/en/rules")
    assert page.text.count("Not established, our assumption") > 3
    with use_language("en"):
        for mark in Mark:
            assert str(labels.MARKS[mark]) in page.text
            assert str(labels.MARKS_EXPLAINED[mark]) in page.text


def test_every_fact_from_which_a_term_runs_has_words():
    known = {term.starts for rules in versions() for term in rules.deadlines.values()}
    assert known <= set(labels.STARTS)


def test_the_days_off_of_this_year_and_the_next_stand_there(pages):
    page = pages.get("/en/rules")
    captions = [
        c.text_content() for c in page.document.xpath("//section[@aria-labelledby='calendar']//caption")
    ]
    year = clock.today().year
    assert captions[:2] == [str(year), str(year + 1)]
    assert page.text.count("Nauryz") >= 2


def test_a_moved_day_shows_its_decision_and_its_revocation(pages, session):
    now = datetime(2026, 11, 2, 6, tzinfo=UTC)
    line = services.add_transfer(
        datetime(2027, 5, 4, tzinfo=UTC).date(),
        kind=TransferKind.DAY_OFF,
        reason=REASON,
        source="Government decision No. 1",
        actor=CLOCK,
        now=now,
    )
    page = pages.get("/en/rules")
    assert "The day off was moved" in page.text
    assert "Government decision No. 1" in page.text
    services.revoke_transfer(line, reason="Mistyped", actor=CLOCK, now=now)
    assert "Revoked on 02.11.2026: Mistyped" in pages.get("/en/rules").text
