"""What a lawyer sees in a text: parts, chapters, articles, clauses, and what only looks like them."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.completeness import lost_characters
from app.documents.recognise import recognise
from app.documents.source import Grid, Line, cleaned
from app.documents.tree import BlockKind, Cell, anchors, from_json, to_json
from tests.documents.acts import LAW_KK, LAW_RU, labelled, outline, recognised

EXPECTED = [
    "heading-1",
    "heading-2",
    "p-1",
    "part-1",
    "chapter-1",
    "article-1",
    "article-1.p-1",
    "article-2",
    "article-2.clause-1",
    "article-2.clause-1.sub-1",
    "article-2.clause-1.sub-1-1",
    "article-2.clause-1.sub-1-1.sub-a",
    "article-2.clause-1.sub-1-1.sub-b",
    "article-2.clause-1.sub-2",
    "article-2.clause-1.p-1",
    "article-2.clause-2",
    "article-2.note-1",
    "article-2-1",
    "article-2-1.p-1",
]


def test_it_finds_the_structure_of_a_russian_law():
    blocks = recognised(LAW_RU)
    assert outline(blocks) == EXPECTED
    chapter = labelled(blocks, "Глава 1.")
    assert chapter.text == "ОБЩИЕ ПОЛОЖЕНИЯ О ДВОРАХ" and chapter.depth == 1
    assert labelled(blocks, "Сноска.").kind is BlockKind.NOTE


def test_it_finds_the_same_structure_in_the_kazakh_law():
    blocks = recognised(LAW_KK)
    assert outline(blocks) == [name.replace("sub-b", "sub-ae") for name in EXPECTED]
    assert labelled(blocks, "2-1-бап.").number == "2-1"


@pytest.mark.parametrize(
    ("line", "kind", "label", "number"),
    [
        ("Раздел V. Наследство", BlockKind.PART, "Раздел V.", "5"),
        ("Раздел ХІ. Двор", BlockKind.PART, "Раздел ХІ.", "11"),
        ("2-бөлiм. Аула", BlockKind.PART, "2-бөлiм.", "2"),
        ("ГЛАВА 3", BlockKind.CHAPTER, "ГЛАВА 3", "3"),
        ("7-1-тарау. Құм", BlockKind.CHAPTER, "7-1-тарау.", "7-1"),
        ("§ 2. Снег", BlockKind.SECTION, "§ 2.", "2"),
        ("3-параграф. Қар", BlockKind.SECTION, "3-параграф.", "3"),
        ("Статья 1140.1. Договор", BlockKind.ARTICLE, "Статья 1140.1.", "1140.1"),
        ("12‑бап. Аула", BlockKind.ARTICLE, "12‑бап.", "12"),
        ("17 бап", BlockKind.ARTICLE, "17 бап", "17"),
        ("Art. 4a[^3]", BlockKind.ARTICLE, "Art. 4a", "4a"),
        ("Article 9", BlockKind.ARTICLE, "Article 9", "9"),
        ("1. Двор убирают.", BlockKind.CLAUSE, "1.", "1"),
        ("12-1. Двор убирают.", BlockKind.CLAUSE, "12-1.", "12-1"),
        ("1.1.6.Расходы не включаются.", BlockKind.CLAUSE, "1.1.6.", "1.1.6"),
        ("11.2.. Оплата вносится.", BlockKind.CLAUSE, "11.2..", "11.2"),
        ("1.1 Двор убирают.", BlockKind.CLAUSE, "1.1", "1.1"),
        ("3)снег;", BlockKind.SUBCLAUSE, "3)", "3"),
        ("3) - 6-3) исключены;", BlockKind.SUBCLAUSE, "3) - 6-3)", "3"),
        ("ә) балалар;", BlockKind.SUBCLAUSE, "ә)", "ә"),
        ("- lbis) Fische;", BlockKind.SUBCLAUSE, "- lbis)", "lbis"),
        ("– снег;", BlockKind.PARAGRAPH, "–", ""),
        ("[^12]: Art. 3 aufgehoben.", BlockKind.NOTE, "[^12]:", "12"),
    ],
)
def test_it_reads_the_marks_of_four_languages(line, kind, label, number):
    (block,) = recognise([line])
    assert (block.kind, block.label, block.number) == (kind, label, number)


@pytest.mark.parametrize(
    "line",
    [
        "Статья 5 настоящего Закона применяется ко дворам.",
        "Глава 4 дополнена статьёй 15-1.",
        "5-бабы мынадай редакцияда жазылсын:",
        "10.07.2012. принято решение.",
        "17.00 часов следующего дня.",
        "264,0 тенге.",
        "– -13 551,0 тысячи тенге;",
        "Глава 1. Общие положения ............ 3",
        "2023 жылғы 5 мамырдан бастап.",
        "Приложение 2 изложить в новой редакции.",
    ],
)
def test_it_takes_no_sentence_for_a_title(line):
    blocks = recognise(["Вводное предложение, достаточно длинное.", line])
    assert blocks[-1].kind is BlockKind.PARAGRAPH


def test_wording_quoted_by_an_amending_act_is_not_its_own():
    blocks = recognised(
        """ПРИКАЗЫВАЮ:
