"""What has happened to a petition: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class PetitionFact(Fact):
    """Once per petition and topic, unless a subclass says otherwise."""

    petition_id: int

    @property
    def key(self) -> str:
        return f"petition:{self.petition_id}:{self.topic.removeprefix('petition.')}"


@dataclass(frozen=True, kw_only=True)
class PetitionSubmitted(PetitionFact):
    topic: ClassVar[str] = "petition.submitted"


@dataclass(frozen=True, kw_only=True)
class FirstSupportReached(PetitionFact):
    topic: ClassVar[str] = "petition.first_support_reached"


@dataclass(frozen=True, kw_only=True)
class FirstSupportFailed(PetitionFact):
    topic: ClassVar[str] = "petition.first_support_failed"


@dataclass(frozen=True, kw_only=True)
class CheckPassed(PetitionFact):
    topic: ClassVar[str] = "petition.check_passed"


@dataclass(frozen=True, kw_only=True)
class PetitionRejected(PetitionFact):
    topic: ClassVar[str] = "petition.rejected"


@dataclass(frozen=True, kw_only=True)
class PetitionPublished(PetitionFact):
    topic: ClassVar[str] = "petition.published"


@dataclass(frozen=True, kw_only=True)
class PetitionWithdrawn(PetitionFact):
    topic: ClassVar[str] = "petition.withdrawn"


@dataclass(frozen=True, kw_only=True)
class ThresholdReached(PetitionFact):
    """The count came to the threshold at entry `log_index` of the log. It stays reached, whatever the count does."""

    topic: ClassVar[str] = "petition.threshold_reached"
    threshold: int
    log_index: int

    @property
    def key(self) -> str:
        return f"petition:{self.petition_id}:threshold:{self.threshold}"


@dataclass(frozen=True, kw_only=True)
class PetitionForwarded(PetitionFact):
    topic: ClassVar[str] = "petition.forwarded"


@dataclass(frozen=True, kw_only=True)
class RegistrationOverdue(PetitionFact):
    topic: ClassVar[str] = "petition.registration_overdue"


@dataclass(frozen=True, kw_only=True)
class RegistrationEscalated(PetitionFact):
    topic: ClassVar[str] = "petition.registration_escalated"


@dataclass(frozen=True, kw_only=True)
class PetitionRegistered(PetitionFact):
    topic: ClassVar[str] = "petition.registered"


@dataclass(frozen=True, kw_only=True)
class DiscussionAnnounced(PetitionFact):
    """The draft decision will be discussed in public; `step_id` is the announcement."""

    topic: ClassVar[str] = "petition.discussion_announced"
    step_id: int

    @property
    def key(self) -> str:
        return f"petition:{self.petition_id}:discussion:{self.step_id}"


@dataclass(frozen=True, kw_only=True)
class ReviewExtended(PetitionFact):
    topic: ClassVar[str] = "petition.review_extended"


@dataclass(frozen=True, kw_only=True)
class ReviewOverdue(PetitionFact):
    topic: ClassVar[str] = "petition.review_overdue"


@dataclass(frozen=True, kw_only=True)
class DecisionPublished(PetitionFact):
    topic: ClassVar[str] = "petition.decision_published"


@dataclass(frozen=True, kw_only=True)
class StatementMade(PetitionFact):
    topic: ClassVar[str] = "petition.statement_made"


@dataclass(frozen=True, kw_only=True)
class PetitionReturned(PetitionFact):
    """Six months are over and the threshold was not reached: back to the author, and on as a letter."""

    topic: ClassVar[str] = "petition.returned"


@dataclass(frozen=True, kw_only=True)
class LetterAnswered(PetitionFact):
    topic: ClassVar[str] = "petition.letter_answered"


@dataclass(frozen=True, kw_only=True)
class PetitionClosed(PetitionFact):
    topic: ClassVar[str] = "petition.closed"


@dataclass(frozen=True, kw_only=True)
class PetitionRemoved(PetitionFact):
    topic: ClassVar[str] = "petition.removed"


@dataclass(frozen=True, kw_only=True)
class CountDrifted(Fact):
    """The nightly proof `proof_id` found sums that disagree."""

    topic: ClassVar[str] = "petition.count_drifted"
    proof_id: int

    @property
    def key(self) -> str:
        return f"count_proof:{self.proof_id}"
