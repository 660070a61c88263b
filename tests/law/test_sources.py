"""Every source of the data is cited in the reader's language."""

import tomllib
from pathlib import Path

import pytest

from app.i18n import use_language
from app.law.labels import source

DATA = Path(__file__).resolve().parents[2] / "app" / "law" / "data" / "kz"


def sources_of(value, key=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from sources_of(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from sources_of(inner, key)
    elif "source" in key:
        yield value


SOURCES = sorted(
    {
        s
        for name in ("petitions", "consultations", "councils", "calendar")
        for s in sources_of(tomllib.loads((DATA / f"{name}.toml").read_text()))
    }
)


@pytest.mark.parametrize("text", SOURCES)
def test_no_source_stays_english(app, text):
    with app.app_context():
        for language in ("kk", "ru"):
            with use_language(language):
                assert not any("a" <= c.lower() <= "z" for c in source(text)), source(text)


def test_an_article_is_cited_as_the_language_cites_it(app):
    with app.app_context():
        cited = {}
        for language in ("kk", "ru", "en"):
            with use_language(language):
                cited[language] = source("art. 90-3(4)")
    assert cited == {"kk": "90-3(4)-бап", "ru": "ст. 90-3(4)", "en": "art. 90-3(4)"}


def test_an_article_of_a_named_law_is_cited_with_its_name(app):
    text = "Law on legal acts, art. 19(8), 20(4); rule of this site"
    with app.app_context():
        with use_language("ru"):
            assert source(text) == "Закон «О правовых актах», ст. 19(8), 20(4); правило этого сайта"
        with use_language("en"):
            assert source(text) == text
