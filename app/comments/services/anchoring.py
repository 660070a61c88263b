"""Checking where a comment stands: the clause is in the version that was read, and the selected words are in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from app.comments.errors import PlaceGone, SelectionGone, TooLong
from app.comments.models import Anchor, Thread
from app.comments.subjects import Place, subject_of
from app.i18n import LANGUAGES
from app.text.normalize import visible

# As many characters on each side as tell equal words of one clause apart (W3C Web Annotation, text quote selector).
CONTEXT = 32


def settle(thread: Thread, anchor: Anchor, *, language: str, longest: int) -> Anchor:
    """`anchor` as the subject knows it: its key and path, the words as they stand in the text, with what is around.

    It is looked up in the version that was read, in whichever language of the text it was read: the comment may be in
    another. PlaceGone if that version has no such clause. SelectionGone if the words are not in it: they were changed,
    or the selection crosses clauses; then the clause as a whole can be commented on.
    """
    wanted = visible(anchor.exact).strip()
    if len(wanted) > longest:
        raise TooLong(field="quote", limit=longest, length=len(wanted))
    places = _places(thread, anchor, language)
    first = next(places, None)
    if first is None:
        raise PlaceGone(field="anchor", path=anchor.path, version=anchor.version)
    if not wanted:
        return Anchor(key=first.key, path=first.path, version=first.version, language=first.language)
    for place in chain((first,), places):
        if (span := _find(wanted, place.text, anchor)) is not None:
            start, end = span
            return Anchor(
                key=place.key,
                path=place.path,
                version=place.version,
                language=place.language,
                exact=place.text[start:end],
                prefix=place.text[max(0, start - CONTEXT) : start],
                suffix=place.text[end : end + CONTEXT],
                start=start,
            )
    raise SelectionGone(
        field="anchor", path=first.path, version=first.version, label=first.label, quote=wanted
    )


def without_selection(anchor: Anchor) -> Anchor:
    """The same clause as a whole: what a view offers after SelectionGone."""
    return replace(anchor, exact="", prefix="", suffix="", start=0)


def _places(thread: Thread, anchor: Anchor, language: str) -> Iterator[Place]:
    find = subject_of(thread).place
    for other in dict.fromkeys((anchor.language or language, language, *LANGUAGES)):
        if (place := find(thread, anchor.path, other, anchor.version)) is not None:
            yield place


def _find(wanted: str, text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Where `wanted` stands in `text`, space counted as space; of several, where its surroundings agree best."""
    words = wanted.split()
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    if not found:
        return None
    prefix, suffix = _squeezed(anchor.prefix), _squeezed(anchor.suffix)

    def fit(span: tuple[int, int]) -> tuple[int, int]:
        start, end = span
        before, after = _squeezed(text[max(0, start - CONTEXT) : start]), _squeezed(text[end : end + CONTEXT])
        agreeing = _common(before[::-1], prefix[::-1]) + _common(after, suffix)
        return agreeing, -abs(start - anchor.start)

    return max(found, key=fit)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _common(one: str, other: str) -> int:
    """How many characters agree at the beginning."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
