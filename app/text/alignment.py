"""Aligns the paragraphs of two versions of a text: what stayed, was edited, moved, came or went.

1. Equal paragraphs that occur once in each version are anchors: the heaviest chain of them that keeps its order stays,
   the longer ones outside the chain have moved; equal neighbours go with them.
2. Between anchors, near matches that keep their order are sought, the surest first, among a bounded number of candidates
   (`likeness.RareFeatures`, equal labels, equal places).
3. What is left is matched across the whole text as moved, and what is still left is new or removed.

No step compares all with all, so that ten thousand equal paragraphs cost as much as ten thousand different ones.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import inf
from typing import TypeVar

from app.text.chains import heaviest_chain
from app.text.likeness import RareFeatures, likeness
from app.text.paragraphs import Lexicon, Version
from app.text.stretches import Stretch

CANDIDATES = 6
REMEMBERED = 30

# Likeness that makes a match: first the sure ones, which narrow the stretches, then the near ones.
ROUNDS = (0.75, 0.5)
# With the same label at the same place a paragraph was worded anew rather than replaced.
WORDED_ANEW = 0.3
MOVED_NEAR = 0.7
# Short sentences («Порядок определяет Правительство») recur in every act: only a nearly equal one has moved.
MOVED_SHORT = 0.9
SHORT_WORDS = 12
# A place elsewhere that is better by so much wins over a place in order.
BETTER_ELSEWHERE = 0.15

DOUBTFUL_BELOW = 0.65
# Its own label, or both neighbours, vouch for a paragraph.
DOUBTFUL_AT_HOME_BELOW = 0.5
DOUBTFUL_MOVE_BELOW = 0.8
RIVAL_WITHIN = 0.08
# Shorter paragraphs («Исключён», «Общие положения») say nothing about where they went.
TELLING_WORDS = 4

_T = TypeVar("_T")


class Change(StrEnum):
    """What became of a paragraph."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    MOVED = "moved"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Match:
    """One paragraph in both versions (or in one), by its place in each; None where it is absent.

    Moved paragraphs may be edited too. `likeness` is 1 for equal texts (spaces aside) and 0 for new and removed ones.
    Doubtful means that the partner is weak or that another would be nearly as good: a person should look.
    """

    change: Change
    old: int | None
    new: int | None
    is_edited: bool
    likeness: float
    is_doubtful: bool
    is_renumbered: bool = False


