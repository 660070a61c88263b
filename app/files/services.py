"""Taking attachments in, giving them up."""

import hashlib
import secrets
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Protocol

from flask import current_app
from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.files.errors import AttachmentRefused, RefusalReason
from app.files.inspection import inspect
from app.files.models import Attachment, MediaType
from app.files.names import kept_name
from app.files.storage import storage
from app.text.normalize import shown_line

# What holds for subjects whose rules (`app.law`) name no limits of their own.
MAX_FILES = 5
MAX_MEGABYTES = 10
# An upload whose transaction is still open has bytes and no row yet.
ORPHAN_AGE = timedelta(days=1)


class Upload(Protocol):
    """What a form hands over (werkzeug's `FileStorage` is one)."""

    @property
    def stream(self) -> IO[bytes]: ...
    @property
    def filename(self) -> str | None: ...
    @property
    def mimetype(self) -> str: ...


def accept(
    upload: Upload,
    *,
    actor: Actor,
    now: datetime,
    already: int = 0,
    at_most: int = MAX_FILES,
    megabytes: int = MAX_MEGABYTES,
) -> Attachment:
    """Keeps `upload` as a new attachment; AttachmentRefused with a reason where it may not be kept.

    `already` is how many files its subject has, `at_most` how many it may have. The operator's limit on uploads
    holds beside `megabytes`. If the transaction fails afterwards the bytes stay behind without
    a row; `sweep` takes them away.
    """
    original = upload.filename or ""
    try:
        if already >= at_most:
            raise AttachmentRefused(RefusalReason.TOO_MANY)
        limit = min(megabytes * 1024 * 1024, current_app.extensions["settings"].upload_limit_bytes)
        content = upload.stream.read(limit + 1)
        if len(content) > limit:
            raise AttachmentRefused(RefusalReason.TOO_LARGE)
        inspected = inspect(content, file_name=original, declared_type=upload.mimetype or "")
    except AttachmentRefused as refused:
        raise AttachmentRefused(refused.reason, file_name=shown_line(original)[:150]) from refused
    extension = inspected.media_type.extension
    attachment = Attachment(
        public_key=secrets.token_urlsafe(16),
        storage_key=storage().save(BytesIO(inspected.content), extension=extension),
        file_name=kept_name(original, extension=extension),
        media_type=inspected.media_type,
        size_bytes=len(inspected.content),
        sha256=hashlib.sha256(inspected.content).digest(),
        uploaded_by=actor.account_id,
        uploaded_at=now,
    )
    db.session.add(attachment)
    # Whoever attaches it needs the id for its own row.
    db.session.flush()
    return attachment


def keep(content: bytes, *, media_type: MediaType, file_name: str, now: datetime) -> Attachment:
    """Keeps a file that the application itself made; no limit of uploads holds for it."""
    attachment = Attachment(
        public_key=secrets.token_urlsafe(16),
        storage_key=storage().save(BytesIO(content), extension=media_type.extension),
        file_name=file_name,
        media_type=media_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
        uploaded_by=None,
        uploaded_at=now,
    )
    db.session.add(attachment)
    # Whoever attaches it needs the id for its own row.
    db.session.flush()
    return attachment


def remove(attachment: Attachment) -> None:
    """Takes the row away; the bytes follow with the next `sweep`, since a rolled back removal must find them."""
    db.session.delete(attachment)


def sweep(*, now: datetime) -> int:
    """Deletes the bytes that no row names and that are a day old; returns how many files went."""
    kept = storage()
    candidates = list(kept.keys(before=now - ORPHAN_AGE))
    known = set(
        db.session.scalars(select(Attachment.storage_key).where(Attachment.storage_key.in_(candidates)))
    )
    orphans = [key for key in candidates if key not in known]
    for key in orphans:
        kept.delete(key)
    return len(orphans)
