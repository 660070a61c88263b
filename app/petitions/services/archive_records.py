"""What a record of another platform says, in one shape. Pure; every value is a stranger's and is checked.

Two formats are known. `titles` and `texts` by language, the count with its exactness and the day of counting:
collections of petitions that newspapers and pages report. `title`, `background` and `signature_count` in one
language: the archives of the sites of the United Kingdom and of the White House.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.petitions.models import ReportedIs
from app.text.normalize import shown, shown_line

Record = Mapping[str, Any]

LONGEST_ID = 120
LONGEST_TITLE = 1_000
LARGEST_COUNT = 2**31 - 1
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|T)")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class RefusalReason(StrEnum):
    NOT_UTF8 = "not_utf8"
    TOO_LONG = "too_long"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_FORMAT = "unknown_format"
    NO_ID = "no_id"
    NO_PLATFORM = "no_platform"
    NO_TITLE = "no_title"
    WRONG_VALUE = "wrong_value"


class RecordRefused(ValueError):
    """The record cannot be taken: `reason`, and the `field` whose value is wrong."""

    def __init__(self, reason: RefusalReason, field: str = "") -> None:
        super().__init__(reason.value)
        self.reason, self.field = reason, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRecord:
    """One petition elsewhere, as its source reports it; the fields are those of `ArchivedPetition`.

    `note` keeps, a line each as `name: value`, what has no column of its own, so that nothing reported is lost.
    """

    platform: str
    external_id: str
    titles: dict[str, str]
    texts: dict[str, str]
    addressee: str = ""
    created_on: date | None = None
    signatures: int | None = None
    signatures_are: ReportedIs | None = None
    signatures_as_of: str = ""
    threshold: int | None = None
    reported_state: str = ""
    outcome: str = ""
    outcome_language: str = ""
    sources: list[dict[str, str]] = field(default_factory=list)
    licence: str = ""
    note: str = ""


def parse(record: Record) -> ArchiveRecord:
    """The record in our shape. RecordRefused if it is of neither format or holds something that cannot be kept."""
    if "titles" in record or "texts" in record:
        return _in_several_languages(record)
    if "title" in record or "background" in record:
        return _in_one_language(record)
    raise RecordRefused(RefusalReason.UNKNOWN_FORMAT)


def _in_several_languages(record: Record) -> ArchiveRecord:
    titles = _by_language(record, "titles", on_one_line=True)
    created_on, created_note = _date(record, "created")
    exactness, exactness_note = _exactness(record)
    outcome = _text(record, "outcome")
    return ArchiveRecord(
        **_named(record, titles),
        texts=_by_language(record, "texts"),
        addressee=_line(record, "addressee"),
        created_on=created_on,
        signatures=_count(record, "signatures"),
        signatures_are=exactness,
        signatures_as_of=_line(record, "signatures_as_of"),
        threshold=_count(record, "threshold"),
        reported_state=_line(record, "state"),
        outcome=outcome,
        outcome_language=_language_of(outcome),
        sources=_sources(record.get("sources")),
        licence=_line(record, "licence"),
        note=_note(
            *_said(record, "notes", "text_kind", "deadline", "votes_for", "votes_against", "truncated"),
            created_note,
            exactness_note,
            *_observations(record),
        ),
    )


def _in_one_language(record: Record) -> ArchiveRecord:
    title = _line(record, "title")
    language = _line(record, "lang") or _language_of(title)
    if not _LANGUAGE.fullmatch(language):
        raise RecordRefused(RefusalReason.WRONG_VALUE, "lang")
    text = "\n\n".join(filter(None, (_text(record, "background"), _text(record, "additional_details"))))
    created_on, created_note = _date(record, "created")
    count = _count(record, "signature_count")
    outcome = _reaction(record)
    return ArchiveRecord(
        **_named(record, {language: title} if title else {}),
        texts={language: text} if text else {},
        created_on=created_on,
        signatures=count,
        # The site's own archive counts; nobody rounded.
        signatures_are=None if count is None else ReportedIs.EXACT,
        signatures_as_of=_line(record, "signatures_as_of"),
        threshold=_count(record, "threshold"),
        reported_state=_line(record, "state"),
        outcome=outcome,
        outcome_language=language if outcome else "",
        sources=_sources([record.get("source")]),
        licence=_line(record, "licence"),
        note=_note(
            *_said(record, "notes", "action_prefix", "opened", "closed", "debate_threshold"),
            *_said(record, "encoding_damage", "truncated"),
            created_note,
        ),
    )


def _named(record: Record, titles: dict[str, str]) -> dict[str, Any]:
    external_id, platform = _identifier(record), _line(record, "platform")
    if not external_id:
        raise RecordRefused(RefusalReason.NO_ID)
    if not platform:
        raise RecordRefused(RefusalReason.NO_PLATFORM)
    if not titles:
        raise RecordRefused(RefusalReason.NO_TITLE)
    for name, value in (("id", external_id), ("platform", platform)):
        if len(value) > LONGEST_ID:
            raise RecordRefused(RefusalReason.WRONG_VALUE, name)
    if any(len(title) > LONGEST_TITLE for title in titles.values()):
        raise RecordRefused(RefusalReason.WRONG_VALUE, "title")
    return {"external_id": external_id, "platform": platform, "titles": titles}


def _identifier(record: Record) -> str:
    value = record.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _line(record, "id")


def _text(record: Record, name: str) -> str:
    """The text under `name` without hidden characters; "" where there is none."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordRefused(RefusalReason.WRONG_VALUE, name)
    return shown(value)


