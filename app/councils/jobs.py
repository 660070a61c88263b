"""What runs for councils without a click: load, call a service."""

from app import clock
from app.councils.services import forming


def close_applications() -> None:
    """Competitions whose last day for applications is over."""
    forming.close_due(now=clock.now())
