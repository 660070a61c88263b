"""Full-text search over Kazakh, Russian and English at once: one vector column, one safe query.

The vector holds, for each word, its Kazakh stem (our stemmer), its Russian and English stems (PostgreSQL's snowball)
and, since the English dictionary leaves Cyrillic alone, the exact folded word. Nobody has to say in which language
they search, and an OR over three columns, which is forty times slower on 100,000 rows, is not needed. Beside the words
stand the concepts that they name (`topics.py`), so that «дорог» also finds a title with «жол».

These are SQL expressions; whoever holds a session uses them:

    petition.search = search_vector(document_text(title, [demands, arguments]))
    select(Petition).where(matches(Petition.search, "жол жөндеу"))
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, False_, false, func, literal, literal_column
from sqlalchemy.dialects.postgresql import REGCONFIG

from app.text.kazakh_stemmer import stem
from app.text.normalize import words
from app.text.topics import concepts_of_words

# A longer text is indexed by its beginning: PostgreSQL refuses a vector of 1 MB and a lexeme of 2 kB.
MAX_INDEXED_LETTERS = 60_000
MAX_WORD_LETTERS = 60
MAX_QUERY_WORDS = 12
MIN_PREFIX_LETTERS = 3
# Ranking an unbounded set costs 390 ms on 100,000 rows, ranking the first thousand 58 ms.
MAX_RANKED = 1_000

# setweight wants the one-byte "char", which no bound parameter is.
_WEIGHT_A: ColumnElement[str] = literal_column("'A'::\"char\"")
_WEIGHT_B: ColumnElement[str] = literal_column("'B'::\"char\"")
_WEIGHT_D: ColumnElement[str] = literal_column("'D'::\"char\"")


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """The words of a text, ready for `search_vector`: folded, as Kazakh stems, and the concepts of the title."""

    title_folded: str
    title_stems: str
    folded: str
    simple: str
    concepts: str


def _indexed(text: str) -> list[str]:
    return [word[:MAX_WORD_LETTERS] for word in words(text[:MAX_INDEXED_LETTERS])]


def document_text(title: str, parts: Iterable[str] = ()) -> SearchDocument:
    """What is indexed of a thing with `title` and further texts, which weigh less than the title."""
    in_title, in_parts = _indexed(title), _indexed("\n".join(parts))
    return SearchDocument(
        title_folded=" ".join(in_title),
        title_stems=" ".join(map(stem, in_title)),
        folded=" ".join(in_parts),
        simple=" ".join(map(stem, in_parts)),
        concepts=" ".join(map(_concept_lexeme, concepts_of_words(in_title))),
    )


def _concept_lexeme(concept: str) -> str:
    # One word of letters for the parser; nobody writes such words.
    return "qqconcept" + concept.replace("_", "")


def search_vector(document: SearchDocument) -> ColumnElement[Any]:
    """The value of the one search column: the title with weight A, the rest with B, concepts with D."""
    weighted = [
        func.setweight(_vector(document.title_folded, document.title_stems), _WEIGHT_A),
        func.setweight(_vector(document.folded, document.simple), _WEIGHT_B),
        func.setweight(func.to_tsvector(_config("simple"), document.concepts), _WEIGHT_D),
    ]
    return reduce(lambda one, other: one.op("||")(other), weighted)


def _vector(folded: str, stems: str) -> ColumnElement[Any]:
    vectors = [func.to_tsvector(_config("simple"), stems)]
    vectors += [func.to_tsvector(_config(name), folded) for name in ("russian", "english")]
    return reduce(lambda one, other: one.op("||")(other), vectors)


def _config(name: str) -> ColumnElement[Any]:
    return literal(name, REGCONFIG)


@cache
def _stop_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "data" / "stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in words(line))


def query_words(text: str) -> list[str]:
    """The words of what somebody typed that are worth searching: no function words unless there is nothing else."""
    found = list(dict.fromkeys(_indexed(text[:1_000])))
    return ([word for word in found if word not in _stop_words()] or found)[:MAX_QUERY_WORDS]


def search_query(text: str) -> ColumnElement[Any] | None:
    """A tsquery that wants every word of `text` in any of three languages; None if there is no word in it.

    Nothing that a person types is syntax: only letters and digits reach the query. The last word is also taken as
    the beginning of a longer one, because people search while they type.
    """
    found = query_words(text)
    if not found:
        return None
    alternatives = [_any_form(word, is_last=word == found[-1]) for word in found]
    return reduce(func.tsquery_and, alternatives)


def search_query_of_any(text: str) -> ColumnElement[Any] | None:
    """A tsquery that wants any word of `text`, for suggestions over small sets; None if there is no word in it."""
    found = query_words(text)
    return reduce(func.tsquery_or, [_any_form(word, is_last=False) for word in found]) if found else None


def _any_form(word: str, *, is_last: bool) -> ColumnElement[Any]:
    forms: list[ColumnElement[Any]] = [
        func.to_tsquery(_config("simple"), stem(word)),
        func.to_tsquery(_config("russian"), word),
        func.to_tsquery(_config("english"), word),
    ]
    forms += [concept_query([concept]) for concept in concepts_of_words([word])]
    if is_last and len(word) >= MIN_PREFIX_LETTERS:
        forms.append(func.to_tsquery(_config("simple"), f"{word}:*"))
    return reduce(func.tsquery_or, forms)


def concept_query(concepts: Iterable[str]) -> ColumnElement[Any]:
    """A tsquery that wants every one of `concepts` (ids of `topics.py`, at least one) in a title."""
    return func.to_tsquery(_config("simple"), " & ".join(map(_concept_lexeme, concepts)))


def matches(column: ColumnElement[Any] | Any, text: str) -> ColumnElement[bool] | False_:
    """The condition that `column` (made by `search_vector`) holds every word of `text`; false without a word."""
    query = search_query(text)
    return false() if query is None else column.op("@@")(query)


def rank(column: ColumnElement[Any] | Any, text: str) -> ColumnElement[float]:
    """How well `column` answers `text`, titles first; only over a set that was limited to `MAX_RANKED` rows."""
    query = search_query(text)
    return literal(0.0) if query is None else func.ts_rank(column, query)
