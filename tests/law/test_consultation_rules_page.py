"""The page of rules on draft acts prints what the software obeys."""

import pytest
from markupsafe import escape

from app import law
from app.i18n import use_language
from app.law import labels
from tests.law.test_rules import words_in
from tests.page_client import PageClient


@pytest.fixture
def pages(client):
    return PageClient(client)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_rule_stands_with_its_source(app, pages, language):
    [rules] = law.consultation_versions()
    page = pages.get(f"/{language}/rules/consultations?law={rules.id}")
    for words in words_in(rules, []):
        assert str(escape(words.by_language()[language])) in page.html
    with app.app_context(), use_language(language):
        for thing in (*rules.deadlines.values(), *rules.kinds, *rules.exemptions, *rules.readings):
            assert labels.source(thing.source) in page.text


def test_the_pages_of_rules_lead_to_each_other(pages):
    addresses = ["/en/rules", "/en/rules/consultations", "/en/rules/councils"]
    for here in addresses:
        links = pages.get(here).document.xpath("//nav[@class='uq-sections']//a")
        assert [link.get("href") for link in links] == addresses
        assert [link.get("href") for link in links if link.get("aria-current") == "page"] == [here]


def test_the_open_data_carries_the_same_rules(client):
    [told] = client.get("/api/v1/rules").json["consultations"]
    [rules] = law.consultation_versions()
    assert [one["id"] for one in told["kinds"]] == [kind.id for kind in rules.kinds]
    assert {one["term"] for one in told["discussions"]} <= {one["name"] for one in told["deadlines"]}
    assert all(one["article"] and one["mark"] for one in told["exemptions"] + told["deadlines_elsewhere"])
    assert all(one["texts"]["kk"] for one in told["hiding_reasons"])
