"""What has happened to a promise: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class PromiseFact(Fact):
    promise_id: int

    @property
    def key(self) -> str:
        return f"promise:{self.promise_id}:{self.topic.rpartition('.')[2]}"


@dataclass(frozen=True, kw_only=True)
class PromiseEntered(PromiseFact):
    topic: ClassVar[str] = "promise.entered"


@dataclass(frozen=True, kw_only=True)
class PromisePutOff(PromiseFact):
    topic: ClassVar[str] = "promise.put_off"
    due_on: str

    @property
    def key(self) -> str:
        return f"promise:{self.promise_id}:put_off:{self.due_on}"


@dataclass(frozen=True, kw_only=True)
class PromiseDue(PromiseFact):
    """The day comes near; the body is reminded."""

    topic: ClassVar[str] = "promise.due"
    due_on: str

    @property
    def key(self) -> str:
        return f"promise:{self.promise_id}:due:{self.due_on}"


@dataclass(frozen=True, kw_only=True)
class PromiseLate(PromiseFact):
    topic: ClassVar[str] = "promise.late"
    due_on: str

    @property
    def key(self) -> str:
        return f"promise:{self.promise_id}:late:{self.due_on}"


@dataclass(frozen=True, kw_only=True)
class PromiseKept(PromiseFact):
    topic: ClassVar[str] = "promise.kept"


@dataclass(frozen=True, kw_only=True)
class PromiseDropped(PromiseFact):
    topic: ClassVar[str] = "promise.dropped"
