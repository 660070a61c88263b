"""What has happened to a draft act: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class DraftFact(Fact):
    """Once per draft and topic, unless a subclass says otherwise."""

    draft_id: int

    @property
    def key(self) -> str:
        return f"draft:{self.draft_id}:{self.topic.removeprefix('draft.')}"


@dataclass(frozen=True, kw_only=True)
class DraftAnnounced(DraftFact):
    topic: ClassVar[str] = "draft.announced"


@dataclass(frozen=True, kw_only=True)
class DraftOpened(DraftFact):
    topic: ClassVar[str] = "draft.opened"


@dataclass(frozen=True, kw_only=True)
class DraftProlonged(DraftFact):
    topic: ClassVar[str] = "draft.prolonged"
    closes_on: str

    @property
    def key(self) -> str:
        return f"draft:{self.draft_id}:prolonged:{self.closes_on}"


@dataclass(frozen=True, kw_only=True)
class DraftClosed(DraftFact):
    topic: ClassVar[str] = "draft.closed"


@dataclass(frozen=True, kw_only=True)
class VersionFact(DraftFact):
    version_id: int

    @property
    def key(self) -> str:
        return f"draft:{self.draft_id}:{self.topic.removeprefix('draft.')}:{self.version_id}"


@dataclass(frozen=True, kw_only=True)
class ComparisonAsked(VersionFact):
    """A version's text is complete: it is to be aligned with the last one, in the background. `attempt` grows when
    the text was mended after a comparison."""

    topic: ClassVar[str] = "draft.comparison_asked"
    attempt: int

    @property
    def key(self) -> str:
        return f"draft:{self.draft_id}:comparison:{self.version_id}:{self.attempt}"


@dataclass(frozen=True, kw_only=True)
class VersionPublished(VersionFact):
    topic: ClassVar[str] = "draft.version_published"


@dataclass(frozen=True, kw_only=True)
class CommentsCarried(VersionFact):
    """Every comment has its fate in the new version; authors whose clause changed are told."""

    topic: ClassVar[str] = "draft.comments_carried"


@dataclass(frozen=True, kw_only=True)
class PlaceSettled(VersionFact):
    """A person said where a doubtful comment belongs now; its author is told like the others."""

    topic: ClassVar[str] = "draft.place_settled"
    carried_id: int

    @property
    def key(self) -> str:
        return f"draft:{self.draft_id}:place_settled:{self.carried_id}"


@dataclass(frozen=True, kw_only=True)
class AnswersOverdue(DraftFact):
    topic: ClassVar[str] = "draft.answers_overdue"


@dataclass(frozen=True, kw_only=True)
class ReportAsked(DraftFact):
    """The report's files are to be made, in the background; `attempt` grows with each preview."""

    topic: ClassVar[str] = "draft.report_asked"
    attempt: int

    @property
    def key(self) -> str:
        return f"draft:{self.draft_id}:report:{self.attempt}"


@dataclass(frozen=True, kw_only=True)
class ReportPublished(DraftFact):
    topic: ClassVar[str] = "draft.report_published"


@dataclass(frozen=True, kw_only=True)
class DraftAdopted(DraftFact):
    topic: ClassVar[str] = "draft.adopted"


@dataclass(frozen=True, kw_only=True)
class DraftWithdrawn(DraftFact):
    topic: ClassVar[str] = "draft.withdrawn"


@dataclass(frozen=True, kw_only=True)
class DraftExempted(DraftFact):
    topic: ClassVar[str] = "draft.exempted"
