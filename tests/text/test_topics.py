"""The thesaurus: one wish in three languages."""

import pytest

from app.i18n import LANGUAGES
from app.text.topics import concepts_of, topic, topics, topics_of

SAME_WISH = [
    ("Ремонт дорог", "Жол жөндеу", "Road repair"),
    ("Отремонтируйте улицы!", "Көшелерді жөндеңіздер", "Fix our streets"),
    ("Бесплатное питание в школах", "Мектепте тегін тамақ", "Free school meals"),
    ("Снизить тарифы на воду", "Судың тарифін төмендету", "Lower the price of water"),
    (
        "Запрет азартных игр для чиновников",
        "Шенеуніктерге құмар ойындарға тыйым салу",
        "Ban officials from gambling",
    ),
]


@pytest.mark.parametrize(("ru", "kk", "en"), SAME_WISH)
def test_one_wish_has_the_same_concepts_in_each_language(ru: str, kk: str, en: str) -> None:
    concepts = set(concepts_of(ru))
    assert len(concepts & set(concepts_of(kk)) & set(concepts_of(en))) >= 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Построить мост через реку Урал", "transport"),
        ("Ауылымызға таза ауыз су", "housing"),
        ("Зарплата учителей", "education"),
        ("Аурухананы жөндеңіздер", "health"),
        ("Против отстрела бродячих собак", "animals"),
        ("Зейнетақы жасын төмендету", "social"),
        ("Қазақ тілі туралы", "culture"),
        ("Пандусы в каждом доме", "disability"),
        ("Молодёжный стадион", "youth"),
    ],
)
def test_it_suggests_a_topic(text: str, expected: str) -> None:
    assert expected in topics_of(text)[:2]


def test_a_text_about_nothing_known_has_no_topic() -> None:
    assert topics_of("Абракадабра") == []


def test_every_topic_has_three_names_and_other_is_last() -> None:
    assert len({topic.id for topic in topics()}) == len(topics())
    assert all(getattr(topic, language) for topic in topics() for language in LANGUAGES)
    assert topics()[-1].id == "other"
    assert topic("transport") is not None and topic("nothing") is None
