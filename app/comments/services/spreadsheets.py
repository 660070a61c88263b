"""Answers written in a spreadsheet: out with everything that is not answered, in with what officers filled in.

Nothing is half imported: either every row is right, or no row is taken and each fault is told with its row and column.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from flask_babel import LazyString
from sqlalchemy import or_, select

from app import clock
from app.access import Actor
from app.audit import record
from app.comments import policies
from app.comments.actions import ThreadAction
from app.comments.errors import PlaceGone, TextMissing, TooLong
from app.comments.labels import ANSWER_KINDS
from app.comments.lifecycle import AnswerKind, AnswerState, State
from app.comments.models import Answer, Comment, Group, Thread
from app.comments.queries import desk
from app.comments.services.answering import AnswerDraft, checked_draft, write
from app.comments.subjects import subject_of
from app.db import db
from app.documents.xlsx_reader import Fault, Row, read_xlsx
from app.documents.xlsx_writer import Column, Sheet, write_xlsx
from app.errors import InvalidInput
from app.i18n import LANGUAGES, _l, current_language, use_language
from app.text.normalize import shown

READ_AT_ONCE = 1_000
# Who has more faults than this mends the file as a whole.
MOST_ERRORS = 500


class Field(StrEnum):
    """A column of the spreadsheet."""

    ITEM = "item"
    PEOPLE = "people"
    PLACE = "place"
    LANGUAGE = "language"
    TEXT = "text"
    PROPOSED = "proposed"
    KIND = "kind"
    ANSWER_LANGUAGE = "answer_language"
    ANSWER = "answer"
    CHANGED = "changed"
    REVISION = "revision"


HEADINGS: dict[Field, LazyString] = {
    Field.ITEM: _l("Number"),
    Field.PEOPLE: _l("People who sent it"),
    Field.PLACE: _l("Commented clause"),
    Field.LANGUAGE: _l("Language of the comment"),
    Field.TEXT: _l("Comment"),
    Field.PROPOSED: _l("Proposed wording"),
    Field.KIND: _l("Decision on the comment"),
    Field.ANSWER_LANGUAGE: _l("Language of the answer"),
    Field.ANSWER: _l("Answer with its reasons"),
    Field.CHANGED: _l("Clause that was changed"),
    Field.REVISION: _l("Saved so many times"),
}
WIDTHS = {Field.TEXT: 60, Field.PROPOSED: 40, Field.ANSWER: 60, Field.PLACE: 24, Field.CHANGED: 24}
# What is read back; the rest is there for the eye.
READ = (Field.ITEM, Field.KIND, Field.ANSWER_LANGUAGE, Field.ANSWER, Field.CHANGED, Field.REVISION)
SHEET_TITLE = _l("Answers to comments")


class RowFault(StrEnum):
    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"  # no comment or group has this number
    ELSEWHERE = "elsewhere"  # it belongs to another draft
    DOUBLED = "doubled"
    MOVED = "moved"  # it went into a group, or is not shown any more
    PUBLISHED = "published"
    STALE = "stale"  # somebody saved another text since the export
    KIND_UNKNOWN = "kind_unknown"
    LANGUAGE_UNKNOWN = "language_unknown"
    REASON_MISSING = "reason_missing"
    PLACE_UNKNOWN = "place_unknown"


@dataclass(frozen=True, slots=True)
class RowError:
    """Row `row` of the sheet (the headings are row 1) cannot be taken because of this column."""

    row: int
    column: Field
    reason: RowFault


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many answers were saved; none if there is one error. At most MOST_ERRORS are told."""

    saved: int = 0
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Filled:
    """A row that says something new: the thing to be answered, its answer so far, and the new draft."""

    comment: Comment | None
    group: Group | None
    answer: Answer | None
    draft: AnswerDraft


def export(thread: Thread, *, language: str | None = None, now: datetime | None = None) -> bytes:
    """An XLSX of everything without a published answer, drafts included; no names. Only what is to be filled in can be
    changed in it. Its headings are in `language`, and an import reads those of any language."""
    with use_language(language or current_language()):
        clauses = _clauses(thread, current_language())
        choices = {
            Field.KIND: [str(label) for label in ANSWER_KINDS.values()],
            Field.ANSWER_LANGUAGE: list(LANGUAGES),
            Field.CHANGED: list(clauses),
        }
        columns = [
            Column(
                str(heading),
                width=WIDTHS.get(name, 14),
                is_editable=name in choices or name is Field.ANSWER,
                choices=choices.get(name, ()),
            )
            for name, heading in HEADINGS.items()
        ]
        title = str(SHEET_TITLE)
        labels = {key: label for label, key in clauses.items()}
        sheet = Sheet(title, columns, _rows(thread, labels))
        return write_xlsx([sheet], created_on=clock.today(now), title=title)


