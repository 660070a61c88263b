"""Cleaning and folding: the traps of real Kazakh and Russian texts, and what people hide in them."""

import time

import pytest

from app.text.normalize import folded, has_hidden_controls, mixed_alphabets, shown, shown_line, words

HIDDEN = {
    "right-to-left override": "\u202e",
    "left-to-right embedding": "\u202a",
    "pop directional formatting": "\u202c",
    "right-to-left isolate": "\u2067",
    "pop directional isolate": "\u2069",
    "right-to-left mark": "\u200f",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "Arabic letter mark": "\u061c",
    "Hangul filler": "\u3164",
    "combining grapheme joiner": "\u034f",
    "tag letter": "\U000e0041",
    "private use": "\ue000",
    "private use, plane 16": "\U0010fffd",
    "noncharacter": "\ufffe",
    "lone surrogate": "\ud83d",
    "NUL": "\x00",
    "bell": "\x07",
    "escape": "\x1b",
    "delete": "\x7f",
    "C1 control": "\x9f",
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN.keys())
@pytest.mark.parametrize("text", ["Жол{}ды жөндеңіз", "Почините{} дороги", "Fix{} the road"])
def test_hidden_characters_are_found_and_taken_out(text: str, hidden: str) -> None:
    assert has_hidden_controls(text.format(hidden))
    assert shown(text.format(hidden)) == text.format("")
    assert not has_hidden_controls(shown(text.format(hidden)))


@pytest.mark.parametrize(
    "text",
    [
        "Әл-Фараби даңғылы, №5 «А» — екінші қабат…",
        "Ёлка, «ёжик», № 12, 50 %, 1 000 ₸",
        "O’zbek, naïve, Zürich, ٣ ءٔ",
        "قازاقستان حالقى",
        "👍🏽 ❤️",
        "two\nlines\tand a tab",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert shown(text) == text
    assert not has_hidden_controls(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a \r\n b\rc\u2028d\x85e  ", "a\n b\nc\nd\ne"),
        ("и\u0306", "й"),
        ("e\u0301", "é"),
        ("a\n\n\n\n\n\n\nb", "a\n\n\nb"),
        ("line with trailing spaces   \nnext", "line with trailing spaces\nnext"),
        ("", ""),
        ("\u202e\u200b", ""),
    ],
)
def test_text_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert shown(typed) == kept


def test_a_line_has_no_line_ends() -> None:
    assert shown_line(" Тақырып\r\nBcc: all@example.org\u2029 соңы ") == "Тақырып Bcc: all@example.org соңы"


def test_a_tower_of_accents_is_cut() -> None:
    assert len(shown("Z" + "\u0300" * 200 + "algo")) <= len("Zalgo") + 4


FOLDED = [
    # no Kazakh keyboard
    ("қоғам", "коғам"),
    ("қоғам", "когам"),
    ("Көше", "коше"),
    ("үлкен ұлы", "улкен улы"),
    ("жаңа", "жана"),
    ("әкім", "аким"),
    ("қаһарман", "кахарман"),
    # Latin letters in old Kazakh texts
    ("тәртібі", "тәртiбi"),
    ("ТӘРТІБІ", "TӘPTIБI"),
    ("әлем", "əлем"),
    ("Өмір", "Ɵмір"),
    # Latin letters that open Russian words, and the reverse
    ("Строительство", "Cтроительство"),
    ("Аршалинский", "Aршалинский"),
    ("Москва", "Mocквa"),
    ("Zoom", "Zооm"),
    ("paypal", "pаypаl"),
    # Russian
    ("посёлок", "поселок"),
    ("ЁЛКА", "елка"),
    # signs
    ("из-за", "из‐за"),
    ("из-за", "из–за"),
    ("«Атамекен»", "“Атамекен”"),
    ("№ 5", "№№5"),
    ("жол   жөндеу", "жол\u00a0жөндеу"),
    # other forms of the same letters
    ("Алматы", "Ал\u200bматы"),
    ("abc", "ａｂｃ"),
]


@pytest.mark.parametrize(("one", "other"), FOLDED)
def test_folding_makes_one_form(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("жол", "жыл"), ("бала", "була"), ("ел", "ол"), ("кіру", "керу"), ("мир", "мор")]
)
def test_folding_keeps_different_words_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_folding_is_idempotent() -> None:
    for text in [word for pair in FOLDED for word in pair]:
        assert folded(folded(text)) == folded(text)


def test_words_are_letters_and_digits_only() -> None:
    assert words("№№5: «Жол-көлік» & (2026) 'a' | !b:* – -13 551,0") == (
        ["5", "жол", "колик", "2026", "a", "b", "13", "551", "0"]
    )


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Zооm қосылсын", ["Zооm"]),
        ("Aлмaты", ["Aлмaты"]),
        ("тәртiбi", ["тәртiбi"]),
        ("Ρетиция", ["Ρетиция"]),
        ("Әғқңөұүһі ӘҒҚҢӨҰҮҺІ", []),
        ("Қазақстан Republic of Қазақстан", []),
        ("IT-компания, COVID-19 және 5G", []),
        ("naïve Zürich ёлка", []),
    ],
)
def test_words_of_two_alphabets_are_flagged(text: str, flagged: list[str]) -> None:
    assert mixed_alphabets(text) == flagged


@pytest.mark.parametrize(
    "text",
    [
        "a\u0301\u0316" * 25_000,
        " " * 50_000 + "x",
        "\n " * 25_000,
        "\r" * 50_000,
        "aа" * 25_000,
        "№" * 50_000,
    ],
    ids=["marks", "spaces", "lines", "returns", "mixed", "signs"],
)
def test_long_hostile_text_is_quick(text: str) -> None:
    started = time.perf_counter()
    shown(text), folded(text), has_hidden_controls(text), mixed_alphabets(text)
    assert time.perf_counter() - started < 2
