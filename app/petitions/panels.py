"""What the floors above add to the page of a petition: what public councils say of it."""

from app.petitions.models import Petition
from app.web.panels import Panels

petition_panels: Panels[Petition] = Panels("petition")
