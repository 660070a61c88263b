"""Files that an author adds to a draft, and takes out again."""

from datetime import datetime

from app import clock
from app.access import Actor
from app.db import db
from app.errors import NotFound
from app.files import services as files
from app.files.errors import AttachmentRefused, RefusalReason
from app.files.services import Upload
from app.law import rules_in_force
from app.petitions import policies, queries
from app.petitions.actions import Action
from app.petitions.models import Document, DocumentKind, Petition
from app.petitions.services.transitions import lock
from app.text.normalize import shown_line


def attach(petition: Petition, upload: Upload, *, actor: Actor, now: datetime) -> Document:
    """Keeps `upload` with the draft; AttachmentRefused says why not. Others of the same request are untouched by it."""
    # Two uploads at once would both count the files that are there now.
    lock(petition)
    policies.check(Action.EDIT, actor, petition)
    already = len(queries.documents_of(petition))
    if already >= rules_in_force(clock.today(now)).limits.attachments:
        raise AttachmentRefused(RefusalReason.TOO_MANY, file_name=shown_line(upload.filename or "")[:150])
    attachment = files.accept(upload, actor=actor, now=now, already=already)
    document = Document(petition_id=petition.id, attachment_id=attachment.id, kind=DocumentKind.AUTHOR)
    db.session.add(document)
    # The next file of the same form counts this one.
    db.session.flush()
    return document


def detach(petition: Petition, *, key: str, actor: Actor) -> None:
    """Takes the file out of the draft; NotFound if it is not there."""
    policies.check(Action.EDIT, actor, petition)
    document = queries.document_of(petition, key)
    if document is None:
        raise NotFound(kind="Document")
    attachment = document.attachment
    db.session.delete(document)
    # The row that points to the file goes first.
    db.session.flush()
    files.remove(attachment)
