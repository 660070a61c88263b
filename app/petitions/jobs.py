"""What runs for petitions without a click: load, call a service."""

from flask import current_app

from app import clock
from app.petitions import queries
from app.petitions.events import PetitionPublished, ThresholdReached
from app.petitions.services import closing, counting, forwarding, proving


def sequence() -> int:
    """Counts what was signed since the last time."""
    return counting.run(batch=current_app.config["SEQUENCER_BATCH"], now=clock.now())


def hand_over(fact: ThresholdReached) -> None:
    """Carries a supported petition to its addressee. Doing it twice forwards it once."""
    petition = queries.by_id(fact.petition_id)
    if petition is not None:
        forwarding.forward(petition, now=clock.now())


def look_again_at_threshold(fact: PetitionPublished) -> None:
    """A petition may be published with its threshold already full."""
    counting.see_published([fact.petition_id], now=clock.now())


def end_terms() -> None:
    closing.end_terms(now=clock.now())


def chase() -> None:
    """Reminders and escalations of what the addressees owe."""
    forwarding.chase_registrations(now=clock.now())
    closing.announce_overdue_reviews(now=clock.now())


def prove_counts() -> None:
    proving.prove(now=clock.now())
