"""The law of this installation: its wordings, and the calendar made of the holidays package and the operator's table.

Read once per process. A restart takes up a changed file; a changed transfer takes effect with the next question,
because the calendar is cached by its transfers.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import holidays
from sqlalchemy.orm import Session, scoped_session

from app.errors import NotFound
from app.law import queries
from app.law.calendar import Calendar, DayKind, SpecialDay, Transfer, TransferKind
from app.law.consultation_loader import load_consultation_rules
from app.law.consultation_rules import ConsultationRules
from app.law.council_loader import load_council_rules
from app.law.council_rules import CouncilRules
from app.law.petition_loader import load_petition_rules
from app.law.rules import Mark, PetitionRules, Words
from app.law.tables import LawDataError, Table, read_toml
from app.law.wordings import Wording

W = TypeVar("W", bound=Wording)

COUNTRY = "kz"
DATA = Path(__file__).parent / "data" / COUNTRY

# As the holidays package writes them in English: "Eid al-Adha (estimated)", "Day off (substituted from 05/04/2024)".
TAGGED = re.compile(r"^(?P<name>.+?)(?: \((?P<tags>observed|estimated|observed, estimated)\))?$")
MOVED = re.compile(r"^Day off \(substituted from (?P<day>\d{2}/\d{2}/\d{4})\)$")


class NoRulesInForce(NotFound):
    """No wording that we know was in force on that day, or none has that id."""


@cache
def versions() -> tuple[PetitionRules, ...]:
    """All wordings of the petition rules, the oldest first."""
    return load_petition_rules(DATA / "petitions.toml")


def rules_in_force(on: date) -> PetitionRules:
    """The wording in force on that day. NoRulesInForce before the first one."""
    return _in_force(versions(), on)


def rules_version(version_id: str) -> PetitionRules:
    """The wording that a petition was filed under. NoRulesInForce if there is none of that id."""
    return _of_id(versions(), version_id)


@cache
def consultation_versions() -> tuple[ConsultationRules, ...]:
    """All wordings of the rules of consultation, the oldest first."""
    return load_consultation_rules(DATA / "consultations.toml")


def consultation_rules_in_force(on: date) -> ConsultationRules:
    """The wording in force on that day. NoRulesInForce before the first one."""
    return _in_force(consultation_versions(), on)


def consultation_rules_version(version_id: str) -> ConsultationRules:
    """The wording that a draft was published under. NoRulesInForce if there is none of that id."""
    return _of_id(consultation_versions(), version_id)


@cache
def council_versions() -> tuple[CouncilRules, ...]:
    """All wordings of the rules of public councils and public control, the oldest first."""
    return load_council_rules(DATA / "councils.toml")


def council_rules_in_force(on: date) -> CouncilRules:
    """The wording in force on that day. NoRulesInForce before the first one."""
    return _in_force(council_versions(), on)


def council_rules_version(version_id: str) -> CouncilRules:
    """The wording that a sitting or a ruling began under. NoRulesInForce if there is none of that id."""
    return _of_id(council_versions(), version_id)


def _in_force(wordings: tuple[W, ...], on: date) -> W:
    for rules in reversed(wordings):
        if rules.in_force_from <= on:
            return rules
    raise NoRulesInForce(on=on)


def _of_id(wordings: tuple[W, ...], version_id: str) -> W:
    for rules in wordings:
        if rules.id == version_id:
            return rules
    raise NoRulesInForce(version=version_id)


def office_closes_at() -> time:
    """The end of the working day: what a body receives later, it received on the next working day, art. 64(3)."""
    return _calendar_file().office_closes_at


def current_calendar(session: Session | scoped_session[Any] | None = None) -> Calendar:
    """The calendar with all transfers that the operator has entered and not revoked."""
    return calendar(queries.transfers_in_force(session))


def calendar(transfers: Iterable[Transfer] = ()) -> Calendar:
    """The calendar of the country with these transfers laid over it; the last one of a day wins."""
    return _calendar(tuple(transfers))


@lru_cache(maxsize=16)
def _calendar(transfers: tuple[Transfer, ...]) -> Calendar:
    file = _calendar_file()
    days_off, worked = dict(file.days_off), dict(file.worked)
    for transfer in transfers:
        is_off = transfer.kind is TransferKind.DAY_OFF
        kind = DayKind.OPERATOR if is_off else DayKind.WORKING_DAY
        here, there = (days_off, worked) if is_off else (worked, days_off)
        there.pop(transfer.day, None)
        here[transfer.day] = SpecialDay(kind=kind, name=transfer.reason, mark=Mark.LAW)
    return Calendar(
        first_day=file.first_day,
        last_day=file.last_day,
        weekend=file.weekend,
        days_off=MappingProxyType(days_off),
        working_days=MappingProxyType(worked),
    )


class _CalendarFile:
    """What `calendar.toml` and the holidays package say together."""

    def __init__(self, path: Path) -> None:
        file = read_toml(path)
        self.first_day = date(file.count("first_year"), 1, 1)
        self.last_day = date(file.count("last_year"), 12, 31)
        week, office = file.table("week"), file.table("office")
        self.weekend = frozenset(week.take("weekend", list))
        self.office_closes_at = office.take("closes_at", time)
        self.names = file.named("holiday", _holiday_name)
        self.wording = {
            key: file.table("wording").words(key) for key in ("substitute", "estimated", "moved", "worked")
        }
        for table in (week, office):
            table.sourced()
            table.done()
        file.asked.add("wording")
        file.done()
        self.by_name = dict(self.names.values())
        years = range(self.first_day.year, self.last_day.year + 1)
        source = holidays.country_holidays(COUNTRY.upper(), years=years, language="en_US")
        self.days_off = {day: self._special(source[day]) for day in sorted(source)}
        self.worked = {
            day: SpecialDay(DayKind.WORKING_DAY, self.wording["worked"], Mark.LAW)
            for day in sorted(source.weekend_workdays)
            if self.first_day <= day <= self.last_day
        }

    def _special(self, label: str) -> SpecialDay:
        """One day of the package; where two holidays meet, the surer one names the day."""
        meanings = [self._meaning(part) for part in label.split("; ")]
        return min(meanings, key=lambda special: special.mark is not Mark.LAW)

    def _meaning(self, label: str) -> SpecialDay:
        if moved := MOVED.match(label):
            day = datetime.strptime(moved["day"], "%m/%d/%Y").date()
            return SpecialDay(DayKind.TRANSFER, _fill(self.wording["moved"], f"{day:%d.%m.%Y}"), Mark.LAW)
        tagged = TAGGED.match(label)
        if tagged is None or tagged["name"] not in self.by_name:
            raise LawDataError(
                f"calendar.toml: the holidays package knows {label!r}, which the file does not name"
            )
        name, tags = self.by_name[tagged["name"]], tagged["tags"] or ""
        kind, mark = DayKind.HOLIDAY, Mark.LAW
        if "observed" in tags:
            kind, name = DayKind.SUBSTITUTE, _fill(self.wording["substitute"], name)
        if "estimated" in tags:
            mark, name = Mark.NOT_ESTABLISHED, _fill(self.wording["estimated"], name)
        return SpecialDay(kind, name, mark)


@cache
def _calendar_file() -> _CalendarFile:
    return _CalendarFile(DATA / "calendar.toml")


def _holiday_name(_: str, table: Table) -> tuple[str, Words]:
    return table.text("in_package"), table.words("name")


def _fill(pattern: Words, name: Words | str) -> Words:
    names = name.by_language() if isinstance(name, Words) else dict.fromkeys(("kk", "ru", "en"), name)
    return Words(
        **{language: text.replace("{}", names[language]) for language, text in pattern.by_language().items()}
    )


def check() -> Iterator[str]:
    """Reads every file; yields what was found, in words. LawDataError stops the start."""
    for rules in versions():
        until = rules.in_force_until or "now"
        yield (
            f"{rules.id}: {rules.in_force_from} to {until}, {len(rules.deadlines)} deadlines, "
            f"{len(rules.thresholds)} thresholds, {len(rules.excluded_matters)} excluded matters"
        )
    for draft_rules in consultation_versions():
        until = draft_rules.in_force_until or "now"
        yield (
            f"consultations {draft_rules.id}: {draft_rules.in_force_from} to {until}, "
            f"{len(draft_rules.deadlines)} deadlines, {len(draft_rules.kinds)} kinds of act, "
            f"{len(draft_rules.exemptions)} exemptions"
        )
    for council_rules in council_versions():
        until = council_rules.in_force_until or "now"
        yield (
            f"councils {council_rules.id}: {council_rules.in_force_from} to {until}, "
            f"{len(council_rules.deadlines)} deadlines, {len(council_rules.removal_grounds)} removal grounds, "
            f"{len(council_rules.forms)} forms of public control"
        )
    days = calendar()
    yield f"calendar {days.version}: {days.first_day} to {days.last_day}, {len(days.days_off)} days off"
