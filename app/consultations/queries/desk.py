"""What the developing body works on: its drafts by what is due, the recognised tree, rows, comments without a place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.comments.models import Comment
from app.consultations import queries
from app.consultations.lifecycle import State
from app.consultations.models import (
    CarriedComment,
    Clause,
    ComparativeRow,
    DraftAct,
    DraftVersion,
    Fate,
)
from app.consultations.services.clauses import block_of
from app.db import db
from app.documents import tree
from app.documents.tree import Block, Difference, DifferenceKind, Pair
from app.duties.models import Duty
from app.duties.queries import Clock, clock_of
from app.law import calendar_now

LIST_LIMIT = 300
# Pairs of blocks on one page of the tree, rows on one page of the table.
PAIRS_SHOWN = 60
ROWS_SHOWN = 25
# Over for the body: nothing is due any more.
ENDED = frozenset({State.EXEMPT, State.ADOPTED, State.WITHDRAWN})
# What may be discussed once more.
REPEATABLE = frozenset({State.CLOSED, State.UNDER_REVIEW, State.REPORTED, State.WITHDRAWN, State.ADOPTED})


@dataclass(frozen=True, slots=True)
class Owed:
    """A draft on the list of its body: `due_on` is the next day on which something is to happen, `clock` that of the
    duty behind it."""

    draft: DraftAct
    due_on: date | None
    duty: Duty | None = None
    clock: Clock | None = None
    version: DraftVersion | None = None
    anchors: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One block of one language on the page of the tree; `position` names it, `alone` says why it has no pair."""

    clause: Clause
    differs: DifferenceKind | None


@dataclass(frozen=True, slots=True)
class TreePage:
    """A part of the recognised tree, the two languages side by side."""

    pairs: Sequence[tuple[Side | None, Side | None]]
    part: int
    parts: int
    sizes: Mapping[str, int]
    differences: int
    # The part in which the first difference after this page stands.
    next_difference: int | None


def drafts_of(agency_ids: Collection[int], *, today: date) -> Sequence[Owed]:
    """The drafts of these bodies that are not over, what is due first; drafts without a day behind."""
    drafts = db.session.scalars(
        select(DraftAct)
        .where(DraftAct.agency_id.in_(list(agency_ids)), DraftAct.state.not_in([*ENDED, State.DISCARDED]))
        .options(joinedload(DraftAct.answers_duty), joinedload(DraftAct.report_duty))
        .order_by(DraftAct.id.desc())
        .limit(LIST_LIMIT)
    ).all()
    versions = _newest_versions([draft.id for draft in drafts])
    waiting = waiting_by_draft([draft.id for draft in drafts])
    calendar = calendar_now()
    rows = []
    for draft in drafts:
        duty = open_duty(draft)
        rows.append(
            Owed(
                draft,
                due_on=_next_day(draft, duty),
                duty=duty,
                clock=clock_of(duty, today=today, calendar=calendar) if duty else None,
                version=versions.get(draft.id),
                anchors=waiting.get(draft.id, 0),
            )
        )
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or today, -row.draft.id))


def ended(agency_ids: Collection[int], *, limit: int = 30) -> Sequence[DraftAct]:
    """Drafts of these bodies on which nothing is due any more, the newest first."""
    return db.session.scalars(
        select(DraftAct)
        .where(DraftAct.agency_id.in_(list(agency_ids)), DraftAct.state.in_(ENDED))
        .order_by(DraftAct.id.desc())
        .limit(limit)
    ).all()


def repeatable(agency_ids: Collection[int], *, limit: int = 100) -> Sequence[DraftAct]:
    """Drafts of these bodies that may be discussed once more, after rework, the newest first."""
    return db.session.scalars(
        select(DraftAct)
        .where(DraftAct.agency_id.in_(list(agency_ids)), DraftAct.state.in_(REPEATABLE))
        .order_by(DraftAct.id.desc())
        .limit(limit)
    ).all()


