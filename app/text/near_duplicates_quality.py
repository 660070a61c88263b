"""How well letters are grouped: precision and recall over pairs, on labelled sets."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path

from app.text.near_duplicates import group

OWN_LETTERS = Path(__file__).parent / "data" / "labelled_letters.jsonl"


@dataclass(frozen=True, slots=True)
class LabelledLetter:
    """A letter and the name of its campaign; None for a letter on its own."""

    key: str
    language: str
    text: str
    campaign: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """Pairs of one campaign there are, pairs put together, those that are both, and the time of grouping."""

    letters: int
    pairs: int
    found: int
    right: int
    seconds: float

    @property
    def precision(self) -> float:
        """Of the pairs put together, the share that belongs together; 1 where none was put together."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that belong together, the share put together; 1 where none belongs together."""
        return self.right / self.pairs if self.pairs else 1.0


def _pairs(sizes: Iterable[int]) -> int:
    return sum(comb(size, 2) for size in sizes)


def quality(labelled: Sequence[LabelledLetter]) -> Quality:
    """Groups the letters and compares the groups with the campaigns."""
    campaigns = {letter.key: letter.campaign for letter in labelled}
    begun = time.perf_counter()
    groups = group((letter.key, letter.text) for letter in labelled)
    seconds = time.perf_counter() - begun
    right = Counter(
        (number, campaigns[str(member.key)])
        for number, found in enumerate(groups)
        for member in found.members
        if campaigns[str(member.key)] is not None
    )
    return Quality(
        letters=len(labelled),
        pairs=_pairs(Counter(campaign for campaign in campaigns.values() if campaign is not None).values()),
        found=_pairs(len(found.members) for found in groups),
        right=_pairs(right.values()),
        seconds=seconds,
    )


def read_letters(path: Path = OWN_LETTERS) -> list[LabelledLetter]:
    """The letters of a JSON Lines file, with `campaign`, or with `group_hint` where nobody knows the campaign."""
    letters = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        campaign = record["campaign"] if "campaign" in record else record["group_hint"]
        letters.append(LabelledLetter(record["id"], record["lang"], record["text"], campaign))
    return letters
