"""The tables of councils at work."""

from app.sittings.models.examination import Examination
from app.sittings.models.minutes import Minutes, MinutesAddition, MinutesFile
from app.sittings.models.ruling import Ruling
from app.sittings.models.sitting import (
    AgendaItem,
    Attendance,
    Conflict,
    ItemFile,
    Opinion,
    Sitting,
)
from app.sittings.models.voting import Correction, Dissent, Vote, Voting

__all__ = [
    "AgendaItem",
    "Attendance",
    "Conflict",
    "Correction",
    "Dissent",
    "Examination",
    "ItemFile",
    "Minutes",
    "MinutesAddition",
    "MinutesFile",
    "Opinion",
    "Ruling",
    "Sitting",
    "Vote",
    "Voting",
]
