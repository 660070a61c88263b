"""What the demo country is made of: people, petitions and answers, as the files in `app/dev/data` tell them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.petitions.lifecycle import State
from app.petitions.models import AnswerKind, Outcome

DATA = Path(__file__).resolve().parent.parent / "data"
PETITION_FILES = ("petitions_kk.toml", "petitions_ru.toml", "petitions_en.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How far a petition has come by the day of seeding, and when.

    `submitted` and `published` are calendar days ago; `registered`, `decided`, `returned` and `answered` working days
    ago; `closes_in` calendar days ahead. `share` is the part of the threshold that has signed, `more` how many came
    after the threshold. `spikes` are pairs of place in the time of collecting (0 to 1) and strength.
    """

    ends: State
    submitted: int | None = None
    published: int | None = None
    closes_in: int | None = None
    gathered_in: int = 70
    supporters: int = 50
    is_checked: bool = False
    support_last: bool = False
    share: float = 0.0
    is_one_short: bool = False
    more: int = 0
    spikes: tuple[tuple[float, float], ...] = ()
    at_home: float | None = None
    signed_by: tuple[str, ...] = ()
    followers: int = 0
    forwarded: int | None = None
    registered: int | None = None
    steps: tuple[str, ...] | None = None
    extended_by: int | None = None
    decided: int | None = None
    returned: int | None = None
    answered: int | None = None
    raters: int = 0
    burst: int = 0
    ground: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One petition: what it says and what becomes of it. Titles stand in one language or more."""

    key: str
    language: str
    author: str
    region: str
    addressee: str
    topic: str
    titles: Mapping[str, str]
    demands: tuple[str, ...]
    arguments: str
    life: Life


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    kind: AnswerKind | None
    text: str
    responsible: str = ""
    in_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionText:
    """The decision on the petition `key`; `statement` is what the first head said about it."""

    key: str
    language: str
    outcome: Outcome
    signed_by: str
    parts: Mapping[str, str]
    answers: tuple[AnswerText, ...]
    statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepText:
    """What an officer writes about a step of the review, in one language."""

    note: str
    place: str = ""


@cache
def stories() -> tuple[Story, ...]:
    """Every petition of the country, in the order of the files."""
    return tuple(_story(row) for name in PETITION_FILES for row in _read(name)["petition"])


@cache
def decisions() -> Mapping[str, DecisionText]:
    return {row["key"]: _decision(row) for row in _read("decisions.toml")["decision"]}


@cache
def step_texts() -> Mapping[str, Mapping[str, StepText]]:
    """By the step's id, then by language."""
    return {
        step: {language: StepText(**words) for language, words in by_language.items()}
        for step, by_language in _read("steps.toml").items()
    }


def people() -> dict[str, Sequence[dict[str, Any]]]:
    """The rows of `people.toml`, as `seed.people` reads them."""
    return _read("people.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


def _story(row: dict[str, Any]) -> Story:
    life = {name: _frozen(value) for name, value in row["life"].items()}
    return Story(
        **{
            **row,
            "titles": row["titles"],
            "demands": tuple(row["demands"]),
            "arguments": row["arguments"].strip(),
            "life": Life(**{**life, "ends": State(life["ends"])}),
        }
    )


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


def _decision(row: dict[str, Any]) -> DecisionText:
    answers = tuple(_answer(answer) for answer in row["answers"])
    return DecisionText(**{**row, "outcome": Outcome(row["outcome"]), "answers": answers})


def _answer(row: dict[str, Any]) -> AnswerText:
    # Without a kind in a draft that is not finished.
    return AnswerText(**{**row, "kind": AnswerKind(row["kind"]) if "kind" in row else None})
