"""What has happened in a council: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class ExaminationFact(Fact):
    examination_id: int

    @property
    def key(self) -> str:
        return f"examination:{self.examination_id}:{self.topic.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class CouncilNotified(ExaminationFact):
    topic: ClassVar[str] = "council.notified"


@dataclass(frozen=True, kw_only=True)
class RapporteurAssigned(ExaminationFact):
    topic: ClassVar[str] = "council.rapporteur_assigned"
    member_id: int

    @property
    def key(self) -> str:
        return f"examination:{self.examination_id}:rapporteur:{self.member_id}"


@dataclass(frozen=True, kw_only=True)
class TermEndsSoon(ExaminationFact):
    topic: ClassVar[str] = "council.term_ends_soon"


@dataclass(frozen=True, kw_only=True)
class ConsentBySilence(ExaminationFact):
    topic: ClassVar[str] = "council.consent_by_silence"


@dataclass(frozen=True, kw_only=True)
class SittingFact(Fact):
    sitting_id: int

    @property
    def key(self) -> str:
        return f"sitting:{self.sitting_id}:{self.topic.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class SittingCalled(SittingFact):
    topic: ClassVar[str] = "sitting.called"


@dataclass(frozen=True, kw_only=True)
class AgendaItemDropped(SittingFact):
    topic: ClassVar[str] = "sitting.item_dropped"
    item_id: int

    @property
    def key(self) -> str:
        return f"sitting:{self.sitting_id}:item_dropped:{self.item_id}"


@dataclass(frozen=True, kw_only=True)
class SittingClosed(SittingFact):
    topic: ClassVar[str] = "sitting.closed"


@dataclass(frozen=True, kw_only=True)
class MinutesAsked(SittingFact):
    """The files of the minutes are to be made, in the background; `attempt` grows with each addition."""

    topic: ClassVar[str] = "sitting.minutes_asked"
    attempt: int

    @property
    def key(self) -> str:
        return f"sitting:{self.sitting_id}:minutes:{self.attempt}"


@dataclass(frozen=True, kw_only=True)
class MinutesPublished(SittingFact):
    topic: ClassVar[str] = "sitting.minutes_published"


@dataclass(frozen=True, kw_only=True)
class RulingPublished(Fact):
    topic: ClassVar[str] = "ruling.published"
    ruling_id: int

    @property
    def key(self) -> str:
        return f"ruling:{self.ruling_id}:published"
