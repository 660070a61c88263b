"""Two versions, paragraph by paragraph: what a lawyer would say became of each, and bounds on the work."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text import alignment
from app.text.alignment import Change, align

ACTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "acts"

PARKS = "Парки города открыты для жителей круглый год без выходных и перерывов."
TREES = "Вырубка деревьев допускается только с согласия совета и после общественных слушаний."
NIGHT = "Ночью в парках горит освещение, а за порядком следит дежурная смена."
DOGS = "Собак выгуливают на поводке на площадках, которые отвёл для этого акимат."
FINES = "За нарушение правил взимается штраф, размер которого определяет закон."
LAKES = "Купание в прудах разрешено в местах, где есть спасатель и обозначен берег."


def became(old, new, **labels):
    return [(match.change, match.old, match.new) for match in align(old, new, **labels)]


def assert_whole(matches, old, new):
    assert sorted(match.old for match in matches if match.old is not None) == list(range(len(old)))
    assert [match.new for match in matches if match.new is not None] == list(range(len(new)))


def test_the_same_text_is_unchanged_though_spaces_differ():
    assert became([PARKS, TREES], [PARKS.replace(" ", "\u00a0 "), TREES]) == [
        (Change.UNCHANGED, 0, 0),
        (Change.UNCHANGED, 1, 1),
    ]


def test_a_removed_paragraph_stands_where_it_stood():
    assert became([PARKS, TREES, NIGHT], [PARKS, DOGS, NIGHT]) == [
        (Change.UNCHANGED, 0, 0),
        (Change.REMOVED, 1, None),
        (Change.NEW, None, 1),
        (Change.UNCHANGED, 2, 2),
    ]


def test_an_edited_paragraph_is_found_among_new_ones():
    edited = TREES.replace("совета", "жителей")
    (new, match) = align([TREES], [DOGS, edited])
    assert new.change is Change.NEW
    assert (match.change, match.old, match.new) == (Change.EDITED, 0, 1)
    assert match.is_edited and 0.8 < match.likeness < 1 and not match.is_doubtful


def test_the_lighter_part_of_a_swap_has_moved():
    matches = align([PARKS, TREES, NIGHT, DOGS], [DOGS, PARKS, TREES, NIGHT])
    assert [match.change for match in matches] == [Change.MOVED, *[Change.UNCHANGED] * 3]
    assert not matches[0].is_edited and not matches[0].is_doubtful


def test_a_paragraph_may_move_and_be_edited():
    edited = DOGS.replace("акимат", "совет")
    match = align([PARKS, TREES, NIGHT, DOGS], [edited, PARKS, TREES, NIGHT])[0]
    assert (match.change, match.old, match.is_edited) == (Change.MOVED, 3, True)


def test_a_short_heading_goes_with_what_it_heads():
    old = ["Общее", PARKS, TREES, NIGHT, "Прочее", DOGS]
    new = ["Прочее", DOGS, "Общее", PARKS, TREES, NIGHT]
    assert became(old, new)[:2] == [(Change.MOVED, 4, 0), (Change.MOVED, 5, 1)]


def test_a_new_number_is_no_edit():
    old_labels, new_labels = ["1.", "2."], ["1.", "2.", "3."]
    matches = align([PARKS, TREES], [PARKS, DOGS, TREES], old_labels=old_labels, new_labels=new_labels)
    assert [(match.change, match.is_renumbered) for match in matches] == [
        (Change.UNCHANGED, False),
        (Change.NEW, False),
        (Change.UNCHANGED, True),
    ]


def test_a_number_tells_equal_texts_apart():
    gone = "Исключён"
    matches = became(
        [PARKS, gone, gone, TREES],
        [PARKS, gone, TREES],
        old_labels=["4.", "5.", "6.", "7."],
        new_labels=["4.", "6.", "7."],
    )
    assert (Change.REMOVED, 1, None) in matches
    assert (Change.UNCHANGED, 2, 1) in matches


def test_which_of_equal_texts_is_gone_is_doubtful():
    matches = align([FINES] * 3, [FINES] * 2)
    assert any(match.is_doubtful for match in matches if match.change is Change.UNCHANGED)


def test_a_paragraph_worded_anew_under_its_number_is_edited_and_doubtful():
    anew = "Вырубка возможна только после общественных слушаний, если дерево больно или угрожает людям."
    (_, match, _) = align(
        [PARKS, TREES, NIGHT], [PARKS, anew, NIGHT], old_labels=["1", "2", "3"], new_labels=["1.", "2.", "3."]
    )
    assert (match.change, match.is_doubtful, match.is_renumbered) == (Change.EDITED, True, False)


def test_a_heading_that_is_only_a_label_is_known_by_it():
    labels = {"old_labels": ["Статья 7.", None], "new_labels": ["Статья 6.", None, "Статья 7.", None]}
    assert became(["", PARKS], ["", DOGS, "", PARKS], **labels)[2:] == [
        (Change.UNCHANGED, 0, 2),
        (Change.UNCHANGED, 1, 3),
    ]


def test_a_split_paragraph_is_edited_and_doubtful_beside_a_new_one():
    matches = align([PARKS, TREES + " " + NIGHT, DOGS], [PARKS, TREES, NIGHT, DOGS])
    assert [match.change for match in matches] == [
        Change.UNCHANGED,
        Change.EDITED,
        Change.NEW,
        Change.UNCHANGED,
    ]
    assert matches[1].is_doubtful


def test_merged_paragraphs_are_edited_and_removed():
    matches = align([PARKS, TREES, NIGHT, DOGS], [PARKS, TREES + " " + NIGHT, DOGS])
    assert sorted(match.change for match in matches) == ["edited", "removed", "unchanged", "unchanged"]


def test_a_match_with_a_rival_is_doubtful():
    one, other = FINES.replace("штраф", "сбор"), FINES.replace("штраф", "взнос")
    matches = align([FINES], [one, other])
    assert any(match.is_doubtful for match in matches if match.change is Change.EDITED)


def test_a_usual_sentence_does_not_move_across_the_act():
    old = ["Порядок определяет Правительство своим актом.", PARKS, TREES, NIGHT]
    new = [PARKS, TREES, NIGHT, "Порядок и сроки определяет Правительство отдельным актом."]
    assert Change.MOVED not in {match.change for match in align(old, new)}


def test_labels_are_as_many_as_paragraphs():
    with pytest.raises(ValueError):
        align([PARKS], [PARKS], old_labels=["1.", "2."])


def test_progress_rises_to_the_end():
    told = []
    old = [f"{PARKS} {number}" for number in range(300)]
    align(old, old[::-1], progress=told.append)
    assert told == sorted(told) and told[-1] == 1.0 and len(told) < 120


paragraphs = st.lists(
    st.sampled_from(
        [PARKS, TREES, NIGHT, PARKS + " " + NIGHT, TREES[:40], "Исключён", "", "  ", "…", "а а а", "а а"]
    ),
    max_size=12,
)
labels = st.sampled_from([None, "", "1)", "2)", "Статья 7."])


@given(paragraphs, paragraphs, st.data())
@settings(max_examples=200, deadline=None)
def test_every_paragraph_is_in_exactly_one_match(old, new, data):
    old_labels = data.draw(st.lists(labels, min_size=len(old), max_size=len(old)))
    new_labels = data.draw(st.lists(labels, min_size=len(new), max_size=len(new)))
    matches = align(old, new, old_labels=old_labels, new_labels=new_labels)
    assert_whole(matches, old, new)
    for match in matches:
        if match.old is None or match.new is None:
            assert match.change is (Change.NEW if match.old is None else Change.REMOVED)
        else:
            assert match.is_edited == (old[match.old].split() != new[match.new].split())
            assert match.change is not Change.UNCHANGED or not match.is_edited
    kept = [match.old for match in matches if match.change in {Change.UNCHANGED, Change.EDITED}]
    assert kept == sorted(kept)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (lambda n: [FINES] * n, lambda n: [FINES] * (n - n // 10)),
        (
            lambda n: ["а " * (i % 50 + 1) for i in range(n)],
            lambda n: ["а " * (i % 37 + 1) for i in range(n)],
        ),
        (
            lambda n: [f"Пункт {i} о парках и о прудах" for i in range(n)],
            lambda n: [f"Пункт {i} о парках и об озёрах" for i in range(n, 2 * n)],
        ),
    ],
    ids=["equal paragraphs", "one word repeated", "all alike"],
)
def test_repetitive_texts_are_compared_a_bounded_number_of_times(old, new, monkeypatch):
    compared = []
    likeness = alignment.likeness
    monkeypatch.setattr(alignment, "likeness", lambda one, other: compared.append(1) or likeness(one, other))
    size = 2_000
    numbered = {"old_labels": [f"{n}." for n in range(size)]}
    versions = old(size), new(size)
    assert_whole(align(*versions, **numbered), *versions)
    assert len(compared) <= 20 * size


VERSIONS = [
    ("asvs-v4", "ru.md"),
    ("asvs-v6", "ru.md"),
    ("kz-P1600000907", "ru.txt"),
    ("kz-model-council-regulation", "kk.txt"),
    ("li-1999-206", "de.md"),
    ("li-2011-575", "de.md"),
    ("li-2012-180", "de.md"),
    ("li-2012-284", "de.md"),
]
LABEL = re.compile(r"(#+ Art\. \w+|(?:- )?\w{1,3}\)|\d+\.|\|\s*\**[\d.]+\**)(?=\s|$)")


def labelled(file):
    pairs = []
    for line in filter(str.strip, file.read_text("utf-8").split("\n")):
        label = LABEL.match(line)
        pairs.append((label[0], line[label.end() :]) if label else (None, line))
    return [text for _, text in pairs], [label for label, _ in pairs]


@pytest.mark.skipif(not ACTS.is_dir(), reason="The shared collection of real acts is not beside the project.")
@pytest.mark.parametrize(("act", "ending"), VERSIONS)
def test_real_versions_lose_no_paragraph(act, ending):
    versions = [labelled(file) for file in sorted(ACTS.glob(f"{act}.v*.{ending}"))]
    assert len(versions) > 1
    for (old, old_labels), (new, new_labels) in pairwise(versions):
        matches = align(old, new, old_labels=old_labels, new_labels=new_labels)
        assert_whole(matches, old, new)
        # All of them are versions of one act: the openings stayed, and little of any moved.
        assert matches[0].change in {Change.UNCHANGED, Change.EDITED}
        assert sum(match.change is Change.MOVED for match in matches) <= 3


@pytest.mark.skipif(not ACTS.is_dir(), reason="The shared collection of real acts is not beside the project.")
def test_a_real_clause_keeps_its_place_when_notes_come_between():
    old = (ACTS / "kz-P1600000907.v1.ru.txt").read_text("utf-8").splitlines()
    new = (ACTS / "kz-P1600000907.v2.ru.txt").read_text("utf-8").splitlines()
    partners = {match.old: match for match in align(old, new)}
    assert [partners[at].change for at in (0, 2, 3)] == [Change.EDITED] * 3
    assert partners[3].new is not None and new[partners[3].new].startswith("1. Утвердить")
    assert partners[5].change is Change.REMOVED
