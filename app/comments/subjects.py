"""What comments need to know of the things that are commented on: a draft act or a petition says it here.

Comments stand on a lower floor than their subjects, so a subject's package registers itself when its pages are made.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from app.access import Actor
from app.comments.models import Comment, Thread
from app.web.labels import Label


@dataclass(frozen=True, slots=True)
class Place:
    """A place that can be commented on: a clause in one language of one version, in words and as text."""

    key: str
    path: str
    label: str
    text: str
    language: str
    version: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a comment's place since it was written; `address` is where that can be seen."""

    label: Label
    address: str | None = None


# A clause by its key, in one version, in one language.
Spot = tuple[str, int, str]


@dataclass(frozen=True)
class Subject:
    """`title(thread)` in the reader's language; `address(thread, place)` is the page on which the comments of a
    place (a readable path; None for the whole) are read; `place(thread, path, language, version)` finds a place by
    its readable path or its key in the newest public version (or the one named), None if there is none. `may_know` says who may know of the thread.
    `places(thread, language)` are keys and labels in reading order, for the officers' sorting by clause.
    `places_at(thread, {(key, version)})` finds many places of published versions at once, each in all its languages.
    `fates(thread, comments)` says by the comment's id what became of its place, of those where something did.
    """

    title: Callable[[Thread], str]
    address: Callable[[Thread, str | None], str]
    may_know: Callable[[Actor, Thread], bool]
    place: Callable[[Thread, str, str, int | None], Place | None] = lambda *_: None
    places: Callable[[Thread, str], dict[str, str]] = lambda *_: {}
    places_at: Callable[[Thread, Collection[tuple[str, int]]], Mapping[Spot, Place]] = lambda *_: {}
    fates: Callable[[Thread, Sequence[Comment]], Mapping[int, Fate]] = lambda *_: {}


_subjects: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    _subjects[kind] = subject


def subject_of(thread: Thread) -> Subject:
    return _subjects[thread.subject_kind]
