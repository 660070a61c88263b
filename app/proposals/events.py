"""What has happened to a proposal: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class ProposalFact(Fact):
    proposal_id: int

    @property
    def key(self) -> str:
        return f"proposal:{self.proposal_id}:{self.topic.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class ProposalMade(ProposalFact):
    """The addressee is told."""

    topic: ClassVar[str] = "proposal.made"


@dataclass(frozen=True, kw_only=True)
class ProposalTakenUp(ProposalFact):
    topic: ClassVar[str] = "proposal.taken_up"


@dataclass(frozen=True, kw_only=True)
class ProposalForwarded(ProposalFact):
    topic: ClassVar[str] = "proposal.forwarded"


@dataclass(frozen=True, kw_only=True)
class ProposalDeclined(ProposalFact):
    topic: ClassVar[str] = "proposal.declined"


@dataclass(frozen=True, kw_only=True)
class ProposalDone(ProposalFact):
    topic: ClassVar[str] = "proposal.done"


@dataclass(frozen=True, kw_only=True)
class ProposalHidden(ProposalFact):
    topic: ClassVar[str] = "proposal.hidden"


@dataclass(frozen=True, kw_only=True)
class ProposalOverdue(ProposalFact):
    """An addressee let its day pass; whoever it was forwarded to may let another one pass."""

    topic: ClassVar[str] = "proposal.overdue"
    duty_id: int

    @property
    def key(self) -> str:
        return f"proposal:{self.proposal_id}:overdue:{self.duty_id}"
