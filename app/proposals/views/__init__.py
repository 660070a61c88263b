"""Pages of proposals, by audience: readers, authors and supporters, addressees, moderators."""

from app.accounts import own_data
from app.proposals import policies, queries
from app.proposals.models import Proposal
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("proposals", __name__)

register(Proposal, Subject(load=queries.by_number, may_know=policies.may_know, check=policies.check))
own_data.register(queries.everything_about)

from app.proposals.views import (  # noqa: E402, F401  they add their routes and the panel of a council's page
    answering,
    moderating,
    panel,
    reading,
    writing,
)
