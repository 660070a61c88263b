"""Reads of single proposals and of one person's."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Actor
from app.accounts.models import Account
from app.agencies import queries as agencies
from app.agencies.models import Agency
from app.councils import queries as councils
from app.councils.models import Council
from app.db import db
from app.duties.models import Duty
from app.proposals.lifecycle import State
from app.proposals.models import Proposal, ProposalStep, ProposalSupport
from app.text.normalize import folded

MOST_OWN = 100


def by_number(number: int) -> Proposal | None:
    return db.session.scalar(
        select(Proposal).where(Proposal.number == number).options(joinedload(Proposal.duty))
    )


def by_id(proposal_id: int) -> Proposal | None:
    return db.session.get(Proposal, proposal_id)


def same_words(author_id: int, *, title: str, text: str) -> Proposal | None:
    """The person's first proposal of the same title and text, whatever their capitals and gaps; one that was taken
    back or hidden may be put again in better words."""
    own = db.session.scalars(
        select(Proposal)
        .where(Proposal.author_id == author_id, Proposal.state.not_in([State.WITHDRAWN, State.HIDDEN]))
        .order_by(Proposal.id)
    )
    wanted = (folded(title), folded(text))
    return next((one for one in own if (folded(one.title), folded(one.text)) == wanted), None)


def duties_of(proposal: Proposal) -> Sequence[Duty]:
    """What its addressees owed and owe, the first one first: two, once it was forwarded."""
    return db.session.scalars(
        select(Duty)
        .where(Duty.subject_kind == "proposal", Duty.subject_number == proposal.number)
        .options(joinedload(Duty.council))
        .order_by(Duty.id)
    ).all()


def history_of(proposal: Proposal) -> Sequence[ProposalStep]:
    """What happened to it, oldest first, with the names of whoever had it."""
    return db.session.scalars(
        select(ProposalStep)
        .where(ProposalStep.proposal_id == proposal.id)
        .options(
            selectinload(ProposalStep.from_council),
            selectinload(ProposalStep.from_agency),
            selectinload(ProposalStep.to_council),
            selectinload(ProposalStep.to_agency),
        )
        .order_by(ProposalStep.id)
    ).all()


def supports_it(actor: Actor, proposal: Proposal) -> bool:
    """Whether this person said that they want it too."""
    if actor.account_id is None:
        return False
    given = select(ProposalSupport.id).where(
        ProposalSupport.proposal_id == proposal.id,
        ProposalSupport.account_id == actor.account_id,
        ProposalSupport.withdrawn_at.is_(None),
    )
    return db.session.scalar(given) is not None


def written_by(account_id: int) -> Sequence[Proposal]:
    """What the person proposed, the newest first."""
    return db.session.scalars(
        select(Proposal).where(Proposal.author_id == account_id).order_by(Proposal.id.desc()).limit(MOST_OWN)
    ).all()


def supported_by(account_id: int) -> Sequence[Proposal]:
    """What the person supports now, what they said last first."""
    return db.session.scalars(
        select(Proposal)
        .join(ProposalSupport, ProposalSupport.proposal_id == Proposal.id)
        .where(
            ProposalSupport.account_id == account_id,
            ProposalSupport.withdrawn_at.is_(None),
            Proposal.state != State.HIDDEN,
        )
        .order_by(ProposalSupport.at.desc(), ProposalSupport.id.desc())
        .limit(MOST_OWN)
    ).all()


def everything_about(account: Account) -> dict[str, list[dict[str, Any]]]:
    """What the person proposed and supports, as plain values for a file of their own."""
    written = db.session.scalars(
        select(Proposal).where(Proposal.author_id == account.id).order_by(Proposal.id)
    )
    given = db.session.execute(
        select(Proposal.number, Proposal.title, ProposalSupport.at, ProposalSupport.withdrawn_at)
        .join(ProposalSupport, ProposalSupport.proposal_id == Proposal.id)
        .where(ProposalSupport.account_id == account.id)
        .order_by(ProposalSupport.id)
    )
    return {
        "proposals": [
            {
                "number": one.number,
                "state": one.state.value,
                "title": one.title,
                "text": one.text,
                "shown_as": one.author_name,
                "created_at": one.created_at.isoformat(),
            }
            for one in written
        ],
        "supported_proposals": [
            {
                "number": number,
                "title": title,
                "at": at.isoformat(),
                "withdrawn_at": withdrawn_at.isoformat() if withdrawn_at else None,
            }
            for number, title, at, withdrawn_at in given
        ],
    }


def addressed(value: str) -> Council | Agency | None:
    """The council or body that `council:<slug>` or `body:<slug>` names, if it works."""
    kind, _, slug = value.partition(":")
    if kind not in ("council", "body") or not slug or "\0" in slug:
        return None
    found: Council | Agency | None = councils.by_slug(slug) if kind == "council" else agencies.by_slug(slug)
    return found if found is not None and found.is_active else None
