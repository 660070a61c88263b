"""The file in which a version's text was sent in, for whoever wants it."""

from flask import Response, request

from app.consultations.forms.reading import text_wish_of
from app.consultations.models import DraftAct
from app.consultations.views import bp
from app.consultations.views.reading import version_of
from app.errors import NotFound
from app.files.downloads import download
from app.web.guards import on


@bp.get("/drafts/<int:number>/versions/<int:version>/original")
@on(DraftAct)
def document(draft: DraftAct, version: int) -> Response:
    """The original of the text in the language that `text` names."""
    found = version_of(draft, version)
    files = {"kk": found.file_kk, "ru": found.file_ru}
    attachment = files[text_wish_of(request.args, draft).language]
    if attachment is None:
        raise NotFound(kind="Attachment")
    return download(attachment)
