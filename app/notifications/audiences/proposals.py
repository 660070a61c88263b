"""Who made a proposal, and who has to say what is done with it."""

from typing import Any

from sqlalchemy import or_, select

from app.accounts.models import Account
from app.duties.models import Duty
from app.notifications.audiences.councils import speaks_for
from app.notifications.audiences.rows import Recipients, accounts
from app.notifications.audiences.staff import at_work, works_in
from app.notifications.audiences.subjects import one, proposal_of
from app.proposals.events import ProposalFact
from app.proposals.models import Proposal


def author(fact: Any) -> Recipients:
    """Of the proposal, or of the one that was ruled on."""
    return accounts(Account.id == one(select(Proposal.author_id).where(Proposal.id == proposal_of(fact))))


def addressee(fact: ProposalFact) -> Recipients:
    """Chair and secretary of the council that owes the answer now, or officers and heads of the body."""
    council, body = (
        one(select(owes).join(Proposal, Proposal.duty_id == Duty.id).where(Proposal.id == fact.proposal_id))
        for owes in (Duty.council_id, Duty.agency_id)
    )
    return accounts(or_(speaks_for(council), works_in(at_work(body))))
