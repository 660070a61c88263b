"""A version's text: taken in, looked at, mended, compared with the version before, published."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Integer, delete, func, insert, select

from app.access import Actor
from app.consultations import policies, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion, Unfinished, VersionInWork, WrongLanguage
from app.consultations.events import ComparisonAsked, VersionPublished
from app.consultations.lifecycle import Requirement
from app.consultations.models import (
    Clause,
    ClauseChange,
    ComparativeRow,
    DraftAct,
    DraftVersion,
    VersionState,
)
from app.consultations.services import comparative
from app.consultations.services.clauses import block_of, columns_of, numbered
from app.consultations.services.drafting import LANGUAGES
from app.consultations.services.indexing import index
from app.consultations.services.transitions import lock, move
from app.db import db
from app.documents.tree import Block
from app.files.models import Attachment
from app.outbox import publish
from app.text.languages import is_other_language
from app.text.normalize import shown

# As much of a text as its language is guessed by.
SAMPLE_CHARACTERS = 20_000


def prepare(draft: DraftAct, *, actor: Actor, now: datetime) -> DraftVersion:
    """The version that is being worked on: the one in work, or the next. Its text starts from the last version's."""
    lock(draft)
    policies.check(Action.PREPARE_VERSION, actor, draft)
    newest = queries.newest_version(draft)
    if newest is not None and newest.state is not VersionState.PUBLISHED:
        return newest
    version = DraftVersion(
        draft=draft,
        number=newest.number + 1 if newest else 1,
        state=VersionState.PREPARING,
        created_by=actor.account_id,
        created_at=now,
        changes={},
        attempt=0,
    )
    db.session.add(version)
    # Clauses point to it.
    db.session.flush()
    if newest is not None:
        for language in queries.languages_of(newest):
            _write(version, language, [block_of(clause) for clause in queries.clauses(newest, language)])
        _name(version)
        _take_table_over(newest, version)
    return version


def _take_table_over(old: DraftVersion, new: DraftVersion) -> None:
    rows = queries.comparative_rows(old)
    if rows:
        copied = ("position", "clause_key", "element", "current", "proposed", "reason")
        db.session.execute(
            insert(ComparativeRow),
            [{"version_id": new.id, **{name: getattr(row, name) for name in copied}} for row in rows],
        )


def take_text(
    version: DraftVersion,
    *,
    language: str,
    blocks: Sequence[Block],
    file: Attachment | None,
    actor: Actor,
) -> DraftVersion:
    """Puts `blocks` in the place of the version's text in `language`. WrongLanguage if they are plainly written in
    the other one: two languages are never compared with each other."""
    _to_work_on(version, actor=actor)
    _refuse_other_language(version, language, blocks)
    _write(version, language, blocks)
    if language == "kk":
        version.file_kk = file
    elif language == "ru":
        version.file_ru = file
    return _changed(version)


def mend(
    version: DraftVersion, *, language: str, blocks: Sequence[Block], attempt: int, actor: Actor
) -> DraftVersion:
    """Writes the tree as an officer mended it. StaleVersion if somebody else changed the text since `attempt`."""
    _to_work_on(version, actor=actor)
    if version.attempt != attempt:
        raise StaleVersion(attempt=version.attempt)
    _write(version, language, blocks)
    return _changed(version)


def _to_work_on(version: DraftVersion, *, actor: Actor) -> None:
    lock(version.draft)
    db.session.refresh(version)
    policies.check(Action.PREPARE_VERSION, actor, version.draft)
    if version.state in (VersionState.COMPARING, VersionState.PUBLISHED):
        raise VersionInWork(state=version.state)


def _changed(version: DraftVersion) -> DraftVersion:
    """What was compared before is about another text now."""
    version.attempt += 1
    version.state = VersionState.PREPARING
    db.session.execute(delete(ClauseChange).where(ClauseChange.version_id == version.id))
    _name(version)
    return version


def _write(version: DraftVersion, language: str, blocks: Sequence[Block]) -> None:
    for_version = (Clause.version_id == version.id) & (Clause.language == language)
    db.session.execute(delete(ClauseChange).where(ClauseChange.version_id == version.id))
    db.session.execute(delete(Clause).where(for_version))
    rows = [
        {
            "version_id": version.id,
            "language": language,
            "position": place,
            "key": f"~{place}",
            "anchor": f"~{place}",
        }
        | columns_of(block)
        for place, block in enumerate(blocks, 1)
    ]
    if rows:
        db.session.execute(insert(Clause), rows)


