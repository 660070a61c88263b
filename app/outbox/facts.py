"""What a package says has happened."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, in the past tense: ids and plain values, no personal data.

    `topic` names the kind; `key` is unique for this very happening, so that publishing it twice tells it once.
    """

    topic: ClassVar[str]

    @property
    def key(self) -> str:
        raise NotImplementedError(f"{type(self).__name__} has no key")

    def payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        return cls(**payload)
