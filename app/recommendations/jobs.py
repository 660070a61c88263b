"""What runs for recommendations without a click: load, call a service."""

from datetime import date

from app import clock
from app.recommendations import queries
from app.recommendations.events import RecommendationsIssued
from app.recommendations.services import answering, listing


def start_duty(fact: RecommendationsIssued) -> None:
    """Carries an issued list to its body, which owes the answer from then on. Doing it twice starts one duty."""
    listed = queries.by_id(fact.list_id)
    if listed is not None:
        issued_on = date.fromisoformat(fact.issued_on)
        listing.start_duty(listed, deadline=fact.deadline, issued_on=issued_on, now=clock.now())


def chase() -> None:
    """Says in public, once, that an answer is overdue."""
    answering.announce_overdue(now=clock.now())
