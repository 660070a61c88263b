"""The public calendar, and saying that one comes."""

from app.accounts import own_data
from app.gatherings import labels, places, policies, queries
from app.gatherings.models import Gathering
from app.web.blueprint import pages
from app.web.guards import Subject, register

bp = pages("gatherings", __name__)

register(
    Gathering,
    Subject(load=queries.by_id, may_know=policies.may_know, check=policies.check, values=("gathering_id",)),
)
own_data.register(queries.everything_about)

# What the macros of a gathering need wherever they stand.
bp.add_app_template_global(labels.KINDS.__getitem__, "gathering_kind")
bp.add_app_template_global(labels.MODES.__getitem__, "guest_mode")
bp.add_app_template_global(labels.state_of, "gathering_state")
bp.add_app_template_global(places.address_of, "gathering_address")
bp.add_app_template_global(queries.is_short_notice, "is_short_notice")
bp.add_app_template_global(queries.is_open_for_guests, "is_open_for_guests")
bp.add_app_template_global(queries.places_left, "places_left")

from app.gatherings.views import calendar, guests  # noqa: E402, F401  they add their routes
