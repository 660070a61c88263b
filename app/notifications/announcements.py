"""Who is told what: the tables from a fact to its audiences and templates.

One person is told of one fact once: whoever belongs to several audiences gets the letter of the first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.comments import events as comments
from app.consultations import events as drafts
from app.control import events as control
from app.councils import events as councils
from app.gatherings import events as gatherings
from app.notifications import news
from app.notifications.audiences import Audience
from app.outbox import Fact
from app.petitions import events
from app.promises import events as promises
from app.proposals import events as proposals
from app.recommendations import events as recommendations
from app.sittings import events as sittings


@dataclass(frozen=True, slots=True)
class Announcement:
    """`template` is a folder of `app/templates/mail`. Nobody is told where `unless` says of the fact that it is no
    news any more."""

    audience: Audience
    template: str
    unless: Callable[[Any], bool] | None = None


def to(
    *audiences: Audience, tell: str, unless: Callable[[Any], bool] | None = None
) -> tuple[Announcement, ...]:
    return tuple(Announcement(audience, tell, unless) for audience in audiences)


AUTHOR, FOLLOWERS, ADDRESSEE = Audience.AUTHOR, Audience.FOLLOWERS, Audience.ADDRESSEE
# Told of everything that happens in public.
PUBLIC = (AUTHOR, FOLLOWERS)

Announcements = Mapping[type[Fact], tuple[Announcement, ...]]

OF_PETITIONS: Announcements = {
    events.PetitionSubmitted: (
        *to(AUTHOR, tell="petition_submitted"),
        *to(Audience.MODERATORS, tell="check_waiting"),
    ),
    events.FirstSupportReached: to(AUTHOR, tell="first_support_reached", unless=news.is_published),
    events.FirstSupportFailed: to(AUTHOR, tell="first_support_failed"),
    events.CheckPassed: to(AUTHOR, tell="check_passed", unless=news.is_published),
    events.PetitionRejected: to(AUTHOR, tell="petition_rejected"),
    # Nobody can follow before this.
    events.PetitionPublished: to(AUTHOR, tell="petition_published"),
    events.PetitionWithdrawn: to(AUTHOR, tell="petition_withdrawn"),
    events.ThresholdReached: to(*PUBLIC, tell="threshold_reached"),
    events.PetitionForwarded: (
        *to(ADDRESSEE, tell="petition_to_register"),
        *to(*PUBLIC, tell="petition_forwarded"),
    ),
    events.RegistrationOverdue: to(ADDRESSEE, tell="registration_overdue"),
    events.RegistrationEscalated: (
        *to(Audience.AUTHORISED_BODY, tell="registration_escalated"),
        *to(*PUBLIC, tell="registration_late"),
    ),
    events.PetitionRegistered: to(*PUBLIC, tell="petition_registered"),
    events.DiscussionAnnounced: to(*PUBLIC, tell="discussion_announced"),
    events.ReviewExtended: to(*PUBLIC, tell="review_extended"),
    events.ReviewOverdue: (
        *to(ADDRESSEE, tell="decision_overdue"),
        *to(*PUBLIC, tell="review_overdue"),
    ),
    events.DecisionPublished: to(*PUBLIC, tell="decision_published"),
    events.StatementMade: to(*PUBLIC, tell="statement_made"),
    events.PetitionReturned: (
        *to(ADDRESSEE, tell="letter_to_answer"),
        *to(*PUBLIC, tell="petition_returned"),
    ),
    events.LetterAnswered: to(*PUBLIC, tell="letter_answered"),
    events.PetitionClosed: to(*PUBLIC, tell="petition_closed"),
    events.PetitionRemoved: to(*PUBLIC, ADDRESSEE, tell="petition_removed"),
    events.CountDrifted: to(Audience.ADMINISTRATORS, tell="count_drifted"),
}

BODY = Audience.DRAFTING_BODY
# Who took part, and who only wants to know.
DISCUSSION = (Audience.COMMENTERS, Audience.DRAFT_FOLLOWERS)

OF_DRAFTS: Announcements = {
    drafts.DraftOpened: to(Audience.DRAFT_FOLLOWERS, tell="draft_opened"),
    drafts.DraftProlonged: to(*DISCUSSION, tell="draft_prolonged"),
    drafts.DraftClosed: to(BODY, tell="draft_to_answer"),
    drafts.VersionPublished: to(Audience.DRAFT_FOLLOWERS, tell="version_published"),
    drafts.CommentsCarried: to(Audience.CHANGED_CLAUSES, tell="comment_clause_changed"),
    drafts.PlaceSettled: to(Audience.SETTLED_PLACE, tell="comment_clause_changed"),
    drafts.AnswersOverdue: to(BODY, tell="answers_overdue"),
    drafts.ReportPublished: to(*DISCUSSION, tell="draft_reported"),
    drafts.DraftAdopted: to(*DISCUSSION, tell="draft_adopted"),
    drafts.DraftWithdrawn: to(*DISCUSSION, tell="draft_withdrawn"),
}

OF_COMMENTS: Announcements = {
    comments.CommentReplied: to(Audience.REPLIED_TO, tell="comment_replied"),
    comments.CommentHidden: to(Audience.COMMENT_AUTHOR, tell="comment_hidden"),
    comments.AppealMade: to(Audience.OTHER_MODERATORS, tell="appeal_made"),
    comments.AppealDecided: to(Audience.COMMENT_AUTHOR, tell="appeal_decided"),
    comments.GroupConfirmed: to(Audience.GROUPED, tell="group_confirmed"),
    comments.AnswersApprovalAsked: to(Audience.APPROVERS, tell="approval_asked"),
    comments.AnswerPublished: to(Audience.ANSWERED, tell="answer_published"),
}

ROOM, SECRETARY = Audience.COUNCIL_ROOM, Audience.SECRETARY
COUNCIL_FOLLOWERS = Audience.COUNCIL_FOLLOWERS
# Whoever cares for the draft act or the petition that a ruling, an answer or a promise is about.
CONCERNED = (AUTHOR, Audience.DRAFT_FOLLOWERS, FOLLOWERS)

OF_COUNCILS: Announcements = {
    councils.CompetitionAnnounced: to(COUNCIL_FOLLOWERS, tell="competition_announced"),
    councils.CompetitionDecided: (
        *to(Audience.COMPOSITION_APPROVERS, tell="composition_to_approve"),
        *to(Audience.CANDIDATES, COUNCIL_FOLLOWERS, tell="competition_decided"),
    ),
    councils.CompetitionCancelled: to(Audience.CANDIDATES, COUNCIL_FOLLOWERS, tell="competition_cancelled"),
    councils.CompositionApproved: to(
        Audience.CANDIDATES, ROOM, COUNCIL_FOLLOWERS, tell="composition_approved"
    ),
    councils.MemberRemoved: (
        *to(Audience.REMOVED_MEMBER, tell="member_removed", unless=news.is_not_for_the_member),
        *to(SECRETARY, tell="seat_freed"),
    ),
}

OF_SITTINGS: Announcements = {
    sittings.CouncilNotified: to(ROOM, tell="council_notified"),
    sittings.RapporteurAssigned: to(Audience.RAPPORTEUR, tell="rapporteur_assigned"),
    sittings.TermEndsSoon: to(Audience.RAPPORTEUR, ROOM, tell="term_ends_soon"),
    sittings.ConsentBySilence: to(ROOM, BODY, Audience.DRAFT_FOLLOWERS, tell="consent_by_silence"),
    sittings.SittingCalled: to(ROOM, COUNCIL_FOLLOWERS, tell="sitting_called"),
    sittings.AgendaItemDropped: to(ROOM, tell="agenda_item_dropped"),
    sittings.RulingPublished: (
        *to(Audience.ADDRESSED_BODY, tell="ruling_published", unless=news.asks_for_an_answer),
        *to(Audience.PROPOSAL_AUTHOR, *CONCERNED, COUNCIL_FOLLOWERS, tell="ruling_published"),
    ),
    sittings.MinutesPublished: to(ROOM, COUNCIL_FOLLOWERS, tell="minutes_published"),
    # Of acts of public control too; that something is to take place, its own letter says.
    gatherings.GatheringMoved: to(
        ROOM,
        Audience.CONTROLLED_BODY,
        Audience.GUESTS,
        Audience.QUESTION_AUTHORS,
        COUNCIL_FOLLOWERS,
        tell="gathering_moved",
    ),
    gatherings.GatheringCancelled: to(
        ROOM,
        Audience.CONTROLLED_BODY,
        Audience.GUESTS,
        Audience.QUESTION_AUTHORS,
        COUNCIL_FOLLOWERS,
        tell="gathering_cancelled",
    ),
}

ANSWERING = Audience.ANSWERING_BODY

OF_RECOMMENDATIONS: Announcements = {
    recommendations.RecommendationsReceived: to(ANSWERING, tell="recommendations_received"),
    recommendations.SignatureAsked: to(Audience.FIRST_HEAD, tell="signature_asked"),
    recommendations.RecommendationsAnswered: to(
        ROOM, Audience.PROPOSAL_AUTHOR, *CONCERNED, COUNCIL_FOLLOWERS, tell="recommendations_answered"
    ),
    recommendations.RecommendationsOverdue: (
        *to(ANSWERING, tell="recommendations_overdue"),
        *to(SECRETARY, tell="recommendations_late"),
    ),
}

PROMISING = Audience.PROMISING_BODY
TOLD_OF_PROMISES = (*CONCERNED, COUNCIL_FOLLOWERS)

OF_PROMISES: Announcements = {
    promises.PromiseEntered: to(PROMISING, *TOLD_OF_PROMISES, tell="promise_entered"),
    promises.PromisePutOff: to(*TOLD_OF_PROMISES, tell="promise_put_off"),
    promises.PromiseDue: to(PROMISING, tell="promise_due"),
    promises.PromiseLate: (
        *to(PROMISING, tell="promise_overdue"),
        *to(*TOLD_OF_PROMISES, tell="promise_late"),
    ),
    promises.PromiseKept: to(*TOLD_OF_PROMISES, tell="promise_kept"),
    promises.PromiseDropped: to(*TOLD_OF_PROMISES, tell="promise_dropped"),
}

PROPOSER, PROPOSED_TO = Audience.PROPOSAL_AUTHOR, Audience.PROPOSAL_ADDRESSEE

OF_PROPOSALS: Announcements = {
    proposals.ProposalMade: to(PROPOSED_TO, tell="proposal_received"),
    proposals.ProposalTakenUp: to(PROPOSER, tell="proposal_taken_up"),
    proposals.ProposalForwarded: (
        *to(PROPOSED_TO, tell="proposal_sent_on"),
        *to(PROPOSER, tell="proposal_forwarded"),
    ),
    proposals.ProposalDeclined: to(PROPOSER, tell="proposal_declined"),
    proposals.ProposalDone: to(PROPOSER, tell="proposal_done"),
    proposals.ProposalHidden: to(PROPOSER, tell="proposal_hidden"),
    proposals.ProposalOverdue: (
        *to(PROPOSED_TO, tell="proposal_overdue"),
        *to(PROPOSER, tell="proposal_late"),
    ),
}

CONTROLLED = Audience.CONTROLLED_BODY

OF_CONTROL: Announcements = {
    control.ControlAnnounced: to(CONTROLLED, ROOM, COUNCIL_FOLLOWERS, tell="control_announced"),
    control.ControlConcluded: (
        *to(CONTROLLED, tell="control_concluded", unless=news.asks_for_an_answer),
        *to(Audience.QUESTION_AUTHORS, COUNCIL_FOLLOWERS, tell="control_concluded"),
    ),
    control.ControlDocumentOverdue: to(SECRETARY, tell="control_document_overdue"),
}

ANNOUNCEMENTS: Announcements = {
    **OF_PETITIONS,
    **OF_DRAFTS,
    **OF_COMMENTS,
    **OF_COUNCILS,
    **OF_SITTINGS,
    **OF_RECOMMENDATIONS,
    **OF_PROMISES,
    **OF_PROPOSALS,
    **OF_CONTROL,
}
