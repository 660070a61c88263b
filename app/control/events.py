"""What has happened to an act of public control: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class ControlFact(Fact):
    act_id: int

    @property
    def key(self) -> str:
        return f"control:{self.act_id}:{self.topic.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class ControlAnnounced(ControlFact):
    topic: ClassVar[str] = "control.announced"


@dataclass(frozen=True, kw_only=True)
class ControlConcluded(ControlFact):
    topic: ClassVar[str] = "control.concluded"


@dataclass(frozen=True, kw_only=True)
class ControlDocumentOverdue(ControlFact):
    topic: ClassVar[str] = "control.document_overdue"
