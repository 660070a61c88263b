"""Comparing a version with the one before, in the background: what happened to each clause, and its redline."""

from collections.abc import Callable

import redis
import structlog
from sqlalchemy import delete, insert

from app import queues
from app.consultations import queries
from app.consultations.models import Clause, ClauseChange, DraftVersion, VersionState
from app.consultations.services.transitions import lock
from app.consultations.services.versions import highest_key
from app.db import db
from app.text.alignment import Match, align
from app.text.redline import redline

log = structlog.get_logger()

PROGRESS_SECONDS = 3600
# The language whose clauses pass their keys on; the other's follow where they are paired with it.
LEADING = "ru"


def progress_of(version: DraftVersion) -> int | None:
    """How much of the comparison is done, 0 to 100; None if nobody knows. For show only: Redis may forget it."""
    try:
        said = queues.connection().get(_progress_key(version.id))
    except redis.RedisError:
        return None
    return int(said) if said is not None else None  # type: ignore[arg-type]


def _progress_key(version_id: int) -> str:
    return f"unqos:comparison:{version_id}"


def _teller(version: DraftVersion, *, start: float, width: float) -> Callable[[float], None]:
    def tell(share: float) -> None:
        try:
            queues.connection().set(
                _progress_key(version.id), int(100 * (start + width * share)), ex=PROGRESS_SECONDS
            )
        except redis.RedisError:
            log.info("the progress of a comparison is not shown: Redis is gone", version=version.id)

    return tell


def compare(version: DraftVersion, *, attempt: int) -> bool:
    """Aligns each language with the version before, writes redlines, and hands the keys on.

    False, and nothing written, if the text was changed since `attempt` or the comparison is done: it may run twice.
    """
    lock(version.draft)
    db.session.refresh(version)
    before = queries.published_version(version.draft)
    if version.state is not VersionState.COMPARING or version.attempt != attempt:
        return False
    db.session.execute(delete(ClauseChange).where(ClauseChange.version_id == version.id))
    if before is not None:
        languages = queries.languages_of(version)
        matches = {}
        for place, language in enumerate(languages):
            tell = _teller(version, start=place / len(languages), width=1 / len(languages))
            matches[language] = _compare_language(before, version, language, tell)
        _hand_keys_on(before, version, matches)
    version.state = VersionState.READY
    return True


def _compare_language(
    before: DraftVersion, version: DraftVersion, language: str, tell: Callable[[float], None]
) -> list[Match]:
    old, new = queries.clauses(before, language), queries.clauses(version, language)
    matches = align(
        [clause.text for clause in old],
        [clause.text for clause in new],
        old_labels=[clause.label for clause in old],
        new_labels=[clause.label for clause in new],
        progress=tell,
    )
    rows = [
        {
            "version_id": version.id,
            "language": language,
            "position": position,
            "change": match.change,
            "is_edited": match.is_edited,
            "is_doubtful": match.is_doubtful,
            "old_clause_id": old[match.old].id if match.old is not None else None,
            "new_clause_id": new[match.new].id if match.new is not None else None,
            "pieces": _pieces(old, new, match),
        }
        for position, match in enumerate(matches, 1)
    ]
    if rows:
        db.session.execute(insert(ClauseChange), rows)
    return matches


def _pieces(old: list[Clause], new: list[Clause], match: Match) -> list[list[str]] | None:
    if not match.is_edited or match.old is None or match.new is None:
        return None
    return [[piece.op.value, piece.text] for piece in redline(old[match.old].text, new[match.new].text)]


def _hand_keys_on(before: DraftVersion, version: DraftVersion, matches: dict[str, list[Match]]) -> None:
    """A clause that is surely the same keeps its key, in all languages; every other one has a key that no version had.

    The leading language decides; in the others a clause follows its pair, so that one key stays one place.
    """
    known = {language: queries.clauses(before, language) for language in matches}
    texts = {language: queries.clauses(version, language) for language in matches}
    old_of: dict[str, str] = {}
    taken: set[str] = set()
    for language in sorted(matches, key=lambda one: one != LEADING):
        for match in matches[language]:
            if match.old is None or match.new is None or match.is_doubtful:
                continue
            key, old_key = texts[language][match.new].key, known[language][match.old].key
            if key not in old_of and old_key not in taken:
                old_of[key] = old_key
                taken.add(old_key)
    last = highest_key(version.draft)
    for clauses in texts.values():
        for clause in clauses:
            if clause.key not in old_of:
                last += 1
                old_of[clause.key] = f"c{last}"
    for clauses in texts.values():
        for clause in clauses:
            clause.key = old_of[clause.key]
    db.session.flush()


def give_up(version: DraftVersion, *, attempt: int) -> None:
    """Gives the text back to its officers, who see that it is not compared."""
    lock(version.draft)
    db.session.refresh(version)
    if version.state is VersionState.COMPARING and version.attempt == attempt:
        version.state, version.attempt = VersionState.PREPARING, version.attempt + 1
