"""What runs for draft acts without a click: load, call a service."""

from app import clock
from app.consultations import queries
from app.consultations.events import ComparisonAsked, VersionPublished
from app.consultations.services import announcing, attitudes, carrying, comparing


def compare(fact: ComparisonAsked) -> None:
    version = queries.version_by_id(fact.version_id)
    if version is not None:
        comparing.compare(version, attempt=fact.attempt)


def carry(fact: VersionPublished) -> None:
    version = queries.version_by_id(fact.version_id)
    if version is not None:
        carrying.carry(version, now=clock.now())


def open_and_close() -> None:
    """Discussions whose first day came, or whose last day is over."""
    announcing.open_and_close(now=clock.now())


def count_attitudes() -> None:
    attitudes.count(now=clock.now())
