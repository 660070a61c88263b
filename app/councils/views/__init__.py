"""Pages of public councils, by audience."""

from app.accounts import own_data
from app.councils import policies, queries
from app.councils.models import Competition, Council
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("councils", __name__)

register(
    Council,
    Subject(load=queries.by_slug, may_know=policies.may_know, check=policies.check, values=("slug",)),
)
register(
    Competition,
    Subject(
        load=queries.competition_by_id,
        may_know=policies.may_know_competition,
        check=policies.check_competition,
        values=("competition_id",),
    ),
)
own_data.register(queries.everything_about)

from app.councils.views import (  # noqa: E402, F401  they add their routes
    applying,
    commissions,
    competitions,
    deciding,
    managing,
    preparing,
    reading,
    regulation,
)