def open_duty(draft: DraftAct) -> Duty | None:
    """What the body owes next: the answers before the report. While people still comment, nothing is owed yet."""
    if draft.state not in (State.CLOSED, State.UNDER_REVIEW):
        return None
    for duty in (draft.answers_duty, draft.report_duty):
        if duty is not None and duty.is_open:
            return duty
    return None


def _next_day(draft: DraftAct, duty: Duty | None) -> date | None:
    if draft.state in (State.PREPARING, State.ANNOUNCED):
        return draft.opens_on
    if draft.state is State.OPEN:
        return draft.closes_on
    return duty.last_day if duty is not None else None


def _newest_versions(draft_ids: Sequence[int]) -> dict[int, DraftVersion]:
    rows = db.session.scalars(
        select(DraftVersion)
        .where(DraftVersion.draft_id.in_(draft_ids))
        .order_by(DraftVersion.draft_id, DraftVersion.number)
    )
    return {version.draft_id: version for version in rows}


def waiting_by_draft(draft_ids: Sequence[int]) -> dict[int, int]:
    """By the draft's id, how many comments have no sure place in its newest published version."""
    newest = (
        select(DraftVersion.draft_id, func.max(DraftVersion.number).label("number"))
        .where(DraftVersion.draft_id.in_(draft_ids), DraftVersion.published_at.is_not(None))
        .group_by(DraftVersion.draft_id)
        .subquery()
    )
    rows = db.session.execute(
        select(DraftVersion.draft_id, func.count())
        .join(
            newest,
            (newest.c.draft_id == DraftVersion.draft_id) & (newest.c.number == DraftVersion.number),
        )
        .join(CarriedComment, CarriedComment.version_id == DraftVersion.id)
        .where(CarriedComment.fate == Fate.DOUBTFUL)
        .group_by(DraftVersion.draft_id)
    )
    return dict(rows.all())


