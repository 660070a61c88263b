"""Turning facts into mail."""

from app.outbox import Fact


def announce(fact: Fact) -> None:
    """Writes one delivery per recipient of every announcement of this fact."""


def send_waiting() -> None:
    """Sends the deliveries that are due."""
