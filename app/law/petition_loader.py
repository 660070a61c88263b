"""Reads `data/<country>/petitions.toml` into rules, and refuses what a lawyer could not have meant."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.law.rules import (
    Consent,
    Deadline,
    DecisionPart,
    Eligibility,
    FirstSupport,
    Ground,
    GroundKind,
    Limits,
    Mark,
    PetitionRules,
    ReviewStep,
)
from app.law.tables import LawDataError, Table, read_toml
from app.law.thresholds import AddresseeKind, ThresholdRule
from app.law.wordings import (
    complete,
    known_deadline,
    read_deadline,
    read_reading,
    refuse_gaps,
    refuse_missing,
)

# What the application asks for by name: a wording without one of them cannot be obeyed.
REQUIRED_DEADLINES = {
    "first_support", "check", "press_letters", "collection", "letter_answer",
    "send_supported", "register", "register_reminder", "review_central", "review_local",
    "discussion_notice", "extension_limit", "extension_notice", "publish_decision",
    "complaint", "complaint_unexplained", "complaint_handling",
}  # fmt: skip


def load_petition_rules(path: Path) -> tuple[PetitionRules, ...]:
    """All wordings in the order in which they came into force. LawDataError if the file is not sound."""
    file = read_toml(path)
    matters = file.named("matter", _matter)
    versions = [_version(table, matters) for table in complete(file.take("version", list), path.name)]
    file.done()
    versions.sort(key=lambda rules: rules.in_force_from)
    refuse_gaps(versions, path.name)
    return tuple(versions)


def _version(table: Table, matters: dict[str, Ground]) -> PetitionRules:
    table.find("otherwise_as", str)
    deadlines = table.named("deadline", read_deadline)
    refuse_missing(REQUIRED_DEADLINES, deadlines, table.where)
    rules = PetitionRules(
        id=table.text("id"),
        act=table.words("act"),
        in_force_from=table.take("in_force_from", date),
        in_force_until=table.find("in_force_until", date),
        in_force_mark=table.member("in_force_mark", Mark),
        in_force_note=table.words("in_force_note"),
        first_support=_first_support(table.table("first_support"), deadlines),
        deadlines=MappingProxyType(deadlines),
        thresholds=_thresholds(table),
        excluded_matters=_matters(table.table("excluded_matters"), matters),
        conditions=tuple(table.named("condition", _condition).values()),
        eligibility=_eligibility(table.table("eligibility")),
        limits=_limits(table.table("limits")),
        consent=_consent(table.table("consent")),
        decision_parts=tuple(table.named("decision_part", _decision_part).values()),
        steps=tuple(
            table.named("review_step", lambda name, step: _review_step(name, step, deadlines)).values()
        ),
        readings=tuple(table.named("reading", read_reading).values()),
    )
    table.done()
    if rules.in_force_until and rules.in_force_until < rules.in_force_from:
        raise LawDataError(f"{table.where}: ends before it begins")
    return rules


def _first_support(table: Table, deadlines: dict[str, Deadline]) -> FirstSupport:
    deadline = known_deadline(table, "deadline", deadlines)
    first = FirstSupport(citizens=table.count("citizens"), deadline=deadline, **table.sourced())
    table.done()
    return first


def _thresholds(version: Table) -> tuple[ThresholdRule, ...]:
    rules = [_threshold(table) for table in version.tables("threshold")]
    kinds = [rule.addressee for rule in rules]
    for kind in AddresseeKind:
        if kinds.count(kind) != 1:
            raise LawDataError(f"{version.where}: {kinds.count(kind)} thresholds for {kind.value}, not one")
    return tuple(rules)


def _threshold(table: Table) -> ThresholdRule:
    rule = ThresholdRule(
        addressee=table.member("addressee", AddresseeKind),
        votes=table.find("votes", int),
        if_population_over=table.find("if_population_over", int),
        percent=table.find("percent", int),
        **table.sourced(),
    )
    table.done()
    both = rule.votes is not None and rule.percent is not None
    if both != (rule.if_population_over is not None) or (rule.votes is None and rule.percent is None):
        raise LawDataError(
            f"{table.where}: give votes, or percent, or both and the population that divides them"
        )
    if rule.votes is not None and rule.votes < 1 or rule.percent is not None and not 0 < rule.percent <= 100:
        raise LawDataError(f"{table.where}: the threshold is out of range")
    return rule


def _matter(matter_id: str, table: Table) -> Ground:
    """A matter's words; each version says which number it has there, and by which article."""
    return Ground(
        id=matter_id,
        kind=GroundKind.EXCLUDED_MATTER,
        number=None,
        text=table.words("text"),
        question=table.words("question"),
        note=table.words_or_none("note"),
        source="",
        mark=Mark.LAW,
    )


def _matters(table: Table, matters: dict[str, Ground]) -> tuple[Ground, ...]:
    ids, source, mark = table.take("ids", list), table.text("source"), table.member("mark", Mark)
    table.done()
    if unknown := [name for name in ids if name not in matters]:
        raise LawDataError(f"{table.where}: nothing is said about the matters {', '.join(unknown)}")
    if len(set(ids)) != len(ids):
        raise LawDataError(f"{table.where}: a matter stands twice")
    return tuple(
        replace(matters[name], number=number, source=f"{source}{number}", mark=mark)
        for number, name in enumerate(ids, 1)
    )


def _condition(ground_id: str, table: Table) -> Ground:
    return Ground(
        id=ground_id,
        kind=table.member("kind", GroundKind),
        number=None,
        text=table.words("text"),
        question=table.words_or_none("question"),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _eligibility(table: Table) -> Eligibility:
    eligibility = Eligibility(
        citizens_only=table.take("citizens_only", bool),
        minimum_age_years=table.count("minimum_age_years"),
        minimum_age_source=table.text("minimum_age_source"),
        minimum_age_mark=table.member("minimum_age_mark", Mark),
        note=table.words("note"),
        **table.sourced(),
    )
    table.done()
    return eligibility


def _limits(table: Table) -> Limits:
    numbers = [limit.name for limit in fields(Limits) if limit.type is int]
    values: dict[str, Any] = {name: table.count(name) for name in numbers}
    limits = Limits(**values, **table.sourced())
    table.done()
    if limits.minimum_demands > limits.maximum_demands:
        raise LawDataError(f"{table.where}: fewer demands allowed than required")
    return limits


def _consent(table: Table) -> Consent:
    consent = Consent(version=table.text("version"), text=table.words("text"), **table.sourced())
    table.done()
    return consent


def _decision_part(part_id: str, table: Table) -> DecisionPart:
    return DecisionPart(id=part_id, text=table.words("text"), **table.sourced())


def _review_step(step_id: str, table: Table, deadlines: dict[str, Deadline]) -> ReviewStep:
    return ReviewStep(
        id=step_id,
        text=table.words("text"),
        for_central=table.take("for_central", bool),
        for_local=table.take("for_local", bool),
        notice=known_deadline(table, "notice", deadlines) if "notice" in table.values else None,
        unless=table.words_or_none("unless"),
        **table.sourced(),
    )
