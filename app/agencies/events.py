"""What has happened to bodies: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class AgencySucceeded(Fact):
    """A body was dissolved or merged; a job hands its open duties over to the successor."""

    topic: ClassVar[str] = "agency.succeeded"
    old_id: int
    new_id: int

    @property
    def key(self) -> str:
        return f"agency:{self.old_id}:succeeded"
