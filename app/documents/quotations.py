"""Wording that one act quotes for another: «пункт 4 изложить в следующей редакции: "4. …"». Pure.

A quoted clause 4 is not clause 4 of the act that quotes it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from app.documents import marks

OPENING, CLOSING = "«“„", "»”"
STRAIGHT = '"'
# A quotation that does not come out even within so many lines, or so many that end in a mark, never will.
_REACH = 1_000
_MOST_ENDS = 100
# Where marks do not pair, a mark this near may be taken for the end.
_NEAR = 60

_ENDS_QUOTED = re.compile(r"[\"»”]\s?[.,;]?\s?$")
_INTRODUCED = re.compile(r":\s?[\"«“„]\s?(?=[\dА-ЯA-ZӘІҢҒҮҰҚӨҺ§])")
_BEGINS_QUOTED = re.compile(r"[\"«“„]\s?")


def quoted_lines(lines: Sequence[str]) -> set[int]:
    """Indices of the lines that stand in quoted wording. Tables are given as empty lines."""
    found: set[int] = set()
    ends = _Ends(lines)
    before, index = "", 0
    while index < len(lines):
        line = lines[index]
        begins = _begins(line, before)
        if begins or _opens_within(line):
            last = ends.of(index)
            found.update(range(index if begins else index + 1, last + 1))
            index = last
        before = lines[index] or before
        index += 1
    return found


def _begins(line: str, before: str) -> bool:
    """Whether wording that carries a mark is quoted from here on, after a line that announces it."""
    match = _BEGINS_QUOTED.match(line)
    if match is None:
        return False
    carries_mark = marks.structural(line[match.end() :]) is not None
    return carries_mark and (not before or before.endswith((":", ";", ".", *CLOSING, STRAIGHT)))


def _opens_within(line: str) -> bool:
    match = _INTRODUCED.search(line)
    return match is not None and _is_open(_balance(line[match.start() :]))


def _balance(text: str) -> tuple[int, int]:
    """Guillemets opened and not closed, and straight quotation marks counted."""
    opened = sum(map(text.count, OPENING)) - sum(map(text.count, CLOSING))
    return opened, text.count(STRAIGHT)


def _is_open(balance: tuple[int, int]) -> bool:
    return balance[0] > 0 or balance[1] % 2 == 1


class _Ends:
    """Finds where quotations end. Marks are counted once for all lines, so that each question is cheap."""

    def __init__(self, lines: Sequence[str]) -> None:
        balances = [_balance(line) for line in lines]
        self.opened = [0, *accumulate(opened for opened, _ in balances)]
        self.straight = [0, *accumulate(straight for _, straight in balances)]
        self.ending = [index for index, line in enumerate(lines) if _ENDS_QUOTED.search(line[-6:])]

    def of(self, start: int) -> int:
        """The line in which the quotation begun in line `start` ends; `start` itself where none closes it.

        Quotation marks in real acts do not pair («АО «Астана»): where they never come out even, the first line
        that ends in one ends the quotation.
        """
        first = bisect_left(self.ending, start)
        candidates = [end for end in self.ending[first : first + _MOST_ENDS] if end < start + _REACH]
        for end in candidates:
            opened = self.opened[end + 1] - self.opened[start]
            straight = self.straight[end + 1] - self.straight[start]
            if not _is_open((opened, straight)):
                return end
        return candidates[0] if candidates and candidates[0] < start + _NEAR else start
