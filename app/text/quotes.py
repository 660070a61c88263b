"""Finds again the words that somebody quoted, in a later version of the text (W3C Web Annotation text quote selector).

Spaces, quotation marks and dashes may differ. Whoever is not sure says so: a doubtful finding is for a person to look
at, and what was worded anew is not found at all. Bounded for texts of a megabyte and quotes as long.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

from rapidfuzz.distance import Indel, LCSseq, Opcode
from rapidfuzz.fuzz import partial_ratio_alignment

CONTEXT = 32

# Equal passages that are looked at, to each side of the old place.
MAX_PASSAGES = 200
# How well both sides of a passage must agree to choose it, and by how much better than those of any other.
KNOWN_CONTEXT = 0.7
CLEAR_LEAD = 0.1
# A shorter quote («дней») found once, but in other surroundings, may be another's.
TELLING_LETTERS = 12

NEAR = 0.7
SURE = 0.9
NEARLY = 0.99  # only the same words are 1
# Shorter quotes are not looked for by likeness.
MIN_NEAR_LETTERS = 8
# Up to here letters are compared, beyond it words.
FEW_LETTERS = 120
MIN_WORDS = 4
MAX_WORDS = 8_000
COMMON_WORD = 300
REGIONS = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """Words quoted from a text, with up to 32 characters on either side and the place where they began."""

    exact: str
    prefix: str
    suffix: str
    start: int


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands now; `likeness` is 1 for the same words."""

    start: int
    end: int
    likeness: float
    is_doubtful: bool


