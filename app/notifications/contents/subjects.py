"""What a ruling, recommendations or a promise are about: the lines below a letter that name it."""

from app.consultations import queries as drafts
from app.consultations.lifecycle import PUBLIC_STATES as PUBLIC_DRAFTS
from app.i18n import _
from app.notifications.contents.drafts import about as about_draft
from app.notifications.contents.petitions import about as about_petition
from app.notifications.letters import Particular
from app.petitions import queries as petitions
from app.proposals import queries as proposals
from app.proposals.lifecycle import State as ProposalState
from app.proposals.models import Proposal


def named(kind: str | None, number: int | None) -> list[Particular]:
    """The thing of that kind and number; nothing of what is not, or no longer, in free access."""
    if kind is None or number is None:
        return []
    if kind == "draft":
        draft = drafts.by_number(number)
        return about_draft(draft)["particulars"] if draft and draft.state in PUBLIC_DRAFTS else []
    if kind == "petition":
        petition = petitions.by_number(number)
        return about_petition(petition)["particulars"] if petition else []
    if kind == "proposal":
        proposal = proposals.by_number(number)
        return of_proposal(proposal) if proposal else []
    return []


def of_proposal(proposal: Proposal) -> list[Particular]:
    number = Particular(_("Number"), str(proposal.number))
    if proposal.state is ProposalState.HIDDEN:
        return [number]
    return [Particular(_("Proposal"), proposal.title, proposal.language), number]
