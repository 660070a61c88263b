"""What the floors above add to the page of a draft: what public councils say of it."""

from app.consultations.models import DraftAct
from app.web.panels import Panels

draft_panels: Panels[DraftAct] = Panels("draft")
