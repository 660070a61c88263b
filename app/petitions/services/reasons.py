"""Reasons that people can do something with: every refusal, delay and ending has one, and not of one word."""

from app.comments.services.reasons import SHORTEST_REASON
from app.petitions.errors import ReasonMissing

__all__ = ["SHORTEST_REASON", "require_reason"]


def require_reason(text: str, *, field: str) -> None:
    """ReasonMissing, naming the form's `field`, if `text` is shorter than SHORTEST_REASON characters."""
    if len(text) < SHORTEST_REASON:
        raise ReasonMissing(field=field, shortest=SHORTEST_REASON)
