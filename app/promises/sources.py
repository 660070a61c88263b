"""What promises need to know of the texts they are made in: an answer, a decision, a ruling says it here.

Promises stand on a lower floor than their sources, so a source's package registers itself when its pages are made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import has_request_context, url_for

from app.access import Actor


@dataclass(frozen=True, slots=True)
class SourceText:
    """The published text a promise is found in. `subject_kind` and `subject_number` are what it is about (draft,
    petition …), `text` by language is what the quoted sentence must stand in, `may_enter` whether this actor may
    enter a promise from it. `what` and `due_on` are what is known already, to fill the form with."""

    title: str
    address: str
    agency_id: int
    texts: dict[str, str]
    subject_kind: str | None = None
    subject_number: int | None = None
    council_id: int | None = None
    may_enter: bool = False
    what: str = ""
    due_on: str = ""


# `find(number, actor)` is the published source of that number, None if there is none.
Find = Callable[[int, Actor], SourceText | None]

_sources: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    _sources[kind] = find


def address_of(endpoint: str, **values: Any) -> str:
    """The address of a source's page; empty where no page is drawn, because commands and jobs read sources too."""
    return url_for(endpoint, **values) if has_request_context() else ""


def source(kind: str, number: int, actor: Actor) -> SourceText | None:
    """The published text of that kind and number; None if there is no such kind or text."""
    find = _sources.get(kind)
    return find(number, actor) if find else None
