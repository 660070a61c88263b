"""Answers that people can do something with: each has reasons, and not of one word."""

from app.comments.errors import ReasonMissing

SHORTEST_REASON = 20


def require_reason(text: str, *, field: str) -> None:
    """ReasonMissing, naming the form's `field`, if `text` is shorter than SHORTEST_REASON characters."""
    if len(text) < SHORTEST_REASON:
        raise ReasonMissing(field=field, shortest=SHORTEST_REASON)
