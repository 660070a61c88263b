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
from itertools import chain
from typing import Self

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
    shingles = map(" ".join, zip(*(words[start:] for start in range(length)), strict=False))
    smallest = sorted(set(map(zlib.crc32, map(str.encode, shingles))))[:SKETCH]
    return tuple(sorted(number - (1 << 32) if number >> 31 else number for number in smallest))


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the shingles of `text` as signed 32-bit integers in order; empty for no words.

    Two letters are candidates when their sketches share a member. The same in every process and on every machine.
    """
    return _sketch(words_of(text))


def _numbers(words: Sequence[str]) -> "array[int]":
    return array("I", map(zlib.crc32, map(str.encode, words[:MAX_WORDS])))


def _likeness(agreeing: int, length: int, other: int) -> float:
    less, more = sorted((length, other))
    if not less:
        return 0.0
    alike = 2 * agreeing / (less + more)
    if agreeing < CONTAINED_WORDS or agreeing < CONTAINED_SHARE * more:
        return alike
    return max(alike, CONTAINED * agreeing / less)


@dataclass(frozen=True, slots=True)
class _Alignment:
    """Two letters side by side: how many words agree in runs, and the places (from, to; from, to) where they differ."""

    lengths: tuple[int, int]
    agreeing: int
    changes: list[tuple[int, int, int, int]]

    @property
    def likeness(self) -> float:
        return _likeness(self.agreeing, *self.lengths)


def _aligned(a: Sequence[int], b: Sequence[int]) -> _Alignment:
    agreeing = 0
    changes: list[tuple[int, int, int, int]] = []
    a_end = b_end = 0
    for run in LCSseq.opcodes(a, b):
        if run.tag != "equal":
            continue
        if run.src_end - run.src_start >= SHORTEST_RUN:
            agreeing += run.src_end - run.src_start
        if a_end < run.src_start or b_end < run.dest_start:
            changes.append((a_end, run.src_start, b_end, run.dest_start))
        a_end, b_end = run.src_end, run.dest_end
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


@dataclass(slots=True)
class _Wording:
    """A letter made ready for comparing. The words, large and rarely needed, are made anew when they are."""

    text: str
    digest: bytes
    length: int
    numbers: "array[int]"
    sketch: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        words = words_of(text)
        # Letters without a single word («👍») are equal when they are so sign by sign.
        digest = blake2b(" ".join(words or [text]).encode(errors="replace"), digest_size=16).digest()
        return cls(text, digest, len(words), _numbers(words), _sketch(words))


@dataclass(slots=True)
class _Sample:
    wording: _Wording
    group: Group
    words: list[str] | None = None

    def is_near(self, words: Sequence[str], alignment: _Alignment) -> bool:
        if self.words is None:
            self.words = words_of(self.wording.text)
        return _near(self.words, words, alignment)


class Grouper:
    """Groups that grow letter by letter: each new letter joins at once or becomes the sample of a new group.

    Keeps of a group its sample, of a letter its key and digest. Which letter is the sample depends on the order of
    adding; `group` takes all letters at once and does not.
    """

    def __init__(self) -> None:
        self._samples: list[_Sample] = []
        self._by_digest: dict[bytes, _Sample] = {}
        self._by_shingle: dict[int, list[int]] = {}

    def add(self, key: Hashable, text: str) -> Hashable:
        """Puts a letter into its group; yields the key of the group's sample, `key` itself for a new group."""
        return self._place([key], _Wording.of(text)).sample

    def groups(self) -> list[Group]:
        """All groups, those of one letter too, in the order of their samples."""
        return [sample.group for sample in self._samples]

    def _place(self, keys: Sequence[Hashable], wording: _Wording) -> Group:
        sample = self._by_digest.get(wording.digest)
        if sample is None:
            sample = self._nearest(wording) or self._begin(keys[0], wording)
            self._by_digest[wording.digest] = sample
        is_exact = wording.digest == sample.wording.digest
        sample.group.members.extend(Member(key, is_exact) for key in keys)
        return sample.group

    def _begin(self, key: Hashable, wording: _Wording) -> _Sample:
        sample = _Sample(wording, Group(key))
        # Only equal letters join a very short one, and those are found by their digest.
        for member in wording.sketch if wording.length >= VERY_SHORT else ():
            known = self._by_shingle.setdefault(member, [])
            # What opens a hundred different letters («Прошу рассмотреть …») leads to none of them.
            if len(known) < MAX_SAMPLES_OF_SHINGLE:
                known.append(len(self._samples))
        self._samples.append(sample)
        return sample

    def _nearest(self, wording: _Wording) -> _Sample | None:
        if wording.length < VERY_SHORT:
            return None
        known = (self._by_shingle.get(member, ()) for member in wording.sketch)
        nearest, best, words = None, 0.0, None
        for number, _ in Counter(chain.from_iterable(known)).most_common(MAX_CANDIDATES):
            sample = self._samples[number]
            numbers = sample.wording.numbers, wording.numbers
            # The longest common sequence is quickly had and no less than what agrees in runs.
            if _likeness(LCSseq.similarity(*numbers), *map(len, numbers)) < NEAR:
                continue
            alignment = _aligned(*numbers)
            if alignment.likeness < NEAR or alignment.likeness <= best:
                continue
            words = words or words_of(wording.text)
            if sample.is_near(words, alignment):
                nearest, best = sample, alignment.likeness
        return nearest


def group(texts: Iterable[tuple[Hashable, str]]) -> list[Group]:
    """The groups of all `texts`, largest first, whatever the order they come in.

    The most typical wordings (most copies, then shingles that most others share) go first and become the samples.
    """
    wordings: dict[bytes, _Wording] = {}
    digests: dict[str, bytes] = {}
    keys: dict[bytes, list[Hashable]] = {}
    for key, text in texts:
        if text not in digests:
            wording = _Wording.of(text)
            digests[text] = wording.digest
            wordings.setdefault(wording.digest, wording)
        keys.setdefault(digests[text], []).append(key)
    shared = Counter(chain.from_iterable(wording.sketch for wording in wordings.values()))

    def typical_first(wording: _Wording) -> tuple[int, int, int, bytes]:
        in_common = sum(shared[member] for member in wording.sketch)
        return -len(keys[wording.digest]), -in_common, -wording.length, wording.digest

    grouper = Grouper()
    for wording in sorted(wordings.values(), key=typical_first):
        grouper._place(keys[wording.digest], wording)
    return sorted(grouper.groups(), key=lambda found: -len(found.members))
