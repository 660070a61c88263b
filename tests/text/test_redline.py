"""Redlines: what a person reads, that nothing is lost, and that no text can make it work forever."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text import redline as redlining
from app.text.redline import Op, Piece, is_other_language, redline

MARKS = {Op.SAME: "{}", Op.DELETED: "[-{}-]", Op.INSERTED: "[+{}+]"}


def drawn(old, new):
    return "".join(MARKS[piece.op].format(piece.text) for piece in redline(old, new))


def sides(pieces):
    old = "".join(piece.text for piece in pieces if piece.op is not Op.INSERTED)
    new = "".join(piece.text for piece in pieces if piece.op is not Op.DELETED)
    return old, new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("Ответ.", "Ответ.", "Ответ."),
        ("", "Ответ.", "[+Ответ.+]"),
        ("Ответ.", "", "[-Ответ.-]"),
        ("Срок пять дней.", "Срок десять дней.", "Срок [-пять-][+десять+] дней."),
        ("Дать ответ.", "Дать письменный ответ.", "Дать [+письменный +]ответ."),
        ("Дать ответ.", "Дать ответ, если просят.", "Дать ответ[+, если просят+]."),
        (
            "Кеңес бес күнде жауап береді.",
            "Кеңес он күнде жауап береді.",
            "Кеңес [-бес-][+он+] күнде жауап береді.",
        ),
        ("Art. 5 gilt nicht.", "Art. 5a gilt nicht.", "Art. [-5-][+5a+] gilt nicht."),
        ("a  b", "a b", "a[- -] b"),
    ],
)
def test_it_marks_the_words_that_changed(old, new, expected):
    assert drawn(old, new) == expected


def test_a_lone_short_word_does_not_break_a_change_in_two():
    assert drawn("парки и скверы", "леса и горы") == "[-парки и скверы-][+леса и горы+]"


def test_a_long_word_between_changes_stays():
    assert drawn("десяти рабочих дней подряд", "пяти календарных дней вместе") == (
        "[-десяти рабочих-][+пяти календарных+] дней [-подряд-][+вместе+]"
    )


def test_an_inserted_sentence_is_whole():
    old, new = "Срок 10 дней. Срок 5 дней.", "Срок 10 дней. Срок не продлевается. Срок 5 дней."
    assert drawn(old, new) == "Срок 10 дней. [+Срок не продлевается. +]Срок 5 дней."


def test_lines_are_never_joined_into_one_change():
    assert drawn("один\nи\nдва", "три\nи\nпять") == "[-один-][+три+]\nи\n[-два-][+пять+]"


words = st.lists(
    st.sampled_from(["а", "б", "закон", "days", "Ә", ".", ", ", " ", "  ", "\n", "5"]), max_size=40
)
texts = words.map("".join) | st.text(max_size=60)


@given(texts, texts)
@settings(max_examples=150, deadline=None)
def test_both_texts_come_back_to_the_letter(old, new):
    pieces = redline(old, new)
    assert sides(pieces) == (old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.op is not other.op for one, other in zip(pieces, pieces[1:], strict=False))


@given(texts, texts)
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost_when_the_work_is_cut_short(old, new):
    limit = redlining.MAX_CELLS
    redlining.MAX_CELLS = 30
    try:
        assert sides(redline(old, new)) == (old, new)
    finally:
        redlining.MAX_CELLS = limit


def test_a_text_too_long_for_words_is_compared_by_sentences(monkeypatch):
    monkeypatch.setattr(redlining, "MAX_CELLS", 400)
    same = "".join(f"Пункт {n} действует. " for n in range(8))
    old, new = f"Раз. {same}Срок пять дней. Два", f"Три. {same}Срок шесть дней. Четыре"
    assert Piece(Op.DELETED, "пять") in redline(old, new)
    assert sides(redline(old, new)) == (old, new)


def test_endless_repetition_stays_within_the_bounds(monkeypatch):
    compared = []
    longest = redlining._longest
    monkeypatch.setattr(
        redlining, "_longest", lambda old, new: compared.append(len(old) * len(new)) or longest(old, new)
    )
    for old, new in [("а б " * 20_000, "б а а " * 20_000), ("а. б. " * 9_000, "б. а. а. " * 9_000)]:
        assert sides(redline(old, new)) == (old, new)
    assert sum(compared) <= 4 * redlining.MAX_CELLS


RUSSIAN = "Орган обязан дать ответ на обращение и опубликовать его в течение десяти дней со дня поступления."
OTHER_RUSSIAN = (
    "Решение о закрытии парка принимается только по итогам слушаний, в которых участвуют жители района."
)
KAZAKH = (
    "Орган өтінішке он күн ішінде жауап беруге және оны жариялауға міндетті, бұл туралы азаматқа хабарланады."
)
ENGLISH = (
    "The body shall answer the letter and publish the answer within ten days of its arrival at the office."
)
GERMAN = (
    "Die Behörde beantwortet das Gesuch und veröffentlicht die Antwort innert zehn Tagen nach dem Eingang."
)


@pytest.mark.parametrize(
    ("old", "new"),
    [(RUSSIAN, KAZAKH), (KAZAKH, RUSSIAN), (RUSSIAN, ENGLISH), (ENGLISH, GERMAN), (KAZAKH, GERMAN)],
)
def test_it_sees_two_languages(old, new):
    assert is_other_language(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (RUSSIAN, OTHER_RUSSIAN),
        (RUSSIAN, "Пункт 5 исключить."),
        (RUSSIAN, ""),
        (KAZAKH, "5-тармақ алып тасталсын."),
        (RUSSIAN, RUSSIAN + " " + KAZAKH),
        (
            RUSSIAN,
            "См. https://example.kz/a/b/c/d/e/f/g/h/i/j/k/l?m=n и далее по тексту указанной страницы сайта.",
        ),
        (GERMAN, "Art. 5 Abs. 1 Bst. a Ziff. 3"),
    ],
)
def test_it_doubts_rather_than_refuses(old, new):
    assert not is_other_language(old, new)
    assert not is_other_language(new, old)
