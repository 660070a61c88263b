"""Counting is sequencing: one process at a time gives every signature its place, and so every sum and every threshold.

A signing request touches no shared row. Here, in one transaction under an advisory lock, verified signatures get
consecutive indices, the tallies grow, the hour's history is written, and a crossed threshold becomes a fact: so the
50,000th signature has a number, and the threshold is crossed exactly once (docs/architecture.md 5, docs/adr/0003).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from app.access import CLOCK
from app.db import db
from app.outbox import publish
from app.petitions.actions import Action
from app.petitions.events import ThresholdReached
from app.petitions.lifecycle import State
from app.petitions.models import HourlyCount, LogEntry, LogKind, Petition, RegionTally, Tally
from app.petitions.services.checking import record_first_support
from app.petitions.services.transitions import move

LOCK = func.pg_try_advisory_xact_lock(func.hashtextextended("signature_log", 0))

# Rows are locked, so that a withdrawal at this very moment waits and comes as the next run's departure; shuffled, so
# that neighbours in the log are not neighbours in time.
TAKE_SIGNATURES = text(
    """
    WITH taken AS (
        SELECT id, petition_id, region_code, row_number() OVER (ORDER BY random()) AS place
        FROM (
            SELECT id, petition_id, region_code FROM signature
            WHERE log_index IS NULL AND departure IS NULL
            ORDER BY id LIMIT :batch FOR UPDATE
        ) AS waiting
    ), logged AS (
        INSERT INTO signature_log (index, petition_id, kind, minute)
        SELECT :last + place, petition_id, 'sign', :minute FROM taken
    ), marked AS (
        UPDATE signature SET log_index = :last + taken.place FROM taken WHERE signature.id = taken.id
    )
    SELECT petition_id, region_code, count(*) AS rows FROM taken GROUP BY petition_id, region_code
    """
)

TAKE_DEPARTURES = text(
    """
    WITH taken AS (
        SELECT id, petition_id, region_code, departure, reason, log_index,
               row_number() OVER (ORDER BY random()) AS place
        FROM (
            SELECT id, petition_id, region_code, departure, reason, log_index FROM signature
            WHERE departure IS NOT NULL AND departure_index IS NULL AND log_index IS NOT NULL
            ORDER BY id LIMIT :batch FOR UPDATE
        ) AS leaving
    ), logged AS (
        INSERT INTO signature_log (index, petition_id, kind, ref, reason, minute)
        SELECT :last + place, petition_id,
               CASE departure WHEN 'withdrawn' THEN 'withdraw' ELSE 'invalidate' END, log_index, reason, :minute
        FROM taken
    ), marked AS (
        UPDATE signature SET departure_index = :last + taken.place FROM taken WHERE signature.id = taken.id
    )
    SELECT petition_id, region_code, departure, count(*) AS rows FROM taken
    GROUP BY petition_id, region_code, departure
    """
)

# Withdrawn before it was ever counted: there is nothing to take back, and nothing to keep.
FORGET_UNCOUNTED = text("DELETE FROM signature WHERE log_index IS NULL AND departure IS NOT NULL")


@dataclass
class Change:
    """What one run does to one petition."""

    signed: int = 0
    withdrawn: int = 0
    invalidated: int = 0
    regions: Counter[str] = field(default_factory=Counter)

    @property
    def net(self) -> int:
        return self.signed - self.withdrawn - self.invalidated


def run(*, batch: int, now: datetime) -> int:
    """Sequences what waits, up to `batch` signatures and as many departures; how many entries were written.

    0 also when another sequencer is at work: the lock is tried, not waited for, and freed with the transaction.
    """
    if not db.session.scalar(select(LOCK)):
        return 0
    before = last_index()
    minute = now.replace(second=0, microsecond=0)
    changes: dict[int, Change] = {}
    last = before
    db.session.execute(FORGET_UNCOUNTED)
    for row in db.session.execute(TAKE_SIGNATURES, {"batch": batch, "last": last, "minute": minute}):
        change = changes.setdefault(row.petition_id, Change())
        change.signed += row.rows
        change.regions[row.region_code] += row.rows
    last += sum(change.signed for change in changes.values())
    for row in db.session.execute(TAKE_DEPARTURES, {"batch": batch, "last": last, "minute": minute}):
        change = changes.setdefault(row.petition_id, Change())
        if row.departure == "withdrawn":
            change.withdrawn += row.rows
        else:
            change.invalidated += row.rows
        change.regions[row.region_code] -= row.rows
    if changes:
        _add_up(changes, minute=minute, now=now)
        _see_thresholds(changes, after=before, now=now)
    return sum(change.signed + change.withdrawn + change.invalidated for change in changes.values())


def last_index() -> int:
    return db.session.scalar(select(func.coalesce(func.max(LogEntry.index), 0))) or 0


def _add_up(changes: dict[int, Change], *, minute: datetime, now: datetime) -> None:
    """Adds the changes to the tallies, the regions and the running hour."""
    newest = last_index()
    tally = insert(Tally)
    totals = dict(
        db.session.execute(
            tally.on_conflict_do_update(
                index_elements=[Tally.petition_id],
                set_={
                    "signatures": Tally.signatures + tally.excluded.signatures,
                    "withdrawn": Tally.withdrawn + tally.excluded.withdrawn,
                    "invalidated": Tally.invalidated + tally.excluded.invalidated,
                    "log_index": tally.excluded.log_index,
                    "counted_at": tally.excluded.counted_at,
                },
            )
            .values(
                [
                    {
                        "petition_id": petition_id,
                        "signatures": change.net,
                        "withdrawn": change.withdrawn,
                        "invalidated": change.invalidated,
                        "log_index": newest,
                        "counted_at": now,
                    }
                    for petition_id, change in changes.items()
                ]
            )
            .returning(Tally.petition_id, Tally.signatures)
        ).all()
    )
    regions = insert(RegionTally)
    rows = [
        {"petition_id": petition_id, "region_code": code, "signatures": count}
        for petition_id, change in changes.items()
        for code, count in change.regions.items()
        if count
    ]
    if rows:
        db.session.execute(
            regions.on_conflict_do_update(
                index_elements=[RegionTally.petition_id, RegionTally.region_code],
                set_={"signatures": RegionTally.signatures + regions.excluded.signatures},
            ).values(rows)
        )
    hours = insert(HourlyCount)
    db.session.execute(
        hours.on_conflict_do_update(
            index_elements=[HourlyCount.petition_id, HourlyCount.hour],
            set_={
                "signed": HourlyCount.signed + hours.excluded.signed,
                "withdrawn": HourlyCount.withdrawn + hours.excluded.withdrawn,
                "invalidated": HourlyCount.invalidated + hours.excluded.invalidated,
                "total": hours.excluded.total,
            },
        ).values(
            [
                {
                    "petition_id": petition_id,
                    "hour": minute.replace(minute=0),
                    "signed": change.signed,
                    "withdrawn": change.withdrawn,
                    "invalidated": change.invalidated,
                    "total": totals[petition_id],
                }
                for petition_id, change in changes.items()
            ]
        )
    )


def _see_thresholds(changes: dict[int, Change], *, after: int, now: datetime) -> None:
    """Turns counts that came to a threshold in this run into facts.

    The tally rule is the log's: the threshold is reached at the first entry at which the count comes to it, also if
    departures of the same run take it below again.
    """
    crossing = (
        select(Petition, Tally.signatures)
        .join(Tally, Tally.petition_id == Petition.id)
        .where(
            Petition.id.in_([p for p, change in changes.items() if change.signed]),
            or_(
                (Petition.state == State.SUBMITTED) & Petition.first_support_at.is_(None),
                (Petition.state == State.PUBLISHED) & Petition.supported_at.is_(None),
            ),
        )
    )
    for petition, total in db.session.execute(crossing).all():
        change = changes[petition.id]
        before = total - change.net
        peak = before + change.signed
        if petition.state is State.SUBMITTED and peak >= (petition.first_support_needed or 0):
            record_first_support(petition, now=now)
        # Publication may have come this very moment, with the threshold already full.
        if petition.state is State.PUBLISHED and peak >= (petition.threshold_votes or 0):
            index = _index_of(petition, place=(petition.threshold_votes or 0) - before, after=after)
            _reach(petition, log_index=index, now=now)


def _index_of(petition: Petition, *, place: int, after: int) -> int:
    """The log's index of this run's `place`-th signature under the petition."""
    found = db.session.scalar(
        select(LogEntry.index)
        .where(LogEntry.petition_id == petition.id, LogEntry.kind == LogKind.SIGN, LogEntry.index > after)
        .order_by(LogEntry.index)
        .offset(max(place - 1, 0))
        .limit(1)
    )
    return found or last_index()


def _reach(petition: Petition, *, log_index: int, now: datetime) -> None:
    move(
        petition,
        Action.SUPPORT,
        actor=CLOCK,
        now=now,
        columns={"supported_at": now, "supported_log_index": log_index},
        details={"log_index": log_index, "votes": petition.threshold_votes},
    )
    publish(
        ThresholdReached(
            petition_id=petition.id, threshold=petition.threshold_votes or 0, log_index=log_index
        )
    )


def see_published(petition_ids: Iterable[int], *, now: datetime) -> None:
    """Looks again at petitions that were published with their threshold already full (small villages have such)."""
    query = (
        select(Petition, Tally.log_index)
        .join(Tally, Tally.petition_id == Petition.id)
        .where(
            Petition.id.in_(list(petition_ids)),
            Petition.state == State.PUBLISHED,
            Tally.signatures >= Petition.threshold_votes,
        )
    )
    for petition, log_index in db.session.execute(query).all():
        _reach(petition, log_index=log_index, now=now)