def quote_of(text: str, start: int, end: int) -> Quote:
    """The quote of `text[start:end]`; ValueError if that is empty or outside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError("a quote lies inside its text and is not empty")
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
    )


def find(quote: Quote, text: str) -> Found | None:
    """Where `quote` stands in `text`, None if it is gone.

    1. The same words: at the old place in known surroundings, else where the surroundings agree best.
    2. Nearly the same words.
    """
    plain, sought = _Plain(text), _Plain(quote.exact).text.strip()
    if not sought:
        return None
    prefix, suffix = _Plain(quote.prefix).text, _Plain(quote.suffix).text
    at_old_place = plain.place(quote.start)
    found = _same(sought, prefix, suffix, at_old_place, plain.text)
    if found is None and len(sought) >= MIN_NEAR_LETTERS:
        found = _near(sought, prefix, suffix, plain.text)
    if found is None:
        return None
    return Found(
        plain.original(found.start), plain.original_end(found.end), found.likeness, found.is_doubtful
    )


_SIGNS = str.maketrans(
    {
        **dict.fromkeys("«»„“”‟‹›〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛ʹʻʼʽ`´′＇", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_SPACES = re.compile(r"\s+")


class _Plain:
    """A text with one form of space, quotation mark and dash, which knows where each character stood."""

    def __init__(self, text: str) -> None:
        self.text = _SPACES.sub(" ", text.translate(_SIGNS))
        # Behind each run of several spaces, how many characters are missing.
        runs = [(run.start(), run.end() - run.start() - 1) for run in _SPACES.finditer(text)]
        runs = [run for run in runs if run[1]]
        self._missing = [0, *accumulate(length for _, length in runs)]
        self._from_original = [start for start, _ in runs]
        self._from_plain = [
            start - missing + 1 for (start, _), missing in zip(runs, self._missing, strict=False)
        ]

    def original(self, place: int) -> int:
        return place + self._missing[bisect_right(self._from_plain, place)]

    def original_end(self, end: int) -> int:
        return self.original(end - 1) + 1

    def place(self, original: int) -> int:
        return max(0, original - self._missing[bisect_right(self._from_original, original - 1)])


# The same words


def _same(sought: str, prefix: str, suffix: str, old_place: int, text: str) -> Found | None:
    passages = sorted({*_after(sought, text, old_place), *_before(sought, text, old_place)})
    if not passages:
        return None
    known = {at: _context(sought, prefix, suffix, at, text) for at in passages}
    best = max(passages, key=lambda at: (known[at], -abs(at - old_place)))
    if len(passages) == 1:
        is_doubtful = known[best] < KNOWN_CONTEXT / 2 and len(sought) < TELLING_LETTERS
    else:
        second = max(known[at] for at in passages if at != best)
        is_clear = known[best] - second >= CLEAR_LEAD or (best == old_place and known[best] == 1)
        is_doubtful = known[best] < KNOWN_CONTEXT or not is_clear
    return Found(best, best + len(sought), 1.0, is_doubtful)


def _after(sought: str, text: str, start: int) -> Iterator[int]:
    at = text.find(sought, start)
    for _ in range(MAX_PASSAGES):
        if at < 0:
            return
        yield at
        at = text.find(sought, at + 1)


def _before(sought: str, text: str, start: int) -> Iterator[int]:
    # Backwards as forwards: `str.rfind` takes quadratic time for a crafted quote, `str.find` does not.
    end = len(text) - len(sought)
    for mirrored in _after(sought[::-1], text[::-1], max(0, end - start + 1)):
        yield end - mirrored


def _context(sought: str, prefix: str, suffix: str, at: int, text: str) -> float:
    """From 0 to 1: how far the surroundings of a passage are those of the quote; an edge of the text counts too."""
    end = at + len(sought)
    before: float = Indel.normalized_similarity(prefix.strip(), text[max(0, at - len(prefix)) : at].strip())
    after: float = Indel.normalized_similarity(suffix.strip(), text[end : end + len(suffix)].strip())
    # The quote at the very beginning of its text had no prefix: any other place lacks that.
    if not prefix:
        before = float(at == 0)
    if not suffix:
        after = float(end == len(text))
    return (before + after) / 2


# Nearly the same words


_WORD = re.compile(r"\w+")


def _near(sought: str, prefix: str, suffix: str, text: str) -> Found | None:
    """The passage most like the quote, among a few regions that share rare words with it and its surroundings."""
    found = [
        (alike, start + low, start + high)
        for start, end in _regions(sought, prefix, suffix, text)
        for low, high, alike in _passages(sought, text[start:end])
        if alike >= NEAR
    ]
    if not found:
        return None
    alike, start, end = max(found)
    is_rivalled = any(
        other > alike - CLEAR_LEAD and (rival_end <= start or end <= rival)
        for other, rival, rival_end in found
    )
    is_at_home = _context(text[start:end], prefix, suffix, start, text) >= KNOWN_CONTEXT / 2
    is_sure = alike >= SURE and (is_at_home or len(sought) > FEW_LETTERS) and not is_rivalled
    return Found(start, end, min(NEARLY, round(alike, 3)), not is_sure)


def _regions(sought: str, prefix: str, suffix: str, text: str) -> list[tuple[int, int]]:
    """The stretches of `text` where the words of the quote stand in about their places, the likeliest first.

    Every word that the two share votes for the place where the quote would begin; a rare word weighs more, one that
    occurs everywhere only if there is no better.
    """
    offsets: defaultdict[str, list[int]] = defaultdict(list)
    for shift, part in ((-len(prefix), prefix), (0, sought), (len(sought), suffix)):
        for word in _WORD.finditer(part.lower()):
            if len(offsets[word[0]]) < 3:
                offsets[word[0]].append(shift + word.start())
    lowered = text.lower() if len(text.lower()) == len(text) else text
    places: defaultdict[str, list[int]] = defaultdict(list)
    for word in _WORD.finditer(lowered):
        if word[0] in offsets and len(places[word[0]]) < COMMON_WORD:
            places[word[0]].append(word.start())
    width = len(sought) // 2 + 50
    votes: Counter[int] = Counter()
    for name, found in places.items():
        for at in found:
            for bucket in {(at - offset) // width for offset in offsets[name]}:
                votes[bucket] += max(1, 1_000 * len(name) // len(found))
    sums = {bucket: votes[bucket] + votes.get(bucket + 1, 0) for bucket in votes}
    regions: list[tuple[int, int]] = []
    for bucket in sorted(sums, key=lambda bucket: (-sums[bucket], bucket)):
        start = max(0, bucket * width - 50)
        end = min(len(text), (bucket + 2) * width + len(sought) + 50)
        if start < end and all(abs(start - other) > width for other, _ in regions):
            regions.append((start, end))
            if len(regions) == REGIONS:
                break
    return regions


def _passages(sought: str, region: str) -> Iterator[tuple[int, int, float]]:
    """The passages of a region most like the quote, by letters if it is short and by words, with their likeness."""
    if len(sought) <= FEW_LETTERS:
        found = partial_ratio_alignment(sought, region, score_cutoff=NEAR * 100)
        if found is not None:
            start, end = _to_whole_words(region, found.dest_start, found.dest_end)
            yield start, end, Indel.normalized_similarity(sought, region[start:end])
    words = [word[0].lower() for word in islice(_WORD.finditer(sought), MAX_WORDS + 1)]
    if MIN_WORDS <= len(words) <= MAX_WORDS:
        yield from _by_words(words, region)


def _to_whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    passage = text[start:end]
    return start + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip())


def _by_words(words: list[str], region: str) -> Iterator[tuple[int, int, float]]:
    """From the first to the last word that the quote and the region share."""
    spans = [
        (word.start(), word.end(), word[0].lower()) for word in islice(_WORD.finditer(region), 2 * MAX_WORDS)
    ]
    numbers: dict[str, int] = {}
    one = [numbers.setdefault(word, len(numbers)) for word in words]
    other = [numbers.setdefault(word, len(numbers)) for _, _, word in spans]
    shared = [code for code in LCSseq.opcodes(one, other) if code.tag == "equal"]
    # A word far from the rest («и», «по») is chance, not the quote's edge.
    while len(shared) > 1 and _is_stray(shared[0], shared[1]):
        shared.pop(0)
    while len(shared) > 1 and _is_stray(shared[-1], shared[-2]):
        shared.pop()
    if shared:
        first, last = shared[0].dest_start, shared[-1].dest_end
        yield spans[first][0], spans[last - 1][1], Indel.normalized_similarity(one, other[first:last])


def _is_stray(run: Opcode, neighbour: Opcode) -> bool:
    """Whether a run of shared words lies further from its neighbour in the text than in the quote, and is shorter."""
    in_text = max(run.dest_start, neighbour.dest_start) - min(run.dest_end, neighbour.dest_end)
    in_quote = max(run.src_start, neighbour.src_start) - min(run.src_end, neighbour.src_end)
    return in_text - in_quote > 2 * (run.dest_end - run.dest_start)
