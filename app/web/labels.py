"""What packages say of their states in words: the word, and the tone of the status macro."""

from dataclasses import dataclass

from flask_babel import LazyString


@dataclass(frozen=True, slots=True)
class Label:
    """A word and the tone of the status macro: quiet, open, good, soon or late."""

    text: LazyString
    tone: str

    def __str__(self) -> str:
        return str(self.text)
