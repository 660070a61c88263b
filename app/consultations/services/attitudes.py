"""Liking and disliking a draft as a whole, and counting it."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from app.access import Actor
from app.consultations import policies
from app.consultations.actions import Action
from app.consultations.models import Attitude, DraftAct
from app.db import db

# Longer than any pause between two counts, so that a late commit is seen.
LOOK_BACK = timedelta(minutes=10)

COUNT = text(
    """
    UPDATE draft_act SET likes = counted.likes, dislikes = counted.dislikes
    FROM (
        SELECT draft_id, count(*) FILTER (WHERE likes) AS likes, count(*) FILTER (WHERE NOT likes) AS dislikes
        FROM draft_attitude
        WHERE draft_id IN (SELECT DISTINCT draft_id FROM draft_attitude WHERE at > :since)
        GROUP BY draft_id
    ) AS counted
    WHERE draft_act.id = counted.draft_id
      AND (draft_act.likes, draft_act.dislikes) IS DISTINCT FROM (counted.likes, counted.dislikes)
    """
)


def like(draft: DraftAct, *, likes: bool | None, actor: Actor, now: datetime) -> None:
    """What the citizen thinks of the draft as a whole, once; None takes it back. No row is shared with anybody."""
    policies.check(Action.LIKE, actor, draft)
    statement = insert(Attitude).values(draft_id=draft.id, account_id=actor.account_id, likes=likes, at=now)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Attitude.draft_id, Attitude.account_id],
            set_={"likes": statement.excluded.likes, "at": statement.excluded.at},
        )
    )


def count(*, now: datetime) -> int:
    """Writes the sums of the drafts whose attitudes changed lately; how many changed."""
    done = db.session.execute(COUNT, {"since": now - LOOK_BACK})
    changed: int = done.rowcount  # type: ignore[attr-defined]
    return changed
