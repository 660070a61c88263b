"""What has happened to a gathering: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class GatheringFact(Fact):
    gathering_id: int

    @property
    def key(self) -> str:
        return f"gathering:{self.gathering_id}:{self.topic.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class GatheringPublished(GatheringFact):
    topic: ClassVar[str] = "gathering.published"


@dataclass(frozen=True, kw_only=True)
class GatheringMoved(GatheringFact):
    topic: ClassVar[str] = "gathering.moved"
    move_id: int

    @property
    def key(self) -> str:
        return f"gathering:{self.gathering_id}:moved:{self.move_id}"


@dataclass(frozen=True, kw_only=True)
class GatheringCancelled(GatheringFact):
    topic: ClassVar[str] = "gathering.cancelled"
