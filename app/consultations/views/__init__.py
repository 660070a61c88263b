"""Pages of draft acts, by audience: readers, the officers of the developing body."""

from app.consultations import (
    policies,
    promised,  # noqa: F401  registers answers with the promises
    queries,
    subject,  # noqa: F401  registers drafts with the comments
)
from app.consultations.models import DraftAct
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("consultations", __name__)

register(
    DraftAct,
    Subject(load=queries.by_number, may_know=policies.may_know, check=policies.check),
)

from app.consultations.views import (  # noqa: E402, F401  they add their routes  # noqa: E402, F401  the developing body's pages
    anchors,
    announcing,
    clauses,
    discussion,
    documents,
    drafting,
    feeds,
    finishing,
    listing,
    officers,
    reading,
    reporting,
    tables,
    texts,
    versions,
)
