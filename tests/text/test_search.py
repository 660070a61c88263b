"""Search and likeness on a real PostgreSQL: three languages, slips of the pen, and people who type syntax."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert, select
from sqlalchemy.dialects.postgresql import TSVECTOR

from app.text.normalize import folded
from app.text.search import document_text, matches, rank, search_query, search_vector
from app.text.similarity import likeness, similar, similar_titles, title_likeness

TITLES = {
    "road-ru": "Ремонт дорог в городе Алматы",
    "road-kk": "Алматы қаласында жол жөндеу",
    "road-en": "Repair the roads of Almaty",
    "society": "Қоғамдық кеңестің тәртібі туралы",
    "village": "Посёлок без воды",
    "zoom": "Zoom арқылы өтетін отырыстар",
    "meals": "Вернуть бесплатное питание для казахстанских школьников",
    "dogs": "Против умерщвления бездомных животных",
    "park": "Сохраним парк Южный",
    "officials": "Шенеуніктерге құмар ойындарға тыйым салу",
}
BODIES = {"park": "Осы саябақтағы ағаштарды кесуге қарсымыз. Деревья рубят ночью."}

TABLE = Table(
    "search_test",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", Text),
    Column("title", Text),
    Column("vector", TSVECTOR),
    prefixes=["TEMPORARY"],
)


@pytest.fixture
def titles(session: Any) -> Iterator[Any]:
    connection = session.connection()
    TABLE.create(connection)
    for name, title in TITLES.items():
        vector = search_vector(document_text(title, [BODIES.get(name, "")]))
        connection.execute(insert(TABLE).values(name=name, title=folded(title), vector=vector))
    yield connection
    TABLE.drop(connection)


def found(connection: Any, words: str) -> set[str]:
    return set(connection.scalars(select(TABLE.c.name).where(matches(TABLE.c.vector, words))))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("жолдарды жөндеу", "road-kk"),
        ("жол", "road-kk"),
        ("дорога", "road-ru"),
        ("дорогу отремонтировать", "road-ru"),
        ("repairing road", "road-en"),
        ("коғам", "society"),
        ("қоғамның", "society"),
        ("когам", "society"),
        ("тәртiбi", "society"),
        ("ТАРТИП", "society"),
        ("поселок", "village"),
        ("посёлке", "village"),
        ("воду", "village"),
        ("Zооm", "zoom"),
        ("zoom", "zoom"),
        ("школьник", "meals"),
        ("питание школьникам", "meals"),
        ("животных", "dogs"),
        ("ағаш", "park"),
        ("деревьев", "park"),
        ("шенеунік", "officials"),
        ("ойынға тыйым", "officials"),
        ("бездомн", "dogs"),
        ("казахст", "meals"),
    ],
)
def test_it_finds(titles: Any, words: str, name: str) -> None:
    assert name in found(titles, words)


@pytest.mark.parametrize("words", ["Ремонт дорог", "Жол жөндеу", "road repair", "жолдарды жөндеңіздер"])
def test_one_wish_is_found_in_three_languages(titles: Any, words: str) -> None:
    assert found(titles, words) == {"road-ru", "road-kk", "road-en"}


@pytest.mark.parametrize(
    ("words", "name"),
    [("дорога школы", "road-ru"), ("жолдас", "road-kk"), ("парковка", "park"), ("ойыншық", "officials")],
)
def test_it_does_not_find(titles: Any, words: str, name: str) -> None:
    assert name not in found(titles, words)


def test_the_exact_title_ranks_before_the_same_wish_in_another_language(titles: Any) -> None:
    for words, first in [("ремонт дорог", "road-ru"), ("жол жөндеу", "road-kk"), ("repair roads", "road-en")]:
        query = select(TABLE.c.name).where(matches(TABLE.c.vector, words))
        assert titles.scalars(query.order_by(rank(TABLE.c.vector, words).desc())).first() == first


@pytest.mark.parametrize(
    "words",
    [
        "жол & !жөндеу | (x)",
        "'; DROP TABLE petitions; --",
        "жол:* <-> жөндеу",
        "a & | ! ( ) : * ' \" \\",
        "%_%%",
        "\\",
        "''''",
        "жол\x00",
        "\ud800жол",
        "и в на",
        "және",
        "the",
        "x" * 5_000,
        "қ" * 3_000,
        "жол " * 3_000,
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "🚗",
        "жол@example.kz http://жол.kz/a?b=c&d",
        "قازاقستان",
        "10^9999 1e400 NaN",
        "{{7*7}} %(x)s %s :name",
    ],
)
def test_nothing_that_is_typed_is_syntax(titles: Any, words: str) -> None:
    found(titles, words)
    titles.scalars(
        select(TABLE.c.name).where(similar(title=TABLE.c.title, vector=TABLE.c.vector, text=words))
    ).all()
    titles.scalars(select(likeness(title=TABLE.c.title, vector=TABLE.c.vector, text=words))).all()


@pytest.mark.parametrize("words", ["", "   ", "&|!", "\u202e"])
def test_without_a_word_there_is_no_query_and_nothing_is_found(titles: Any, words: str) -> None:
    assert search_query(words) is None
    assert found(titles, words) == set()


def test_a_very_long_text_can_be_indexed(session: Any) -> None:
    text = " ".join(f"сөз{number}" for number in range(200_000))
    assert session.scalar(select(search_vector(document_text("Тақырып", [text]))))
    assert session.scalar(select(search_vector(document_text("ы" * 100_000, ["\x00\ud800"]))))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ремонт дорог алматы", "road-ru"),
        ("Отремонтировать дороги в Алматы", "road-ru"),
        ("Ремнот дорог Алматы", "road-ru"),
        ("жол жөндеу алматы", "road-kk"),
        ("Zооm арқылы отырыстар", "zoom"),
        ("Парк Южный сохранить", "park"),
    ],
)
def test_titles_are_alike_by_letters(titles: Any, text: str, name: str) -> None:
    rows = titles.execute(
        select(TABLE.c.name)
        .where(similar_titles(TABLE.c.title, text))
        .order_by(title_likeness(TABLE.c.title, text).desc())
    ).scalars()
    assert rows.first() == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Жолдарды жөндеңіздер", "road-ru"),
        ("Fix our roads", "road-kk"),
        ("Мектепте тегін тамақ", "meals"),
        ("Ban officials from gambling", "officials"),
        ("Запретить чиновникам играть в азартные игры", "officials"),
    ],
)
def test_titles_are_alike_by_meaning_across_languages(titles: Any, text: str, name: str) -> None:
    alike = similar(title=TABLE.c.title, vector=TABLE.c.vector, text=text)
    assert name in set(titles.scalars(select(TABLE.c.name).where(alike)))


def test_likeness_is_between_zero_and_one_and_its_own_title_is_first(titles: Any) -> None:
    for name, title in TITLES.items():
        how = likeness(title=TABLE.c.title, vector=TABLE.c.vector, text=title)
        rows = titles.execute(select(TABLE.c.name, how.label("how")).order_by(how.desc())).all()
        assert rows[0].name == name and rows[0].how == pytest.approx(1)
        assert all(0 <= row.how <= 1 for row in rows)
