"""Carrying comments into a new version: each learns what became of its place; a doubtful one waits for a person."""

from datetime import datetime

from sqlalchemy import text

from app.access import Actor
from app.consultations import policies, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion
from app.consultations.events import CommentsCarried, PlaceSettled
from app.consultations.models import CarriedComment, DraftVersion, Fate
from app.consultations.services.transitions import lock
from app.db import db
from app.errors import NotFound
from app.outbox import publish

# Where a comment stands before this version: where it was carried to last, else where it was written. A place that
# was removed once stays removed. A comment on words of one language follows that language's text.
CARRY = text(
    """
    WITH last AS (
        SELECT DISTINCT ON (carried.comment_id) carried.comment_id, carried.clause_key, carried.fate, version.number
        FROM draft_carried_comment AS carried
        JOIN draft_version AS version ON version.id = carried.version_id
        WHERE version.draft_id = :draft_id AND version.number < :number
        ORDER BY carried.comment_id, version.number DESC
    ), standing AS (
        SELECT comment.id, comment.anchor_language AS language,
               coalesce(last.clause_key, comment.anchor_key) AS key, last.fate
        FROM comment LEFT JOIN last ON last.comment_id = comment.id
        WHERE comment.thread_id = :thread_id AND comment.anchor_key IS NOT NULL
          AND comment.parent_id IS NULL AND comment.anchor_version < :number
          AND coalesce(last.number, comment.anchor_version) < :number
    ), change AS (
        SELECT change.language, old.key AS old_key, new.key AS new_key, change.change, change.is_doubtful
        FROM draft_clause_change AS change
        JOIN draft_clause AS old ON old.id = change.old_clause_id
        LEFT JOIN draft_clause AS new ON new.id = change.new_clause_id
        WHERE change.version_id = :version_id
    )
    INSERT INTO draft_carried_comment (version_id, comment_id, fate, clause_key)
    SELECT :version_id, standing.id,
           CASE WHEN standing.fate IN ('removed', 'doubtful') THEN standing.fate
                WHEN change.old_key IS NULL OR change.change = 'removed' THEN 'removed'
                WHEN change.is_doubtful THEN 'doubtful'
                ELSE change.change END,
           CASE WHEN standing.fate IN ('removed', 'doubtful') THEN standing.key
                ELSE coalesce(change.new_key, standing.key) END
    FROM standing LEFT JOIN change ON change.language = standing.language AND change.old_key = standing.key
    ON CONFLICT (version_id, comment_id) DO NOTHING
    """
)


def carry(version: DraftVersion, *, now: datetime) -> int:
    """Gives every comment on a clause its fate in `version`; how many were carried. Running it again adds none."""
    draft = version.draft
    if draft.thread_id is None:
        return 0
    done = db.session.execute(
        CARRY,
        {
            "draft_id": draft.id,
            "thread_id": draft.thread_id,
            "version_id": version.id,
            "number": version.number,
        },
    )
    publish(CommentsCarried(draft_id=draft.id, version_id=version.id))
    carried: int = done.rowcount  # type: ignore[attr-defined]
    return carried


def settle(
    version: DraftVersion, *, comment_id: int, clause_key: str | None, actor: Actor, now: datetime
) -> CarriedComment:
    """An officer says where a doubtful comment belongs in `version`; None: its place is gone."""
    lock(version.draft)
    policies.check(Action.SETTLE_ANCHORS, actor, version.draft)
    carried = queries.carried(version, comment_id)
    if carried is None:
        raise NotFound(kind="CarriedComment")
    if carried.fate is not Fate.DOUBTFUL:
        raise StaleVersion(fate=carried.fate)
    if clause_key is None:
        carried.fate = Fate.REMOVED
    else:
        if queries.clause_by_key(version, clause_key) is None:
            raise NotFound(kind="Clause")
        carried.clause_key, carried.fate = clause_key, Fate.MOVED
    carried.settled_by, carried.settled_at = actor.account_id, now
    publish(PlaceSettled(draft_id=version.draft_id, version_id=version.id, carried_id=carried.id))
    db.session.flush()
    return carried
