"""Kazakh, Russian and English are complete: nothing untranslated, fuzzy or stale, plural forms and placeholders right."""

import pytest
from babel.messages.pofile import read_po

from app.dev import catalogues
from app.i18n import LANGUAGES

PLURAL_FORMS = {"kk": 2, "ru": 3, "en": 2}


@pytest.fixture(scope="module")
def said():
    return catalogues.said_in_code()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_says_everything_that_the_code_says(language, said):
    assert list(catalogues.faults(language, said)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_follow_the_language(language):
    assert (
        read_po(catalogues.path_of(language).open("rb"), locale=language).num_plurals
        == PLURAL_FORMS[language]
    )


def test_kazakh_is_written_in_kazakh():
    """Russian left in the Kazakh catalogue shows by letters that Kazakh words do not have in such number."""
    russian = catalogues.read("ru")
    same = [
        message.id
        for message in catalogues.read("kk")
        if message.id
        and isinstance(message.string, str)
        and len(message.string) > 25
        and message.string == (russian.get(message.id, context=message.context) or message).string
    ]
    assert same == []


def test_every_language_speaks_on_the_same_page(client):
    pages = {language: client.get(f"/{language}/petitions").text for language in LANGUAGES}
    for language, page in pages.items():
        assert f'<html lang="{language}"' in page
    assert len({page.split("<h1", 1)[1][:200] for page in pages.values()}) == 3
