"""Bringing in acts from an archive: each becomes a draft in preparation of one body, with all its versions compared.

For trying the reading on real texts, and for starting from what exists. Nothing becomes public by it.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.access import Actor
from app.agencies.models import Agency
from app.consultations import queries
from app.consultations.lifecycle import State
from app.consultations.models import DraftAct, DraftVersion, VersionState
from app.consultations.services import comparing, versions
from app.db import db
from app.documents import reading
from app.documents.completeness import lost_characters
from app.documents.errors import UnreadableFile
from app.documents.tree import Block, BlockKind
from app.text.normalize import shown_line

ARTICLES = frozenset({BlockKind.ARTICLE, BlockKind.CLAUSE, BlockKind.SUBCLAUSE})


@dataclass
class Taken:
    """What came of one act: how many blocks, of these clauses and tables, in how many seconds; `lost` characters are
    those of the files that are nowhere in the tree, and `refused` files that could not be read, with the reason."""

    act: str
    languages: list[str] = field(default_factory=list)
    versions: int = 0
    blocks: int = 0
    clauses: int = 0
    tables: int = 0
    characters: int = 0
    lost: int = 0
    changes: int = 0
    seconds: float = 0.0
    refused: list[str] = field(default_factory=list)
    was_known: bool = False


class NoIndex(ValueError):
    """The folder has no index.jsonl, or it is not one JSON object a line with `id`, `file` and `lang`."""


def take(folder: Path, *, agency: Agency, actor: Actor, now: datetime) -> Iterator[Taken]:
    """Takes every act that the folder's index.jsonl names; one that is known by its id is left as it is."""
    acts: dict[str, list[dict[str, Any]]] = {}
    for record in _index(folder):
        acts.setdefault(str(record["id"]), []).append(record)
    for act, records in acts.items():
        yield _take_act(folder, act, records, agency=agency, actor=actor, now=now)


def _index(folder: Path) -> Iterable[dict[str, Any]]:
    try:
        lines = (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise NoIndex(str(folder)) from error
    if not all(isinstance(r, dict) and {"id", "file", "lang"} <= r.keys() for r in records):
        raise NoIndex(str(folder))
    return records


def _take_act(
    folder: Path, act: str, records: list[dict[str, Any]], *, agency: Agency, actor: Actor, now: datetime
) -> Taken:
    started = time.perf_counter()
    taken = Taken(act, languages=sorted({str(record["lang"]) for record in records}))
    if db.session.scalar(select(DraftAct.id).where(DraftAct.source == act)):
        taken.was_known = True
        return taken
    draft = _draft(act, records, agency=agency, actor=actor, now=now)
    for number in sorted({int(record.get("version") or 1) for record in records}):
        files = [record for record in records if int(record.get("version") or 1) == number]
        texts = {str(record["lang"]): _read(folder / str(record["file"]), taken) for record in files}
        texts = {language: blocks for language, blocks in texts.items() if blocks}
        if texts:
            _keep(draft, texts, taken, actor=actor, now=now)
    taken.seconds = time.perf_counter() - started
    # The next act needs nothing of this one.
    db.session.flush()
    db.session.expire_all()
    return taken


def _draft(
    act: str, records: list[dict[str, Any]], *, agency: Agency, actor: Actor, now: datetime
) -> DraftAct:
    titles = {str(r["lang"]): shown_line(str(r.get("title") or act)) for r in records}
    draft = DraftAct(
        agency=agency,
        created_by=actor.account_id,
        language="kk" if "kk" in titles and "ru" not in titles else "ru",
        created_at=now,
        state=State.PREPARING,
        source=act,
        titles=titles,
        summaries={},
        notes={},
        affects=[],
    )
    db.session.add(draft)
    # Versions point to it.
    db.session.flush()
    return draft


def _read(path: Path, taken: Taken) -> list[Block]:
    try:
        data = path.read_bytes()
        blocks = reading.read(data, filename=path.name)
    except OSError as error:
        taken.refused.append(f"{path.name}: {error.strerror}")
        return []
    except UnreadableFile as error:
        taken.refused.append(f"{path.name}: {error.data.get('reason')}")
        return []
    taken.blocks += len(blocks)
    taken.clauses += sum(block.kind in ARTICLES for block in blocks)
    taken.tables += sum(block.kind is BlockKind.TABLE for block in blocks)
    taken.characters += sum(len(block.plain) for block in blocks)
    taken.lost += sum(lost_characters(data, blocks, filename=path.name).values())
    return blocks


def _keep(
    draft: DraftAct, texts: dict[str, list[Block]], taken: Taken, *, actor: Actor, now: datetime
) -> None:
    number = taken.versions + 1
    version = DraftVersion(
        draft=draft,
        number=number,
        state=VersionState.PREPARING,
        created_by=actor.account_id,
        created_at=now,
        changes={},
        attempt=0,
    )
    db.session.add(version)
    # Clauses point to it.
    db.session.flush()
    versions.write_texts(version, texts)
    version.state = VersionState.COMPARING
    comparing.compare(version, attempt=version.attempt)
    versions.finish(version, now=now)
    taken.versions = number
    if number > 1:
        taken.changes += queries.count_changes(version)
