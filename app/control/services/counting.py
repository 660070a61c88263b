"""How many want a question asked: added up by the clock, so that no two people wait for one row."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from app.db import db

# Longer than any pause between two counts, so that a late commit is seen.
LOOK_BACK = timedelta(minutes=10)
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

COUNT = text(
    """
    UPDATE control_question SET supports = counted.supports
    FROM (
        SELECT question_id, count(*) FILTER (WHERE withdrawn_at IS NULL) AS supports
        FROM control_question_support
        WHERE question_id IN (SELECT DISTINCT question_id FROM control_question_support WHERE at > :since)
        GROUP BY question_id
    ) AS counted
    WHERE control_question.id = counted.question_id AND control_question.supports <> counted.supports
    """
)


def run(now: datetime) -> int:
    """Writes the sums of the questions whose supports changed lately; how many changed."""
    return _count(since=now - LOOK_BACK)


def run_over_all() -> int:
    """The same for every question: the counting may have stood still for longer than it looks back."""
    return _count(since=BEGINNING)


def _count(*, since: datetime) -> int:
    done = db.session.execute(COUNT, {"since": since})
    changed: int = done.rowcount  # type: ignore[attr-defined]
    return changed
