"""The text of a version as people read it: cut into parts, with its contents; one clause; what changed in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.comments.lifecycle import State
from app.comments.models import Comment, Thread
from app.comments.queries import figures
from app.consultations.models import (
    CarriedComment,
    Clause,
    ClauseChange,
    ComparativeRow,
    DraftAct,
    DraftVersion,
    Fate,
    VersionState,
)
from app.db import db
from app.documents.tree import BlockKind
from app.text.alignment import Change
from app.web.pagination import Page, keyset

# A page of text: at most so many characters and clauses, so that it stays under 60 KB however long the act is.
PART_CHARACTERS = 36_000
PART_CLAUSES = 100
HEADINGS = frozenset(
    {BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION, BlockKind.ARTICLE, BlockKind.HEADING}
)
# With more headings than this, articles are named only of the part that is read.
CONTENTS_SHOWN = 120
CHANGES_SHOWN = 40
# An unchanged stretch up to this long is shown whole where it is unfolded, a longer one by its ends.
STRETCH_SHOWN = 8
STRETCH_ENDS = 3
ROWS_SHOWN = 25
TITLE_CHARACTERS = 160
# A filter with more places than this would be a list of its own.
PLACES_SHOWN = 300
CARRIED_SHOWN = 50
# In the order of reading: keysets run downwards.
TABLE_ORDER = (-ComparativeRow.position,)


class Measure(NamedTuple):
    """What of a clause decides where the text is cut."""

    length: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the contents, and the part of the text in which it stands."""

    anchor: str
    kind: BlockKind
    depth: int
    title: str
    part: int


@dataclass(frozen=True, slots=True)
class TextPage:
    """One part of a version's text: `part` of `parts`, counted from 1."""

    part: int
    parts: int
    clauses: Sequence[Clause]
    contents: Sequence[Heading]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and after a clause."""

    previous: Clause | None
    next: Clause | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Clauses that did not change, in a row: how many, and those of them that are shown (`None`: some are left out)."""

    count: int
    clauses: Sequence[Clause | None]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Changed clauses and the unchanged stretches between them, in reading order."""

    entries: Sequence[ClauseChange | Stretch]
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A clause that people commented on, and how often."""

    clause: Clause
    comments: int


