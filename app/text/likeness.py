"""How alike two paragraphs are, and which of many are worth comparing: bounded whatever the texts are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest, nsmallest

from rapidfuzz.distance import Indel

from app.text.paragraphs import Paragraph

# Beyond this many words × words the order of the words is left aside.
MAX_CELLS = 25_000_000
# Endings change in Kazakh and Russian; so few words are compared by their letters too.
FEW_WORDS = 8
# What two texts with different letters, marks or order are at most.
NEARLY = 0.99


def likeness(one: Paragraph, other: Paragraph) -> float:
    """From 0 (no word in common) to 1 (the same but for spaces)."""
    if one.key == other.key:
        return 1.0
    if not one.words or not other.words:
        return 0.0
    if len(one.words) * len(other.words) > MAX_CELLS:
        common = (Counter(one.words) & Counter(other.words)).total()
        return min(NEARLY, 2 * common / (len(one.words) + len(other.words)))
    alike: float = Indel.normalized_similarity(one.words, other.words)
    if max(len(one.words), len(other.words)) < FEW_WORDS and max(len(one.key), len(other.key)) < 300:
        # Strangers already share half of their letters.
        letters: float = Indel.normalized_similarity(one.key.lower(), other.key.lower())
        alike = max(alike, 2 * letters - 1)
    return min(NEARLY, alike)


class RareFeatures:
    """Finds paragraphs that share rare words or pairs of words, without comparing all with all."""

    # Features of a paragraph that are looked up, and paragraphs that share one before it counts as common.
    LOOKED_UP = 10
    COMMON = 30

    def __init__(self, paragraphs: Sequence[Paragraph], among: Iterable[int]) -> None:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for at in among:
            for feature in _features(paragraphs[at].words):
                found = holders[feature]
                if len(found) <= self.COMMON:
                    found.append(at)
        self._holders: Mapping[str, list[int]] = {
            feature: found for feature, found in holders.items() if len(found) <= self.COMMON
        }

    def nearest(self, paragraph: Paragraph, count: int) -> list[int]:
        """At most `count` paragraphs that share the rarest features with this one, best first."""
        found = [self._holders[feature] for feature in _features(paragraph.words) if feature in self._holders]
        votes: defaultdict[int, float] = defaultdict(float)
        for holders in nsmallest(self.LOOKED_UP, found, key=len):
            for at in holders:
                votes[at] += 1 / len(holders)
        return nlargest(count, votes, key=lambda at: (votes[at], -at))


def _features(words: str) -> list[str]:
    """The different words and neighbouring pairs of words, in order."""
    pairs = map("".join, zip(words, words[1:], strict=False))
    return list(dict.fromkeys([*words, *pairs]))
