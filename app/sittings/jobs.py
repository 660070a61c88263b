"""What runs for councils without a click: load, call a service."""

from app import clock
from app.consultations import queries as drafts
from app.consultations.events import DraftAnnounced, DraftWithdrawn
from app.sittings import queries
from app.sittings.events import MinutesAsked
from app.sittings.services import examining, minutes


def notify_councils(fact: DraftAnnounced) -> None:
    """A draft is on the platform: the councils concerned are notified, without asking."""
    draft = drafts.by_id(fact.draft_id)
    if draft is not None:
        examining.notify_concerned(draft, now=clock.now())


def drop_draft(fact: DraftWithdrawn) -> None:
    draft = drafts.by_id(fact.draft_id)
    if draft is not None:
        examining.draft_withdrawn(draft, reason=draft.withdrawal_reason or "", now=clock.now())


def make_minutes(fact: MinutesAsked) -> None:
    sitting = queries.by_id(fact.sitting_id)
    if sitting is not None:
        minutes.make(sitting, attempt=fact.attempt, now=clock.now())


def end_terms() -> None:
    """Terms that ended in silence."""
    examining.end_terms(now=clock.now())


def warn() -> None:
    """Terms that end soon."""
    examining.warn(now=clock.now())
