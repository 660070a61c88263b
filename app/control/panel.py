"""What public control tells the floors below: where its acts stand, and what a council's page shows of them."""

from flask import url_for

from app.control import queries
from app.control.services.preparing import KINDS
from app.councils import policies
from app.councils.models import Council
from app.councils.panels import council_panels
from app.gatherings import labels as gathering_labels
from app.gatherings import places
from app.gatherings.models import Gathering
from app.web.guards import current_actor
from app.web.panels import Panel

ORDER = 40
SHOWN = 5


def register() -> None:
    for kind in KINDS.values():
        places.register(kind, address=_address, label=gathering_labels.KINDS[kind])
    council_panels.register(_panel, order=ORDER)


def _address(gathering: Gathering) -> str:
    return url_for("control.show", number=gathering.number)


def _panel(council: Council) -> Panel | None:
    actor = current_actor()
    leads = policies.is_secretary(actor, council) or policies.is_chair(actor, council)
    acts = queries.of_council(council, with_prepared=leads, limit=SHOWN + 1)
    if not acts and not leads:
        return None
    return Panel(
        "control/panel.html", {"acts": acts[:SHOWN], "has_more": len(acts) > SHOWN, "may_begin": leads}
    )
