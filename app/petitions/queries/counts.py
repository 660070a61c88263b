"""Counts as the public may see them: by hour, by region with small cells merged, and every fall with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, cast, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.clock import ALMATY
from app.db import db
from app.law import rules_in_force
from app.petitions.models import (
    CountProof,
    HourlyCount,
    LogEntry,
    LogKind,
    Petition,
    RegionTally,
    Signature,
    Tally,
)


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
class Counted:
    """The count and its split by region, of one moment."""

    signatures: int
    invalidated: int
    regions: Regions


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


def days_of(petition: Petition) -> Sequence[tuple[date, int]]:
    """The count at the end of each day of Kazakhstan on which it moved, oldest first."""
    day = cast(func.timezone(str(ALMATY), HourlyCount.hour), Date)
    rows = db.session.execute(
        select(day, HourlyCount.total)
        .where(HourlyCount.petition_id == petition.id)
        .order_by(day, HourlyCount.hour.desc())
        .ext(distinct_on(day))
    )
    return [(on, total) for on, total in rows]


def counted_of(petition: Petition) -> Counted:
    """The count with its split, in one query: two would show the numbers of two moments."""
    rows = db.session.execute(
        select(Tally.signatures, Tally.invalidated, RegionTally.region_code, RegionTally.signatures)
        .outerjoin(RegionTally, (RegionTally.petition_id == Tally.petition_id) & (RegionTally.signatures > 0))
        .where(Tally.petition_id == petition.id)
        .order_by(RegionTally.signatures, RegionTally.region_code)
    ).all()
    split = [(code, count) for _, _, code, count in rows if code]
    regions = merge_small(split, minimum=_public_minimum(petition))
    signatures, invalidated = rows[0][:2] if rows else (0, 0)
    return Counted(signatures, invalidated, regions)


def regions_of(petition: Petition) -> Regions:
    """The split by region with cells under the public minimum merged.

    If exactly one cell would be merged, the next smallest joins it: otherwise the total would give it away.
    """
    rows = db.session.execute(
        select(RegionTally.region_code, RegionTally.signatures)
        .where(RegionTally.petition_id == petition.id, RegionTally.signatures > 0)
        .order_by(RegionTally.signatures, RegionTally.region_code)
    ).all()
    return merge_small(list(rows), minimum=_public_minimum(petition))


def _public_minimum(petition: Petition) -> int:
    return rules_in_force(petition.created_at.date()).limits.public_cell_minimum


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


def standing_by_hour(
    petition: Petition, *, since: datetime, until: datetime, region_code: str | None
) -> Sequence[tuple[datetime, int]]:
    """How many signatures of a span still stand, hour by hour: what an invalidation would take. Nobody is named."""
    hour = func.date_trunc("hour", Signature.signed_at)
    query = (
        select(hour, func.count())
        .where(
            Signature.petition_id == petition.id,
            Signature.departure.is_(None),
            Signature.signed_at >= since,
            Signature.signed_at < until,
        )
        .group_by(hour)
        .order_by(hour)
    )
    if region_code:
        query = query.where(Signature.region_code == region_code)
    return [(at, count) for at, count in db.session.execute(query)]
