"""Who is told what: the tables from a fact to its audiences and templates.

One person is told of one fact once: whoever belongs to several audiences gets the letter of the first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.comments import events as comments
from app.consultations import events as drafts
from app.notifications.audiences import Audience
from app.outbox import Fact
from app.petitions import events, queries


@dataclass(frozen=True, slots=True)
class Announcement:
    """`template` is a folder of `app/templates/mail`. Nobody is told where `unless` says of the fact that it is no
    news any more."""

    audience: Audience
    template: str
    unless: Callable[[Any], bool] | None = None


def is_published(fact: events.PetitionFact) -> bool:
    """The letter about the publication says it all."""
    petition = queries.by_id(fact.petition_id)
    return petition is not None and petition.published_at is not None


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
    events.FirstSupportReached: to(AUTHOR, tell="first_support_reached", unless=is_published),
    events.FirstSupportFailed: to(AUTHOR, tell="first_support_failed"),
    events.CheckPassed: to(AUTHOR, tell="check_passed", unless=is_published),
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

ANNOUNCEMENTS: Announcements = {**OF_PETITIONS, **OF_DRAFTS, **OF_COMMENTS}
