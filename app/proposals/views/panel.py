"""What the page of a council says of its proposals."""

from app import clock
from app.councils.models import Council
from app.councils.panels import council_panels
from app.proposals.queries import listing
from app.web.panels import Panel

MOST_SHOWN = 3


def of_council(council: Council) -> Panel:
    """The most supported ones that wait or were taken up, and the way to propose."""
    found = listing.most_supported(council=council, limit=MOST_SHOWN)
    return Panel("proposals/panel.html", {"proposals": listing.shown(found, now=clock.now())})


council_panels.register(of_council, order=60)
