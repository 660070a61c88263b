"""Quotes found again in a later version: the same words, nearly the same, or gone; doubt is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.quotes import CONTEXT, Quote, find, quote_of

TEXT = (
    "Статья 5. Орган обязан ответить в течение десяти дней со дня поступления. "
    "Жалоба рассматривается в течение десяти дней.\n"
    "Статья 6. Решение «о порядке» публикуется на портале, а заявителю направляется письмо."
)


def quoted(words, nth=0, text=TEXT):
    start = text.index(words)
    for _ in range(nth):
        start = text.index(words, start + 1)
    return quote_of(text, start, start + len(words))


def words_found(quote, text):
    found = find(quote, text)
    return None if found is None else text[found.start : found.end]


def test_a_quote_carries_what_stands_around_it():
    quote = quoted("Жалоба")
    assert (quote.exact, quote.start) == ("Жалоба", TEXT.index("Жалоба"))
    assert TEXT[quote.start - CONTEXT : quote.start] == quote.prefix
    assert quote.suffix == TEXT[quote.start + 6 : quote.start + 6 + CONTEXT]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 3), (0, 10_000)])
def test_a_quote_lies_inside_its_text(start, end):
    with pytest.raises(ValueError):
        quote_of(TEXT, start, end)


@pytest.mark.parametrize("nth", [0, 1])
def test_of_equal_words_the_right_ones_are_found_where_they_went(nth):
    quote = quoted("десяти дней", nth)
    new = "Глава 1. Новое начало, которого не было.\n\n" + TEXT
    found = find(quote, new)
    assert (found.start, found.likeness, found.is_doubtful) == (new.index(TEXT) + quote.start, 1.0, False)


def test_equal_words_in_equal_surroundings_are_doubtful():
    line = "Срок ответа составляет десять дней, если закон не говорит иного. "
    found = find(quote_of(line * 9, 4 * len(line), 4 * len(line) + 11), "Начало. " + line * 9)
    assert found.is_doubtful


def test_a_short_word_alone_in_another_text_is_doubtful():
    assert find(quoted("письмо"), "Кому писать письмо?").is_doubtful


@pytest.mark.parametrize(
    ("words", "new", "expected"),
    [
        ("«о порядке»", TEXT.replace("«о порядке»", '"о   порядке"'), '"о   порядке"'),
        ("десяти дней со дня", TEXT.replace(" дней со", "\n\u00a0дней со"), "десяти\n\u00a0дней со дня"),
        ("\n" + "Статья 6.", TEXT.replace("\n", " "), "Статья 6."),
    ],
)
def test_spaces_and_quotation_marks_may_differ(words, new, expected):
    assert words_found(quoted(words), new) == expected
    assert find(quoted(words), new).likeness == 1.0


def test_a_quote_with_a_word_put_in_is_found_whole():
    new = TEXT.replace("десяти дней со", "десяти рабочих дней со")
    found = find(quoted("обязан ответить в течение десяти дней"), new)
    assert new[found.start : found.end] == "обязан ответить в течение десяти рабочих дней"
    assert 0.85 < found.likeness < 1 and not found.is_doubtful


def test_a_quote_much_changed_is_found_with_doubt():
    new = TEXT.replace("публикуется на портале", "размещается на сайте")
    found = find(quoted("Решение «о порядке» публикуется на портале, а заявителю направляется письмо."), new)
    assert new[found.start : found.end].startswith("Решение")
    assert found.is_doubtful


def test_a_long_quote_is_found_by_its_words():
    words = [f"слово{number}" for number in range(400)]
    old = " ".join(words)
    new = "Вступление. " + " ".join(word for word in words if not word.endswith("7"))
    found = find(quote_of(old, old.index("слово100 "), old.index("слово300 ")), new)
    assert new[found.start : found.end].startswith("слово100 ")
    assert new[found.start : found.end].endswith("слово299")
    assert 0.9 < found.likeness < 1


@pytest.mark.parametrize(
    "new", ["", "   ", "Совсем другой текст: о погоде, о природе и о том, что будет завтра."]
)
def test_what_is_gone_is_not_found(new):
    assert find(quoted("Жалоба рассматривается в течение"), new) is None


def test_words_in_place_of_others_are_not_taken_for_them():
    assert find(quoted("десяти дней"), TEXT.replace("десяти дней", "пяти суток")) is None


@given(st.text(alphabet="аб «»\n.x", min_size=1, max_size=80), st.data())
@settings(max_examples=200, deadline=None)
def test_a_quote_is_found_in_its_own_text_at_its_own_place(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = find(quote_of(text, start, end), text)
    if not text[start:end].strip():
        assert found is None
        return
    assert found.likeness == 1.0
    assert text[found.start : found.end] == text[start:end].strip()
    assert found.start == start + len(text[start:end]) - len(text[start:end].lstrip())


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=10), st.integers(0, 100))
@settings(max_examples=150, deadline=None)
def test_what_is_found_lies_inside_the_text(text, exact, context, start):
    found = find(Quote(exact, context, context, start), text)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert 0 < found.likeness <= 1


@pytest.mark.parametrize(
    ("exact", "text"),
    [
        ("а" * 50_000 + "б", "а" * 100_000),
        ("б" + "а" * 50_000, "а" * 100_000),
        ("а б " * 9_000, "а б в " * 20_000),
        ("xy", "xy" * 50_000),
    ],
)
def test_crafted_texts_come_to_an_end(exact, text):
    found = find(Quote(exact, "", "", len(text) // 2), text)
    assert found is None or found.is_doubtful
