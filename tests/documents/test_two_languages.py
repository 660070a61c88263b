"""Kazakh and Russian side by side: what says the same, and where one says more."""

from app.documents.recognise import recognise
from app.documents.source import Grid
from app.documents.tree import BlockKind, Cell, Difference, DifferenceKind, differences, pair
from tests.documents.acts import LAW_KK, LAW_RU, recognised


def test_every_block_of_a_faithful_pair_has_its_counterpart():
    kk, ru = recognised(LAW_KK), recognised(LAW_RU)
    assert pair(kk, ru) == [(index, index) for index in range(len(kk))]
    assert not differences(kk, ru)


def test_a_clause_that_only_one_language_has_is_told_with_its_place():
    kk = recognised(LAW_KK.replace("2. Қар қоршаудың жанына жиналады.\n", ""))
    ru = recognised(LAW_RU)
    pairs = pair(kk, ru)
    assert (None, 15) in pairs and len(pairs) == len(ru)
    assert differences(kk, ru) == [Difference(DifferenceKind.ONLY_RU, BlockKind.CLAUSE, "2", None, 15)]


def test_what_stands_beneath_a_missing_article_is_not_told_again():
    ru = recognised(LAW_RU)
    kk = recognised(LAW_KK + "\n3-бап. Су\n1. Су құйылады.\n1) таңертең.")
    found = differences(kk, ru)
    assert [(d.what, d.kind, d.number) for d in found] == [(DifferenceKind.ONLY_KK, BlockKind.ARTICLE, "3")]


def test_letters_are_counted_because_the_alphabets_differ():
    kk = recognised("1. Ауланы:\nа) бір;\nә) екі;\nб) үш.")
    ru = recognised("1. Двор:\nа) один;\nб) два;\nв) три.")
    assert pair(kk, ru) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_tables_of_different_shape_are_told():
    def act(*widths):
        return recognise([Grid(tuple(tuple(Cell("а") for _ in range(width)) for width in widths))])

    assert not differences(act(2, 2), act(2, 2))
    (found,) = differences(act(2, 2), act(2, 3))
    assert (found.what, found.kk, found.ru) == (DifferenceKind.TABLE_SHAPE, 0, 0)


def test_every_block_is_paired_once_in_reading_order():
    kk = recognised("1. Бір.\n3. Үш.\n2. Екі.\nСөз.")
    ru = recognised("1. Раз.\n2. Два.\n3. Три.\n4. Четыре.")
    pairs = pair(kk, ru)
    assert [a for a, _ in pairs if a is not None] == list(range(len(kk)))
    assert sorted(b for _, b in pairs if b is not None) == list(range(len(ru)))


def test_one_language_alone_is_paired_with_nothing():
    kk = recognised("1. Бір.")
    assert pair(kk, []) == [(0, None)] and pair([], kk) == [(None, 0)]
