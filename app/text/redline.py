"""Redline of two texts, word by word, whatever their language; cannot be made to hang.

Two languages beside each other have no redline: `is_other_language` of `languages.py` tells the caller to refuse.

Words, numbers and marks are compared; the space after each goes with it, so that no two spaces are ever paired. Work is
bounded by `MAX_CELLS` (words of one × words of the other): longer texts are first cut where whole sentences agree, and
what is still too long is shown as replaced.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from app.text.languages import is_other_language

__all__ = ["Op", "Piece", "is_other_language", "redline"]

# 10,000 changed words against 10,000 take about 0.1 s and 12 MB.
MAX_CELLS = 100_000_000
MAX_SLIDE = 50

# A word keeps its combining accents; spaces before the first word hang on an empty one.
_UNIT = re.compile(r"(\A(?=\s)|\w[\w\u0300-\u036f]*|[^\w\s])(\s*)")
_SENTENCE_ENDS = frozenset(".;:!?…")


class Op(StrEnum):
    """What happened to a piece of text between two versions."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    op: Op
    text: str


class _Unit(NamedTuple):
    """A word or mark, and the space after it."""

    core: str
    space: str

    @property
    def is_word(self) -> bool:
        return self.core[:1].isalnum()

    @property
    def ends_sentence(self) -> bool:
        return self.core in _SENTENCE_ENDS or "\n" in self.space


@dataclass(slots=True)
class _Run:
    """`size` units that agree, from `old` in the one text and from `new` in the other."""

    old: int
    new: int
    size: int

    @property
    def old_end(self) -> int:
        return self.old + self.size

    @property
    def new_end(self) -> int:
        return self.new + self.size


def redline(old: str, new: str) -> list[Piece]:
    """The pieces that lead from `old` to `new`, what was deleted before what was inserted.

    SAME and DELETED pieces make up `old`, SAME and INSERTED ones `new`, to the letter.
    """
    return _Comparison(old, new).pieces()


class _Comparison:
    def __init__(self, old: str, new: str) -> None:
        self.old = [_Unit(*pair) for pair in _UNIT.findall(old)]
        self.new = [_Unit(*pair) for pair in _UNIT.findall(new)]
        self._old_numbers, self._new_numbers = _numbered(
            (unit.core for unit in self.old), (unit.core for unit in self.new)
        )
        # Letters up to each unit: the length of any stretch is one subtraction, however long it has grown.
        self._old_letters = [0, *accumulate(len(unit.core) for unit in self.old)]
        self._new_letters = [0, *accumulate(len(unit.core) for unit in self.new)]

    def pieces(self) -> list[Piece]:
        runs = self._agreeing()
        self._slide(runs)
        return self._written(self._without_islands(runs))

    # Where the texts agree

    def _agreeing(self) -> list[_Run]:
        """The runs on which both agree, in order, the last one (perhaps empty) at the end of both."""
        old, new = self._old_numbers, self._new_numbers
        shorter = min(len(old), len(new))
        head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
        rest = shorter - head
        tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
        start, end = _Run(0, 0, head), _Run(len(old) - tail, len(new) - tail, tail)
        middle = self._by_words(start, end)
        if middle is None:
            middle = self._by_sentences(start, end)
        return _joined([start, *middle], end)

    def _by_words(self, start: _Run, end: _Run, cells: int = MAX_CELLS) -> list[_Run] | None:
        """Where the units between two runs agree; None if that would be more than `cells` of work."""
        old = self._old_numbers[start.old_end : end.old]
        new = self._new_numbers[start.new_end : end.new]
        if len(old) * len(new) > cells:
            return None
        return [
            _Run(start.old_end + run.old, start.new_end + run.new, run.size) for run in _longest(old, new)
        ]

    def _by_sentences(self, start: _Run, end: _Run) -> list[_Run]:
        """As `_by_words` for texts too long for it: whole sentences first, then words between those that agree."""
        old = _cut(self.old, start.old_end, end.old)
        new = _cut(self.new, start.new_end, end.new)
        if len(old) * len(new) > MAX_CELLS:
            return []
        numbers = _numbered(
            (tuple(self._old_numbers[low:high]) for low, high in pairwise(old)),
            (tuple(self._new_numbers[low:high]) for low, high in pairwise(new)),
        )
        runs: list[_Run] = []
        cells, before = MAX_CELLS, start
        sentences = [_Run(old[r.old], new[r.new], old[r.old_end] - old[r.old]) for r in _longest(*numbers)]
        for run in [*sentences, end]:
            between = self._by_words(before, run, cells)
            if between is not None:
                cells -= (run.old - before.old_end) * (run.new - before.new_end)
                runs += between
            runs.append(run)
            before = run
        return runs[:-1]

    # What makes it readable

    def _slide(self, runs: list[_Run]) -> None:
        """Moves a plain insertion or deletion to where a person would put it.

        «A, B» → «A, C, B» is one insertion of «C, » as well as of «, C»; the one after a mark or a line's end wins.
        """
        for before, after in pairwise(runs):
            if before.old_end == after.old:
                units, low, high = self.new, before.new_end, after.new
            elif before.new_end == after.new:
                units, low, high = self.old, before.old_end, after.old
            else:
                continue
            best, best_rank = 0, _break_before(units, low)
            for step in range(1, min(before.size, MAX_SLIDE) + 1):
                if units[low - step] != units[high - step]:
                    break
                rank = _break_before(units, low - step)
                if rank > best_rank:
                    best, best_rank = step, rank
            for step in range(1, min(after.size, MAX_SLIDE) + 1):
                if high + step > len(units) or units[low + step - 1] != units[high + step - 1]:
                    break
                rank = _break_before(units, low + step)
                if rank > best_rank:
                    best, best_rank = -step, rank
            before.size -= best
            after.old -= best
            after.new -= best
            after.size += best

    def _without_islands(self, runs: list[_Run]) -> list[_Run]:
        """The runs without those that only break one change into two that nobody can read."""
        kept = runs[:1]
        for run, following in pairwise(runs[1:]):
            if not self._is_island(kept[-1], run, following):
                kept.append(run)
        return [*kept, *runs[1:][-1:]]

    def _is_island(self, before: _Run, run: _Run, after: _Run) -> bool:
        if run.size > 8:
            return False
        units = self.old[run.old : run.old_end]
        if any("\n" in unit.space for unit in units):
            return False
        words = [unit.core for unit in units if unit.is_word]
        letters = sum(map(len, words))
        around = min(self._changed_letters(before, run), self._changed_letters(run, after))
        if len(words) <= 1 and letters <= 3:
            return around >= letters
        return len(words) <= 3 and 4 * letters <= around

    def _changed_letters(self, before: _Run, after: _Run) -> int:
        deleted = self._old_letters[after.old] - self._old_letters[before.old_end]
        inserted = self._new_letters[after.new] - self._new_letters[before.new_end]
        return max(deleted, inserted)

    # The pieces

    def _written(self, runs: list[_Run]) -> list[Piece]:
        pieces = _Pieces()
        old_at = new_at = 0
        for run in runs:
            pieces.deleted += _text(self.old[old_at : run.old])
            pieces.inserted += _text(self.new[new_at : run.new])
            old_at, new_at = run.old_end, run.new_end
            if self.old[run.old : old_at] == self.new[run.new : new_at]:
                pieces.same(_text(self.old[run.old : old_at]))
                continue
            for old, new in zip(self.old[run.old : old_at], self.new[run.new : new_at], strict=True):
                pieces.same(old.core)
                if old.space == new.space:
                    pieces.same(old.space)
                else:
                    pieces.deleted += old.space
                    pieces.inserted += new.space
        return pieces.all()


