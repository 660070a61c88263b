"""What the floors above add to a council's page: figures 10, sittings 20, rulings 30, control 40, proposals 60; a
competition that runs stands before them (5). Each template begins with an `h2` in a `section` of class `uq-part`."""

from app.councils.models import Council
from app.web.panels import Panels

council_panels: Panels[Council] = Panels("council")
