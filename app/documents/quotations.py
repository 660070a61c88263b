"""Wording that one act quotes for another: «пункт 4 изложить в следующей редакции: "4. …"». Pure.

A quoted clause 4 is not clause 4 of the act that quotes it.
"""

import re
from collections.abc import Sequence

from app.documents import marks

OPENING, CLOSING = "«“„", "»”"
STRAIGHT = '"'
# A quotation whose end is not found within so many lines was never closed.
_REACH = 1_000

_ENDS_QUOTED = re.compile(r"[\"»”]\s?[.,;]?\s?$")
_INTRODUCED = re.compile(r":\s?[\"«“„]\s?(?=[\dА-ЯA-ZӘІҢҒҮҰҚӨҺ§])")
_BEGINS_QUOTED = re.compile(r"[\"«“„]\s?")


def quoted_lines(lines: Sequence[str]) -> set[int]:
    """Indices of the lines that stand in quoted wording. Tables are given as empty lines."""
    found: set[int] = set()
    before, index = "", 0
    while index < len(lines):
        line = lines[index]
        begins = _begins(line, before)
        if begins or _opens_within(line):
            last = _end(lines, index)
            found.update(range(index if begins else index + 1, last + 1))
            index = max(last, index)
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


def _end(lines: Sequence[str], start: int) -> int:
    """The line in which the quotation begun in line `start` ends; `start` itself where none closes it.

    Quotation marks in real acts do not pair («АО «Астана»): where they never come out even, the first line that
    ends in one and is closed like a list or a sentence ends the quotation.
    """
    opened, straight = 0, 0
    likely: int | None = None
    for index in range(start, min(len(lines), start + _REACH)):
        line = lines[index]
        more = _balance(line)
        opened, straight = opened + more[0], straight + more[1]
        if _ENDS_QUOTED.search(line[-6:]):
            if not _is_open((opened, straight)):
                return index
            if likely is None:
                likely = index
    return start if likely is None else likely