def import_answers(thread: Thread, data: bytes, *, actor: Actor, now: datetime) -> ImportResult:
    """Saves the rows that officers filled in as drafts; all of them, or none if one is wrong.

    Rows that are empty or as they were are passed over. UnreadableFile, WrongHeadings and TooManyRows refuse the file.
    """
    policies.check_thread(ThreadAction.DRAFT_ANSWER, actor, thread)
    reading = _Reading(thread, now=now)
    rows = read_xlsx(data, columns=_accepted_headings())
    while (found := list(islice(rows, READ_AT_ONCE))) and len(reading.errors) < MOST_ERRORS:
        reading.take(found)
    if reading.errors:
        return ImportResult(errors=tuple(reading.errors[:MOST_ERRORS]))
    for filled in reading.filled:
        answer = filled.answer
        if answer is None:
            answer = Answer(
                thread_id=thread.id,
                comment_id=filled.comment.id if filled.comment else None,
                group_id=filled.group.id if filled.group else None,
                revision=0,
            )
            db.session.add(answer)
        write(answer, filled.draft, actor=actor, now=now)
    # A unique answer of a comment is refused here and not at the end of the request.
    db.session.flush()
    if reading.filled:
        record(actor, "import_answers", subject=f"thread:{thread.id}", now=now, answers=len(reading.filled))
    return ImportResult(saved=len(reading.filled))


def _clauses(thread: Thread, language: str) -> dict[str, str]:
    """Keys by what an officer chooses: the label, with the key beside it where two clauses have one label."""
    places = subject_of(thread).places(thread, language)
    labels = [" ".join(label.split())[:100] for label in places.values()]
    return {
        label if label and labels.count(label) == 1 else f"{label} ({key})".strip(): key
        for (key, _), label in zip(places.items(), labels, strict=True)
    }


def _accepted_headings() -> dict[str, list[str]]:
    accepted: dict[str, list[str]] = {name.value: [] for name in READ}
    for language in LANGUAGES:
        with use_language(language):
            for name in READ:
                accepted[name.value].append(str(HEADINGS[name]))
    return accepted


def _rows(thread: Thread, labels: Mapping[str, str]) -> Iterator[list[Any]]:
    last = 0
    while True:
        query = desk.items(thread).where(~desk.is_answered(), Comment.id > last)
        found = db.session.execute(query.order_by(Comment.id).limit(READ_AT_ONCE)).unique().all()
        if not found:
            return
        answers = desk.answers_to(found)
        for comment, group in found:
            answer = answers.get((None, group.id) if group else (comment.id, None))
            yield _row(comment, group, answer, labels)
        last = found[-1][0].id


def _row(
    comment: Comment, group: Group | None, answer: Answer | None, labels: Mapping[str, str]
) -> list[Any]:
    return [
        f"G{group.id}" if group else f"C{comment.id}",
        max(group.people, 1) if group else 1,
        labels.get(comment.anchor_key or "", comment.anchor_path or ""),
        comment.language,
        comment.text,
        comment.proposed,
        str(ANSWER_KINDS[answer.kind]) if answer else None,
        answer.language if answer else comment.language,
        answer.text if answer else None,
        labels.get(answer.changed_key or "", answer.changed_key) if answer else None,
        answer.revision if answer else 0,
    ]


