"""What runs for proposals without a click."""

from app import clock
from app.proposals.services import answering, counting


def count() -> None:
    """Writes how many support what was supported lately."""
    counting.run(clock.now())


def count_all() -> None:
    counting.run_over_all()


def chase() -> None:
    """Says in public, once per addressee, that an answer is overdue."""
    answering.announce_overdue(now=clock.now())
