"""A letter as its row has it, and what its parts are called, whatever it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app

from app.i18n import current_language

# Of somebody's words that are quoted to recognise them by.
LONGEST_QUOTE = 120


class Unwanted(Exception):
    """The reader stopped these letters after this one was written, or what it tells is no longer so."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a delivery's row says about the letter to be made of it."""

    key: str
    template: str
    email: str
    language: str
    follow_id: int | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Particular:
    """One line below a letter: what it is about. `language` is that of `value` where it is a text of people's."""

    name: str
    value: str
    language: str | None = None


def address(endpoint: str, **values: Any) -> str:
    """The whole address of a page in the reader's language; a worker has no request to take it from."""
    routes = current_app.url_map.bind("localhost")
    path = routes.build(endpoint, {"lang": current_language(), **values})
    return f"{current_app.config['PUBLIC_URL']}{path}"


def quoted(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The beginning of `text` in one line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]} …"