1. Внести в приказ следующие изменения:
пункт 4 изложить в следующей редакции:
"4. Двор убирают жители.
5. Снег складывают у забора.";
пункт 7 изложить в следующей редакции:
«7. Товарищество «Двор» создают жители.»;
2. Настоящий приказ вводится в действие."""
    )
    assert [b.number for b in blocks if b.kind is BlockKind.CLAUSE] == ["1", "2"]
    quoted = [b for b in blocks if b.text.startswith(('"4.', "5.", "«7."))]
    announcing = next(b for b in blocks if b.text.startswith("пункт 4"))
    assert len(quoted) == 3 and all(b.kind is BlockKind.PARAGRAPH for b in quoted)
    assert quoted[0].depth == announcing.depth + 1


def test_a_quotation_that_is_never_closed_swallows_nothing():
    blocks = recognised(
        """1. Внести изменение:
пункт 4 изложить в следующей редакции:
"4. Двор убирают жители.
2. Приказ вводится в действие."""
    )
    assert [b.number for b in blocks if b.kind is BlockKind.CLAUSE] == ["1", "2"]


def test_wording_quoted_by_a_kazakh_act_is_not_its_own():
    blocks = recognised(
        """1. Мынадай өзгеріс енгізілсін:
4-тармақ мынадай редакцияда жазылсын:
«4. Ауланы тұрғындар жинайды.».
2. Осы бұйрық қолданысқа енгізіледі."""
    )
    assert [b.number for b in blocks if b.kind is BlockKind.CLAUSE] == ["1", "2"]


def test_a_title_numbered_as_clause_1_is_a_chapter():
    blocks = recognised(
        """1. Общие положения
1. Правила определяют уход за дворами.
2. Двором признаётся место между домами.
2. Порядок уборки
3. Двор убирают утром.
4. Снег складывают у забора."""
    )
    assert outline(blocks) == ["chapter-1", "clause-1", "clause-2", "chapter-2", "clause-3", "clause-4"]


def test_titles_above_clauses_of_two_levels_are_chapters_on_two_lines_too():
    blocks = recognised(
        """1. Общие положения
1.1. Правила определяют уход.
2.Условия и порядок приёма,
а также ухода
2.1. Двор убирают утром."""
    )
    assert outline(blocks) == ["chapter-1", "clause-1-1", "chapter-2", "clause-2-1"]
    assert blocks[2].text == "Условия и порядок приёма, а также ухода"


def test_short_clauses_without_full_stops_stay_clauses():
    blocks = recognised("РЕШИЛ:\n1. Утвердить правила\n2. Отменить старые правила\n3. Опубликовать решение")
    assert [b.kind for b in blocks[1:]] == [BlockKind.CLAUSE] * 3


def test_where_all_numbers_were_lost_paragraphs_remain():
    blocks = recognised(
        """1. Общие положения
Правила определяют порядок ухода за дворами и место, куда складывают снег.
Двором признаётся место между домами, если там никто не живёт и не торгует."""
    )
    assert outline(blocks) == ["chapter-1", "chapter-1.p-1", "chapter-1.p-2"]


def test_an_annex_is_numbered_anew():
    signature = Grid(((Cell("Министр"), Cell("А. Омаров")),))
    corner = Grid(((Cell(""), Cell("Приложение 1\nк приказу Министра")),))
    blocks = recognise(
        [
            "1. Утвердить Правила.",
            signature,
            corner,
            "Правила ухода",
            "1. Двор убирают.",
            "2. Снег складывают.",
        ]
    )
    assert outline(blocks) == [
        "clause-1",
        "table-1",
        "annex-1",
        "annex-1.heading-1",
        "annex-1.clause-1",
        "annex-1.clause-2",
    ]
    assert blocks[2].label == "Приложение 1" and blocks[1].depth == 0


def test_an_annex_typed_line_by_line_is_one_heading():
    blocks = recognised(
        """1. Утвердить Правила.
Министр дворов А. Омаров
Утверждены
приказом Министра дворов
от 1 февраля 2026 года № 5
Правила ухода
1. Двор убирают."""
    )
    assert [(b.kind.value, b.depth, b.text) for b in blocks[1:]] == [
        ("paragraph", 0, "Министр дворов А. Омаров"),
        ("heading", 0, "Утверждены приказом Министра дворов от 1 февраля 2026 года № 5"),
        ("heading", 1, "Правила ухода"),
        ("clause", 1, "Двор убирают."),
    ]


def test_a_kazakh_annex_is_numbered_anew():
    blocks = recognised("1. Ереже бекітілсін.\nМинистрдің бұйрығына\n2-қосымша\nЕреже\n1. Аула жиналады.\n")
    assert outline(blocks)[-1].endswith("annex-2.clause-1")


def test_a_note_in_the_midst_of_a_list_does_not_end_it():
    blocks = recognised(
        """Статья 1. Двор