def tree_page(version: DraftVersion, *, part: int) -> TreePage:
    """One part of the tree, counted from 1; the last one where there are fewer."""
    texts = {language: queries.clauses(version, language) for language in ("kk", "ru")}
    blocks = {language: [block_of(clause) for clause in found] for language, found in texts.items()}
    pairs: list[Pair] = tree.pair(blocks["kk"], blocks["ru"])
    # With one text only, everything would lack its pair: then nothing is said.
    differences = tree.differences(blocks["kk"], blocks["ru"]) if all(blocks.values()) else []
    alone = _by_place(differences)
    parts = max(1, -(-len(pairs) // PAIRS_SHOWN))
    part = min(max(part, 1), parts)
    shown = [
        (_side(texts["kk"], kk, alone["kk"]), _side(texts["ru"], ru, alone["ru"]))
        for kk, ru in pairs[(part - 1) * PAIRS_SHOWN : part * PAIRS_SHOWN]
    ]
    later = (
        index // PAIRS_SHOWN + 1
        for index, (kk, ru) in enumerate(pairs)
        if index >= part * PAIRS_SHOWN and (kk in alone["kk"] or ru in alone["ru"])
    )
    return TreePage(
        pairs=shown,
        part=part,
        parts=parts,
        sizes={language: len(found) for language, found in texts.items()},
        differences=len(differences),
        next_difference=next(later, None),
    )


def _by_place(differences: Sequence[Difference]) -> Mapping[str, Mapping[int | None, DifferenceKind]]:
    return {
        "kk": {one.kk: one.what for one in differences if one.kk is not None},
        "ru": {one.ru: one.what for one in differences if one.ru is not None},
    }


def _side(
    clauses: Sequence[Clause], place: int | None, alone: Mapping[int | None, DifferenceKind]
) -> Side | None:
    return Side(clauses[place], alone.get(place)) if place is not None else None


def part_of_position(version: DraftVersion, language: str, position: int) -> int:
    """The part of the tree's page on which the block stands."""
    blocks = {one: [block_of(clause) for clause in queries.clauses(version, one)] for one in ("kk", "ru")}
    pairs = tree.pair(blocks["kk"], blocks["ru"])
    wanted = position - 1
    index = next((i for i, (kk, ru) in enumerate(pairs) if (kk if language == "kk" else ru) == wanted), 0)
    return index // PAIRS_SHOWN + 1


def blocks_of(version: DraftVersion, language: str) -> list[Block]:
    return [block_of(clause) for clause in queries.clauses(version, language)]


def rows_page(version: DraftVersion, *, part: int) -> tuple[Sequence[ComparativeRow], int, int]:
    """Rows of one page of the table, which page it is, and how many there are."""
    count = count_rows(version)
    parts = max(1, -(-count // ROWS_SHOWN))
    part = min(max(part, 1), parts)
    rows = db.session.scalars(
        select(ComparativeRow)
        .where(ComparativeRow.version_id == version.id)
        .order_by(ComparativeRow.position)
        .offset((part - 1) * ROWS_SHOWN)
        .limit(ROWS_SHOWN)
    ).all()
    return rows, part, parts


def count_rows(version: DraftVersion) -> int:
    query = select(func.count()).where(ComparativeRow.version_id == version.id)
    return db.session.scalar(query) or 0


def row_by_id(version: DraftVersion, row_id: int) -> ComparativeRow | None:
    return db.session.scalar(
        select(ComparativeRow).where(ComparativeRow.version_id == version.id, ComparativeRow.id == row_id)
    )


def count_clauses(version: DraftVersion) -> Mapping[str, int]:
    rows = db.session.execute(
        select(Clause.language, func.count()).where(Clause.version_id == version.id).group_by(Clause.language)
    )
    return dict(rows.all())


def waiting(version: DraftVersion, *, limit: int = 100) -> Sequence[CarriedComment]:
    """Comments whose place in this version a person has to find, in the order of their places."""
    return db.session.scalars(
        select(CarriedComment)
        .where(CarriedComment.version_id == version.id, CarriedComment.fate == Fate.DOUBTFUL)
        .options(joinedload(CarriedComment.comment))
        .order_by(CarriedComment.clause_key, CarriedComment.comment_id)
        .limit(limit)
    ).all()


def settled(version: DraftVersion, *, limit: int = 20) -> Sequence[CarriedComment]:
    """What people decided last."""
    return db.session.scalars(
        select(CarriedComment)
        .where(CarriedComment.version_id == version.id, CarriedComment.settled_at.is_not(None))
        .order_by(CarriedComment.settled_at.desc(), CarriedComment.id.desc())
        .options(joinedload(CarriedComment.comment))
        .limit(limit)
    ).all()


def original_clause(draft: DraftAct, comment: Comment) -> Clause | None:
    """The clause on which the comment was written, as it stood then."""
    return db.session.scalar(
        select(Clause)
        .join(DraftVersion, DraftVersion.id == Clause.version_id)
        .where(
            DraftVersion.draft_id == draft.id,
            DraftVersion.number == comment.anchor_version,
            Clause.key == comment.anchor_key,
            Clause.language == (comment.anchor_language or "kk"),
        )
    )


def suggestion(version: DraftVersion, carried: CarriedComment) -> Clause | None:
    """The clause of this version to which the comparison led, with doubt; None if it is gone since."""
    if not carried.clause_key:
        return None
    return queries.clause_by_key(version, carried.clause_key, carried.comment.anchor_language or "kk")


def clause_at(version: DraftVersion, language: str, position: int) -> Clause | None:
    """The block at that place of the text, counted from 1."""
    if not 0 < position < 2**31:
        return None
    return db.session.scalar(
        select(Clause).where(
            Clause.version_id == version.id, Clause.language == language, Clause.position == position
        )
    )
