"""Answers that people can do something with: each has reasons, and not of one word."""

from app.comments.errors import TextMissing

SHORTEST_REASON = 20


def require_reason(text: str, *, field: str) -> None:
    """TextMissing, naming the form's `field`, if `text` is shorter than SHORTEST_REASON characters."""
    if len(text) < SHORTEST_REASON:
        raise TextMissing(field=field, shortest=SHORTEST_REASON)
