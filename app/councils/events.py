"""What has happened to a council: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class CompetitionFact(Fact):
    competition_id: int

    @property
    def key(self) -> str:
        return f"competition:{self.competition_id}:{self.topic.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class CompetitionAnnounced(CompetitionFact):
    topic: ClassVar[str] = "council.competition.announced"


@dataclass(frozen=True, kw_only=True)
class CompetitionDecided(CompetitionFact):
    topic: ClassVar[str] = "council.competition.decided"


@dataclass(frozen=True, kw_only=True)
class CompetitionCancelled(CompetitionFact):
    topic: ClassVar[str] = "council.competition.cancelled"


@dataclass(frozen=True, kw_only=True)
class CompositionApproved(CompetitionFact):
    topic: ClassVar[str] = "council.competition.approved"


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Fact):
    topic: ClassVar[str] = "council.member_removed"
    member_id: int

    @property
    def key(self) -> str:
        return f"council_member:{self.member_id}:removed"
