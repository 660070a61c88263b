"""Precision and recall of the groups, on the set of our own and on real letters."""

from collections import Counter
from pathlib import Path

import pytest

from app.text.near_duplicates_quality import LabelledLetter, quality, read_letters

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "comments.jsonl"


def test_pairs_are_counted() -> None:
    letters = [
        LabelledLetter("1", "ru", "Прошу починить мост через речку у мельницы.", "bridge"),
        LabelledLetter("2", "ru", "ПРОШУ ПОЧИНИТЬ МОСТ ЧЕРЕЗ РЕЧКУ У МЕЛЬНИЦЫ", "bridge"),
        LabelledLetter("3", "ru", "Мост у мельницы рухнул, чините скорее, люди ездят в обход.", "bridge"),
        LabelledLetter("4", "ru", "Прошу починить мост через речку у мельницы!", None),
    ]
    measured = quality(letters)
    assert (measured.letters, measured.pairs, measured.found, measured.right) == (4, 3, 3, 1)
    assert measured.precision == pytest.approx(1 / 3)
    assert measured.recall == pytest.approx(1 / 3)


def test_no_pairs_are_no_error() -> None:
    assert quality([]).precision == quality([]).recall == 1


def test_our_own_set_is_grouped_well() -> None:
    letters = read_letters()
    assert len(letters) >= 120
    assert {letter.language for letter in letters} == {"kk", "ru", "en"}
    assert len({letter.key for letter in letters}) == len(letters)
    measured = quality(letters)
    # The one false letter names another street and is otherwise the campaign's: only a reader can tell.
    assert measured.precision >= 0.98
    assert measured.recall >= 0.95


@pytest.mark.skipif(not SHARED.exists(), reason="The real letters are not part of the repository.")
def test_real_letters_agree_with_the_hints() -> None:
    letters = read_letters(SHARED)
    # The largest hint is a chain of several texts held together by letters that quote two of them.
    [(chain, _)] = Counter(letter.campaign for letter in letters).most_common(1)
    measured = quality([letter for letter in letters if letter.campaign != chain])
    assert measured.precision >= 0.88
    assert measured.recall >= 0.80