class _Pieces:
    """Pieces in the making: changes wait until the next text that stayed."""

    def __init__(self) -> None:
        self.deleted = self.inserted = ""
        self._done: list[tuple[Op, list[str]]] = []

    def same(self, text: str) -> None:
        if not text:
            return
        if self.deleted or self.inserted:
            text = self._close() + text
        self._add(Op.SAME, text)

    def all(self) -> list[Piece]:
        self._add(Op.SAME, self._close())
        return [Piece(op, "".join(texts)) for op, texts in self._done]

    def _close(self) -> str:
        """Writes the waiting change; the space that ends both its sides, which is no part of it."""
        old, new = self.deleted.rstrip(), self.inserted.rstrip()
        old_space, new_space = self.deleted[len(old) :], self.inserted[len(new) :]
        shorter = min(len(old_space), len(new_space))
        shared = next((at for at in range(shorter) if old_space[-1 - at] != new_space[-1 - at]), shorter)
        kept = old_space[len(old_space) - shared :]
        self._add(Op.DELETED, self.deleted[: len(self.deleted) - shared])
        self._add(Op.INSERTED, self.inserted[: len(self.inserted) - shared])
        self.deleted = self.inserted = ""
        return kept

    def _add(self, op: Op, text: str) -> None:
        if not text:
            return
        if self._done and self._done[-1][0] is op:
            self._done[-1][1].append(text)
        else:
            self._done.append((op, [text]))


def _numbered(old: Iterable[Hashable], new: Iterable[Hashable]) -> tuple[list[int], list[int]]:
    """Both sequences with equal items as equal numbers: rapidfuzz compares hashes, and those of numbers never collide."""
    numbers: dict[Hashable, int] = {}
    return (
        [numbers.setdefault(item, len(numbers)) for item in old],
        [numbers.setdefault(item, len(numbers)) for item in new],
    )


def _longest(old: Sequence[int], new: Sequence[int]) -> list[_Run]:
    return [
        _Run(code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in LCSseq.opcodes(old, new)
        if code.tag == "equal"
    ]


def _joined(runs: list[_Run], end: _Run) -> list[_Run]:
    """The runs and `end`, with neighbours that touch in both texts made one; the first and the last are always there."""
    joined = runs[:1]
    for run in [*runs[1:], end]:
        last = joined[-1]
        if run.old == last.old_end and run.new == last.new_end and run is not end:
            last.size += run.size
        elif run.size or run is end:
            joined.append(run)
    return joined


def _cut(units: list[_Unit], start: int, end: int) -> list[int]:
    """The borders of the sentences between `start` and `end`, both included."""
    inner = [at + 1 for at in range(start, end - 1) if units[at].ends_sentence]
    return [start, *inner, end]


def _break_before(units: list[_Unit], at: int) -> int:
    """How natural a change that begins at `at` is there."""
    if at == 0:
        return 5
    core, space = units[at - 1]
    if "\n" in space:
        return 4
    if core in _SENTENCE_ENDS:
        return 3 if space else 0
    if space:
        return 2 if core in {",", "-", "–", "—"} else 1
    return 0


def _text(units: list[_Unit]) -> str:
    return "".join(core + space for core, space in units)
