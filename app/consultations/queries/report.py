"""What the report on a discussion says, as plain values: every comment and every answer, and nothing about persons.

The report cannot leave a row out: it is read from the same tables as the pages, and its fingerprint is computed over
everything that it shows.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock
from app.comments.lifecycle import AnswerKind, State
from app.comments.models import Answer, Comment, Group
from app.comments.queries import figures as comment_figures
from app.comments.queries import reading
from app.comments.queries.figures import Figures
from app.consultations import queries
from app.consultations.models import CarriedComment, Clause, ComparativeRow, DraftAct, DraftVersion, Fate
from app.db import db

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """One comment as the report prints it. `text` is None for one that a moderator hid (`hidden_for` is the class of
    the reason) or its author took back. `people` is more than one where it stands for a whole group of letters."""

    id: int
    at: datetime
    language: str
    author_kind: str
    place_key: str | None
    place_path: str | None
    version: int | None
    fate: Fate | None
    quote: str | None
    text: str | None
    proposed: str | None
    hidden_for: str | None
    rules_version: str | None
    group_id: int | None
    answer: "Answered | None"


@dataclass(frozen=True, slots=True)
class Answered:
    kind: AnswerKind
    language: str
    text: str
    on: datetime
    is_late: bool
    changed_key: str | None
    changed_version: int | None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A group of near-identical letters and how many people sent them."""

    id: int
    people: int
    changed: int
    sample_id: int


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything but the comments themselves, which `said` yields one after the other."""

    draft: DraftAct
    versions: Sequence[DraftVersion]
    rows: Sequence[ComparativeRow]
    figures: Figures
    campaigns: Sequence[Campaign]
    last_day: date | None


def gather(draft: DraftAct) -> ReportData:
    """Figures, versions, the comparative table and the groups of letters."""
    versions = queries.published_versions(draft)
    newest = versions[-1] if versions else None
    groups = []
    if draft.thread_id is not None:
        groups = [
            Campaign(group.id, group.people, group.changed, group.sample_id)
            for group in db.session.scalars(
                select(Group)
                .where(Group.thread_id == draft.thread_id, Group.people > 1)
                .order_by(Group.people.desc(), Group.id)
            )
        ]
    return ReportData(
        draft=draft,
        versions=versions,
        rows=queries.comparative_rows(newest) if newest else [],
        figures=comment_figures.of(draft.thread) if draft.thread else Figures(),
        campaigns=groups,
        last_day=draft.answers_duty.last_day if draft.answers_duty else None,
    )


def said(
    draft: DraftAct, *, after: int = 0, limit: int | None = None, until: datetime | None = None
) -> Iterator[Said]:
    """Every comment (replies are conversation and stand on the site) in the order of posting, above the id `after`.

    An answer that was published after `until` is none yet: a published report does not change.
    """
    left = limit
    while draft.thread_id is not None and (left is None or left > 0):
        batch = db.session.scalars(
            select(Comment)
            .where(Comment.thread_id == draft.thread_id, Comment.parent_id.is_(None), Comment.id > after)
            .options(joinedload(Comment.hiding))
            .order_by(Comment.id)
            .limit(min(BATCH, left or BATCH))
        ).all()
        if not batch:
            return
        answers, fates = reading.answers_of(batch), _fates(draft, batch)
        for comment in batch:
            yield _said(draft, comment, _by(until, answers.get(comment.id)), fates.get(comment.id))
        after = batch[-1].id
        left = None if left is None else left - len(batch)
        # A long report must not hold every comment that it has printed.
        for comment in batch:
            db.session.expunge(comment)


def _by(until: datetime | None, answer: Answer | None) -> Answer | None:
    if answer is None or until is None or answer.published_at is None:
        return answer
    return answer if answer.published_at <= until else None


def commented_clauses(
    data: ReportData, comments: Iterable[Said], *, language: str
) -> dict[tuple[int, str], Clause]:
    """The clauses that these comments were written for, by version and address, in one query."""
    numbers = {version.id: version.number for version in data.versions}
    anchors = {one.place_path for one in comments if one.place_path}
    if not anchors:
        return {}
    rows = db.session.scalars(
        select(Clause).where(
            Clause.version_id.in_(numbers), Clause.language == language, Clause.anchor.in_(anchors)
        )
    )
    return {(numbers[clause.version_id], clause.anchor): clause for clause in rows}


def _fates(draft: DraftAct, comments: Sequence[Comment]) -> dict[int, CarriedComment]:
    """Where each comment stands in the newest version."""
    newest = queries.published_version(draft)
    if newest is None:
        return {}
    rows = db.session.scalars(
        select(CarriedComment).where(
            CarriedComment.version_id == newest.id,
            CarriedComment.comment_id.in_([comment.id for comment in comments]),
        )
    )
    return {row.comment_id: row for row in rows}


def _said(draft: DraftAct, comment: Comment, answer: Answer | None, carried: CarriedComment | None) -> Said:
    is_shown = comment.state is State.SHOWN
    is_hidden = comment.state is State.HIDDEN and comment.hiding is not None
    return Said(
        id=comment.id,
        at=comment.created_at,
        language=comment.language,
        author_kind=comment.author_kind.value,
        place_key=(carried.clause_key if carried else None) or comment.anchor_key,
        place_path=comment.anchor_path,
        version=comment.anchor_version,
        fate=carried.fate if carried else None,
        quote=comment.quote_exact if is_shown else None,
        text=comment.text if is_shown else None,
        proposed=comment.proposed if is_shown else None,
        hidden_for=comment.hiding.reason if is_hidden and comment.hiding else None,
        rules_version=comment.hiding.rules_version if is_hidden and comment.hiding else None,
        group_id=comment.group_id,
        answer=_answered(draft, answer) if answer else None,
    )


def _answered(draft: DraftAct, answer: Answer) -> Answered:
    assert answer.published_at is not None  # noqa: S101  only published answers are read
    last_day = draft.answers_duty.last_day if draft.answers_duty else None
    return Answered(
        kind=answer.kind,
        language=answer.language,
        text=answer.text,
        on=answer.published_at,
        is_late=last_day is not None and clock.today(answer.published_at) > last_day,
        changed_key=answer.changed_key,
        changed_version=answer.changed_version,
    )


def fingerprint(draft: DraftAct) -> str:
    """SHA-256, as 64 hexadecimal digits, over the draft's number, its versions' fingerprints, the comparative table and
    every comment with its answer, one JSON line each: whoever has the open data can compute it again."""
    data = gather(draft)
    digest = hashlib.sha256()
    first: dict[str, Any] = {
        "draft": draft.number,
        "versions": [[version.number, version.fingerprint] for version in data.versions],
        "table": [[row.element, row.current, row.proposed, row.reason] for row in data.rows],
    }
    for line in (first, *map(_plain, said(draft))):
        digest.update(json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _plain(one: Said) -> dict[str, Any]:
    answer = one.answer
    return {
        "id": one.id,
        # Whatever the database's time zone is, and as the open data write it.
        "at": one.at.astimezone(UTC).isoformat(timespec="seconds"),
        "place": one.place_path,
        "text": one.text,
        "proposed": one.proposed,
        "hidden_for": one.hidden_for,
        "answer": [answer.kind.value, answer.text] if answer else None,
    }
