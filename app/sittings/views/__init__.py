"""Pages of sittings and rulings, by audience: readers, members, the secretary and whoever presides."""

from app.sittings import policies, queries
from app.sittings.models import Examination, Ruling, Sitting, Voting
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("sittings", __name__)

register(Sitting, Subject(load=queries.by_number, may_know=policies.may_know, check=policies.check))
register(
    Ruling,
    Subject(load=queries.ruling_by_number, may_know=policies.may_know_ruling, check=policies.check_ruling),
)
register(
    Examination,
    Subject(
        load=queries.examination_by_id,
        may_know=policies.may_assign,
        check=policies.check_assigning,
        values=("examination_id",),
    ),
)
register(
    Voting,
    Subject(
        load=queries.voting_by_id,
        may_know=policies.may_know_voting,
        check=policies.check_voting,
        values=("voting_id",),
    ),
)

from app.sittings.views import (  # noqa: E402, F401  they add their routes
    agenda,
    calling,
    desk,
    members,
    minutes_desk,
    notifying,
    panels,
    reading,
    roll_call,
    room,
    rulings,
    rulings_desk,
    running,
    voting_desk,
)
