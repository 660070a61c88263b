"""Letters of one campaign: found by a sketch of their words, confirmed word by word, grouped round a sample.

A false join is worse than a miss: it answers somebody with the answer to another question. So a letter joins a group only
by its likeness to the group's sample, never to just any member, and a change that turns the demand round keeps it out.
"""

import zlib
from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import nsmallest

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from app.text.letters import words_of
from app.text.opposites import turned_round
from app.text.redline import Piece, redline

__all__ = ["Group", "Grouper", "Member", "additions", "group", "is_near", "likeness", "sketch", "words_of"]

# Measured on the two sets of near_duplicates_quality.py; docs/performance.md has the figures.
SHINGLE = 3
SKETCH = 16

NEAR = 0.6
# A letter that holds nearly all of another: its own paragraphs may be up to three times as long as what it repeats.
CONTAINED = 0.8
CONTAINED_WORDS = 20
CONTAINED_SHARE = 0.25
# Words that agree one by one, here and there, are chance; two in a row are not.
SHORTEST_RUN = 2

# Below this many words only equal letters are one letter; below the second, no word may be exchanged for another one.
VERY_SHORT = 5
SHORT = 20
NEAR_SHORT = 0.8
SAME_WORD = 60
# A longer change is a sentence of its own and may hold any «not» it likes.
SMALL_CHANGE = 4

# Words compared of one letter, samples remembered for one shingle, samples compared with one letter.
MAX_WORDS = 5_000
MAX_SAMPLES_OF_SHINGLE = 100
MAX_CANDIDATES = 8


