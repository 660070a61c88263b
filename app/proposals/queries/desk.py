"""What waits for the people of councils and bodies, what most people want first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app import clock
from app.access import Actor
from app.councils import policies as council_policies
from app.councils.models import Council, OfficeKind
from app.councils.queries import concerned
from app.db import db
from app.duties.models import Duty
from app.duties.queries import IS_OPEN, LAST_DAY
from app.proposals.lifecycle import State
from app.proposals.models import Proposal
from app.proposals.queries.listing import Listed, shown

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Addressees:
    """For whom somebody answers today."""

    councils: Sequence[Council]
    agency_ids: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.councils or self.agency_ids)


def addressees_of(actor: Actor, *, today: date) -> Addressees:
    """The councils of which the actor is secretary or chair, and the bodies whose officer or head."""
    if actor.account_id is None:
        return Addressees((), frozenset())
    councils = [
        council
        for council in concerned.councils_of_account(actor.account_id, today)
        if council_policies.is_secretary(actor, council)
        or council_policies.holds(actor, council, OfficeKind.CHAIR)
    ]
    return Addressees(councils, actor.agency_ids)


def waiting(addressees: Addressees, *, now: datetime) -> Sequence[Listed]:
    """What is not answered yet, with clocks."""
    return shown(_of(addressees, {State.OPEN}), now=now)


def in_work(addressees: Addressees, *, now: datetime) -> Sequence[Listed]:
    """What was taken up: its result is still to be told."""
    return shown(_of(addressees, {State.TAKEN_UP}), now=now)


def for_council(council: Council, limit: int = 10, *, now: datetime | None = None) -> Sequence[Listed]:
    """What waits for this council's answer or was taken up, for its secretary's room."""
    found = _of(Addressees([council], frozenset()), {State.OPEN, State.TAKEN_UP}, limit=limit)
    return shown(found, now=now or clock.now())


def _of(addressees: Addressees, states: Iterable[State], *, limit: int = MOST_SHOWN) -> Sequence[Proposal]:
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.state.in_(list(states)), _addressed_to(addressees))
        .order_by(Proposal.supports.desc(), Proposal.id.desc())
        .limit(limit)
        .options(joinedload(Proposal.duty))
    ).all()


def _addressed_to(addressees: Addressees) -> ColumnElement[bool]:
    council_ids, agency_ids = [council.id for council in addressees.councils], list(addressees.agency_ids)
    # What a dissolved body owed, its successor owes.
    taken_over = select(Duty.id).where(Duty.agency_id.in_(agency_ids), IS_OPEN)
    return or_(
        Proposal.council_id.in_(council_ids),
        Proposal.agency_id.in_(agency_ids),
        Proposal.duty_id.in_(taken_over),
    )


def newly_overdue(*, today: date, limit: int = 500) -> Sequence[Proposal]:
    """Proposals whose answer is late and of which nobody was told yet, locked, skipping those another job is at."""
    return db.session.scalars(
        select(Proposal)
        .join(Proposal.duty)
        .options(contains_eager(Proposal.duty))
        .where(IS_OPEN, Duty.reminded_at.is_(None), today > LAST_DAY)
        .order_by(LAST_DAY, Duty.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Duty)
    ).all()
