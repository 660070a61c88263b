"""Turning facts into letters, and letters into mail."""

from app import clock
from app.notifications.events import MailWaiting
from app.notifications.services import announcing, sending
from app.outbox import Fact


def announce(fact: Fact) -> None:
    """Writes one delivery per recipient of every announcement of this fact."""
    announcing.announce(fact, now=clock.now())


def send_soon(_: MailWaiting) -> None:
    """Letters were just written: sends them without waiting for the clock."""
    sending.send_waiting()


def send_waiting() -> None:
    """Sends the deliveries that are due: those put off, and those whose sender died."""
    sending.send_waiting()
