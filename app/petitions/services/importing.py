"""Taking petitions of other platforms into the archive, a line at a time; never mixed with our own signatures."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access import Actor
from app.audit import record as record_act
from app.db import db, violated_constraint
from app.petitions.models import ArchivedPetition
from app.petitions.services.archive_records import ArchiveRecord, RecordRefused, RefusalReason, parse
from app.petitions.services.indexing import index_archived
from app.text.json_lines import LineRefused, lines_of, object_of

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


def read(line: bytes | None) -> ArchiveRecord:
    """The record that `line` holds. RecordRefused says why it holds none."""
    try:
        return parse(object_of(line))
    except LineRefused as error:
        raise RecordRefused(RefusalReason(error.reason.value)) from error


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
