"""The rules of public consultation in one wording, as frozen values: what `data/<country>/consultations.toml` says.

Nothing here counts; `calendar.py` does. Each value carries its source and how sure we are of it, because the public
rules page prints both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.law.rules import Basis, Deadline, Mark, Reading, Words


class Stage(StrEnum):
    """At which point of lawmaking a text is discussed."""

    CONSULTATIVE_DOCUMENT = "consultative_document"
    DRAFT = "draft"
    REPEAT = "repeat"  # after rework


class Level(StrEnum):
    """How far an act of this kind reaches."""

    REPUBLICAN = "republican"
    REGIONAL = "regional"
    DISTRICT = "district"


class Rank(StrEnum):
    """What a text would be once adopted; the period of its discussion hangs on it."""

    LAW = "law"
    BY_LAW = "by_law"
    DOCUMENT = "document"  # no act: a consultative document, a report, an agreement


class Procedure(StrEnum):
    """From what an exemption releases."""

    DISCUSSION = "discussion"  # of everybody, on the portal
    COUNCILS = "councils"
    CHAMBER = "chamber"


@dataclass(frozen=True, slots=True)
class StageRule:
    id: Stage
    name: Words
    note: Words
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class ActKind:
    """A kind of text that is discussed, with the levels it can have and the stages it passes."""

    id: str
    name: Words
    rank: Rank
    levels: tuple[Level, ...]
    stages: tuple[Stage, ...]
    source: str
    mark: Mark
    note: Words | None = None

    @property
    def is_law(self) -> bool:
        return self.rank is Rank.LAW


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a body must do because its draft affects somebody; `deadlines` are shown, not counted here."""

    id: str
    text: Words
    deadlines: tuple[Deadline, ...]
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom or what a draft affects, and what follows from that."""

    id: str
    name: Words
    triggers: tuple[Trigger, ...]
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class DiscussionRule:
    """The period of discussion for a stage: for the kinds that it names, else for a rank."""

    stage: Stage
    rank: Rank | None
    kinds: tuple[str, ...]
    term: Deadline


@dataclass(frozen=True, slots=True)
class Material:
    """Something that is published together with a draft at these stages."""

    id: str
    text: Words
    stages: tuple[Stage, ...]
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Exemption:
    """A ground on which a draft need not pass some procedure at these stages. It is always stated in public."""

    id: str
    text: Words
    stages: tuple[Stage, ...]
    releases_from: tuple[Procedure, ...]
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class AuthorKind:
    """As whom somebody comments; what is not self-declared is given by an administrator."""

    id: str
    name: Words
    is_self_declared: bool
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class HidingReason:
    """A class of reasons for which a moderator hides a comment; the stub shows `text`, the desk `note` too."""

    id: str
    text: Words
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class ConsultationLimits:
    """Rules of this site that no article sets."""

    title_characters: int
    summary_characters: int
    note_characters: int
    act_characters: int
    draft_attachments: int
    draft_attachment_megabytes: int
    comment_characters: int
    quote_characters: int
    proposed_wording_characters: int
    reply_characters: int
    comment_attachments: int
    comment_attachment_megabytes: int
    edit_window_minutes: int
    answer_characters: int
    answer_template_characters: int
    appeal_characters: int
    formal_share_numerator: int
    formal_share_denominator: int
    due_soon_working_days: int
    source: str
    mark: Mark

    def is_formal(self, *, same: int, others: int) -> bool:
        """Whether an answer is formal: `same` of the `others` have its text, and that is more than the share."""
        return same * self.formal_share_denominator > self.formal_share_numerator * others


@dataclass(frozen=True, slots=True)
class ConsultationRules:
    """One wording of the rules of consultation. A draft keeps for ever the one that it was published under.

    `in_force_until` is the last day in force, None for the newest. `deadlines` are counted by this site,
    `deadlines_elsewhere` are kept by the chamber and other bodies, and only shown. Those of councils stand in the rules
    of councils.
    """

    id: str
    act: Words
    in_force_from: date
    in_force_until: date | None
    in_force_mark: Mark
    in_force_note: Words
    bases: tuple[Basis, ...]
    stages: tuple[StageRule, ...]
    kinds: tuple[ActKind, ...]
    affects: tuple[Affected, ...]
    deadlines: Mapping[str, Deadline]
    deadlines_elsewhere: Mapping[str, Deadline]
    discussions: tuple[DiscussionRule, ...]
    emergency_term: Deadline
    materials: tuple[Material, ...]
    exemptions: tuple[Exemption, ...]
    author_kinds: tuple[AuthorKind, ...]
    hiding_reasons: tuple[HidingReason, ...]
    limits: ConsultationLimits
    readings: tuple[Reading, ...]

    def term(self, stage: Stage | str, kind: ActKind | str, is_emergency: bool = False) -> Deadline:
        """How long a text of this kind is discussed at this stage. KeyError if it does not pass that stage."""
        stage = Stage(stage)
        kind = self.kind(kind) if isinstance(kind, str) else kind
        if stage not in kind.stages:
            raise KeyError(f"{kind.id} does not pass the stage {stage.value}")
        if is_emergency:
            return self.emergency_term
        rules = [rule for rule in self.discussions if rule.stage is stage]
        for rule in rules:
            if kind.id in rule.kinds:
                return rule.term
        return next(rule.term for rule in rules if rule.rank is kind.rank)

    def deadline(self, name: str) -> Deadline:
        """The period of that name, counted here or elsewhere; KeyError if this wording has none."""
        return self.deadlines.get(name) or self.deadlines_elsewhere[name]

    def stage(self, stage_id: Stage | str) -> StageRule:
        return next(stage for stage in self.stages if stage.id is Stage(stage_id))

    def kind(self, kind_id: str) -> ActKind:
        """The kind of that id; KeyError if this wording has none."""
        return {kind.id: kind for kind in self.kinds}[kind_id]

    def affected(self, affected_id: str) -> Affected:
        """Whom the draft affects, by that id; KeyError if this wording has none."""
        return {affected.id: affected for affected in self.affects}[affected_id]

    def exemption(self, exemption_id: str) -> Exemption:
        """The exemption of that id; KeyError if this wording has none."""
        return {exemption.id: exemption for exemption in self.exemptions}[exemption_id]

    def exemptions_from(self, procedure: Procedure | str, stage: Stage | str) -> tuple[Exemption, ...]:
        """The grounds that release a text at this stage from this procedure."""
        wanted, at = Procedure(procedure), Stage(stage)
        return tuple(one for one in self.exemptions if wanted in one.releases_from and at in one.stages)

    def materials_at(self, stage: Stage | str) -> tuple[Material, ...]:
        """What is published together with a text at this stage."""
        return tuple(material for material in self.materials if Stage(stage) in material.stages)

    def author_kind(self, kind_id: str) -> AuthorKind:
        """The kind of author of that id; KeyError if this wording has none."""
        return {kind.id: kind for kind in self.author_kinds}[kind_id]

    def hiding_reason(self, reason_id: str) -> HidingReason:
        """The class of reasons of that id; KeyError if this wording has none."""
        return {reason.id: reason for reason in self.hiding_reasons}[reason_id]
