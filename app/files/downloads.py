"""Giving a kept file out: as a download, under its own name, inert."""

from flask import Response, send_file

from app.errors import NotFound
from app.files.models import Attachment
from app.files.names import content_disposition
from app.files.storage import storage


def download(attachment: Attachment, *, is_public: bool = True) -> Response:
    """The bytes of `attachment`; NotFound if they are gone. What is not public is kept by nobody on the way."""
    try:
        stream = storage().open(attachment.storage_key)
    except FileNotFoundError as error:
        raise NotFound(kind="Attachment") from error
    response = send_file(stream, mimetype=attachment.media_type.value, max_age=0)
    response.headers["Content-Disposition"] = content_disposition(attachment.file_name)
    response.headers["Content-Length"] = str(attachment.size_bytes)
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Should a browser show it after all, nothing in it runs and nothing is loaded.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if not is_public:
        response.headers["Cache-Control"] = "private, no-store"
    return response
