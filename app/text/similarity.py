"""Titles that say nearly the same: by letters (trigrams), by words, and by concept where the languages differ.

Trigrams cannot see that «Ремонт дорог» and «Жол жөндеу» are one wish: nothing in the letters says so. The concepts of
`topics.py`, which `search.py` puts into the vector, do. `title` is a column of `normalize.folded` titles with a GIN
index of `gin_trgm_ops` (extension pg_trgm), `vector` one made by `search.search_vector`.
"""

from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_

from app.text.normalize import folded
from app.text.search import concept_query, matches
from app.text.topics import concepts_of

# One concept in common («school») makes no two titles alike; two («school», «food») may.
CONCEPTS_IN_COMMON = 2
MAX_CONCEPTS = 6
MAX_TITLE_LETTERS = 300
# Below this likeness nothing is worth showing; trigrams use the server's own 0.3 and 0.6 to pass the index.
LIKENESS_BY_WORDS = 0.7
LIKENESS_BY_CONCEPTS = 0.5


def _compared(text: str) -> str:
    return folded(text[:MAX_TITLE_LETTERS])


def similar_titles(title: ColumnElement[Any] | Any, text: str) -> ColumnElement[bool]:
    """The condition that the folded `title` has many letters in common with `text`, whole or in some words."""
    compared = literal(_compared(text))
    return or_(title.op("%", is_comparison=True)(compared), compared.op("<%", is_comparison=True)(title))


def title_likeness(title: ColumnElement[Any] | Any, text: str) -> ColumnElement[float]:
    """From 0 to 1, how like the letters of `title` and `text` are."""
    compared = _compared(text)
    return func.greatest(func.similarity(title, compared), func.word_similarity(compared, title) * 0.9)


def _concepts_in_common(vector: ColumnElement[Any] | Any, text: str) -> ColumnElement[bool] | None:
    concepts = concepts_of(text[:MAX_TITLE_LETTERS])[:MAX_CONCEPTS]
    groups = [vector.op("@@")(concept_query(group)) for group in combinations(concepts, CONCEPTS_IN_COMMON)]
    return or_(*groups) if groups else None


def similar(
    *, title: ColumnElement[Any] | Any, vector: ColumnElement[Any] | Any, text: str
) -> ColumnElement[bool]:
    """The condition that a row is worth showing to somebody about to write `text`, in whichever language it is."""
    ways = [similar_titles(title, text), matches(vector, text[:MAX_TITLE_LETTERS])]
    in_common = _concepts_in_common(vector, text)
    return or_(*ways) if in_common is None else or_(*ways, in_common)


def likeness(
    *, title: ColumnElement[Any] | Any, vector: ColumnElement[Any] | Any, text: str
) -> ColumnElement[float]:
    """From 0 to 1, to order `similar` rows by: letters, all the words, or the same concepts in another language."""
    ways: list[ColumnElement[Any]] = [
        title_likeness(title, text),
        case((matches(vector, text[:MAX_TITLE_LETTERS]), LIKENESS_BY_WORDS), else_=0.0),
    ]
    in_common = _concepts_in_common(vector, text)
    if in_common is not None:
        ways.append(case((in_common, LIKENESS_BY_CONCEPTS), else_=0.0))
    return func.greatest(*ways)
