"""What comments are told about a draft's clauses: many places at once, and what became of them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select, tuple_

from app.consultations.models import CarriedComment, Clause, DraftAct, DraftVersion, Fate, VersionState
from app.db import db


def clauses_at(draft_number: int, wanted: Collection[tuple[str, int]]) -> Sequence[tuple[int, Clause]]:
    """The clauses of those keys in those published versions, in all languages, each with its version's number."""
    if not wanted:
        return []
    rows = db.session.execute(
        select(DraftVersion.number, Clause)
        .join(DraftVersion, DraftVersion.id == Clause.version_id)
        .join(DraftAct, DraftAct.id == DraftVersion.draft_id)
        .where(
            DraftAct.number == draft_number,
            DraftVersion.state == VersionState.PUBLISHED,
            tuple_(Clause.key, DraftVersion.number).in_(list(wanted)),
        )
    )
    return [(number, clause) for number, clause in rows]


def fates_of(comment_ids: Collection[int]) -> Mapping[int, tuple[Fate, int]]:
    """By the comment's id, what the newest published version made of its place, and that version's number."""
    if not comment_ids:
        return {}
    rows = db.session.execute(
        select(CarriedComment.comment_id, CarriedComment.fate, DraftVersion.number)
        .join(DraftVersion, DraftVersion.id == CarriedComment.version_id)
        .where(CarriedComment.comment_id.in_(list(comment_ids)), DraftVersion.state == VersionState.PUBLISHED)
        .order_by(CarriedComment.comment_id, DraftVersion.number)
    )
    return {comment_id: (fate, number) for comment_id, fate, number in rows}
