"""The rules of public councils and of public control in one wording, as frozen values: `data/<country>/councils.toml`.

Shares and majorities are whole-number arithmetic, so that two thirds of fifteen are ten and nobody argues about a
rounding. Each value carries its source and how sure we are of it, because the public rules page prints both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.law.consultation_rules import Rank
from app.law.rules import Basis, Deadline, Mark, Reading, Words


class CouncilLevel(StrEnum):
    """Where a council stands. The law knows two levels; the republican one has two sizes, the local one three units."""

    REPUBLICAN = "republican"
    QUASI_STATE = "quasi_state"  # with a national holding or company: of the republican level too
    REGIONAL = "regional"  # region, city of republican significance, capital
    CITY = "city"
    DISTRICT = "district"

    @property
    def is_local(self) -> bool:
        return self not in (CouncilLevel.REPUBLICAN, CouncilLevel.QUASI_STATE)


class MajorityKind(StrEnum):
    """Of what more than half must be for."""

    MORE_THAN_HALF_OF_PRESENT = "more_than_half_of_present"
    MORE_THAN_HALF_OF_VOTING = "more_than_half_of_voting"
    MORE_THAN_HALF_OF_ALL = "more_than_half_of_all"


class TieKind(StrEnum):
    """What happens when as many are for as against."""

    CHAIR_DECIDES = "chair_decides"
    NOT_ADOPTED = "not_adopted"


class OutcomeSubject(StrEnum):
    """What a ruling speaks of."""

    DRAFT = "draft"
    PETITION = "petition"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: at least so much (`least_of`) or at most so much (`most_of`)."""

    id: str
    numerator: int
    denominator: int
    title: Words
    source: str
    mark: Mark
    note: Words | None = None

    def least_of(self, whole: int) -> int:
        """The smallest number that is not less than the share: two thirds of 16 are 11."""
        return -(-whole * self.numerator // self.denominator)

    def most_of(self, whole: int) -> int:
        """The largest number that is not more than the share: a third of 11 is 3."""
        return whole * self.numerator // self.denominator


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the rules set and that is no period counted in days."""

    id: str
    value: int
    title: Words
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that the rules say in words: a body without a council, a bar, a duty to publish."""

    id: str
    text: Words
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A kind of council, with the number of its members where the law names one."""

    id: CouncilLevel
    name: Words
    members_least: int | None
    members_most: int | None
    source: str
    mark: Mark
    note: Words | None = None

    def allows(self, members: int) -> bool:
        """Whether a council of this kind may have so many members."""
        if self.members_least is None or self.members_most is None:
            return members > 0
        return self.members_least <= members <= self.members_most


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a candidate must be; `is_certified` if a certificate is handed in for it."""

    id: str
    text: Words
    levels: tuple[CouncilLevel, ...]
    is_certified: bool
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class RemovalGround:
    """Why a membership ends early. What has to do with health or death is kept and never shown to the public."""

    id: str
    text: Words
    is_shown: bool
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Majority:
    """How many must be for; each council's own regulation says which of these it goes by."""

    id: MajorityKind
    text: Words
    source: str
    mark: Mark
    note: Words | None = None

    def needed(self, *, present: int, voting: int, all_members: int) -> int:
        """The least number of votes for.

        `present` are the members at the sitting who may vote on the item, `voting` those who voted for or against,
        `all_members` the members of the council.
        """
        match self.id:
            case MajorityKind.MORE_THAN_HALF_OF_PRESENT:
                return present // 2 + 1
            case MajorityKind.MORE_THAN_HALF_OF_VOTING:
                return voting // 2 + 1
            case MajorityKind.MORE_THAN_HALF_OF_ALL:
                return all_members // 2 + 1


@dataclass(frozen=True, slots=True)
class Tie:
    """What a tie means; each council's own regulation says which of these it goes by."""

    id: TieKind
    text: Words
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class ConflictRule:
    """How a member with a conflict of interest is counted on the item that it concerns; they never vote on it."""

    counts_for_quorum: bool
    counts_for_majority: bool  # as present, where more than half of those present are needed
    text: Words
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a council says of a draft or a petition. Some outcomes say nothing without recommendations."""

    id: str
    subject: OutcomeSubject
    name: Words
    text: Words
    needs_recommendations: bool
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Matter:
    """What else a council takes up of its own, and how long the body has for its answer."""

    id: str
    name: Words
    answer: Deadline
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class ControlForm:
    """A form of public control, with the document that ends it; `deadlines` bind who controls, `answer` the body."""

    id: str
    name: Words
    text: Words
    final_document: Words
    deadlines: tuple[Deadline, ...]
    answer: Deadline
    source: str
    mark: Mark
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class CouncilLimits:
    """Rules of this site that no article sets."""

    proposal_title_characters: int
    proposal_text_characters: int
    ruling_text_characters: int
    recommendation_characters: int
    recommendations: int
    vote_reason_characters: int
    dissent_characters: int
    opinion_characters: int
    question_characters: int
    answer_characters: int
    promise_characters: int
    application_characters: int
    attachments: int
    attachment_megabytes: int
    due_soon_working_days: int
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """One wording of the rules of councils. A sitting, a ruling or a form of control keeps the one it began under.

    `in_force_until` is the last day in force, None for the newest.
    """

    id: str
    act: Words
    in_force_from: date
    in_force_until: date | None
    in_force_mark: Mark
    in_force_note: Words
    bases: tuple[Basis, ...]
    levels: tuple[LevelRule, ...]
    without_council: tuple[Statement, ...]
    shares: Mapping[str, Share]
    figures: Mapping[str, Figure]
    requirements: tuple[Requirement, ...]
    candidate_bars: tuple[Statement, ...]
    removal_grounds: tuple[RemovalGround, ...]
    majorities: tuple[Majority, ...]
    default_majority: Majority
    ties: tuple[Tie, ...]
    default_tie: Tie
    conflict: ConflictRule
    outcomes: tuple[Outcome, ...]
    tacit_consent: Statement
    matters: tuple[Matter, ...]
    publicity: tuple[Statement, ...]
    deadlines: Mapping[str, Deadline]
    forms: tuple[ControlForm, ...]
    subject_bars: tuple[Statement, ...]
    limits: CouncilLimits
    readings: tuple[Reading, ...]

    # Numbers of members

    def quorum(self, all_members: int) -> int:
        """How many members a sitting needs: two thirds of all, rounded up. LPC art. 13(2), "at least"."""
        return self.share("quorum").least_of(all_members)

    def civil_society_least(self, members: int) -> int:
        """How many of so many members must come from civil society, rounded up. LPC art. 1(7), "at least"."""
        return self.share("civil_society").least_of(members)

    def working_group_state_most(self, members: int) -> int:
        """How many of so many members of a working group may be of the state, rounded down. LPC art. 8, "at most"."""
        return self.share("working_group_state").most_of(members)

    @property
    def term_years(self) -> int:
        """How long a council is elected for."""
        return self.number("term_years")

    @property
    def terms_in_a_row(self) -> int:
        """How often the same person may sit without a break."""
        return self.number("terms_in_a_row")

    @property
    def adult_age(self) -> int:
        """From which age somebody may be a member, or take part in public control."""
        return self.number("adult_age")

    def too_many_absences(self, unexcused_in_a_year: int) -> bool:
        """Whether a member may be removed for absence: the law says "more than", so the number itself is still fine."""
        return unexcused_in_a_year > self.number("absences_without_excuse_per_year")

    # Votes

    def majority(self, kind: MajorityKind | str) -> Majority:
        """The majority of that kind; ValueError if there is no such kind."""
        return next(one for one in self.majorities if one.id is MajorityKind(kind))

    def tie(self, kind: TieKind | str) -> Tie:
        """The meaning of a tie of that kind; ValueError if there is no such kind."""
        return next(one for one in self.ties if one.id is TieKind(kind))

    # Periods

    def deadline(self, name: str) -> Deadline:
        """The period of that name; KeyError if this wording has none."""
        return self.deadlines[name]

    def draft_term(self, rank: Rank | str, is_emergency: bool = False) -> Deadline:
        """How long a council has for its recommendations on a draft. LLA art. 20.

        The three days of an emergency stand in the law for draft laws; we read them for every urgent draft, as the
        period of the public discussion is read.
        """
        if is_emergency:
            return self.deadlines["council_recommendations_emergency"]
        if Rank(rank) is Rank.LAW:
            return self.deadlines["council_recommendations_law"]
        return self.deadlines["council_recommendations"]

    # What stands under an id; KeyError if this wording has none

    def share(self, share_id: str) -> Share:
        return self.shares[share_id]

    def figure(self, figure_id: str) -> Figure:
        return self.figures[figure_id]

    def number(self, figure_id: str) -> int:
        """The value of that figure alone."""
        return self.figures[figure_id].value

    def level(self, level: CouncilLevel | str) -> LevelRule:
        return next(rule for rule in self.levels if rule.id is CouncilLevel(level))

    def requirement(self, requirement_id: str) -> Requirement:
        return {one.id: one for one in self.requirements}[requirement_id]

    def requirements_at(self, level: CouncilLevel | str) -> tuple[Requirement, ...]:
        """What a candidate for a council of this level must be: the checklist of an application."""
        return tuple(one for one in self.requirements if CouncilLevel(level) in one.levels)

    def removal_ground(self, ground_id: str) -> RemovalGround:
        return {ground.id: ground for ground in self.removal_grounds}[ground_id]

    def outcome(self, subject: OutcomeSubject | str, outcome_id: str) -> Outcome:
        return {one.id: one for one in self.outcomes_for(subject)}[outcome_id]

    def outcomes_for(self, subject: OutcomeSubject | str) -> tuple[Outcome, ...]:
        """What a council may say of a draft, or of a petition."""
        return tuple(one for one in self.outcomes if one.subject is OutcomeSubject(subject))

    def matter(self, matter_id: str) -> Matter:
        return {matter.id: matter for matter in self.matters}[matter_id]

    def form(self, form_id: str) -> ControlForm:
        return {form.id: form for form in self.forms}[form_id]
