"""Archived letters onto a thread: kept with their source, nobody's account, their official replies beside them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.comments.lifecycle import AnswerKind, AnswerState
from app.comments.models import Answer, Comment, Thread
from app.comments.services import counting
from app.comments.services.answering import hash_of
from app.comments.services.bulk_grouping import group_thread
from app.comments.services.indexing import index
from app.db import db
from app.i18n import LANGUAGES
from app.law import ConsultationLimits, consultation_rules_in_force
from app.text.near_duplicates_quality import LabelledLetter, Quality, quality
from app.text.normalize import shown, shown_line

KEPT_AT_ONCE = 500
LONGEST_LINE_BYTES = 1024 * 1024
LONGEST_SOURCE = 500
LONGEST_NAME = 200
# In whichever words another site says what came of a comment; what it does not say was noted.
DECISIONS = {
    "accepted": AnswerKind.ACCEPTED,
    "partly_accepted": AnswerKind.PARTLY,
    "not_accepted": AnswerKind.REFUSED,
}


class LineFault(StrEnum):
    TOO_LONG = "too_long"
    NOT_JSON = "not_json"
    NO_ID = "no_id"
    NO_TEXT = "no_text"
    LANGUAGE = "language"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class RefusedLine:
    number: int
    reason: LineFault


@dataclass(slots=True)
class ImportFigures:
    """What an import did. `grouped` letters stand in `groups` of the thread; `quality` compares the grouping of the
    file's letters with its own hints, None where it has none."""

    taken: int = 0
    known: int = 0
    answers: int = 0
    refused: list[RefusedLine] = field(default_factory=list)
    groups: int = 0
    grouped: int = 0
    quality: Quality | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One line of the file, ready to be kept."""

    key: str
    source: str
    text: str
    language: str
    posted_at: datetime
    shown_as: str
    hint: str | None
    reply: "Reply | None"


@dataclass(frozen=True, slots=True)
class Reply:
    kind: AnswerKind
    text: str
    posted_at: datetime
    source: str


class LineRefused(Exception):
    def __init__(self, reason: LineFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


def import_comments(thread: Thread, lines: Iterable[bytes], *, now: datetime) -> ImportFigures:
    """Adds every letter of `lines` (JSON, an object a line) that the thread does not have by its source, then groups
    the thread. Good lines are kept, bad ones are told in the figures. A second run adds nothing.

    What another site knows as the author stays there: a letter is shown with the initials that it came with.
    """
    limits = consultation_rules_in_force(clock.today(now)).limits
    figures = ImportFigures()
    letters: list[Letter] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            letters.append(_letter(_record(line), limits))
        except LineRefused as refusal:
            figures.refused.append(RefusedLine(number, refusal.reason))
    rest = iter(letters)
    while batch := list(islice(rest, KEPT_AT_ONCE)):
        _keep(thread, batch, figures)
    counting.changed(thread.id)
    figures.groups = group_thread(thread, now=now)
    figures.grouped = _grouped(thread)
    labelled = [LabelledLetter(one.key, one.language, one.text, one.hint) for one in letters]
    if any(one.campaign is not None for one in labelled):
        figures.quality = quality(labelled)
    return figures


def _grouped(thread: Thread) -> int:
    query = select(func.count()).where(Comment.thread_id == thread.id, Comment.group_id.is_not(None))
    return db.session.scalar(query) or 0


def _record(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE_BYTES:
        raise LineRefused(LineFault.TOO_LONG)
    try:
        content = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise LineRefused(LineFault.NOT_JSON) from error
    if not isinstance(content, dict):
        raise LineRefused(LineFault.NOT_JSON)
    return content


def _letter(record: dict[str, Any], limits: ConsultationLimits) -> Letter:
    key = shown_line(_text(record, "id"))
    if not key:
        raise LineRefused(LineFault.NO_ID)
    text = shown(_text(record, "text"))
    if not text:
        raise LineRefused(LineFault.NO_TEXT)
    if len(text) > limits.comment_characters:
        raise LineRefused(LineFault.TOO_LONG)
    language = record.get("lang")
    if language not in LANGUAGES:
        raise LineRefused(LineFault.LANGUAGE)
    # One page of another site holds many letters.
    source = _source(shown_line(_text(record, "source")), key)
    return Letter(
        key=key,
        source=source,
        text=text,
        language=language,
        posted_at=_moment(record.get("posted")),
        shown_as=shown_line(_text(record, "author_initials"))[:LONGEST_NAME],
        hint=_text(record, "group_hint") or None,
        reply=_reply(record, limits),
    )


def _reply(record: dict[str, Any], limits: ConsultationLimits) -> Reply | None:
    content = record.get("official_reply")
    if not isinstance(content, dict):
        return None
    text = shown(_text(content, "text"))
    if not text or len(text) > limits.answer_characters:
        return None
    page = _source(shown_line(_text(record, "source")), shown_line(_text(content, "id")))
    body = shown_line(_text(content, "by"))
    return Reply(
        kind=DECISIONS.get(_text(record, "decision"), AnswerKind.NOTED),
        text=text,
        posted_at=_moment(content.get("posted")),
        source=f"{body}, {page}"[:LONGEST_SOURCE] if body else page,
    )


def _source(page: str, key: str) -> str:
    return f"{page}#{key}"[-LONGEST_SOURCE:] if page else key[:LONGEST_SOURCE]


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _moment(value: object) -> datetime:
    """An instant; a day or a time without a zone is Kazakhstan's."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise LineRefused(LineFault.DATE) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.ALMATY)


def _keep(thread: Thread, letters: list[Letter], figures: ImportFigures) -> None:
    known = set(
        db.session.scalars(
            select(Comment.source).where(
                Comment.thread_id == thread.id, Comment.source.in_([one.source for one in letters])
            )
        )
    )
    for letter in letters:
        if letter.source in known:
            figures.known += 1
            continue
        known.add(letter.source)
        comment = _comment(thread, letter)
        db.session.add(comment)
        figures.taken += 1
        if letter.reply is not None:
            db.session.add(_answer(thread, comment, letter.language, letter.reply))
            figures.answers += 1
    # Half a thousand letters at a time are sent and forgotten.
    db.session.flush()


def _comment(thread: Thread, letter: Letter) -> Comment:
    comment = Comment(
        thread_id=thread.id,
        shown_as=letter.shown_as,
        language=letter.language,
        text=letter.text,
        created_at=letter.posted_at,
        source=letter.source,
    )
    index(comment)
    return comment


def _answer(thread: Thread, comment: Comment, language: str, reply: Reply) -> Answer:
    return Answer(
        thread_id=thread.id,
        comment=comment,
        state=AnswerState.PUBLISHED,
        kind=reply.kind,
        language=language,
        text=reply.text,
        text_hash=hash_of(reply.text),
        drafted_at=reply.posted_at,
        approved_at=reply.posted_at,
        published_at=reply.posted_at,
        source=reply.source,
    )
