"""What every writer of papers is given: pages of one direction, headings without gaps, visible text."""

from datetime import date

import pytest

from app.documents.paper import (
    Cell,
    ChangeWords,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Run,
    Table,
    paragraphs,
    runs,
    sections,
)

WIDE = Table(head=list("abcde"), rows=[])
NARROW = Table(head=["a"], rows=[])


def paper(*parts: Part) -> Paper:
    return Paper(title="t", language="kk", parts=parts, footer="", created_on=date(2026, 1, 1))


def test_a_wide_table_turns_the_page_and_takes_its_heading_along():
    found = list(
        sections(paper(Paragraph("a"), Heading("h"), WIDE, Heading("h", 2), WIDE, Heading("i", 2), NARROW))
    )
    assert [(section.is_landscape, len(section.parts)) for section in found] == [
        (False, 1),
        (True, 4),
        (False, 2),
    ]


def test_a_page_break_beside_a_turned_page_leaves_no_empty_page():
    found = list(sections(paper(Paragraph("a"), PageBreak(), WIDE, PageBreak(), Paragraph("b"), PageBreak())))
    assert not any(isinstance(part, PageBreak) for section in found for part in section.parts)


def test_headings_climb_one_level_at_a_time():
    found = list(sections(paper(Heading("a", 3), Heading("b", 3), Heading("c", 9), Heading("d", 1))))
    assert [part.level for part in found[0].parts if isinstance(part, Heading)] == [1, 2, 3, 1]


def test_a_paper_without_parts_has_no_section():
    assert list(sections(paper())) == []


def test_changes_are_announced_in_brackets_where_asked():
    changed = [Run("old", deleted=True), Run("new", inserted=True)]
    told = runs(changed, ChangeWords(deleted="deleted", inserted="inserted"))
    assert "".join(run.text for run in told) == "[deleted: old][inserted: new]"
    assert [run.text for run in told if run.deleted or run.inserted] == ["old", "new"]
    assert "".join(run.text for run in runs(changed)) == "oldnew"


def test_hidden_signs_and_empty_runs_are_dropped_and_spaces_are_kept():
    assert [run.text for run in runs([" a\u202e ", "", "\x00", "b\r\n"])] == [" a ", "b\n"]


def test_runs_of_a_cell_that_follow_each_other_are_one_paragraph():
    assert paragraphs(["a", Run("b"), Paragraph("c"), "d"]) == [
        Paragraph(("a", Run("b"))),
        Paragraph("c"),
        Paragraph(("d",)),
    ]
    assert paragraphs([]) == [Paragraph("")]


@pytest.mark.parametrize(
    ("head", "rows", "widths"),
    [
        ([], [], ()),
        (["a", "b"], [["x"]], ()),
        (["a", "b"], [[Cell("x", colspan=3)]], ()),
        (["a", "b"], [], (1,)),
        (["a", "b"], [], (1, 0)),
    ],
)
def test_a_table_whose_cells_do_not_fill_it_is_refused(head, rows, widths):
    with pytest.raises(ValueError):
        Table(head=head, rows=rows, widths=widths)
