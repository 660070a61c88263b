"""How a comparative table names the places of an act, and which table of a document is taken."""

import pytest

from app.consultations.services import comparative, elements, mending
from app.documents import reading
from app.documents.tree import Block, BlockKind, Cell

ACT = """Статья 5. Сроки
1. Срок равен месяцу.
2. Срок продлевается:
1) по просьбе;
2) по закону.
Статья 6. Порядок
1. Порядок прост.
"""
BLOCKS = reading.read(ACT.encode(), filename="a.txt")


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("Статья 5", "Сроки"),
        ("Подпункт 2) пункта 2 статьи 5", "по закону."),
        ("статья 6, пункт 1", "Порядок прост."),
        ("5-баптың 2-тармағы", "Срок продлевается:"),
        ("5-бап, 2-тармақ, 1) тармақша", "по просьбе;"),
        ("Пункт 1", None),
        ("Преамбула", None),
        ("", None),
    ],
)
def test_an_element_names_its_clause_in_both_languages(element, expected):
    place = elements.place_of(element, BLOCKS)
    assert (BLOCKS[place].text if place is not None else None) == expected


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_name_that_is_written_is_recognised_again(language):
    for index, path in enumerate(elements.paths_of(BLOCKS)):
        assert elements.place_of(elements.named(path, language), BLOCKS) == index


def table(*rows):
    cells = tuple(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows)
    return Block(BlockKind.TABLE, 0, "", "", "", cells)


def test_kazakh_headings_are_read_in_whatever_order_they_stand():
    rows = comparative.rows_of(
        [
            table(
                ("Негіздеме", "Құрылымдық элемент", "Ұсынылатын редакция", "Қолданыстағы редакция"),
                ("себеп", "1-бап", "жаңа", "ескі"),
            )
        ]
    )
    assert rows == [comparative.RowWords("1-бап", "ескі", "жаңа", "себеп")]


def test_cells_that_reach_over_rows_keep_their_element():
    rows = comparative.rows_of(
        [
            table(
                ("1", Cell("Статья 1", rowspan=2), "было", "стало", "так"),
                ("2", "было 2", "стало 2", "и так"),
            )
        ]
    )
    assert [(row.element, row.current) for row in rows] == [("Статья 1", "было"), ("Статья 1", "было 2")]


def test_a_table_of_two_columns_is_none():
    with pytest.raises(comparative.NoTable):
        comparative.rows_of([table(("a", "b"))])


def test_no_mend_drops_a_character():
    whole = mending.characters(BLOCKS)
    for mended in (
        mending.join(BLOCKS, {1, 2, 4}),
        mending.shift(BLOCKS, {1, 2}, -5),
        mending.rename(BLOCKS, {3}, BlockKind.PARAGRAPH),
    ):
        assert mending.characters(mended) == whole
    with pytest.raises(mending.CannotMend):
        mending.join(BLOCKS, {0})
