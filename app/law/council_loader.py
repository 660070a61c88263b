"""Reads `data/<country>/councils.toml` into rules, and refuses what a lawyer could not have meant."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from app.law.council_rules import (
    ConflictRule,
    ControlForm,
    CouncilLevel,
    CouncilLimits,
    CouncilRules,
    Figure,
    LevelRule,
    Majority,
    MajorityKind,
    Matter,
    Outcome,
    OutcomeSubject,
    RemovalGround,
    Requirement,
    Share,
    Statement,
    Tie,
    TieKind,
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
E = TypeVar("E", bound=StrEnum)

# What the application asks for by name: a wording without one of them cannot be obeyed.
REQUIRED_DEADLINES = {
    "council_recommendations",
    "council_recommendations_law",
    "council_recommendations_emergency",
    "council_agreed_reply",
    "council_disagreed_reply",
    "ruling_answer_programmes",
    "ruling_answer_other",
    "hearing_notice",
    "council_notice",
    "minutes_publication",
    "proposal_answer",
}
REQUIRED_SHARES = {"civil_society", "quorum", "working_group_state"}
REQUIRED_FIGURES = {
    "term_years",
    "terms_in_a_row",
    "per_ngo",
    "republican_councils_per_person",
    "competition_starts_months_before_end",
    "adult_age",
    "absences_without_excuse_per_year",
    "reports_a_year",
}


def load_council_rules(path: Path) -> tuple[CouncilRules, ...]:
    """All wordings in the order in which they came into force. LawDataError if the file is not sound."""
    file = read_toml(path)
    versions = [_version(table) for table in complete(file.take("version", list), path.name)]
    file.done()
    versions.sort(key=lambda rules: rules.in_force_from)
    refuse_gaps(versions, path.name)
    return tuple(versions)


def _version(table: Table) -> CouncilRules:
    table.find("otherwise_as", str)
    deadlines = table.named("deadline", read_deadline)
    refuse_missing(REQUIRED_DEADLINES, deadlines, table.where)
    majorities = _each(table, "majority", MajorityKind, _majority)
    ties = _each(table, "tie", TieKind, _tie)
    rules = CouncilRules(
        id=table.text("id"),
        act=table.words("act"),
        in_force_from=table.take("in_force_from", date),
        in_force_until=table.find("in_force_until", date),
        in_force_mark=table.member("in_force_mark", Mark),
        in_force_note=table.words("in_force_note"),
        bases=_all(table.named("basis", read_basis)),
        levels=_all(_each(table, "level", CouncilLevel, _level)),
        without_council=_all(table.named("without_council", _statement)),
        shares=_needed(table, "share", _share, REQUIRED_SHARES),
        figures=_needed(table, "figure", _figure, REQUIRED_FIGURES),
        requirements=_all(table.named("requirement", _requirement)),
        candidate_bars=_all(table.named("candidate_bar", _statement)),
        removal_grounds=_all(table.named("removal", _removal)),
        majorities=_all(majorities),
        default_majority=_chosen(table, "default_majority", majorities),
        ties=_all(ties),
        default_tie=_chosen(table, "default_tie", ties),
        conflict=_conflict(table.table("conflict")),
        outcomes=_outcomes(table.table("outcome")),
        tacit_consent=_one_statement("tacit_consent", table.table("tacit_consent")),
        matters=_all(table.named("matter", lambda name, entry: _matter(name, entry, deadlines))),
        publicity=_all(table.named("publicity", _statement)),
        deadlines=MappingProxyType(deadlines),
        forms=_all(table.named("form", lambda name, entry: _form(name, entry, deadlines))),
        subject_bars=_all(table.named("subject_bar", _statement)),
        limits=_limits(table.table("limits")),
        readings=_all(table.named("reading", read_reading)),
    )
    table.done()
    if rules.in_force_until and rules.in_force_until < rules.in_force_from:
        raise LawDataError(f"{table.where}: ends before it begins")
    refuse_strange_sources(rules.bases, _sources(rules), table.where)
    return rules


def _all(named: Mapping[str, T]) -> tuple[T, ...]:
    return tuple(named.values())


def _each(table: Table, key: str, kind: type[E], read: Callable[[str, Table], T]) -> dict[str, T]:
    """What `read` makes of the entries; there is exactly one for each member of `kind`."""
    named = table.named(key, read)
    if set(named) != {member.value for member in kind}:
        raise LawDataError(f"{table.where}.{key}: there should be {', '.join(kind)}")
    return named


def _needed(
    table: Table, key: str, read: Callable[[str, Table], T], needed: Iterable[str]
) -> Mapping[str, T]:
    named = table.named(key, read)
    if missing := sorted(set(needed) - named.keys()):
        raise LawDataError(f"{table.where}: no {key} for {', '.join(missing)}")
    return MappingProxyType(named)


def _chosen(table: Table, key: str, named: Mapping[str, T]) -> T:
    wanted = table.text(key)
    if wanted not in named:
        raise LawDataError(f"{table.where}: “{key}” is {wanted!r}, not one of {', '.join(named)}")
    return named[wanted]


def _statement(statement_id: str, table: Table) -> Statement:
    return Statement(
        id=statement_id, text=table.words("text"), note=table.words_or_none("note"), **table.sourced()
    )


def _one_statement(statement_id: str, table: Table) -> Statement:
    statement = _statement(statement_id, table)
    table.done()
    return statement


def _member(value: str, kind: type[E], where: str) -> E:
    """The id of a table as a member of `kind`."""
    if value not in {member.value for member in kind}:
        raise LawDataError(f"{where}: there is no {value!r}, only {', '.join(kind)}")
    return kind(value)


def _level(level_id: str, table: Table) -> LevelRule:
    named = {"members_least", "members_most"} & table.values.keys()
    if len(named) == 1:
        raise LawDataError(f"{table.where}: the least and the most members stand together or not at all")
    least = table.count("members_least") if named else None
    most = table.count("members_most", least=least or 1) if named else None
    return LevelRule(
        id=_member(level_id, CouncilLevel, table.where),
        name=table.words("name"),
        members_least=least,
        members_most=most,
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _share(share_id: str, table: Table) -> Share:
    share = Share(
        id=share_id,
        numerator=table.count("numerator"),
        denominator=table.count("denominator"),
        title=table.words("title"),
        note=table.words_or_none("note"),
        **table.sourced(),
    )
    if share.numerator >= share.denominator:
        raise LawDataError(f"{table.where}: the share is not a part of the whole")
    return share


def _figure(figure_id: str, table: Table) -> Figure:
    return Figure(
        id=figure_id,
        value=table.count("value"),
        title=table.words("title"),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _requirement(requirement_id: str, table: Table) -> Requirement:
    return Requirement(
        id=requirement_id,
        text=table.words("text"),
        levels=table.members("levels", CouncilLevel),
        is_certified=table.take("is_certified", bool),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _removal(ground_id: str, table: Table) -> RemovalGround:
    return RemovalGround(
        id=ground_id,
        text=table.words("text"),
        is_shown=table.take("is_shown", bool),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _majority(kind: str, table: Table) -> Majority:
    return Majority(
        id=_member(kind, MajorityKind, table.where),
        text=table.words("text"),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _tie(kind: str, table: Table) -> Tie:
    return Tie(
        id=_member(kind, TieKind, table.where),
        text=table.words("text"),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _conflict(table: Table) -> ConflictRule:
    rule = ConflictRule(
        counts_for_quorum=table.take("counts_for_quorum", bool),
        counts_for_majority=table.take("counts_for_majority", bool),
        text=table.words("text"),
        **table.sourced(),
    )
    table.done()
    return rule


def _outcomes(table: Table) -> tuple[Outcome, ...]:
    """The outcomes of every subject; a subject that no council could speak of is refused."""
    outcomes: list[Outcome] = []
    for subject in OutcomeSubject:
        outcomes.extend(_all(table.named(subject.value, _outcome_of(subject))))
    table.done()
    return tuple(outcomes)


def _outcome_of(subject: OutcomeSubject) -> Callable[[str, Table], Outcome]:
    def outcome(outcome_id: str, table: Table) -> Outcome:
        return Outcome(
            id=outcome_id,
            subject=subject,
            name=table.words("name"),
            text=table.words("text"),
            needs_recommendations=table.take("needs_recommendations", bool),
            **table.sourced(),
        )

    return outcome


def _matter(matter_id: str, table: Table, deadlines: Mapping[str, Deadline]) -> Matter:
    return Matter(
        id=matter_id,
        name=table.words("name"),
        answer=known_deadline(table, "answer", deadlines),
        **table.sourced(),
    )


def _form(form_id: str, table: Table, deadlines: Mapping[str, Deadline]) -> ControlForm:
    return ControlForm(
        id=form_id,
        name=table.words("name"),
        text=table.words("text"),
        final_document=table.words("final_document"),
        deadlines=tuple(
            deadline_named(name, deadlines, table.where) for name in table.take("deadlines", list)
        ),
        answer=known_deadline(table, "answer", deadlines),
        note=table.words_or_none("note"),
        **table.sourced(),
    )


def _limits(table: Table) -> CouncilLimits:
    numbers = [limit.name for limit in fields(CouncilLimits) if limit.type is int]
    values: dict[str, Any] = {name: table.count(name) for name in numbers}
    limits = CouncilLimits(**values, **table.sourced())
    table.done()
    return limits


def _sources(rules: CouncilRules) -> Iterator[str]:
    lists: list[Iterable[Any]] = [
        rules.levels,
        rules.without_council,
        rules.shares.values(),
        rules.figures.values(),
        rules.requirements,
        rules.candidate_bars,
        rules.removal_grounds,
        rules.majorities,
        rules.ties,
        [rules.conflict],
        rules.outcomes,
        [rules.tacit_consent],
        rules.matters,
        rules.publicity,
        rules.deadlines.values(),
        rules.forms,
        rules.subject_bars,
        [rules.limits],
        rules.readings,
    ]
    for things in lists:
        for thing in things:
            yield thing.source