def _line(record: Record, name: str) -> str:
    return shown_line(_text(record, name))


def _by_language(record: Record, name: str, *, on_one_line: bool = False) -> dict[str, str]:
    texts = record.get(name) or {}
    if not isinstance(texts, dict) or not all(_LANGUAGE.fullmatch(language) for language in texts):
        raise RecordRefused(RefusalReason.WRONG_VALUE, name)
    kept = {language: _line(texts, language) if on_one_line else _text(texts, language) for language in texts}
    return {language: text for language, text in kept.items() if text}


def _count(record: Record, name: str) -> int | None:
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
        raise RecordRefused(RefusalReason.WRONG_VALUE, name)
    return value


def _date(record: Record, name: str) -> tuple[date | None, str]:
    """The day under `name`; where the source knows only a month or a year, no day and a line for the note."""
    value = _line(record, name)
    if found := _FULL_DATE.match(value):
        try:
            return date.fromisoformat(found[0]), ""
        except ValueError as error:
            raise RecordRefused(RefusalReason.WRONG_VALUE, name) from error
    return None, f"{name}: {value}" if value else ""


def _exactness(record: Record) -> tuple[ReportedIs | None, str]:
    """How exact the count is; "about, two days" is "about", and the whole of it goes to the note."""
    value = _line(record, "signatures_is")
    first = value.split(",")[0].strip()
    known = ReportedIs(first) if first in set(ReportedIs) else None
    return known, "" if known == value or not value else f"signatures_is: {value}"


def _observations(record: Record) -> list[str]:
    """Counts that the source read on several days, a line each."""
    read = record.get("observations") or []
    if not isinstance(read, list) or not all(isinstance(one, dict) for one in read):
        raise RecordRefused(RefusalReason.WRONG_VALUE, "observations")
    return [
        f"{_line(one, 'as_of')}: {_count(one, 'count')} ({_line(one, 'is')})"
        for one in read
        if one.get("count") is not None
    ]


def _reaction(record: Record) -> str:
    """What the addressee or the site did: the answer, the debate, the reason of a rejection."""
    response, rejection = _part(record, "government_response"), _part(record, "rejection")
    answer = "\n\n".join(filter(None, (_text(response, "summary"), _text(response, "details"))))
    answered_on = _line(response, "responded_on")
    refused = _text(rejection, "text") or _line(rejection, "code")
    parts = (f"{answered_on}\n{answer}".strip(), _text(record, "debate"), refused)
    return "\n\n".join(part for part in parts if part)


def _part(record: Record, name: str) -> Record:
    value = record.get(name) or {}
    if not isinstance(value, dict):
        raise RecordRefused(RefusalReason.WRONG_VALUE, name)
    return value


def _sources(values: Any) -> list[dict[str, str]]:
    """Where it was read. Only http and https make a link: an address of another kind is kept as plain text."""
    if values is None:
        return []
    if not isinstance(values, list):
        raise RecordRefused(RefusalReason.WRONG_VALUE, "sources")
    sources = [_source(value) for value in values if value]
    return [source for source in sources if source]


def _source(value: Any) -> dict[str, str]:
    if not isinstance(value, str | dict):
        raise RecordRefused(RefusalReason.WRONG_VALUE, "sources")
    parts = {"url": value} if isinstance(value, str) else value
    source = {name: _line(parts, name) for name in ("url", "title", "date", "text") if parts.get(name)}
    if "url" in source and not source["url"].lower().startswith(("http://", "https://")):
        source["text"] = source.pop("url")
    return source


def _said(record: Record, *names: str) -> list[str]:
    """Lines for the note: values under `names` that say something, in the record's own words."""
    lines = []
    for name in names:
        value = record.get(name)
        if value is None or value is False or value == "":
            continue
        if not isinstance(value, str | int):
            raise RecordRefused(RefusalReason.WRONG_VALUE, name)
        said = "yes" if value is True else shown(str(value))
        lines.append(said if name == "notes" else f"{name}: {said}")
    return lines


def _note(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _language_of(text: str) -> str:
    """A guess by letters, for the `lang` attribute of a text whose record does not say it; "" for no text."""
    if not text:
        return ""
    letters = set(text.lower())
    if letters & set("әғқңөұүһі"):
        return "kk"
    return "ru" if any("а" <= letter <= "я" for letter in letters) else "en"
