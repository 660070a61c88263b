"""Draft acts and their versions by what names them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import Select, exists, func, select

from app.comments.lifecycle import State as CommentState
from app.comments.models import Answer, Comment
from app.consultations.lifecycle import State
from app.consultations.models import (
    CarriedComment,
    Clause,
    ClauseChange,
    ComparativeRow,
    DraftAct,
    DraftVersion,
    Report,
    VersionState,
)
from app.db import db
from app.text.alignment import Change

# More than any day brings; the next run takes the rest.
BATCH = 500


def by_id(draft_id: int) -> DraftAct | None:
    return db.session.get(DraftAct, draft_id)


def by_number(number: int) -> DraftAct | None:
    return db.session.scalar(select(DraftAct).where(DraftAct.number == number))


def by_thread(thread_id: int) -> DraftAct | None:
    return db.session.scalar(select(DraftAct).where(DraftAct.thread_id == thread_id))


def to_open(today: date) -> Sequence[DraftAct]:
    """Announced drafts whose first day has come."""
    return db.session.scalars(
        select(DraftAct)
        .where(DraftAct.state == State.ANNOUNCED, DraftAct.opens_on <= today)
        .order_by(DraftAct.id)
        .limit(BATCH)
    ).all()


def to_close(today: date) -> Sequence[DraftAct]:
    """Open drafts whose last day is over."""
    return db.session.scalars(
        select(DraftAct)
        .where(DraftAct.state == State.OPEN, DraftAct.closes_on < today)
        .order_by(DraftAct.id)
        .limit(BATCH)
    ).all()


def version_by_id(version_id: int) -> DraftVersion | None:
    return db.session.get(DraftVersion, version_id)


def versions_of(draft: DraftAct) -> Sequence[DraftVersion]:
    """Every version, the oldest first."""
    return db.session.scalars(
        select(DraftVersion).where(DraftVersion.draft_id == draft.id).order_by(DraftVersion.number)
    ).all()


def published_versions(draft: DraftAct) -> Sequence[DraftVersion]:
    return [version for version in versions_of(draft) if version.state is VersionState.PUBLISHED]


def newest_version(draft: DraftAct) -> DraftVersion | None:
    """The last version, published or in work."""
    return db.session.scalar(
        select(DraftVersion)
        .where(DraftVersion.draft_id == draft.id)
        .order_by(DraftVersion.number.desc())
        .limit(1)
    )


def published_version(draft: DraftAct, number: int | None = None) -> DraftVersion | None:
    """The published version of that number, or the newest one."""
    query = (
        select(DraftVersion)
        .where(DraftVersion.draft_id == draft.id, DraftVersion.state == VersionState.PUBLISHED)
        .order_by(DraftVersion.number.desc())
        .limit(1)
    )
    if number is not None:
        query = query.where(DraftVersion.number == number)
    return db.session.scalar(query)


def languages_of(version: DraftVersion) -> list[str]:
    """The languages in which the version has a text."""
    return list(
        db.session.scalars(
            select(Clause.language)
            .where(Clause.version_id == version.id)
            .group_by(Clause.language)
            .order_by(Clause.language)
        )
    )


def has_text_in(version: DraftVersion, languages: Collection[str]) -> bool:
    return set(languages) <= set(languages_of(version))


def clauses(version: DraftVersion, language: str) -> list[Clause]:
    """The whole text in reading order: for jobs and files. Pages read it in parts."""
    return list(
        db.session.scalars(
            select(Clause)
            .where(Clause.version_id == version.id, Clause.language == language)
            .order_by(Clause.position)
        )
    )


def clause_by_key(version: DraftVersion, key: str, language: str | None = None) -> Clause | None:
    """The clause of that key, in `language` or in any."""
    query = select(Clause).where(Clause.version_id == version.id, Clause.key == key).limit(1)
    if language is not None:
        query = query.where(Clause.language == language)
    return db.session.scalar(query)


def clause_by_anchor(version: DraftVersion, anchor: str, language: str) -> Clause | None:
    """The clause of that readable address, in `language`; else the same place by its address in the other one."""
    exact = select(Clause).where(
        Clause.version_id == version.id, Clause.anchor == anchor, Clause.language == language
    )
    found = db.session.scalar(exact)
    if found is None:
        other = db.session.scalar(
            select(Clause.key).where(Clause.version_id == version.id, Clause.anchor == anchor).limit(1)
        )
        found = clause_by_key(version, other, language) if other else None
    return found


def comparative_rows(version: DraftVersion) -> Sequence[ComparativeRow]:
    return db.session.scalars(
        select(ComparativeRow)
        .where(ComparativeRow.version_id == version.id)
        .order_by(ComparativeRow.position)
    ).all()


def carried(version: DraftVersion, comment_id: int) -> CarriedComment | None:
    return db.session.scalar(
        select(CarriedComment).where(
            CarriedComment.version_id == version.id, CarriedComment.comment_id == comment_id
        )
    )


def size_of(version: DraftVersion, language: str) -> int:
    """Characters of the text."""
    return (
        db.session.scalar(
            select(func.coalesce(func.sum(func.length(Clause.text)), 0)).where(
                Clause.version_id == version.id, Clause.language == language
            )
        )
        or 0
    )


def report_of(draft: DraftAct) -> Report | None:
    return db.session.scalar(select(Report).where(Report.draft_id == draft.id))


def by_answer(answer_id: int) -> DraftAct | None:
    """The draft in whose thread the answer was given; None if it was given elsewhere."""
    return db.session.scalar(
        select(DraftAct).join(Answer, Answer.thread_id == DraftAct.thread_id).where(Answer.id == answer_id)
    )


def by_answers_duty(duty_ids: Iterable[int]) -> dict[int, DraftAct]:
    wanted = list(duty_ids)
    if not wanted:
        return {}
    rows = db.session.scalars(select(DraftAct).where(DraftAct.answers_duty_id.in_(wanted)))
    return {draft.answers_duty_id: draft for draft in rows if draft.answers_duty_id is not None}


def by_duties(duty_ids: Iterable[int]) -> dict[int, DraftAct]:
    """The drafts whose answers or report are these duties, by the duty's id."""
    wanted = set(duty_ids)
    if not wanted:
        return {}
    rows = db.session.scalars(
        select(DraftAct).where(DraftAct.answers_duty_id.in_(wanted) | DraftAct.report_duty_id.in_(wanted))
    )
    found = {}
    for draft in rows:
        for duty_id in (draft.answers_duty_id, draft.report_duty_id):
            if duty_id in wanted:
                found[duty_id] = draft
    return found


def has_comments(draft: DraftAct) -> bool:
    """Whether somebody said something that is owed an answer."""
    return bool(db.session.scalar(select(_owed(draft).exists())))


def has_unanswered(draft: DraftAct) -> bool:
    own = exists().where(Answer.comment_id == Comment.id, Answer.published_at.is_not(None))
    of_group = exists().where(Answer.group_id == Comment.group_id, Answer.published_at.is_not(None))
    return bool(db.session.scalar(select(_owed(draft).where(~own, ~of_group).exists())))


def _owed(draft: DraftAct) -> Select[int]:
    return select(Comment.id).where(
        Comment.thread_id == draft.thread_id,
        Comment.parent_id.is_(None),
        Comment.state == CommentState.SHOWN,
    )


def count_changes(version: DraftVersion) -> int:
    """How many clauses, over all languages, are not as they were in the version before."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ClauseChange)
            .where(ClauseChange.version_id == version.id, ClauseChange.change != Change.UNCHANGED)
        )
        or 0
    )