def write_texts(version: DraftVersion, texts: Mapping[str, Sequence[Block]]) -> None:
    """The whole text of a new version at once, in every language that there is."""
    for language, blocks in texts.items():
        _write(version, language, blocks)
    _name(version)


def _name(version: DraftVersion) -> None:
    """Gives every clause its readable anchor, and a key; the comparison replaces keys by those of the version
    before, where a clause is the same."""
    texts = {language: queries.clauses(version, language) for language in queries.languages_of(version)}
    last = highest_key(version.draft)
    for language, named in numbered(texts, after=last).items():
        for clause, (key, anchor) in zip(texts[language], named, strict=True):
            clause.key, clause.anchor = key, anchor
    db.session.flush()


def highest_key(draft: DraftAct) -> int:
    """The last number that a key of a published version of this draft has; keys are never used twice."""
    number = func.max(func.substr(Clause.key, 2).cast(Integer))
    found = db.session.scalar(
        select(number)
        .join(DraftVersion, DraftVersion.id == Clause.version_id)
        .where(DraftVersion.draft_id == draft.id, DraftVersion.state == VersionState.PUBLISHED)
    )
    return found or 0


def _refuse_other_language(version: DraftVersion, language: str, blocks: Sequence[Block]) -> None:
    sample = _sample(block.text for block in blocks)
    for other in queries.languages_of(version):
        if other == language:
            continue
        theirs = _sample(clause.text for clause in queries.clauses(version, other))
        # The same text twice: one of them stands in the wrong place.
        if theirs and theirs == sample:
            raise WrongLanguage(field="file", language=language)
    before = queries.published_version(version.draft)
    if before is not None:
        old = _sample(clause.text for clause in queries.clauses(before, language))
        if old and is_other_language(old, sample):
            raise WrongLanguage(field="file", language=language)


def _sample(texts: Iterable[str]) -> str:
    sample = ""
    for text in texts:
        sample += text + "\n"
        if len(sample) >= SAMPLE_CHARACTERS:
            break
    return sample[:SAMPLE_CHARACTERS]


def say_what_changed(version: DraftVersion, *, changes: Mapping[str, str], actor: Actor) -> DraftVersion:
    """A few words on what is new, per language."""
    policies.check(Action.PREPARE_VERSION, actor, version.draft)
    version.changes = {lang: shown(text) for lang, text in changes.items() if text.strip()}
    return version


def ask_comparison(version: DraftVersion, *, actor: Actor) -> DraftVersion:
    """The text is complete: it is compared with the version before in the background."""
    _to_work_on(version, actor=actor)
    if not queries.has_text_in(version, LANGUAGES):
        raise Unfinished(missing=[Requirement.FULL_TEXT])
    version.state = VersionState.COMPARING
    publish(ComparisonAsked(draft_id=version.draft_id, version_id=version.id, attempt=version.attempt))
    return version


def publish_first(draft: DraftAct, *, actor: Actor, now: datetime) -> DraftVersion:
    """The text with which the draft is announced."""
    version = queries.newest_version(draft)
    if version is None or not queries.has_text_in(version, LANGUAGES):
        raise Unfinished(missing=[Requirement.FULL_TEXT])
    finish(version, now=now)
    return version


def publish_version(version: DraftVersion, *, attempt: int, actor: Actor, now: datetime) -> DraftVersion:
    """Makes a compared version the one that everybody reads; comments are carried over by a job.

    StaleVersion if the text was changed after `attempt`, or the comparison is not done.
    """
    draft = version.draft
    lock(draft)
    db.session.refresh(version)
    policies.check(Action.PUBLISH_VERSION, actor, draft)
    if version.state is not VersionState.READY or version.attempt != attempt:
        raise StaleVersion(attempt=version.attempt, state=version.state)
    finish(version, now=now)
    index(draft, version)
    move(
        draft,
        Action.PUBLISH_VERSION,
        actor=actor,
        now=now,
        met=frozenset({Requirement.FULL_TEXT}),
        details={"version": version.number},
    )
    publish(VersionPublished(draft_id=draft.id, version_id=version.id))
    return version


def finish(version: DraftVersion, *, now: datetime) -> None:
    """Closes the text: from here on it never changes, and its fingerprint says so."""
    comparative.link(version)
    mark = fingerprint(version)
    version.state, version.published_at, version.fingerprint = VersionState.PUBLISHED, now, mark
    db.session.flush()


def fingerprint(version: DraftVersion) -> str:
    """SHA-256 over every clause of both languages in reading order, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for language in sorted(queries.languages_of(version)):
        for clause in queries.clauses(version, language):
            digest.update(f"{language}\0{clause.position}\0{clause.label}\0{clause.text}\0".encode())
    return digest.hexdigest()