def cut(measures: Sequence[Measure]) -> list[int]:
    """The index of the first clause of each part. A part begins with a heading where one stands in its second half."""
    starts = [0]
    characters, heading = 0, None
    for index, measure in enumerate(measures):
        clauses = index - starts[-1]
        if clauses and (clauses >= PART_CLAUSES or characters + measure.length > PART_CHARACTERS):
            starts.append(heading or index)
            characters = sum(one.length for one in measures[starts[-1] : index])
            heading = None
            clauses = index - starts[-1]
        if measure.is_heading and (clauses > PART_CLAUSES // 2 or characters > PART_CHARACTERS // 2):
            # Of headings in a row the first: a chapter's title stays with that of its article.
            heading = heading or index
        characters += measure.length
    return starts


def text_page(version: DraftVersion, language: str, *, part: int = 1) -> TextPage | None:
    """One part of the text; None if there is no such part. Two queries, of which only one reads text."""
    outline = db.session.execute(
        select(
            Clause.position,
            func.length(Clause.text),
            Clause.kind,
            Clause.depth,
            Clause.anchor,
            Clause.label,
            func.left(Clause.text, TITLE_CHARACTERS),
        )
        .where(Clause.version_id == version.id, Clause.language == language)
        .order_by(Clause.position)
    ).all()
    starts = cut([Measure(row[1], row.kind in HEADINGS) for row in outline])
    if not 1 <= part <= len(starts) or not outline:
        return None
    first = outline[starts[part - 1]].position
    last = outline[starts[part] - 1].position if part < len(starts) else outline[-1].position
    clauses = db.session.scalars(
        select(Clause)
        .where(
            Clause.version_id == version.id,
            Clause.language == language,
            Clause.position.between(first, last),
        )
        .order_by(Clause.position)
    ).all()
    return TextPage(part, len(starts), clauses, _contents(outline, starts, part))


def part_of(version: DraftVersion, clause: Clause) -> int:
    """In which part of the text the clause stands."""
    outline = db.session.execute(
        select(Clause.position, func.length(Clause.text), Clause.kind)
        .where(Clause.version_id == version.id, Clause.language == clause.language)
        .order_by(Clause.position)
    ).all()
    starts = cut([Measure(row[1], row.kind in HEADINGS) for row in outline])
    return sum(1 for start in starts if outline[start].position <= clause.position)


def _contents(outline: Sequence[Any], starts: Sequence[int], part: int) -> list[Heading]:
    headings = []
    at = 0
    for index, (_position, _length, kind, depth, anchor, label, text) in enumerate(outline):
        while at < len(starts) and starts[at] <= index:
            at += 1
        if kind in HEADINGS:
            headings.append(Heading(anchor, kind, depth, f"{label} {text}".strip(), at))
    if len(headings) > CONTENTS_SHOWN:
        headings = [one for one in headings if one.kind is not BlockKind.ARTICLE or one.part == part]
    top = min((one.depth for one in headings), default=0)
    return [Heading(one.anchor, one.kind, one.depth - top, one.title, one.part) for one in headings]


def neighbours_of(version: DraftVersion, clause: Clause) -> Neighbours:
    """The clauses right before and right after."""
    around = db.session.scalars(
        select(Clause).where(
            Clause.version_id == version.id,
            Clause.language == clause.language,
            Clause.position.in_((clause.position - 1, clause.position + 1)),
        )
    ).all()
    by_position = {one.position: one for one in around}
    return Neighbours(by_position.get(clause.position - 1), by_position.get(clause.position + 1))


def newest_with_anchor(draft: DraftAct, anchor: str, language: str) -> tuple[DraftVersion, Clause] | None:
    """The newest published version in which a clause had that address, and the clause; its key if it has no such."""
    found = db.session.execute(
        select(DraftVersion, Clause)
        .join(Clause, Clause.version_id == DraftVersion.id)
        .where(
            DraftVersion.draft_id == draft.id,
            DraftVersion.state == VersionState.PUBLISHED,
            or_(Clause.anchor == anchor, Clause.key == anchor),
        )
        .order_by(
            (Clause.anchor == anchor).desc(), DraftVersion.number.desc(), (Clause.language == language).desc()
        )
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def newest_with_key(draft: DraftAct, key: str, language: str) -> tuple[DraftVersion, Clause] | None:
    """The newest published version that has the clause of that key, in `language` if it is there."""
    found = db.session.execute(
        select(DraftVersion, Clause)
        .join(Clause, Clause.version_id == DraftVersion.id)
        .where(
            DraftVersion.draft_id == draft.id,
            DraftVersion.state == VersionState.PUBLISHED,
            Clause.key == key,
        )
        .order_by(DraftVersion.number.desc(), (Clause.language == language).desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def change_of(version: DraftVersion, clause: Clause) -> ClauseChange | None:
    """What happened to the clause when `version` came; None in a first version."""
    return db.session.scalar(
        select(ClauseChange)
        .where(
            ClauseChange.version_id == version.id,
            ClauseChange.language == clause.language,
            ClauseChange.new_clause_id == clause.id,
        )
        .options(joinedload(ClauseChange.old))
    )


def change_counts(version: DraftVersion, language: str) -> Mapping[Change, int]:
    """How many clauses were changed in which way; one that was moved and edited counts as moved."""
    rows = db.session.execute(
        select(ClauseChange.change, func.count())
        .where(ClauseChange.version_id == version.id, ClauseChange.language == language)
        .group_by(ClauseChange.change)
    )
    found = dict(rows.all())
    return {change: found[change] for change in Change if change in found}


def changes_page(version: DraftVersion, language: str, *, position: str | None) -> ChangesPage:
    """Changed clauses from a place on, with the unchanged ones around them; two queries."""
    mine = (ClauseChange.version_id == version.id) & (ClauseChange.language == language)
    changed = select(ClauseChange).where(mine, ClauseChange.change != Change.UNCHANGED)
    found: Page[ClauseChange] = keyset(
        changed.options(joinedload(ClauseChange.old), joinedload(ClauseChange.new)),
        order=[-ClauseChange.position],
        position=position,
        size=CHANGES_SHOWN,
    )
    stretches = _stretches(version, language, found)
    entries: list[ClauseChange | Stretch] = []
    for row in found.rows:
        if before := stretches.get(row.position - 1):
            entries.append(before)
        entries.append(row)
    if found.next is None and (after := stretches.get(-1)):
        entries.append(after)
    return ChangesPage(entries, found.next, found.previous)


def _stretches(version: DraftVersion, language: str, found: Page[ClauseChange]) -> Mapping[int, Stretch]:
    """The unchanged stretches between the rows of a page, by their last position; -1 is the end of the text."""
    mine = (ClauseChange.version_id == version.id) & (ClauseChange.language == language)
    borders = _borders(version, language, found)
    wanted = [at for start, end in borders.values() for at in _shown_of(start, end) if at is not None]
    clauses: dict[int, Clause] = {}
    if wanted:
        clauses = dict(
            db.session.execute(
                select(ClauseChange.position, Clause)
                .join(Clause, Clause.id == ClauseChange.new_clause_id)
                .where(mine, ClauseChange.position.in_(wanted))
            ).all()
        )
    return {
        key: Stretch(
            end - start + 1, [clauses.get(at) if at is not None else None for at in _shown_of(start, end)]
        )
        for key, (start, end) in borders.items()
    }


def _borders(
    version: DraftVersion, language: str, found: Page[ClauseChange]
) -> Mapping[int, tuple[int, int]]:
    """First and last position of each unchanged stretch on the page."""
    mine = (ClauseChange.version_id == version.id) & (ClauseChange.language == language)
    last = db.session.scalar(select(func.max(ClauseChange.position)).where(mine)) or 0
    first = 1
    if found.rows and found.previous is not None:
        other = aliased(ClauseChange)
        before = db.session.scalar(
            select(func.max(other.position)).where(
                other.version_id == version.id,
                other.language == language,
                other.change != Change.UNCHANGED,
                other.position < found.rows[0].position,
            )
        )
        first = (before or 0) + 1
    borders = {}
    for row in found.rows:
        if row.position > first:
            borders[row.position - 1] = (first, row.position - 1)
        first = row.position + 1
    if found.next is None and last >= first:
        borders[-1] = (first, last)
    return borders


def _shown_of(start: int, end: int) -> list[int | None]:
    """The positions of a stretch that are shown; None stands for those in its middle."""
    if end - start < STRETCH_SHOWN:
        return list(range(start, end + 1))
    return [*range(start, start + STRETCH_ENDS), None, *range(end - STRETCH_ENDS + 1, end + 1)]


def table_page(
    version: DraftVersion, *, position: str | None, size: int = ROWS_SHOWN
) -> Page[ComparativeRow]:
    """Rows of the comparative table from a place on, in their order."""
    query = select(ComparativeRow).where(ComparativeRow.version_id == version.id)
    return keyset(query, order=TABLE_ORDER, position=position, size=size)


def has_table(version: DraftVersion) -> bool:
    return (
        db.session.scalar(select(ComparativeRow.id).where(ComparativeRow.version_id == version.id).limit(1))
        is not None
    )


def commented_places(thread: Thread, version: DraftVersion, language: str) -> Sequence[Place]:
    """The clauses of `version` on which there are comments, in reading order."""
    counts = figures.anchor_counts(thread)
    if not counts:
        return []
    clauses = db.session.scalars(
        select(Clause)
        .where(Clause.version_id == version.id, Clause.language == language, Clause.key.in_(counts))
        .order_by(Clause.position)
        .limit(PLACES_SHOWN)
    )
    return [Place(clause, counts[clause.key]) for clause in clauses]


def carried_to(version: DraftVersion, key: str) -> Sequence[Comment]:
    """Comments that were written on another clause and belong to this one now, the newest first."""
    if version.number == 1:
        return []
    return db.session.scalars(
        select(Comment)
        .join(CarriedComment, CarriedComment.comment_id == Comment.id)
        .where(
            CarriedComment.version_id == version.id,
            CarriedComment.clause_key == key,
            CarriedComment.fate == Fate.MOVED,
            Comment.anchor_key != key,
            Comment.state != State.WITHDRAWN,
        )
        .options(joinedload(Comment.hiding))
        .order_by(Comment.id.desc())
        .limit(CARRIED_SHOWN)
    ).all()
