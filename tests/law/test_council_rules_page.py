"""The page of rules on public councils prints what the software obeys."""

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


@pytest.mark.parametrize(("language", "number"), [("kk", 1), ("ru", 1), ("en", 1), ("en", 0)])
def test_every_rule_stands_with_its_source(app, pages, language, number):
    rules = law.council_versions()[number]
    page = pages.get(f"/{language}/rules/councils?law={rules.id}")
    for words in words_in(rules, []):
        assert str(escape(words.by_language()[language])) in page.html
    with app.app_context(), use_language(language):
        for thing in (*rules.deadlines.values(), *rules.levels, *rules.forms, *rules.readings):
            assert labels.source(thing.source) in page.text
    assert page.text.count(rules.default_tie.text.by_language()[language]) == 1


def test_the_open_data_carries_the_same_rules(client):
    told = client.get("/api/v1/rules").json["councils"]
    assert [one["id"] for one in told] == [rules.id for rules in law.council_versions()]
    newest, rules = told[-1], law.council_versions()[-1]
    assert [one["id"] for one in newest["forms"]] == [form.id for form in rules.forms]
    names = {one["name"] for one in newest["deadlines"]}
    assert {one["answer"] for one in newest["matters"] + newest["forms"]} <= names
    assert {name for one in newest["forms"] for name in one["deadlines"]} <= names
    assert all(one["article"] and one["mark"] for one in newest["shares"] + newest["figures"])
    assert newest["default_majority"] == "more_than_half_of_present"