def align(
    old: Sequence[str],
    new: Sequence[str],
    *,
    old_labels: Sequence[str | None] | None = None,
    new_labels: Sequence[str | None] | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[Match]:
    """Every paragraph of both versions in exactly one match: in the order of `new`, removed ones where they stood.

    Labels («5.», «Статья 7.») are hints and no part of the text; there are as many as paragraphs, or none.
    `progress` is told the share of work done, at most about a hundred times.
    """
    lexicon = Lexicon()
    sides = (Version(lexicon, old, old_labels), Version(lexicon, new, new_labels))
    return _Alignment(*sides, progress or (lambda share: None)).matches()


class _Alignment:
    def __init__(self, old: Version, new: Version, progress: Callable[[float], None]) -> None:
        self.old, self.new, self.progress = old, new, progress
        self._moved: set[int] = set()
        self._scores: dict[tuple[int, int], float] = {}
        # The near ones among all that were compared, by old and by new paragraph.
        self._near_old: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        self._near_new: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)

    def matches(self) -> list[Match]:
        self._anchor()
        self.progress(0.1)
        self._look_everywhere(0.1, 0.5)
        for round_, enough in enumerate(ROUNDS):
            self._match_in_order(enough, 0.5 + 0.2 * round_, 0.7 + 0.2 * round_)
        self._move_rest()
        self._match_worded_anew()
        self.progress(1.0)
        return list(self._in_reading_order())

    # 1. Equal paragraphs

    def _anchor(self) -> None:
        pairs = [
            (places[0], self.new.places[key][0])
            for key, places in self.old.places.items()
            if len(places) == 1 and len(self.new.places.get(key, ())) == 1
        ]
        chain = heaviest_chain((at, other, self.old.words(at) + 1.0) for at, other in pairs)
        for at, other in chain:
            self._match(at, other)
        ends = [(-1, -1), (len(self.old), len(self.new))]
        self._take_neighbours([*chain, *ends], self._is_equal_and_at_home)
        moved = [pair for pair in pairs if self._is_free(*pair) and self.old.words(pair[0]) >= TELLING_WORDS]
        for pair in moved:
            self._match(*pair, is_moved=True)
        self._take_neighbours(moved, self._is_equal_and_at_home, is_moved=True)

    def _is_equal_and_at_home(self, at: int, other: int) -> bool:
        """Whether both are equal and, where the text occurs several times, carry the same label."""
        if self.old.key(at) != self.new.key(other):
            return False
        return (self.old.is_single(at) and self.new.is_single(other)) or not self._differ_in_label(at, other)

    def _take_neighbours(
        self, pairs: Iterable[tuple[int, int]], fits: Callable[[int, int], bool], *, is_moved: bool = False
    ) -> None:
        for pair in pairs:
            for step in (1, -1):
                at, other = pair[0] + step, pair[1] + step
                while (
                    0 <= at < len(self.old)
                    and 0 <= other < len(self.new)
                    and self._is_free(at, other)
                    and fits(at, other)
                ):
                    self._match(at, other, is_moved=is_moved)
                    at, other = at + step, other + step

    # 2. Near matches in order

    def _look_everywhere(self, start: float, end: float) -> None:
        """Scores the few best candidates of every paragraph that has no partner yet, wherever they are."""
        index = RareFeatures(self.new.paragraphs, self.new.free(0, len(self.new)))
        free = self.old.free(0, len(self.old))
        for at in self._counted(free, start, end):
            for other in index.nearest(self.old.paragraphs[at], CANDIDATES):
                self._compare(at, other)

    def _match_in_order(self, enough: float, start: float, end: float) -> None:
        for stretch in self._counted(self._stretches(), start, end):
            pairs = []
            for at, other in stretch.candidates(self.old, self.new, self._near_old):
                alike = self._compare(at, other)
                if alike >= enough and not self._is_better_elsewhere(stretch, at, other, alike):
                    size = 1 + min(self.old.words(at), self.new.words(other))
                    at_home = 1.0 if self._differ_in_label(at, other) else 1.1
                    pairs.append((at, other, alike * size * at_home))
            for at, other in heaviest_chain(pairs):
                self._match(at, other)

    def _stretches(self) -> list[Stretch]:
        kept = [
            (at, other)
            for at, other in enumerate(self.old.partner)
            if other is not None and at not in self._moved
        ]
        stretches = []
        for (old_start, new_start), (old_end, new_end) in pairwise(
            [(-1, -1), *kept, (len(self.old), len(self.new))]
        ):
            old = self.old.free(old_start + 1, old_end)
            new = self.new.free(new_start + 1, new_end)
            if old and new:
                stretches.append(Stretch(old, new))
        return stretches

    def _is_better_elsewhere(self, stretch: Stretch, at: int, other: int, alike: float) -> bool:
        limit = max(alike + BETTER_ELSEWHERE, MOVED_NEAR)
        return any(
            score >= limit and self.new.partner[rival] is None and not stretch.has_new(rival)
            for score, rival in self._near_old[at]
        ) or any(
            score >= limit and self.old.partner[rival] is None and not stretch.has_old(rival)
            for score, rival in self._near_new[other]
        )

    # 3. What is left

    def _move_rest(self) -> None:
        for key, places in self.old.places.items():
            if self.old.words(places[0]) < TELLING_WORDS:
                continue
            free_old = [at for at in places if self.old.partner[at] is None]
            free_new = [other for other in self.new.places.get(key, ()) if self.new.partner[other] is None]
            for pair in zip(free_old, free_new, strict=False):
                self._match(*pair, is_moved=True)
        near = [
            (-alike, abs(at - other), at, other)
            for at, found in self._near_old.items()
            for alike, other in found
            if alike >= self._enough_to_move(at, other)
        ]
        for _, _, at, other in sorted(near):
            if self._is_free(at, other):
                self._match(at, other, is_moved=True)
        moved = [(at, self._partner_of(at)) for at in sorted(self._moved)]
        self._take_neighbours(moved, self._is_near, is_moved=True)

    def _enough_to_move(self, at: int, other: int) -> float:
        words = min(self.old.words(at), self.new.words(other))
        if words >= SHORT_WORDS:
            return MOVED_NEAR
        return MOVED_SHORT if words >= TELLING_WORDS else inf

    def _is_near(self, at: int, other: int) -> bool:
        return self._likeness(at, other) >= ROUNDS[-1]

    def _match_worded_anew(self) -> None:
        for stretch in self._stretches():
            homes = {self.new.labels[other]: other for other in reversed(stretch.new)}
            pairs = []
            for at in stretch.old:
                if (label := self.old.labels[at]) is None or (other := homes.get(label)) is None:
                    continue
                # «Статья 7.» that got a title, or lost it, has no words to compare.
                is_bare = self.old.is_bare[at] or self.new.is_bare[other]
                alike = self._likeness(at, other)
                if is_bare or alike >= WORDED_ANEW:
                    pairs.append((at, other, 1 + alike))
            for pair in heaviest_chain(pairs):
                self._match(*pair)

    # What comes out

    def _in_reading_order(self) -> Iterator[Match]:
        yield from self._removed_after(-1)
        for other, at in enumerate(self.new.partner):
            if at is None:
                yield Match(Change.NEW, None, other, is_edited=False, likeness=0.0, is_doubtful=False)
                continue
            yield self._described(at, other)
            if at not in self._moved:
                yield from self._removed_after(at)

    def _removed_after(self, at: int) -> Iterator[Match]:
        """What is gone between this old paragraph and the next one that kept its place."""
        for gone in range(at + 1, len(self.old)):
            if self.old.partner[gone] is None:
                yield Match(Change.REMOVED, gone, None, is_edited=False, likeness=0.0, is_doubtful=False)
            elif gone not in self._moved:
                return

    def _described(self, at: int, other: int) -> Match:
        alike = self._likeness(at, other)
        is_moved = at in self._moved
        is_bare = self.old.is_bare[at] and self.new.is_bare[other]
        is_edited = alike < 1 and not is_bare
        kept = Change.EDITED if is_edited else Change.UNCHANGED
        return Match(
            Change.MOVED if is_moved else kept,
            at,
            other,
            is_edited=is_edited,
            likeness=1.0 if is_bare else round(alike, 3),
            is_doubtful=self._is_doubtful(at, other, alike),
            is_renumbered=self._differ_in_label(at, other),
        )

    def _is_doubtful(self, at: int, other: int, alike: float) -> bool:
        if alike == 1:
            return self._is_uncertain_twin(at, other)
        if alike < self._sure_from(at, other):
            return True
        rivals = [
            *(
                (score, self._likeness_of_match(rival))
                for score, rival in self._near_new[other]
                if rival != at
            ),
            *(
                (score, self._likeness_of_match(self.new.partner[rival]))
                for score, rival in self._near_old[at]
                if rival != other
            ),
        ]
        # A rival that has found its own, better partner is none.
        return any(score >= alike - RIVAL_WITHIN and own < score + RIVAL_WITHIN for score, own in rivals)

    def _sure_from(self, at: int, other: int) -> float:
        if at in self._moved:
            return DOUBTFUL_MOVE_BELOW
        is_at_home = self.old.labels[at] is not None and not self._differ_in_label(at, other)
        beside = [self._are_neighbours(at + step, other + step) for step in (1, -1)]
        return DOUBTFUL_AT_HOME_BELOW if is_at_home or all(beside) else DOUBTFUL_BELOW

    def _is_uncertain_twin(self, at: int, other: int) -> bool:
        """Whether the text occurs more often in one version, and no neighbour tells which one this is."""
        if not self.old.words(at):
            return False  # nothing is said about an empty row of a table
        if len(self.old.places[self.old.key(at)]) == len(self.new.places[self.new.key(other)]):
            return at in self._moved and not self.old.is_single(at)
        return not any(
            self._are_neighbours(at + step, other + step)
            and (at + step not in range(len(self.old)) or self.old.is_single(at + step))
            for step in (1, -1)
        )

    def _are_neighbours(self, at: int, other: int) -> bool:
        """Whether the two are matched, or are the edges of the texts."""
        if at not in range(len(self.old)):
            return other == (-1 if at < 0 else len(self.new))
        return self.old.partner[at] == other

    # Small things

    def _compare(self, at: int, other: int) -> float:
        """The likeness of two candidates, remembered for both if they are near."""
        is_first = (at, other) not in self._scores
        alike = self._likeness(at, other)
        if is_first and alike >= ROUNDS[-1]:
            for near, found in ((self._near_old[at], other), (self._near_new[other], at)):
                if len(near) < REMEMBERED:
                    near.append((alike, found))
        return alike

    def _likeness(self, at: int, other: int) -> float:
        pair = (at, other)
        if pair not in self._scores:
            self._scores[pair] = likeness(self.old.paragraphs[at], self.new.paragraphs[other])
        return self._scores[pair]

    def _likeness_of_match(self, at: int | None) -> float:
        other = None if at is None else self.old.partner[at]
        return 0.0 if at is None or other is None else self._likeness(at, other)

    def _partner_of(self, at: int) -> int:
        other = self.old.partner[at]
        assert other is not None
        return other

    def _is_free(self, at: int, other: int) -> bool:
        return self.old.partner[at] is None and self.new.partner[other] is None

    def _differ_in_label(self, at: int, other: int) -> bool:
        return self.old.labels[at] != self.new.labels[other]

    def _match(self, at: int, other: int, *, is_moved: bool = False) -> None:
        self.old.partner[at], self.new.partner[other] = other, at
        if is_moved:
            self._moved.add(at)

    def _counted(self, items: Sequence[_T], start: float, end: float) -> Iterator[_T]:
        """The items, telling the progress from `start` to `end` about thirty times on the way."""
        step = len(items) // 30 + 1
        for place, item in enumerate(items):
            if place % step == 0:
                self.progress(start + (end - start) * place / len(items))
            yield item