class _Reading:
    """Rows turned into drafts, or into errors."""

    def __init__(self, thread: Thread, *, now: datetime) -> None:
        self.thread, self.now = thread, now
        self.filled: list[_Filled] = []
        self.errors: list[RowError] = []
        self.seen: set[tuple[int | None, int | None]] = set()
        self.kinds: dict[str, AnswerKind] = {kind.value: kind for kind in AnswerKind}
        self.clauses: dict[str, str] = {}
        for language in LANGUAGES:
            with use_language(language):
                self.kinds |= {_key(str(label)): kind for kind, label in ANSWER_KINDS.items()}
                self.clauses |= {_key(label): key for label, key in _clauses(thread, language).items()}

    def take(self, rows: list[Row | Fault]) -> None:
        for fault in (one for one in rows if isinstance(one, Fault)):
            self.errors.append(RowError(fault.number, Field(fault.column), RowFault(fault.reason.value)))
        good = [one for one in rows if isinstance(one, Row)]
        things = _Things([one.values[Field.ITEM] for one in good])
        for one in good:
            try:
                filled = self.read(one.values, things)
            except _Wrong as wrong:
                self.errors.append(RowError(one.number, wrong.column, wrong.reason))
            else:
                if filled is not None:
                    self.filled.append(filled)

    def read(self, values: Mapping[str, str], things: "_Things") -> _Filled | None:
        comment, group = things.find(values[Field.ITEM], self.thread)
        thing = comment.id if comment else None, group.id if group else None
        if thing in self.seen:
            raise _Wrong(Field.ITEM, RowFault.DOUBLED)
        self.seen.add(thing)
        answer = things.answers.get(thing)
        text, revision = shown(values[Field.ANSWER]), values[Field.REVISION].strip() or "0"
        if not text and not values[Field.KIND].strip() and revision == "0":
            return None
        draft = self.draft(values, text, answer)
        if answer is not None and _says(answer, draft):
            return None
        if comment is not None and (comment.group_id is not None or comment.state is not State.SHOWN):
            raise _Wrong(Field.ITEM, RowFault.MOVED)
        if answer is not None and answer.state is AnswerState.PUBLISHED:
            raise _Wrong(Field.ITEM, RowFault.PUBLISHED)
        if revision != str(answer.revision if answer else 0):
            raise _Wrong(Field.REVISION, RowFault.STALE)
        return _Filled(comment, group, answer, self.checked(draft))

    def draft(self, values: Mapping[str, str], text: str, answer: Answer | None) -> AnswerDraft:
        kind = self.kinds.get(_key(values[Field.KIND]))
        if kind is None:
            raise _Wrong(Field.KIND, RowFault.KIND_UNKNOWN)
        language = values[Field.ANSWER_LANGUAGE].strip().lower()
        if language not in LANGUAGES:
            raise _Wrong(Field.ANSWER_LANGUAGE, RowFault.LANGUAGE_UNKNOWN)
        chosen = values[Field.CHANGED].strip()
        key = self.clauses.get(_key(chosen), chosen) or None
        version = answer.changed_version if answer and key == answer.changed_key else None
        return AnswerDraft(kind, language, text, key, version, answer.revision if answer else 0)

    def checked(self, draft: AnswerDraft) -> AnswerDraft:
        try:
            return checked_draft(self.thread, draft, now=self.now)
        except TextMissing as error:
            raise _Wrong(Field.ANSWER, RowFault.REASON_MISSING) from error
        except TooLong as error:
            raise _Wrong(Field.ANSWER, RowFault.TOO_LONG) from error
        except PlaceGone as error:
            raise _Wrong(Field.CHANGED, RowFault.PLACE_UNKNOWN) from error


class _Wrong(InvalidInput):
    def __init__(self, column: Field, reason: RowFault) -> None:
        super().__init__(column=column, reason=reason)
        self.column, self.reason = column, reason


class _Things:
    """The comments, groups and answers that a thousand rows name; locked, so that nobody answers them meanwhile."""

    def __init__(self, items: list[str]) -> None:
        comments = {number for item in items if (number := _number(item, "C")) is not None}
        groups = {number for item in items if (number := _number(item, "G")) is not None}
        self.comments = {
            one.id: one
            for one in db.session.scalars(
                select(Comment)
                .where(Comment.id.in_(comments))
                .order_by(Comment.id)
                .with_for_update(of=Comment)
                .execution_options(populate_existing=True)
            ).unique()
        }
        self.groups = {
            one.id: one
            for one in db.session.scalars(
                select(Group).where(Group.id.in_(groups)).order_by(Group.id).with_for_update(of=Group)
            )
        }
        found = db.session.scalars(
            select(Answer)
            .where(or_(Answer.comment_id.in_(comments), Answer.group_id.in_(groups)))
            .execution_options(populate_existing=True)
        )
        self.answers = {(one.comment_id, one.group_id): one for one in found}

    def find(self, item: str, thread: Thread) -> tuple[Comment | None, Group | None]:
        comment = self.comments.get(_number(item, "C") or 0)
        group = self.groups.get(_number(item, "G") or 0)
        if comment is None and group is None:
            raise _Wrong(Field.ITEM, RowFault.UNKNOWN)
        if any(one is not None and one.thread_id != thread.id for one in (comment, group)):
            raise _Wrong(Field.ITEM, RowFault.ELSEWHERE)
        if comment is not None and comment.parent_id is not None:
            raise _Wrong(Field.ITEM, RowFault.UNKNOWN)
        return comment, group


def _number(item: str, letter: str) -> int | None:
    """The number behind the letter; None for anything that is no number the database could hold."""
    item = item.strip().upper()
    digits = item.removeprefix(letter)
    if digits == item or not digits.isascii() or not digits.isdecimal() or len(digits) > 18:
        return None
    return int(digits)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _says(answer: Answer, draft: AnswerDraft) -> bool:
    """Whether the row is as it was exported: then it is nobody's change."""
    return (answer.kind, answer.language, answer.text, answer.changed_key) == (
        draft.kind,
        draft.language,
        draft.text,
        draft.changed_key,
    )
