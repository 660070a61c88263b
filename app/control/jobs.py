"""What runs for public control without a click: load, call a service."""

from app import clock
from app.control.services import concluding, counting


def chase() -> None:
    """Says in public, once, that a final document is overdue."""
    concluding.announce_overdue(now=clock.now())


def count() -> None:
    """Adds up how many want which question asked."""
    counting.run(clock.now())


def count_all() -> None:
    counting.run_over_all()
