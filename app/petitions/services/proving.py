"""The nightly proof: every sum is counted again from the log, and the log from the signatures."""

from datetime import datetime

import structlog
from sqlalchemy import select, text

from app.db import db
from app.outbox import publish
from app.petitions.events import CountDrifted
from app.petitions.models import CountProof
from app.petitions.services.counting import LOCK, last_index

log = structlog.get_logger()

# Each line is one kind of disagreement; nobody in it but petitions.
DISAGREEMENTS = text(
    """
    WITH from_log AS (
        SELECT petition_id,
               count(*) FILTER (WHERE kind = 'sign') AS signed,
               count(*) FILTER (WHERE kind = 'withdraw') AS withdrawn,
               count(*) FILTER (WHERE kind = 'invalidate') AS invalidated
        FROM signature_log GROUP BY petition_id
    ), from_rows AS (
        SELECT petition_id, count(*) FILTER (WHERE departure IS NULL OR departure_index IS NULL) AS standing
        FROM signature WHERE log_index IS NOT NULL GROUP BY petition_id
    ), from_regions AS (
        SELECT petition_id, sum(signatures) AS standing FROM petition_region_tally GROUP BY petition_id
    ), from_hours AS (
        SELECT petition_id, sum(signed - withdrawn - invalidated) AS standing
        FROM petition_hourly_count GROUP BY petition_id
    )
    SELECT petition_id, tally.signatures AS tally,
           coalesce(signed - from_log.withdrawn - from_log.invalidated, 0) AS log,
           coalesce(from_rows.standing, 0) AS rows,
           coalesce(from_regions.standing, 0) AS regions,
           coalesce(from_hours.standing, 0) AS hours
    FROM petition_tally AS tally
    FULL JOIN from_log USING (petition_id)
    LEFT JOIN from_rows USING (petition_id)
    LEFT JOIN from_regions USING (petition_id)
    LEFT JOIN from_hours USING (petition_id)
    WHERE tally.signatures IS DISTINCT FROM coalesce(signed - from_log.withdrawn - from_log.invalidated, 0)
       OR coalesce(tally.signatures, 0) <> coalesce(from_rows.standing, 0)
       OR coalesce(tally.signatures, 0) <> coalesce(from_regions.standing, 0)
       OR coalesce(tally.signatures, 0) <> coalesce(from_hours.standing, 0)
    ORDER BY petition_id
    """
)
GAPS = text("SELECT coalesce(max(index), 0) - count(*) FROM signature_log")


def prove(*, now: datetime) -> CountProof | None:
    """Recounts everything; a drift is logged and becomes a fact that the administrators are told.

    None when the sequencer is at work: its lock is held meanwhile, so that the sums stand still.
    """
    if not db.session.scalar(select(LOCK)):
        return None
    drift = [dict(row) for row in db.session.execute(DISAGREEMENTS).mappings()]
    drift = [
        {name: int(value) if value is not None else None for name, value in row.items()} for row in drift
    ]
    if gaps := db.session.scalar(GAPS):
        drift.append({"petition_id": None, "missing_log_entries": int(gaps)})
    petitions = db.session.scalar(text("SELECT count(*) FROM petition_tally")) or 0
    proof = CountProof(at=now, log_index=last_index(), petitions=petitions, drift=drift)
    db.session.add(proof)
    # The fact names the proof.
    db.session.flush()
    if drift:
        log.error("the count has drifted", proof=proof.id, petitions=len(drift))
        publish(CountDrifted(proof_id=proof.id))
    return proof
