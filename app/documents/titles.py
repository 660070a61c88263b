"""What is a title and what is a clause, where the text alone must tell. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.documents import marks
from app.documents.marks import Mark
from app.documents.tree import Block, BlockKind

_LONGEST_CONTINUATION = 200
_LONGEST_TITLE = 600
_SENTENCE = 60
_LONGEST_REQUISITES = 400

# «Постановление … от 5 мая 2006 года № 371.» heads an act although it ends with a full stop.
_REQUISITES = re.compile(r"(?:№|N)\s?\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ONLY_REFERENCES = re.compile(r"(?:\[\^\d{1,4}\]\s?){1,9}$")


def with_numbered_chapters(lines: Sequence[str], found: Sequence[Mark | None]) -> list[Mark | None]:
    """`found`, in which clauses that are titles of chapters («1. Общие положения») have become chapters.

    Such a chapter reads as a title, carries the number that the next chapter must carry, and is followed by what
    cannot follow a clause: «1.1.», a clause that begins anew, or one that goes on from before the title.
    """
    changed = list(found)
    for start, end in _stretches(lines, found):
        kinds = {mark.kind for mark in found[start:end] if mark is not None}
        if not kinds & {BlockKind.CHAPTER, BlockKind.ARTICLE}:
            _raise_titles(lines, changed, start, end)
    return changed


def _stretches(lines: Sequence[str], found: Sequence[Mark | None]) -> Iterator[tuple[int, int]]:
    """The act and each of its annexes, as ranges of lines."""
    starts = [0, *(i for i, line in enumerate(lines) if found[i] is None and line and marks.annex(line))]
    yield from zip(starts, [*starts[1:], len(lines)], strict=True)


def _raise_titles(lines: Sequence[str], changed: list[Mark | None], start: int, end: int) -> None:
    clauses = [
        (index, mark)
        for index in range(start, end)
        if (mark := changed[index]) is not None and mark.kind is BlockKind.CLAUSE
    ]
    chapter, last_clause = 0, 0
    for position, (index, mark) in enumerate(clauses):
        following = clauses[position + 1][1].number if position + 1 < len(clauses) else ""
        after = lines[index + 1] if index + 1 < end and changed[index + 1] is None else ""
        goes_on = str(last_clause + 1) if chapter or not last_clause else "1"
        is_next = mark.number == str(chapter + 1)
        if is_next and _reads_as_title(mark.text, after) and _is_followed(mark, following, goes_on, after):
            changed[index] = replace(mark, kind=BlockKind.CHAPTER, rank=marks.CHAPTER)
            chapter += 1
        elif mark.number.isdigit():
            last_clause = int(mark.number)


def _reads_as_title(text: str, after: str) -> bool:
    if marks.is_title(text):
        return True
    return marks.is_title(text.rstrip(",")) and after[:1].islower()


def _is_followed(mark: Mark, following: str, goes_on: str, after: str) -> bool:
    """`goes_on` is the number that a clause has which goes on from before the title, `after` the line after it."""
    if following.startswith(f"{mark.number}."):
        return True
    if following in ("1", goes_on):
        return True
    # All numbers beneath the title were lost: a whole sentence follows it at once.
    is_sentence = len(after) > _SENTENCE and after[:1].isupper() and after.endswith((".", ":", ";"))
    return goes_on == "1" and is_sentence


def continues(last: Block, line: str, *, bold: bool, was_line: bool) -> bool:
    """Whether `line` is the rest of the title that `last` began."""
    if last.is_annex and was_line:
        # «Приложение 1», «к Правилам», «от 1 мая № 5»: the corner of an annex, a line each.
        is_short = len(line) <= _LONGEST_CONTINUATION and len(last.text) <= _LONGEST_TITLE
        return is_short and line[:1].islower() and not line.endswith((";", ":"))
    titled = last.kind in {BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION}
    if not was_line or not (titled or last.kind is BlockKind.ARTICLE):
        return False
    if len(line) > _LONGEST_CONTINUATION or len(last.text) > _LONGEST_TITLE:
        return False
    if not last.text or _ONLY_REFERENCES.match(last.text):
        return marks.is_title(line) and (titled or bold) and marks.annex(line) is None
    if not titled:
        return False
    if line[:1].islower():
        return not last.text.endswith((".", ";", ":"))
    return last.text.isupper() and marks.is_capitals(line)


def is_heading(line: str, *, bold: bool, in_head: bool) -> bool:
    """Whether an unnumbered line is a heading: by its letters, or because it stands at the head of an act."""
    if bold or in_head:
        if marks.is_title(line) and marks.dash(line) is None:
            return True
        is_short = len(line) < _LONGEST_REQUISITES and not line.endswith((":", ";", ","))
        return in_head and is_short and bool(_REQUISITES.search(line) and _YEAR.search(line[:200]))
    return marks.is_capitals(line)
