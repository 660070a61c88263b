"""Writing how many support a proposal: a beat for what changed lately, a nightly count of everything."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from app.db import db

# Longer than any pause between two counts, so that a late commit is seen.
LOOK_BACK = timedelta(minutes=10)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

COUNT = text(
    """
    UPDATE proposal SET supports = counted.supports
    FROM (
        SELECT proposal_id, count(*) FILTER (WHERE withdrawn_at IS NULL) AS supports
        FROM proposal_support
        WHERE proposal_id IN (SELECT DISTINCT proposal_id FROM proposal_support WHERE at > :since)
        GROUP BY proposal_id
    ) AS counted
    WHERE proposal.id = counted.proposal_id AND proposal.supports <> counted.supports
    """
)


def run(now: datetime) -> int:
    """Writes the sums of the proposals whose supporters changed lately; how many sums changed."""
    return _count(since=now - LOOK_BACK)


def run_over_all() -> int:
    """The same for every proposal: the counting may have stood still for longer than it looks back."""
    return _count(since=BEGINNING)


def _count(*, since: datetime) -> int:
    done = db.session.execute(COUNT, {"since": since})
    changed: int = done.rowcount  # type: ignore[attr-defined]
    return changed
