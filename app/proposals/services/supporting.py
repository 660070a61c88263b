"""Wanting it too: one row of one's own, which the counting reads."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from app.access import Actor
from app.db import db
from app.proposals import policies
from app.proposals.lifecycle import Action
from app.proposals.models import Proposal, ProposalSupport


def support(proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    """The citizen wants it too; saying so again changes nothing. No row is shared with anybody."""
    policies.check(Action.SUPPORT, actor, proposal)
    statement = insert(ProposalSupport).values(proposal_id=proposal.id, account_id=actor.account_id, at=now)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[ProposalSupport.proposal_id, ProposalSupport.account_id],
            set_={"at": statement.excluded.at, "withdrawn_at": None},
            where=ProposalSupport.withdrawn_at.is_not(None),
        )
    )


def take_support_back(proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    """The citizen does not want it any more, as long as support can be given."""
    policies.check(Action.SUPPORT, actor, proposal)
    db.session.execute(
        update(ProposalSupport)
        .where(
            ProposalSupport.proposal_id == proposal.id,
            ProposalSupport.account_id == actor.account_id,
            ProposalSupport.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now, at=now)
    )
