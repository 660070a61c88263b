"""Pages of petitions, by audience: readers, signers, authors, officers of the addressee."""

from app.petitions import (
    policies,
    promised,  # noqa: F401  registers decisions with the promises
    queries,
    subject,  # noqa: F401  registers petitions with the comments
)
from app.petitions.models import Petition
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("petitions", __name__)

register(
    Petition,
    Subject(load=queries.by_number, may_know=policies.may_know, check=policies.check, opens=policies.opens),
)

from app.petitions.views import (  # noqa: E402, F401  they add their routes
    deciding,
    discussing,
    documents,
    mine,
    officers,
    reading,
    signing,
    similar,
    submitting,
    writing,
)
