"""What has happened to recommendations: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class RecommendationsFact(Fact):
    list_id: int

    @property
    def key(self) -> str:
        return f"recommendations:{self.list_id}:{self.topic.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class RecommendationsIssued(RecommendationsFact):
    """A job starts the duty of the body, which is told."""

    topic: ClassVar[str] = "recommendations.issued"
    # The name of the deadline in the rules, and the day from which it is counted.
    deadline: str
    issued_on: str


@dataclass(frozen=True, kw_only=True)
class RecommendationsReceived(RecommendationsFact):
    """The duty stands: the body is told what it owes and by when."""

    topic: ClassVar[str] = "recommendations.received"


@dataclass(frozen=True, kw_only=True)
class SignatureAsked(RecommendationsFact):
    topic: ClassVar[str] = "recommendations.signature_asked"
    attempt: str

    @property
    def key(self) -> str:
        return f"recommendations:{self.list_id}:signature:{self.attempt}"


@dataclass(frozen=True, kw_only=True)
class RecommendationsAnswered(RecommendationsFact):
    topic: ClassVar[str] = "recommendations.answered"


@dataclass(frozen=True, kw_only=True)
class RecommendationsOverdue(RecommendationsFact):
    topic: ClassVar[str] = "recommendations.overdue"
