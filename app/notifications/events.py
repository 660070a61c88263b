"""What has happened to mail: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class MailWaiting(Fact):
    """Deliveries about the fact `fact_key` were written and wait to be sent."""

    topic: ClassVar[str] = "mail.waiting"
    fact_key: str

    @property
    def key(self) -> str:
        return f"mail:{self.fact_key}"
