"""Who is told what: the one table from a fact to its audiences and templates.

One person is told of one fact once: whoever belongs to several audiences gets the letter of the first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.notifications.audiences import Audience
from app.outbox import Fact
from app.petitions import events
from app.petitions.models import Petition


@dataclass(frozen=True, slots=True)
class Announcement:
    """`template` is a folder of `app/templates/mail`. Nobody is told where `unless` says that the news is old."""

    audience: Audience
    template: str
    unless: Callable[[Petition], bool] | None = None


def is_published(petition: Petition) -> bool:
    """The letter about the publication says it all."""
    return petition.published_at is not None


def to(
    *audiences: Audience, tell: str, unless: Callable[[Petition], bool] | None = None
) -> tuple[Announcement, ...]:
    return tuple(Announcement(audience, tell, unless) for audience in audiences)


AUTHOR, FOLLOWERS, ADDRESSEE = Audience.AUTHOR, Audience.FOLLOWERS, Audience.ADDRESSEE
# Told of everything that happens in public.
PUBLIC = (AUTHOR, FOLLOWERS)

ANNOUNCEMENTS: Mapping[type[Fact], tuple[Announcement, ...]] = {
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
