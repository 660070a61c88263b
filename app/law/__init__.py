"""The law as data: wordings, thresholds, deadlines and the calendar. Everybody asks here; nobody else counts days."""

from flask import Flask

from app.db import db
from app.law.calendar import Calendar, due_date, working_days_left
from app.law.cli import law as commands
from app.law.consultation_rules import (
    ActKind,
    Affected,
    AuthorKind,
    ConsultationLimits,
    ConsultationRules,
    Exemption,
    HidingReason,
    Level,
    Procedure,
    Rank,
    Stage,
)
from app.law.council_rules import (
    ControlForm,
    CouncilLevel,
    CouncilLimits,
    CouncilRules,
    Majority,
    MajorityKind,
    Outcome,
    OutcomeSubject,
    RemovalGround,
    Requirement,
    Share,
    Statement,
    Tie,
    TieKind,
)
from app.law.labels import source as cited
from app.law.registry import (
    calendar,
    check,
    consultation_rules_in_force,
    consultation_rules_version,
    consultation_versions,
    council_rules_in_force,
    council_rules_version,
    council_versions,
    current_calendar,
    office_closes_at,
    rules_in_force,
    rules_version,
    versions,
)
from app.law.rules import Deadline, Ground, GroundKind, Mark, PetitionRules, Words
from app.law.thresholds import AddresseeKind, Computation, PopulationNeeded, Threshold

__all__ = [
    "ActKind",
    "AddresseeKind",
    "Affected",
    "AuthorKind",
    "Calendar",
    "Computation",
    "ConsultationLimits",
    "ConsultationRules",
    "ControlForm",
    "CouncilLevel",
    "CouncilLimits",
    "CouncilRules",
    "Deadline",
    "Exemption",
    "Ground",
    "GroundKind",
    "HidingReason",
    "Level",
    "Majority",
    "MajorityKind",
    "Mark",
    "Outcome",
    "OutcomeSubject",
    "PetitionRules",
    "PopulationNeeded",
    "Procedure",
    "Rank",
    "RemovalGround",
    "Requirement",
    "Share",
    "Stage",
    "Statement",
    "Threshold",
    "Tie",
    "TieKind",
    "Words",
    "calendar",
    "calendar_now",
    "consultation_rules_in_force",
    "consultation_rules_version",
    "consultation_versions",
    "council_rules_in_force",
    "council_rules_version",
    "council_versions",
    "current_calendar",
    "due_date",
    "office_closes_at",
    "rules_in_force",
    "rules_version",
    "versions",
    "working_days_left",
]


def calendar_now() -> Calendar:
    """The calendar in force, transfers included. One small query; the calendar itself is cached."""
    return current_calendar(db.session)


def init_app(app: Flask) -> None:
    """Reads every file of the law, so that a wrong one stops the start, and adds `flask law`."""
    for _ in check():
        pass
    app.cli.add_command(commands)
    app.jinja_env.filters["source"] = cited
