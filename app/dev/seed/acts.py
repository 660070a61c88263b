"""The draft acts of the demo country and what is said about them, as the files in `app/dev/data` tell them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.comments.lifecycle import AnswerKind
from app.comments.models import AuthorKind
from app.consultations.lifecycle import State
from app.dev.seed.texts import DATA

LANGUAGES = ("kk", "ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLife:
    """How far a draft act has come by the day of seeding, and when.

    Everything is in working days ago, but for `opens_in` (calendar days ahead) and `closes_in` (working days ahead);
    without `closed` and `closes_in` the discussion is as short as the rules let.
    """

    ends: State
    begun: int
    announced: int = 0
    opened: int | None = None
    opens_in: int | None = None
    closed: int | None = None
    closes_in: int | None = None
    reviewed: int | None = None
    revised: int | None = None
    answered: int | None = None
    reported: int | None = None
    adopted: int | None = None
    withdrawn: int | None = None
    ground: str = ""
    reason: str = ""
    link: str = ""
    adopted_title: str = ""
    likes: int = 0
    dislikes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    language: str
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What its author wrote instead, so many hours afterwards."""

    hours: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What a moderator said, and the author's appeal, which waits."""

    reason: str
    explanation: str
    appeal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One comment. `by` is a citizen of `people.toml` (somebody of the crowd without it), `on` the readable path of
    a clause, `at` its place in the time of the discussion (0 to 1), `agree` how many agree."""

    key: str
    language: str
    text: str
    at: float
    by: str = ""
    on: str = ""
    selected: str = ""
    proposed: str = ""
    author_kind: AuthorKind = AuthorKind.CITIZEN
    organisation: str = ""
    agree: int = 0
    replies: tuple[Reply, ...] = ()
    edited: Later | None = None
    hidden: Hidden | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """So many letters of one text; each of `changed` is a sentence that one of the senders added."""

    key: str
    language: str
    on: str
    letters: int
    at: tuple[float, float]
    text: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The body's answer to the comment or the campaign `to`; `state` is how far it has come, `changed` the clause
    of the newest version that the comment changed, `reason` why the head sent it back."""

    to: str
    kind: AnswerKind
    language: str
    text: str
    changed: str = ""
    state: str = "published"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The second version, and what it changes, in words."""

    changes: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One draft act; texts by language."""

    key: str
    agency: str
    language: str
    kind: str
    stage: str
    level: str
    topic: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    note: Mapping[str, str]
    life: DraftLife
    region: str | None = None
    affects: tuple[str, ...] = ()
    is_emergency: bool = False
    # None of a draft that is not discussed.
    text: Mapping[str, str] | None = None
    second: Revision | None = None
    # Rows of the comparative table: column, then language.
    table: Sequence[Mapping[str, Mapping[str, str]]] = ()
    comments: tuple[Line, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    answers: tuple[Reaction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What is said about the petition of that key."""

    petition: str
    comments: tuple[Line, ...]


@cache
def all_acts() -> tuple[Act, ...]:
    """Every draft act of the country, a file each."""
    files = sorted((DATA / "drafts").glob("*.toml"))
    return tuple(_act(tomllib.loads(file.read_text("utf-8"))) for file in files)


@cache
def talks() -> tuple[Talk, ...]:
    return tuple(
        Talk(petition=row["petition"], comments=tuple(map(_line, row["comments"])))
        for row in _voices()["talk"]
    )


def names() -> Mapping[str, Sequence[str]]:
    """Given names with an initial, by language."""
    return {language: _voices()[language] for language in LANGUAGES}


def birth_years() -> tuple[int, int]:
    first, last = _voices()["born"]
    return first, last


@cache
def _voices() -> dict[str, Any]:
    return tomllib.loads((DATA / "voices.toml").read_text("utf-8"))


def _act(row: dict[str, Any]) -> Act:
    return Act(
        **row
        | {
            "life": DraftLife(**row["life"] | {"ends": State(row["life"]["ends"])}),
            "affects": tuple(row["affects"]),
            "second": Revision(**row["second"]) if "second" in row else None,
            "comments": tuple(map(_line, row.get("comments", ()))),
            "campaigns": tuple(map(_campaign, row.get("campaigns", ()))),
            "answers": tuple(
                Reaction(**answer | {"kind": AnswerKind(answer["kind"])}) for answer in row.get("answers", ())
            ),
        }
    )


def _line(row: dict[str, Any]) -> Line:
    return Line(
        **row
        | {
            "author_kind": AuthorKind(row.get("author_kind", AuthorKind.CITIZEN)),
            "replies": tuple(Reply(**reply) for reply in row.get("replies", ())),
            "edited": Later(**row["edited"]) if "edited" in row else None,
            "hidden": Hidden(**row["hidden"]) if "hidden" in row else None,
        }
    )


def _campaign(row: dict[str, Any]) -> Campaign:
    start, end = row["at"]
    return Campaign(**row | {"at": (start, end), "changed": tuple(row.get("changed", ()))})
