"""What has happened in a thread: facts in the past tense, ids and plain values."""

from dataclasses import dataclass
from typing import ClassVar

from app.outbox import Fact


@dataclass(frozen=True, kw_only=True)
class CommentFact(Fact):
    """Once per comment and topic, unless a subclass says otherwise."""

    comment_id: int

    @property
    def key(self) -> str:
        return f"comment:{self.comment_id}:{self.topic.removeprefix('comment.')}"


@dataclass(frozen=True, kw_only=True)
class CommentPosted(CommentFact):
    topic: ClassVar[str] = "comment.posted"


@dataclass(frozen=True, kw_only=True)
class CommentReplied(CommentFact):
    """`comment_id` is the reply."""

    topic: ClassVar[str] = "comment.replied"


@dataclass(frozen=True, kw_only=True)
class CommentEdited(CommentFact):
    topic: ClassVar[str] = "comment.edited"
    edition: int

    @property
    def key(self) -> str:
        return f"comment:{self.comment_id}:edited:{self.edition}"


@dataclass(frozen=True, kw_only=True)
class CommentWithdrawn(CommentFact):
    topic: ClassVar[str] = "comment.withdrawn"


@dataclass(frozen=True, kw_only=True)
class CommentHidden(CommentFact):
    topic: ClassVar[str] = "comment.hidden"


@dataclass(frozen=True, kw_only=True)
class AppealMade(CommentFact):
    topic: ClassVar[str] = "comment.appeal_made"


@dataclass(frozen=True, kw_only=True)
class AppealDecided(CommentFact):
    topic: ClassVar[str] = "comment.appeal_decided"


@dataclass(frozen=True, kw_only=True)
class AnswersApprovalAsked(Fact):
    """Answers in a thread wait for the head; once per thread and day."""

    topic: ClassVar[str] = "comment.answers_approval_asked"
    thread_id: int
    day: str

    @property
    def key(self) -> str:
        return f"thread:{self.thread_id}:approval:{self.day}"


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(Fact):
    """To one comment or to a group; every author is told as of their own answer."""

    topic: ClassVar[str] = "comment.answer_published"
    answer_id: int

    @property
    def key(self) -> str:
        return f"answer:{self.answer_id}:published"


@dataclass(frozen=True, kw_only=True)
class GroupConfirmed(Fact):
    """The body took these letters as one; each author may say that theirs is different."""

    topic: ClassVar[str] = "comment.group_confirmed"
    group_id: int

    @property
    def key(self) -> str:
        return f"group:{self.group_id}:confirmed"
