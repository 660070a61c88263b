"""Paragraphs made ready for comparing, and the two versions that hold them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_SURROGATES = range(0xD800, 0xE000)
_CHARACTERS = 0x110000 - len(_SURROGATES)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph made ready: `key` is its text with single spaces, `words` holds one character for each word."""

    key: str
    words: str


class Lexicon:
    """Gives every word a character of its own, so that texts compare as fast as words do."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def paragraph(self, text: str) -> Paragraph:
        numbers = self._numbers
        words = [numbers.setdefault(word, len(numbers)) for word in _WORD.findall(text.lower())]
        return Paragraph(" ".join(text.split()), "".join(map(_character, words)))


def _character(number: int) -> str:
    # A text with more than a million different words only seems a little more alike than it is.
    number %= _CHARACTERS
    return chr(number if number < _SURROGATES.start else number + len(_SURROGATES))


class Version:
    """The paragraphs of one version."""

    def __init__(self, lexicon: Lexicon, texts: Sequence[str], labels: Sequence[str | None] | None) -> None:
        if labels is not None and len(labels) != len(texts):
            raise ValueError("as many labels as paragraphs")
        self.labels = [_plain_label(label) for label in labels or [None] * len(texts)]
        # A heading that is nothing but its label («Статья 7.») is known by it, and by no text that says the same.
        self.paragraphs = [
            lexicon.paragraph(text if text.strip() else f"\0{label or ''}")
            for text, label in zip(texts, self.labels, strict=True)
        ]
        self.is_bare = [not text.strip() for text in texts]
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for at, paragraph in enumerate(self.paragraphs):
            self.places[paragraph.key].append(at)
        self.partner: list[int | None] = [None] * len(texts)

    def __len__(self) -> int:
        return len(self.paragraphs)

    def key(self, at: int) -> str:
        return self.paragraphs[at].key

    def words(self, at: int) -> int:
        return len(self.paragraphs[at].words)

    def free(self, start: int, end: int) -> list[int]:
        return [at for at in range(start, end) if self.partner[at] is None]

    def is_single(self, at: int) -> bool:
        return len(self.places[self.key(at)]) == 1


def _plain_label(label: str | None) -> str | None:
    return " ".join((label or "").split()).casefold().rstrip(".") or None
