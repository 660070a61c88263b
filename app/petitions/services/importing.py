"""Taking petitions of other platforms into the archive, a line at a time; never mixed with our own signatures."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO, NoReturn

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access import Actor
from app.audit import record as record_act
from app.db import db, violated_constraint
from app.petitions.models import ArchivedPetition
from app.petitions.services.archive_records import ArchiveRecord, RecordRefused, RefusalReason, parse
from app.petitions.services.indexing import index_archived

LONGEST_LINE_BYTES = 1024 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
IDENTITY = "uq_archived_petition_platform_external_id"


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """Line `number` was not taken; `field` names the wrong value where it is one value that is wrong."""

    number: int
    reason: RefusalReason
    field: str = ""


@dataclass(slots=True)
class ImportReport:
    """How many lines were taken, known already, refused; empty lines count nowhere."""

    taken: int = 0
    known: int = 0
    refused: int = 0


def take(
    stream: BinaryIO, *, actor: Actor, now: datetime, on_refusal: Callable[[RefusedLine], None]
) -> ImportReport:
    """Adds every petition of `stream` (JSON, an object a line) that the archive does not hold yet.

    Good lines are kept, bad ones are told to `on_refusal` as they come; memory does not grow with the file. What is
    known by platform and id stays as it is, so a second run adds nothing.
    """
    report = ImportReport()
    for number, line in lines_of(stream):
        try:
            is_new = _keep(read(line), now=now)
        except RecordRefused as refusal:
            report.refused += 1
            on_refusal(RefusedLine(number, refusal.reason, refusal.field))
        else:
            report.taken += is_new
            report.known += not is_new
    if report.taken:
        record_act(actor, "import", subject="archive", now=now, **asdict(report))
    return report


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not empty; None for one that is too long to be read at all."""
    number = 0
    while line := stream.readline(LONGEST_LINE_BYTES + 1):
        number += 1
        is_too_long = len(line) > LONGEST_LINE_BYTES
        while is_too_long and line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE_BYTES)
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        if is_too_long:
            yield number, None
        elif stripped := line.strip():
            yield number, stripped


def read(line: bytes | None) -> ArchiveRecord:
    """The record that `line` holds. RecordRefused says why it holds none."""
    if line is None:
        raise RecordRefused(RefusalReason.TOO_LONG)
    try:
        content = json.loads(line.decode("utf-8"), parse_constant=_not_json)
    except UnicodeDecodeError as error:
        raise RecordRefused(RefusalReason.NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        # ValueError also for a number of thousands of digits, RecursionError for brackets without end.
        raise RecordRefused(RefusalReason.NOT_JSON) from error
    if not isinstance(content, dict):
        raise RecordRefused(RefusalReason.NOT_AN_OBJECT)
    return parse(content)


def _not_json(constant: str) -> NoReturn:
    raise ValueError(constant)


def _keep(record: ArchiveRecord, *, now: datetime) -> bool:
    """Adds the record; False if it is there already, also when another import was faster."""
    if _is_known(record):
        return False
    petition = ArchivedPetition(**asdict(record), imported_at=now)
    index_archived(petition)
    try:
        with db.session.begin_nested():
            db.session.add(petition)
    except IntegrityError as error:
        if violated_constraint(error) != IDENTITY:
            raise
        return False
    return True


def _is_known(record: ArchiveRecord) -> bool:
    found = select(ArchivedPetition.id).where(
        ArchivedPetition.platform == record.platform, ArchivedPetition.external_id == record.external_id
    )
    return db.session.scalar(found) is not None