def _sketch(words: Sequence[str]) -> tuple[int, ...]:
    length = SHINGLE if len(words) >= VERY_SHORT else max(len(words), 1)
    shingles = zip(*(words[start:] for start in range(length)), strict=False)
    hashes = {zlib.crc32(" ".join(shingle).encode()) for shingle in shingles}
    return tuple(sorted(number - (1 << 32) if number >> 31 else number for number in nsmallest(SKETCH, hashes)))


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the shingles of `text` as signed 32-bit integers in order; empty for no words.

    Two letters are candidates when their sketches share a member. The same in every process and on every machine.
    """
    return _sketch(words_of(text))


def _numbers(words: Sequence[str]) -> "array[int]":
    return array("I", (zlib.crc32(word.encode()) for word in words[:MAX_WORDS]))


@dataclass(frozen=True, slots=True)
class _Alignment:
    """Two letters side by side: how many words agree in runs, and the places (from, to; from, to) where they differ."""

    lengths: tuple[int, int]
    agreeing: int
    changes: list[tuple[int, int, int, int]]

    @property
    def likeness(self) -> float:
        less, more = sorted(self.lengths)
        if not less:
            return 0.0
        alike = 2 * self.agreeing / (less + more)
        if self.agreeing < CONTAINED_WORDS or self.agreeing < CONTAINED_SHARE * more:
            return alike
        return max(alike, CONTAINED * self.agreeing / less)


def _aligned(a: Sequence[int], b: Sequence[int]) -> _Alignment:
    agreeing = 0
    changes: list[tuple[int, int, int, int]] = []
    a_end = b_end = 0
    for tag, a_start, a_stop, b_start, b_stop in LCSseq.opcodes(a, b):
        if tag != "equal":
            continue
        if a_stop - a_start >= SHORTEST_RUN:
            agreeing += a_stop - a_start
        if a_end < a_start or b_end < b_start:
            changes.append((a_end, a_start, b_end, b_start))
        a_end, b_end = a_stop, b_stop
    if a_end < len(a) or b_end < len(b):
        changes.append((a_end, len(a), b_end, len(b)))
    return _Alignment((len(a), len(b)), agreeing, changes)


def _says_the_same(a: Sequence[str], b: Sequence[str], alignment: _Alignment) -> bool:
    """Whether no small change between the letters turns the demand round or, in short ones, exchanges its subject."""
    is_short = min(alignment.lengths) < SHORT
    for a_start, a_end, b_start, b_end in alignment.changes:
        if max(a_end - a_start, b_end - b_start) > SMALL_CHANGE:
            continue
        old, new = a[a_start:a_end], b[b_start:b_end]
        if turned_round(old, new):
            return False
        if is_short and old and new and fuzz.ratio(" ".join(old), " ".join(new)) < SAME_WORD:
            return False
    return True


def _near(a: Sequence[str], b: Sequence[str], alignment: _Alignment) -> bool:
    less = min(alignment.lengths)
    if less < VERY_SHORT:
        return list(a) == list(b) and less > 0
    enough = NEAR_SHORT if less < SHORT else NEAR
    return alignment.likeness >= enough and _says_the_same(a, b, alignment)


def likeness(a: str, b: str) -> float:
    """From 0 to 1, how much of the letters agrees word by word, or how much of one is contained in the other."""
    words, others = words_of(a), words_of(b)
    return 1.0 if words == others and words else _aligned(_numbers(words), _numbers(others)).likeness


def is_near(a: str, b: str) -> bool:
    """Whether `a` and `b` are letters of one campaign: one answer serves both."""
    words, others = words_of(a), words_of(b)
    if words == others:
        return bool(words)
    return _near(words, others, _aligned(_numbers(words), _numbers(others)))


def additions(sample: str, text: str) -> list[Piece]:
    """What the sender of `text` changed in `sample` and added to it, as pieces of both."""
    return redline(sample, text)


@dataclass(frozen=True, slots=True)
class Member:
    """One letter of a group; exact when it has the words of the sample."""

    key: Hashable
    is_exact: bool


@dataclass(slots=True)
class Group:
    """Letters near one `sample` (the key of a letter of the group), in the order of adding."""

    sample: Hashable
    members: list[Member] = field(default_factory=list)

    @property
    def changed(self) -> list[Hashable]:
        """The keys of the letters that are not word for word the sample."""
        return [member.key for member in self.members if not member.is_exact]


def _digest(words: Sequence[str]) -> bytes:
    return blake2b(" ".join(words).encode(), digest_size=16).digest()


@dataclass(slots=True)
class _Sample:
    text: str
    digest: bytes
    numbers: "array[int]"
    group: Group


class Grouper:
    """Groups that grow letter by letter: each new letter joins at once or becomes the sample of a new group.

    Keeps of a group its sample, of a letter its key and digest. Which letter is the sample depends on the order of
    adding; `group` takes all letters at once and does not.
    """

    def __init__(self) -> None:
        self._samples: list[_Sample] = []
        self._by_digest: dict[bytes, int] = {}
        self._by_shingle: dict[int, list[int]] = {}

    def add(self, key: Hashable, text: str) -> Hashable:
        """Puts a letter into its group; yields the key of the group's sample, `key` itself for a new group."""
        words = words_of(text)
        digest = _digest(words or [text])
        number = self._by_digest.get(digest)
        if number is None:
            number = self._nearest(words, _sketch(words))
            if number is None:
                number = self._begin(key, text, words, digest)
            self._by_digest[digest] = number
        sample = self._samples[number]
        sample.group.members.append(Member(key, is_exact=digest == sample.digest))
        return sample.group.sample

    def groups(self) -> list[Group]:
        """All groups, those of one letter too, in the order of their samples."""
        return [sample.group for sample in self._samples]

    def _begin(self, key: Hashable, text: str, words: Sequence[str], digest: bytes) -> int:
        number = len(self._samples)
        self._samples.append(_Sample(text, digest, _numbers(words), Group(key)))
        # Only equal letters join a very short one, and those are found by their digest.
        for member in _sketch(words) if len(words) >= VERY_SHORT else ():
            known = self._by_shingle.setdefault(member, [])
            # What opens a hundred different letters («Прошу рассмотреть …») leads to none of them.
            if len(known) < MAX_SAMPLES_OF_SHINGLE:
                known.append(number)
        return number

    def _nearest(self, words: Sequence[str], members: Iterable[int]) -> int | None:
        if len(words) < VERY_SHORT:
            return None
        shared = Counter(number for member in members for number in self._by_shingle.get(member, ()))
        numbers = _numbers(words)
        found: list[tuple[float, int]] = []
        for number, _ in nsmallest(MAX_CANDIDATES, shared.items(), key=lambda item: (-item[1], item[0])):
            sample = self._samples[number]
            alignment = _aligned(sample.numbers, numbers)
            if alignment.likeness >= NEAR and _near(words_of(sample.text), words, alignment):
                found.append((-alignment.likeness, number))
        return min(found)[1] if found else None


@dataclass(slots=True)
class _Distinct:
    """The letters with one wording: the text and key of the first, all keys, and its sketch."""

    text: str
    digest: bytes
    sketch: tuple[int, ...]
    length: int
    keys: list[Hashable] = field(default_factory=list)


def _distinct(texts: Iterable[tuple[Hashable, str]]) -> list[_Distinct]:
    found: dict[bytes, _Distinct] = {}
    for key, text in texts:
        words = words_of(text)
        digest = _digest(words or [text])
        if digest not in found:
            found[digest] = _Distinct(text, digest, _sketch(words), len(words))
        found[digest].keys.append(key)
    return list(found.values())


def group(texts: Iterable[tuple[Hashable, str]]) -> list[Group]:
    """The groups of all `texts`, largest first, whatever the order they come in.

    The most typical wordings (most copies, then shingles that most others share) go first and become the samples.
    """
    wordings = _distinct(texts)
    shared = Counter(member for wording in wordings for member in wording.sketch)

    def typical_first(wording: _Distinct) -> tuple[int, int, int, bytes]:
        in_common = sum(shared[member] for member in wording.sketch)
        return -len(wording.keys), -in_common, -wording.length, wording.digest

    grouper = Grouper()
    for wording in sorted(wordings, key=typical_first):
        for key in wording.keys:
            grouper.add(key, wording.text)
    return sorted(grouper.groups(), key=lambda found: -len(found.members))
