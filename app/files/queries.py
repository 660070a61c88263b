"""Reads of attachments. Whether somebody may have one is decided by what it is attached to."""

from sqlalchemy import select

from app.db import db
from app.files.models import Attachment


def by_public_key(key: str) -> Attachment | None:
    return db.session.scalar(select(Attachment).where(Attachment.public_key == key))
