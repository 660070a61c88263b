"""Writing the record of acts, and proving that it is whole."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from app.access import Actor
from app.audit.models import AuditRecord
from app.db import db
from app.queues import as_json

START = bytes(32)


def record(actor: Actor, act: str, *, subject: str, now: datetime, **details: Any) -> None:
    """Appends an act of staff or of the clock. Never called for signing: who signs is nobody's record.

    The advisory lock lets one writer at a time extend the chain, until its transaction ends.
    """
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("audit", 0))))
    before = db.session.scalar(select(AuditRecord.digest).order_by(AuditRecord.id.desc()).limit(1)) or START
    row = AuditRecord(at=now, account_id=actor.account_id, act=act, subject=subject, details=details)
    row.digest = digest(before, row)
    db.session.add(row)
    # The next record of this transaction must find this one.
    db.session.flush()


def digest(before: bytes, row: AuditRecord) -> bytes:
    content: Mapping[str, object] = {
        "at": row.at.astimezone(UTC).isoformat(),
        "account": row.account_id,
        "act": row.act,
        "subject": row.subject,
        "details": row.details,
    }
    return hashlib.sha256(before + as_json(content).encode()).digest()


def first_broken() -> int | None:
    """The id of the first row whose digest does not follow from the one before; None if the chain is whole."""
    before = START
    for row in db.session.scalars(
        select(AuditRecord).order_by(AuditRecord.id).execution_options(yield_per=1000)
    ):
        if row.digest != digest(before, row):
            return row.id
        before = row.digest
    return None
