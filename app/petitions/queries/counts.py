"""Counts as the public may see them: by hour, by region with small cells merged, and every fall with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.law import rules_in_force
from app.petitions.models import CountProof, HourlyCount, LogEntry, LogKind, Petition, RegionTally


@dataclass(frozen=True, slots=True)
class RegionCount:
    """Signatures declared from one region; None where they are too few to be shown."""

    code: str
    signatures: int | None


@dataclass(frozen=True, slots=True)
class Regions:
    """The public split by region: shown cells, and the sum of the merged ones."""

    cells: Sequence[RegionCount]
    merged: int


@dataclass(frozen=True, slots=True)
class Fall:
    """Signatures taken out of the count in one minute for one class of reason."""

    at: datetime
    reason: str
    count: int


def history_of(petition: Petition, *, limit: int = 5000) -> Sequence[HourlyCount]:
    """Hour by hour, oldest first. Six months have 4,400 hours."""
    return db.session.scalars(
        select(HourlyCount)
        .where(HourlyCount.petition_id == petition.id)
        .order_by(HourlyCount.hour.desc())
        .limit(limit)
    ).all()[::-1]


def regions_of(petition: Petition) -> Regions:
    """The split by region with cells under the public minimum merged.

    If exactly one cell would be merged, the next smallest joins it: otherwise the total would give it away.
    """
    minimum = rules_in_force(petition.created_at.date()).limits.public_cell_minimum
    rows = (
        db.session.execute(
            select(RegionTally.region_code, RegionTally.signatures)
            .where(RegionTally.petition_id == petition.id, RegionTally.signatures > 0)
            .order_by(RegionTally.signatures, RegionTally.region_code)
        )
        .tuples()
        .all()
    )
    return merge_small(list(rows), minimum=minimum)


def merge_small(rows: Sequence[tuple[str, int]], *, minimum: int) -> Regions:
    """`rows` of (code, count), smallest first, as the public sees them."""
    hidden = sum(1 for _, count in rows if count < minimum)
    merged_sum = sum(count for _, count in rows[:hidden])
    # A lone small cell, or small cells that together stay below the minimum, take the next ones with them.
    while hidden and hidden < len(rows) and (hidden == 1 or merged_sum < minimum):
        merged_sum += rows[hidden][1]
        hidden += 1
    cells = [RegionCount(code, None if place < hidden else count) for place, (code, count) in enumerate(rows)]
    return Regions(cells=cells, merged=merged_sum)


def falls_of(petition: Petition, *, limit: int = 200) -> Sequence[Fall]:
    """Every invalidation with its public class of reason. Withdrawals are quiet: they have no line of their own."""
    rows = db.session.execute(
        select(LogEntry.minute, LogEntry.reason, func.count())
        .where(LogEntry.petition_id == petition.id, LogEntry.kind == LogKind.INVALIDATE)
        .group_by(LogEntry.minute, LogEntry.reason)
        .order_by(LogEntry.minute.desc())
        .limit(limit)
    )
    return [Fall(at=at, reason=reason or "", count=count) for at, reason, count in rows]


def newest_proof() -> CountProof | None:
    return db.session.scalar(select(CountProof).order_by(CountProof.id.desc()).limit(1))
