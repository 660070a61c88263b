"""Giving out the files of a petition to whoever may read the petition."""

from flask.typing import ResponseReturnValue

from app.errors import NotFound
from app.files.downloads import download
from app.petitions import policies, queries
from app.petitions.lifecycle import PUBLIC_STATES, STUB_STATES
from app.petitions.models import Document, DocumentKind, Petition
from app.petitions.views import bp
from app.text.normalize import shown_line
from app.web.guards import current_actor, on


@bp.get("/petitions/<int:number>/documents/<key>")
@on(Petition, by_link=True)
def document(petition: Petition, key: str) -> ResponseReturnValue:
    """The file as a download; the holder of the private link adds its secret as `token`."""
    found = queries.document_of(petition, shown_line(key))
    if found is None or not _may_have(petition, found):
        raise NotFound(kind="Document")
    return download(found.attachment, is_public=petition.state in PUBLIC_STATES)


def _may_have(petition: Petition, document: Document) -> bool:
    """A removed petition gives nothing out; what belongs to a decision waits for the decision."""
    if petition.state in STUB_STATES:
        return False
    if document.kind is not DocumentKind.DECISION:
        return True
    decision = queries.decision_of(petition)
    is_published = decision is not None and decision.published_at is not None
    return is_published or policies.is_officer_of_addressee(current_actor(), petition)
