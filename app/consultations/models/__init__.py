"""Tables of draft acts: the draft, its versions and their clauses, what changed, the comparative table, the report."""

from app.consultations.models.comparison import CarriedComment, ClauseChange, ComparativeRow, Fate
from app.consultations.models.draft import Attitude, DraftAct, DraftTransition
from app.consultations.models.report import Report, ReportFile, ReportFormat
from app.consultations.models.version import Clause, DraftVersion, VersionState

__all__ = [
    "Attitude",
    "CarriedComment",
    "Clause",
    "ClauseChange",
    "ComparativeRow",
    "DraftAct",
    "DraftVersion",
    "Fate",
    "Report",
    "ReportFile",
    "ReportFormat",
    "DraftTransition",
    "VersionState",
]
