"""Tables of petitions: the petition itself, its signatures and counts, its review and its decision."""

from app.petitions.models.archive import ArchivedPetition, ReportedIs
from app.petitions.models.counts import CountProof, HourlyCount, LogEntry, LogKind, RegionTally, Tally
from app.petitions.models.decision import AnswerKind, AnswerRating, Decision, DemandAnswer, Outcome, Rating
from app.petitions.models.petition import Demand, Document, DocumentKind, Petition, TransitionRow
from app.petitions.models.review import Step, StepState
from app.petitions.models.signature import Departure, InvalidationReason, Signature

__all__ = [
    "AnswerKind",
    "AnswerRating",
    "ArchivedPetition",
    "CountProof",
    "Decision",
    "Demand",
    "DemandAnswer",
    "Departure",
    "Document",
    "DocumentKind",
    "HourlyCount",
    "InvalidationReason",
    "LogEntry",
    "LogKind",
    "Outcome",
    "Petition",
    "Rating",
    "RegionTally",
    "ReportedIs",
    "Signature",
    "Step",
    "StepState",
    "Tally",
    "TransitionRow",
]
