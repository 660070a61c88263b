"""A part of two versions in which partners are sought, and which pairs there are worth comparing."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.text.paragraphs import Version

# In a stretch with fewer pairs than this every old paragraph is compared with every new one.
SMALL = 150
# A label that more paragraphs of a stretch carry («1)») points nowhere.
FEW_OF_LABEL = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Free paragraphs of both versions, in order, between two matches that keep their order."""

    old: list[int]
    new: list[int]

    def has_old(self, at: int) -> bool:
        return _holds(self.old, at)

    def has_new(self, at: int) -> bool:
        return _holds(self.new, at)

    def candidates(
        self, old: Version, new: Version, near: Mapping[int, list[tuple[float, int]]]
    ) -> Iterator[tuple[int, int]]:
        """Pairs worth comparing: all of them in a small stretch, else a dozen or two for each old paragraph.

        `near` holds, for old paragraphs, new ones that are known to be alike.
        """
        if len(self.old) * len(self.new) <= SMALL:
            yield from ((at, other) for at in self.old for other in self.new)
            return
        labelled: defaultdict[str | None, list[int]] = defaultdict(list)
        equal: defaultdict[str, list[int]] = defaultdict(list)
        for other in self.new:
            labelled[new.labels[other]].append(other)
            equal[new.key(other)].append(other)
        waiting = Counter(old.key(at) for at in self.old)
        seen: Counter[str] = Counter()
        for place, at in enumerate(self.old):
            key, label = old.key(at), old.labels[at]
            found = {other for _, other in near.get(at, ()) if self.has_new(other)}
            if label is not None and len(labelled.get(label, ())) <= FEW_OF_LABEL:
                found.update(labelled.get(label, ()))
            # The same place counted from the front and from the back, among all and among those that are equal.
            proportional = place * len(self.new) // len(self.old)
            found.update(
                _at(self.new, place, place - len(self.old), proportional - 1, proportional, proportional + 1)
            )
            found.update(_at(equal.get(key, []), seen[key], seen[key] - waiting[key]))
            seen[key] += 1
            yield from ((at, other) for other in sorted(found))


def _at(items: list[int], *places: int) -> list[int]:
    """The items at those places, counted from the end where negative, as far as there are any."""
    return [items[place] for place in places if -len(items) <= place < len(items)]


def _holds(ordered: list[int], number: int) -> bool:
    place = bisect_left(ordered, number)
    return place < len(ordered) and ordered[place] == number
