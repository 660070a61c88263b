"""Counting a roll call. Pure: no database, no clock.

Quorum: two thirds of all members (LPC art. 13). Majority and tie: by the council's own regulation, as data
(`law.CouncilRules`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.law.council_rules import CouncilRules, Majority, Tie, TieKind
from app.sittings.lifecycle import Choice


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of one vote. `present` are the members in the room, `eligible` those of them without a conflict."""

    present: int
    eligible: int
    in_favour: int
    against: int
    abstained: int
    needed: int
    is_adopted: bool
    chair_decided: bool

    @property
    def silent(self) -> int:
        """Who was there, could have voted, and did not."""
        return self.eligible - self.in_favour - self.against - self.abstained


def present_for_quorum(present: int, in_conflict: int, rules: CouncilRules) -> int:
    """How many of those in the room the quorum counts on an item."""
    return present if rules.conflict.counts_for_quorum else present - in_conflict


def tally(
    choices: Mapping[int, Choice],
    *,
    present: Iterable[int],
    in_conflict: Iterable[int],
    all_members: int,
    presiding: int | None,
    majority: Majority,
    tie: Tie,
    rules: CouncilRules,
) -> Tally:
    """Counts `choices` (member id → voice) of those who are `present` and not `in_conflict`.

    With as many for as against, the regulation says whether the voice of whoever presides decides; where more than
    half of others than those voting is needed, such a voice still carries the question.
    """
    there, aside = frozenset(present), frozenset(in_conflict)
    eligible = there - aside
    counted = {member: choice for member, choice in choices.items() if member in eligible}
    voices = list(counted.values())
    in_favour, against = voices.count(Choice.FOR), voices.count(Choice.AGAINST)
    base = there if rules.conflict.counts_for_majority else eligible
    needed = majority.needed(present=len(base), voting=in_favour + against, all_members=all_members)
    is_tied = in_favour == against and in_favour > 0
    chair_decides = is_tied and tie.id is TieKind.CHAIR_DECIDES and presiding in counted
    decided_by_chair = chair_decides and counted[presiding] is not Choice.ABSTAINED  # type: ignore[index]
    adopted = in_favour >= needed
    if decided_by_chair:
        adopted = counted[presiding] is Choice.FOR  # type: ignore[index]
    return Tally(
        present=len(there),
        eligible=len(eligible),
        in_favour=in_favour,
        against=against,
        abstained=voices.count(Choice.ABSTAINED),
        needed=needed,
        is_adopted=adopted,
        chair_decided=decided_by_chair,
    )
