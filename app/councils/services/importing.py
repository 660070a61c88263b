"""Taking what councils published elsewhere into the archive: each record as it was, with its source."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import Actor
from app.audit import record as record_act
from app.councils.models import Council, CouncilRecord
from app.councils.services.placing import CannotPlace, Named, place
from app.db import db
from app.i18n import LANGUAGES
from app.territories.models import Territory
from app.territories.queries import region_codes
from app.text.json_lines import LineRefused, lines_of, object_of
from app.text.normalize import shown, shown_line

LONGEST_ID = 120
LONGEST_KIND = 40


class WrongValue(ValueError):
    """The value of `field` is missing, or not one that can be kept."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Refused:
    """Line `number` was not taken. `reason` is the id of a reason; `field` the wrong value, `record` the record's id,
    and the rest what it says of its council, as far as the line could be read."""

    number: int
    reason: str
    field: str = ""
    record: str = ""
    council: str = ""
    level: str = ""
    region: str = ""


@dataclass(slots=True)
class ImportReport:
    """How many lines were taken, known already, refused; empty lines count nowhere."""

    taken: int = 0
    known: int = 0
    refused: int = 0


def take(
    stream: BinaryIO, *, actor: Actor, now: datetime, on_refusal: Callable[[Refused], None]
) -> ImportReport:
    """Adds every record of `stream` (JSON, an object a line) that can be placed and is not there yet.

    Good lines are kept, bad ones are told to `on_refusal` as they come. What is known by its id stays as it is, so a
    second run adds nothing.
    """
    report = ImportReport()
    councils = _councils()
    for number, line in lines_of(stream):
        said: dict[str, Any] = {}
        try:
            said = object_of(line)
            is_new = _keep(said, councils, now=now)
        except (LineRefused, CannotPlace) as refusal:
            report.refused += 1
            on_refusal(_refused(number, refusal.reason.value, said))
        except WrongValue as refusal:
            report.refused += 1
            on_refusal(_refused(number, "wrong_value", said, field=refusal.field))
        else:
            report.taken += is_new
            report.known += not is_new
    if report.taken:
        record_act(actor, "import", subject="councils", now=now, **asdict(report))
    return report


def _councils() -> list[Council]:
    found = select(Council).options(joinedload(Council.territory).joinedload(Territory.parent))
    return list(db.session.scalars(found))


def _keep(said: dict[str, Any], councils: list[Council], *, now: datetime) -> bool:
    """Adds the record; False if it is there already."""
    source_id = _needed(said, "id", LONGEST_ID)
    if db.session.scalar(select(CouncilRecord.id).where(CouncilRecord.source_id == source_id)) is not None:
        return False
    named = Named(_line(said, "council"), _line(said, "level"), _line(said, "region"))
    council = place(named, councils, regions=region_codes())
    language = _needed(said, "lang", 2)
    if language not in LANGUAGES:
        raise WrongValue("lang")
    db.session.add(
        CouncilRecord(
            council_id=council.id,
            source_id=source_id,
            kind=_needed(said, "kind", LONGEST_KIND),
            language=language,
            parallel=_line(said, "parallel")[:LONGEST_ID] or None,
            held_on=_day(said, "date"),
            title=_needed(said, "title"),
            text=_text(said, "text"),
            agenda=_list(said, "agenda"),
            decisions=_list(said, "decisions"),
            figures=_figures(said),
            is_truncated=said.get("truncated") is True,
            source=_needed(said, "source"),
            licence=_needed(said, "licence"),
            notes=_notes(said),
            imported_at=now,
        )
    )
    db.session.flush()
    return True


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WrongValue(name)
    return shown(value)


def _line(said: dict[str, Any], name: str) -> str:
    return shown_line(_text(said, name))


def _needed(said: dict[str, Any], name: str, longest: int | None = None) -> str:
    value = _line(said, name)
    if not value or (longest is not None and len(value) > longest):
        raise WrongValue(name)
    return value


def _day(said: dict[str, Any], name: str) -> date | None:
    value = _line(said, name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise WrongValue(name) from error


def _list(said: dict[str, Any], name: str) -> list[str]:
    values = said.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise WrongValue(name)
    return [shown_line(value) for value in values if value.strip()]


def _figures(said: dict[str, Any]) -> dict[str, int | float | str]:
    """Numbers by name as the record gives them."""
    values = said.get("figures") or {}
    if not isinstance(values, dict) or not all(isinstance(v, int | float | str) for v in values.values()):
        raise WrongValue("figures")
    return {shown_line(str(name)): value for name, value in values.items()}


def _notes(said: dict[str, Any]) -> str:
    """The archive's own notes, and in a line each what has no column: nothing reported is lost."""
    kept = [_text(said, "notes")]
    kept += [f"{name}: {said[name]}" for name in ("members_count", "chair", "title_is") if said.get(name)]
    return shown("\n".join(filter(None, kept)))


def _refused(number: int, reason: str, said: dict[str, Any], *, field: str = "") -> Refused:
    def word(name: str) -> str:
        value = said.get(name)
        return shown_line(value)[:200] if isinstance(value, str) else ""

    return Refused(
        number=number,
        reason=reason,
        field=field,
        record=word("id"),
        council=word("council"),
        level=word("level"),
        region=word("region"),
    )
