"""Proposals with everything that the open data says of them; nobody who proposed or supports one is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import clock
from app.db import db, transaction
from app.duties.models import Duty
from app.proposals import queries
from app.proposals.lifecycle import PUBLIC_STATES
from app.proposals.models import Proposal, ProposalStep
from app.proposals.queries.listing import Listed, shown

BATCH = 500
COLUMNS = (
    "number",
    "state",
    "created_at",
    "council",
    "body",
    "topic",
    "region",
    "language",
    "title",
    "text",
    "supports",
    "due_on",
    "clock",
    "answered_at",
    "answer",
    "result",
    "result_link",
)


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A public proposal with the clock that everybody watches."""

    proposal: Proposal
    due_on: date | None
    clock: str | None
    duties: Sequence[Duty] = ()
    steps: Sequence[ProposalStep] = ()


def of_list(rows: Sequence[Listed]) -> list[OpenProposal]:
    return [_open(row) for row in rows]


def of_one(proposal: Proposal, *, now: datetime) -> OpenProposal:
    """The proposal with what its addressees owed, and its history as well."""
    [row] = shown([proposal], now=now)
    return _open(row, duties=queries.duties_of(proposal), steps=queries.history_of(proposal))


def _open(row: Listed, **more: Any) -> OpenProposal:
    return OpenProposal(
        proposal=row.proposal,
        due_on=row.clock.last_day if row.clock else None,
        clock=row.clock.state.value if row.clock else None,
        **more,
    )


def count() -> int:
    """How many rows the table has."""
    query = select(func.count()).select_from(Proposal).where(Proposal.state.in_(PUBLIC_STATES))
    return db.session.scalar(query) or 0


def table() -> Iterator[Sequence[Any]]:
    """Every public proposal, the first one first. A batch is a transaction of its own, so that no slow reader keeps
    one open."""
    last = 0
    while True:
        with transaction(read_only=True):
            batch = db.session.scalars(
                select(Proposal)
                .where(Proposal.id > last, Proposal.state.in_(PUBLIC_STATES))
                .options(joinedload(Proposal.duty))
                .order_by(Proposal.id)
                .limit(BATCH)
            ).all()
            rows = [_row(one) for one in of_list(shown(batch, now=clock.now()))]
            last = batch[-1].id if batch else last
        yield from rows
        if len(rows) < BATCH:
            return


def _row(one: OpenProposal) -> Sequence[Any]:
    proposal = one.proposal
    return (
        proposal.number,
        proposal.state.value,
        proposal.created_at,
        proposal.council.slug if proposal.council else "",
        proposal.agency.slug if proposal.agency else "",
        proposal.topic,
        proposal.region_code or "",
        proposal.language,
        proposal.title,
        proposal.text,
        proposal.supports,
        one.due_on.isoformat() if one.due_on else "",
        one.clock or "",
        proposal.answered_at or "",
        proposal.answer or "",
        proposal.result or "",
        proposal.result_link or "",
    )
