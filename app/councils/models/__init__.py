"""The tables of public councils."""

from app.councils.models.archive import CouncilRecord
from app.councils.models.council import (
    Commission,
    CommissionSeat,
    Council,
    Member,
    Office,
    OfficeKind,
    Origin,
    Secretary,
)
from app.councils.models.forming import (
    Candidacy,
    CandidacyFile,
    Competition,
    WorkingGroupMember,
)
from app.law import CouncilLevel

__all__ = [
    "Candidacy",
    "CandidacyFile",
    "Commission",
    "CommissionSeat",
    "Competition",
    "Council",
    "CouncilLevel",
    "CouncilRecord",
    "Member",
    "Office",
    "OfficeKind",
    "Origin",
    "Secretary",
    "WorkingGroupMember",
]
