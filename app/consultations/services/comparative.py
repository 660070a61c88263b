"""The comparative table of a version: typed, taken from a document, or proposed from two texts and then edited."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, insert, select, update

from app.access import Actor
from app.consultations import policies, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion, Unfinished, VersionInWork
from app.consultations.models import ComparativeRow, DraftVersion, VersionState
from app.consultations.services import elements
from app.consultations.services.clauses import block_of
from app.consultations.services.transitions import lock
from app.db import db
from app.documents.tree import Block, BlockKind
from app.text.alignment import Change, align
from app.text.normalize import shown

COLUMNS = ("element", "current", "proposed", "reason")
# A table with more rows is that of another act: the longest real one has some hundreds.
MOST_ROWS = 5_000
# How the columns of a table are headed, in Kazakh and Russian; «№» is not kept.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("№", "р/с", "п/п", "р/б"),
    "element": ("структурный", "құрылымдық", "құрылым", "элемент"),
    "current": ("действующ", "қолданыстағы", "текущ", "қазіргі"),
    "proposed": ("предлагаем", "ұсынылатын", "ұсынылып", "ұсынылған", "проект", "жоба"),
    "reason": ("обоснован", "негіздеме", "негіздемесі", "причин"),
}
# What the columns are where the first row does not say it.
USUAL: Mapping[int, tuple[str, ...]] = {
    3: ("element", "current", "proposed"),
    4: COLUMNS,
    5: ("number", *COLUMNS),
}


@dataclass(frozen=True, slots=True)
class RowWords:
    """What one row says in one language."""

    element: str = ""
    current: str = ""
    proposed: str = ""
    reason: str = ""
    # Of a row that was proposed from two texts: the clause that it is about.
    key: str | None = field(default=None, compare=False)

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, column).strip() for column in COLUMNS)


class NoTable(Unfinished):
    """The document holds no table of three to five columns."""


def mark_of(row: ComparativeRow) -> str:
    """What tells whether somebody else changed the row since it was shown."""
    words = [getattr(row, column) for column in COLUMNS]
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:16]


def add(version: DraftVersion, *, words: Mapping[str, RowWords], actor: Actor) -> ComparativeRow:
    """A new row at the end, with its words per language."""
    _to_work_on(version, actor=actor)
    position = _last_position(version) + 1
    if position > MOST_ROWS:
        raise Unfinished(most=MOST_ROWS)
    row = ComparativeRow(version_id=version.id, position=position)
    _say(row, words)
    db.session.add(row)
    db.session.flush()
    return row


def edit(
    version: DraftVersion, *, row_id: int, words: Mapping[str, RowWords], mark: str, actor: Actor
) -> ComparativeRow:
    """Writes the row anew. StaleVersion if somebody else changed it since `mark`."""
    _to_work_on(version, actor=actor)
    row = _row(version, row_id)
    if mark_of(row) != mark:
        raise StaleVersion(row=row.id)
    _say(row, words)
    db.session.flush()
    return row


def delete(version: DraftVersion, *, row_id: int, actor: Actor) -> None:
    _to_work_on(version, actor=actor)
    db.session.delete(_row(version, row_id))
    db.session.flush()
    _close_ranks(version)


def move(version: DraftVersion, *, row_id: int, by: int, actor: Actor) -> None:
    """The row goes up (negative) or down by so many places, as far as there are any."""
    _to_work_on(version, actor=actor)
    rows = list(queries.comparative_rows(version))
    row = _row(version, row_id)
    at = rows.index(row)
    rows.insert(min(max(at + by, 0), len(rows) - 1), rows.pop(at))
    for position, one in enumerate(rows, 1):
        one.position = position
    db.session.flush()


def clear(version: DraftVersion, *, actor: Actor) -> None:
    """Takes the whole table away."""
    _to_work_on(version, actor=actor)
    for row in queries.comparative_rows(version):
        db.session.delete(row)
    db.session.flush()


def take(version: DraftVersion, *, language: str, rows: Sequence[RowWords], actor: Actor) -> int:
    """Puts `rows` in the place of everything that the table says in `language`; the other language stays beside them,
    row by row. How many rows were taken."""
    _to_work_on(version, actor=actor)
    kept = list(queries.comparative_rows(version))
    if len(rows) > MOST_ROWS:
        raise Unfinished(most=MOST_ROWS)
    for row in kept:
        _say(row, {language: RowWords()})
    for row, words in zip(kept, rows, strict=False):
        _say(row, {language: words})
    for row in kept[len(rows) :]:
        if not any(getattr(row, column) for column in COLUMNS):
            db.session.delete(row)
    db.session.flush()
    _append(version, language, rows[len(kept) :])
    _close_ranks(version)
    return len(rows)


def propose(version: DraftVersion, *, language: str, current: Sequence[Block], actor: Actor) -> int:
    """Adds what differs between the text in force and the draft's text of that language; rows that are about the same
    clause get it beside what they say in the other language. How many rows came; proposed again, none comes twice."""
    _to_work_on(version, actor=actor)
    clauses = queries.clauses(version, language)
    found = differing(current, [block_of(clause) for clause in clauses], language)
    known = {_told(row, language) for row in queries.comparative_rows(version)}
    rows = [
        _with_key(words, clauses[place].key if place is not None else None)
        for words, place in found
        if (words.element, words.current, words.proposed) not in known
    ]
    if len(rows) + _last_position(version) > MOST_ROWS:
        raise Unfinished(most=MOST_ROWS)
    by_key: dict[str, ComparativeRow] = {}
    for row in queries.comparative_rows(version):
        if row.clause_key and not row.current.get(language) and not row.proposed.get(language):
            by_key.setdefault(row.clause_key, row)
    fresh = []
    for words in rows:
        row_of_clause = by_key.pop(words.key, None) if words.key else None
        if row_of_clause is None:
            fresh.append(words)
        else:
            _say(row_of_clause, {language: words})
    db.session.flush()
    _append(version, language, fresh)
    return len(rows)


def _told(row: ComparativeRow, language: str) -> tuple[str, str, str]:
    return (row.element.get(language, ""), row.current.get(language, ""), row.proposed.get(language, ""))


def differing(
    current: Sequence[Block], proposed: Sequence[Block], language: str
) -> list[tuple[RowWords, int | None]]:
    """What was edited, comes or goes, in reading order, each with the index of the proposed block. Pure."""
    matches = align(
        [_words(block) for block in current],
        [_words(block) for block in proposed],
        old_labels=[block.label for block in current],
        new_labels=[block.label for block in proposed],
    )
    old_paths, new_paths = elements.paths_of(current), elements.paths_of(proposed)
    found: list[tuple[RowWords, int | None]] = []
    for match in matches:
        if not match.is_edited and match.change not in (Change.NEW, Change.REMOVED):
            continue
        path = new_paths[match.new] if match.new is not None else old_paths[match.old or 0]
        found.append(
            (
                RowWords(
                    element=elements.named(path, language),
                    current=current[match.old].plain if match.old is not None else "",
                    proposed=proposed[match.new].plain if match.new is not None else "",
                ),
                match.new,
            )
        )
    return found


def rows_of(blocks: Iterable[Block]) -> list[RowWords]:
    """The rows of the first table with three to five columns. NoTable where there is none. Pure."""
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            grid = _grid(block)
            if grid and 3 <= len(grid[0]) <= 5:
                return _rows_of_grid(grid)
    raise NoTable(field="file")


def _grid(block: Block) -> list[list[str]]:
    """The table with a text in every place: a cell that reaches over others says its text once, but what it says in
    the first two columns (number, element) holds for each of its rows."""
    width = max((sum(cell.colspan for cell in row) for row in block.cells), default=0)
    reaching: dict[int, tuple[int, str]] = {}
    grid: list[list[str]] = []
    for cells in block.cells:
        line = [""] * width
        waiting = list(cells)
        column = 0
        while column < width:
            left, text = reaching.get(column, (0, ""))
            if left:
                line[column] = text if column < 2 else ""
                reaching[column] = (left - 1, text)
                column += 1
            elif waiting:
                cell = waiting.pop(0)
                line[column] = cell.text
                for reached in range(column, min(column + cell.colspan, width)):
                    reaching[reached] = (cell.rowspan - 1, cell.text if reached == column else "")
                column += cell.colspan
            else:
                break
        grid.append(line)
    return grid


def _rows_of_grid(grid: list[list[str]]) -> list[RowWords]:
    names = _headed(grid[0])
    lines = grid[1:] if names else grid
    names = names or USUAL[len(grid[0])]
    found = []
    for line in lines:
        # «1 2 3 4 5» under the headings numbers the columns.
        if all(cell.strip().isdigit() for cell in line if cell.strip()):
            continue
        said = {name: text for name, text in zip(names, line, strict=True) if name in COLUMNS}
        number = next((text for name, text in zip(names, line, strict=True) if name == "number"), "")
        # A title across the table stands in its first cell, whatever that column is called.
        if not any(text.strip() for text in said.values()) and number.strip():
            said["element"] = number
        words = RowWords(**said)
        if not words.is_empty:
            found.append(words)
    return found


def _headed(line: list[str]) -> tuple[str, ...] | None:
    """Which column is which, by the words of the first row; None if it is no row of headings."""
    names: list[str] = []
    for cell in line:
        text = cell.lower()
        free = (name for name in HEADINGS if name not in names and any(w in text for w in HEADINGS[name]))
        names.append(next(free, f"?{len(names)}"))
    unknown = [name for name in names if name.startswith("?")]
    if not {"current", "proposed"} <= set(names) or len(unknown) > 1:
        return None
    return tuple("element" if name in unknown and "element" not in names else name for name in names)


def link(version: DraftVersion) -> None:
    """Ties each row to the clause that its element names: keys change while a text is being mended."""
    rows = queries.comparative_rows(version)
    if not rows:
        return
    texts = {language: queries.clauses(version, language) for language in queries.languages_of(version)}
    blocks = {language: [block_of(clause) for clause in clauses] for language, clauses in texts.items()}
    for row in rows:
        row.clause_key = None
        for language in texts:
            place = elements.place_of(row.element.get(language, ""), blocks[language])
            if place is not None:
                row.clause_key = texts[language][place].key
                break
    db.session.flush()


def _words(block: Block) -> str:
    return block.plain if block.cells else block.text


def _with_key(words: RowWords, key: str | None) -> RowWords:
    return RowWords(words.element, words.current, words.proposed, words.reason, key)


def _say(row: ComparativeRow, words: Mapping[str, RowWords]) -> None:
    for column in COLUMNS:
        texts = dict(getattr(row, column) or {})
        for language, said in words.items():
            text = shown(getattr(said, column)).strip()
            texts.pop(language, None)
            if text:
                texts[language] = text
        setattr(row, column, texts)


def _append(version: DraftVersion, language: str, rows: Sequence[RowWords]) -> None:
    last = _last_position(version)
    values = [
        {
            "version_id": version.id,
            "position": position,
            "clause_key": words.key,
            **{
                column: {language: text} if (text := shown(getattr(words, column)).strip()) else {}
                for column in COLUMNS
            },
        }
        for position, words in enumerate(rows, last + 1)
    ]
    if values:
        db.session.execute(insert(ComparativeRow), values)


def _last_position(version: DraftVersion) -> int:
    query = select(func.coalesce(func.max(ComparativeRow.position), 0))
    return db.session.scalar(query.where(ComparativeRow.version_id == version.id)) or 0


def _close_ranks(version: DraftVersion) -> None:
    numbered = (
        select(
            ComparativeRow.id,
            func.row_number().over(order_by=ComparativeRow.position).label("place"),
        )
        .where(ComparativeRow.version_id == version.id)
        .subquery()
    )
    db.session.execute(
        update(ComparativeRow)
        .where(ComparativeRow.id == numbered.c.id)
        .values(position=numbered.c.place)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()


def _row(version: DraftVersion, row_id: int) -> ComparativeRow:
    """The row of that id; StaleVersion if it is gone: somebody else took it away."""
    row = db.session.get(ComparativeRow, row_id)
    if row is None or row.version_id != version.id:
        raise StaleVersion(row=row_id)
    return row


def _to_work_on(version: DraftVersion, *, actor: Actor) -> None:
    lock(version.draft)
    db.session.refresh(version)
    policies.check(Action.PREPARE_VERSION, actor, version.draft)
    if version.state in (VersionState.COMPARING, VersionState.PUBLISHED):
        raise VersionInWork(state=version.state)
