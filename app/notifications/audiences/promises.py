"""Who has to keep a promise."""

from sqlalchemy import select

from app.notifications.audiences.rows import Recipients
from app.notifications.audiences.staff import at_work, of_agency
from app.notifications.audiences.subjects import one
from app.promises.events import PromiseFact
from app.promises.models import Promise


def promising_body(fact: PromiseFact) -> Recipients:
    """Officers and heads of the body that promised, or of the one that took over its work."""
    return of_agency(at_work(one(select(Promise.agency_id).where(Promise.id == fact.promise_id))))