1. Двор убирают:
1) дворник;
Примечание РЦПИ!
Пункт 1 предусмотрено дополнить подпунктом 3).
2) жители."""
    )
    assert outline(blocks)[-1] == "article-1.clause-1.sub-2"
    assert [b.kind for b in blocks[3:5]] == [BlockKind.NOTE, BlockKind.NOTE]


def test_numbers_that_repeat_get_names_that_differ():
    blocks = recognised("Статья 1. Двор\n1. Раз.\n1. Два.\nСтатья 1. Двор\n1. Три.")
    assert outline(blocks) == [
        "article-1",
        "article-1.clause-1",
        "article-1.clause-1~2",
        "article-1~2",
        "article-1.clause-1~3",
    ]


def test_clauses_that_begin_anew_in_each_chapter_are_named_by_it():
    blocks = recognised("1-тарау. Аула\n1. Бір.\n2. Екі.\n2-тарау. Қар\n1. Үш.")
    assert outline(blocks)[-1] == "chapter-2.clause-1"


def test_headings_of_the_file_hold_what_follows_them():
    blocks = recognise(
        [Line("Стандарт", heading=1), Line("V1 Дворы", heading=2), "Двор чистый.", Line("V2 Снег", heading=2)]
    )
    assert [(b.kind.value, b.depth) for b in blocks] == [
        ("heading", 0),
        ("heading", 0),
        ("paragraph", 1),
        ("heading", 0),
    ]


def test_blocks_are_kept_as_plain_values():
    blocks = recognise([*LAW_RU.splitlines(), Grid(((Cell("а", 2, 1, True),), (Cell("б"), Cell("в"))))])
    assert [from_json(to_json(block)) for block in blocks] == blocks


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"kind": "law", "depth": 0, "label": "", "number": "", "text": ""},
        {"kind": "clause", "depth": -1, "label": "", "number": "", "text": ""},
        {"kind": "clause", "depth": 99, "label": "", "number": "", "text": ""},
        {"kind": "clause", "depth": True, "label": "", "number": "", "text": ""},
        {"kind": "clause", "depth": 0, "label": None, "number": "", "text": ""},
        {"kind": "table", "depth": 0, "label": "", "number": "", "text": "", "cells": [["a"]]},
        {
            "kind": "table",
            "depth": 0,
            "label": "",
            "number": "",
            "text": "",
            "cells": [[{"text": "a", "colspan": 0}]],
        },
    ],
)
def test_what_is_no_block_is_refused(broken):
    with pytest.raises(ValueError):
        from_json(broken)


def test_hidden_characters_go_and_letters_stay():
    assert cleaned("а\x00б\u202eв\u200bг\ufeffд\r\nе\u2028ё") == "абвгд\nе\nё"
    assert cleaned("قا\u200cز е\u200dн") == "قا\u200cز ен"
    assert cleaned("қ‐а  Zооm «Ā»") == "қ‐а  Zооm «Ā»"


PIECES = st.sampled_from(
    [
        "1.",
        "1)",
        "а)",
        "–",
        '"',
        "«",
        "»",
        "Статья 1",
        "5-бап.",
        "Глава 2",
        ":",
        ";",
        ".",
        "\n",
        "Сноска.",
        "|",
        "#",
    ]
    + ["Приложение 1", "қосымша", "ӘЛЕМ", "слово ", "[^1]: ", "\u202e", "1.1.", "§ 3", "IV. ", " ", "\t"]
)
PARAGRAPHS = st.lists(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=8).map("".join)), max_size=25)


@settings(max_examples=100, deadline=None)
@given(PARAGRAPHS)
def test_no_character_is_lost_and_all_names_differ(paragraphs):
    blocks = recognise(paragraphs)
    assert not lost_characters("\n".join(paragraphs), blocks)
    assert sum(Counter(anchors(blocks)).values()) == len(set(anchors(blocks)))
    assert all(before.depth + 1 >= after.depth for before, after in zip(blocks, blocks[1:], strict=False))


HOSTILE = [
    "1" * 100_000,
    "1." * 50_000,
    "1-" * 50_000,
    "- " * 50_000,
    "Статья " + "1." * 50_000,
    "Статья" + " " * 100_000 + "1",
    '"' * 100_000,
    "«" * 100_000,
    ":«" * 50_000,
    ":" + " " * 100_000 + "«",
    "." * 100_000,
    ". " * 50_000,
    "\t" + "." * 100_000 + "x",
    "I" * 100_000,
    "[^" * 50_000,
    "Приложение" + " " * 100_000,
    "А.А." * 25_000,
    "   " + "_ " * 50_000,
    "**" * 50_000,
    "3) - " * 20_000,
]


# Nothing is timed here: where a pattern goes back over a line, or lines over each other, these never end.
@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:8])
def test_a_hostile_line_comes_to_an_end_and_is_kept(line):
    blocks = recognise([line] * 3)
    assert not lost_characters("\n".join([line] * 3), blocks)


@pytest.mark.parametrize("line", ['"4. Двор', '«4. "Двор".', "1. Двор", "Приложение 1", "IV.", "а"])
def test_many_hostile_lines_come_to_an_end(line):
    lines = ["пункт изложить:", line] * 3_000
    assert not lost_characters("\n".join(lines), recognise(lines))
