"""Reads `data/<country>/consultations.toml` into rules, and refuses what a lawyer could not have meant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from app.law.consultation_rules import (
    ActKind,
    Affected,
    AuthorKind,
    ConsultationLimits,
    ConsultationRules,
    DiscussionRule,
    Exemption,
    HidingReason,
    Level,
    Material,
    Procedure,
    Rank,
    Stage,
    StageRule,
    Trigger,
)
from app.law.rules import Deadline, Mark
from app.law.tables import LawDataError, Table, read_toml
from app.law.wordings import (
    complete,
    deadline_named,
    known_deadline,
    read_basis,
    read_deadline,
    read_reading,
    refuse_gaps,
    refuse_missing,
    refuse_strange_sources,
)

T = TypeVar("T")

# What the application asks for by name: a wording without one of them cannot be obeyed.
REQUIRED_DEADLINES = {"answers", "report", "moderation_appeal", "moderation_appeal_decision"}


def load_consultation_rules(path: Path) -> tuple[ConsultationRules, ...]:
    """All wordings in the order in which they came into force. LawDataError if the file is not sound."""
    file = read_toml(path)
    versions = [_version(table) for table in complete(file.take("version", list), path.name)]
    file.done()
    versions.sort(key=lambda rules: rules.in_force_from)
    refuse_gaps(versions, path.name)
    return tuple(versions)


def _version(table: Table) -> ConsultationRules:
    table.find("otherwise_as", str)
    here = table.named("deadline", read_deadline)
    refuse_missing(REQUIRED_DEADLINES, here, table.where)
    elsewhere = table.named("deadline_elsewhere", read_deadline)
    if twice := sorted(here.keys() & elsewhere.keys()):
        raise LawDataError(f"{table.where}: counted both here and elsewhere: {', '.join(twice)}")
    every = {**here, **elsewhere}
    rules = ConsultationRules(
        id=table.text("id"),
        act=table.words("act"),
        in_force_from=table.take("in_force_from", date),
        in_force_until=table.find("in_force_until", date),
        in_force_mark=table.member("in_force_mark", Mark),
        in_force_note=table.words("in_force_note"),
        bases=_all(table.named("basis", read_basis)),
        stages=_stages(table),
        kinds=_all(table.named("kind", _kind)),
        affects=_all(table.named("affects", lambda name, entry: _affected(name, entry, every))),
        deadlines=MappingProxyType(here),
        deadlines_elsewhere=MappingProxyType(elsewhere),
        discussions=tuple(_discussion(row, here) for row in table.tables("discussion")),
        emergency_term=known_deadline(table, "emergency_term", here),
        materials=_all(table.named("material", _material)),
        exemptions=_all(table.named("exemption", _exemption)),
        author_kinds=_all(table.named("author_kind", _author_kind)),
        hiding_reasons=_all(table.named("hiding_reason", _hiding_reason)),
        limits=_limits(table.table("limits")),
        readings=_all(table.named("reading", read_reading)),
    )
    table.done()
    if rules.in_force_until and rules.in_force_until < rules.in_force_from:
        raise LawDataError(f"{table.where}: ends before it begins")
    _refuse_silence(rules, table.where)
    refuse_strange_sources(rules.bases, _sources(rules), table.where)
    return rules


def _all(named: dict[str, T]) -> tuple[T, ...]:
    return tuple(named.values())


def _stages(version: Table) -> tuple[StageRule, ...]:
    found = version.named("stage", _stage)
    if {stage.id for stage in found.values()} != set(Stage):
        raise LawDataError(f"{version.where}: the stages should be {', '.join(Stage)}")
    return _all(found)


def _stage(stage_id: str, table: Table) -> StageRule:
    if stage_id not in set(Stage):
        raise LawDataError(f"{table.where}: there is no stage {stage_id!r}")
    return StageRule(
        id=Stage(stage_id), name=table.words("name"), note=table.words("note"), **table.sourced()
    )


def _kind(kind_id: str, table: Table) -> ActKind:
    return ActKind(
        id=kind_id,
        name=table.words("name"),
        rank=table.member("rank", Rank),
        levels=table.members("levels", Level),
        stages=table.members("stages", Stage),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _affected(affected_id: str, table: Table, deadlines: Mapping[str, Deadline]) -> Affected:
    return Affected(
        id=affected_id,
        name=table.words("name"),
        triggers=_all(table.named("trigger", lambda name, entry: _trigger(name, entry, deadlines))),
        **table.sourced(),
    )


def _trigger(trigger_id: str, table: Table, deadlines: Mapping[str, Deadline]) -> Trigger:
    names = table.take("deadlines", list)
    return Trigger(
        id=trigger_id,
        text=table.words("text"),
        deadlines=tuple(deadline_named(name, deadlines, table.where) for name in names),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _discussion(table: Table, deadlines: Mapping[str, Deadline]) -> DiscussionRule:
    kinds = tuple(table.find("kinds", list) or ())
    rule = DiscussionRule(
        stage=table.member("stage", Stage),
        rank=None if kinds else table.member("rank", Rank),
        kinds=kinds,
        term=known_deadline(table, "term", deadlines),
    )
    table.done()
    return rule


def _material(material_id: str, table: Table) -> Material:
    return Material(
        id=material_id,
        text=table.words("text"),
        stages=table.members("stages", Stage),
        **table.sourced(),
    )


def _exemption(exemption_id: str, table: Table) -> Exemption:
    return Exemption(
        id=exemption_id,
        text=table.words("text"),
        stages=table.members("stages", Stage),
        releases_from=table.members("releases_from", Procedure),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _author_kind(kind_id: str, table: Table) -> AuthorKind:
    return AuthorKind(
        id=kind_id,
        name=table.words("name"),
        is_self_declared=table.take("is_self_declared", bool),
        **table.sourced(),
    )


def _hiding_reason(reason_id: str, table: Table) -> HidingReason:
    return HidingReason(
        id=reason_id, text=table.words("text"), note=table.words_or_none("note"), **table.sourced()
    )


def _limits(table: Table) -> ConsultationLimits:
    numbers = [limit.name for limit in fields(ConsultationLimits) if limit.type is int]
    values: dict[str, Any] = {name: table.count(name) for name in numbers}
    limits = ConsultationLimits(**values, **table.sourced())
    table.done()
    if limits.formal_share_numerator >= limits.formal_share_denominator:
        raise LawDataError(f"{table.where}: the formal share is not a part of the whole")
    return limits


def _refuse_silence(rules: ConsultationRules, where: str) -> None:
    """Each kind has exactly one period at each of its stages, and no row speaks of a kind that is not there."""
    known = {kind.id for kind in rules.kinds}
    for rule in rules.discussions:
        if unknown := sorted(set(rule.kinds) - known):
            raise LawDataError(f"{where}: nothing is said about the kinds {', '.join(unknown)}")
    for kind in rules.kinds:
        for stage in kind.stages:
            rows = [rule for rule in rules.discussions if rule.stage is stage]
            named = [rule for rule in rows if kind.id in rule.kinds]
            found = named or [rule for rule in rows if rule.rank is kind.rank]
            if len(found) != 1:
                raise LawDataError(
                    f"{where}: {len(found)} periods of discussion for {kind.id} at the stage {stage}, not one"
                )


def _sources(rules: ConsultationRules) -> Iterator[str]:
    lists: list[Iterable[Any]] = [
        rules.stages,
        rules.kinds,
        rules.affects,
        *(affected.triggers for affected in rules.affects),
        rules.deadlines.values(),
        rules.deadlines_elsewhere.values(),
        rules.materials,
        rules.exemptions,
        rules.author_kinds,
        rules.hiding_reasons,
        [rules.limits],
        rules.readings,
    ]
    for things in lists:
        for thing in things:
            yield thing.source
