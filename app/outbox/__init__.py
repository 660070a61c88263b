"""Facts that must have consequences: written with their cause, delivered at least once, done once."""

from app.outbox.facts import Fact
from app.outbox.services import publish

__all__ = ["Fact", "publish"]
