"""The best matching that keeps its order, out of many possible pairs."""

from bisect import bisect_left
from collections.abc import Iterable


def heaviest_chain(pairs: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The pairs (old, new, weight) that rise in both numbers and weigh most together.

    `ends` are the new numbers at which a chain can end, `sums` what the best one up to there weighs; both rise.
    """
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    ends: list[int] = []
    sums: list[float] = []
    links: list[int] = []
    before: list[int] = []
    for number, (_, new, weight) in enumerate(ordered):
        place = bisect_left(ends, new)
        before.append(links[place - 1] if place else -1)
        total = weight + (sums[place - 1] if place else 0.0)
        if place < len(ends) and ends[place] == new and sums[place] >= total:
            continue
        last = place
        while last < len(ends) and sums[last] <= total:
            last += 1
        ends[place:last], sums[place:last], links[place:last] = [new], [total], [number]
    chain = []
    link = links[-1] if links else -1
    while link >= 0:
        chain.append(ordered[link][:2])
        link = before[link]
    return chain[::-1]
