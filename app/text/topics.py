"""The topics of petitions, and the concepts by which «Ремонт дорог», «Жол жөндеу» and "road repair" meet.

A small thesaurus that people wrote, in `data/topics.toml`: it knows what petitions are usually about and nothing else.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.i18n import in_reader_language
from app.text.kazakh_stemmer import stem
from app.text.normalize import words

OTHER = "other"
_FILE = Path(__file__).parent / "data" / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    kk: str
    ru: str
    en: str

    @property
    def name(self) -> str:
        """The topic's name in the reader's language."""
        return in_reader_language(kk=self.kk, ru=self.ru, en=self.en)


@dataclass(frozen=True, slots=True)
class _Thesaurus:
    topics: tuple[Topic, ...]
    topics_of_concept: dict[str, tuple[str, ...]]
    by_word: dict[str, str]
    by_stem: dict[str, str]
    by_beginning: dict[str, str]

    def concept_of(self, word: str) -> str | None:
        """The concept of a folded word: the word itself, then its longest known beginning, then its Kazakh stem."""
        if exact := self.by_word.get(word):
            return exact
        beginnings = (word[:length] for length in range(len(word), 2, -1))
        found = next((self.by_beginning[start] for start in beginnings if start in self.by_beginning), None)
        return found or self.by_stem.get(stem(word))


@cache
def _thesaurus() -> _Thesaurus:
    content: dict[str, Any] = tomllib.loads(_FILE.read_text("utf-8"))
    by_word: dict[str, str] = {}
    by_stem: dict[str, str] = {}
    by_beginning: dict[str, str] = {}
    for concept in content["concept"]:
        for entry in concept["kk"]:
            # Of an entry of several words none may speak alone.
            if len(parts := words(entry)) == 1:
                by_stem.setdefault(stem(parts[0]), concept["id"])
        for entry in (*concept["ru"], *concept["en"]):
            if len(parts := words(entry)) == 1:
                (by_beginning if entry.endswith("*") else by_word).setdefault(parts[0], concept["id"])
    return _Thesaurus(
        topics=tuple(Topic(**topic) for topic in content["topic"]),
        topics_of_concept={concept["id"]: tuple(concept["topics"]) for concept in content["concept"]},
        by_word=by_word,
        by_stem=by_stem,
        by_beginning=by_beginning,
    )


def topics() -> tuple[Topic, ...]:
    """All topics in the order in which they are offered; the last is «other»."""
    return _thesaurus().topics


def topic(topic_id: str) -> Topic | None:
    return next((topic for topic in topics() if topic.id == topic_id), None)


def concepts_of(text: str) -> list[str]:
    """The ids of the concepts that `text` speaks of, in any of the three languages, each once, in order."""
    return concepts_of_words(words(text))


def concepts_of_words(folded_words: list[str]) -> list[str]:
    thesaurus = _thesaurus()
    found = (thesaurus.concept_of(word) for word in folded_words)
    return list(dict.fromkeys(concept for concept in found if concept))


def topics_of(text: str) -> list[str]:
    """The ids of the topics that `text` is likely about, likeliest first; a suggestion, never a decision."""
    thesaurus = _thesaurus()
    votes = Counter(
        topic_id
        for word in words(text)
        if (concept := thesaurus.concept_of(word))
        for topic_id in thesaurus.topics_of_concept[concept]
        if topic_id != OTHER
    )
    return [topic_id for topic_id, _ in votes.most_common()]
