"""Who is meant when somebody is to be told: each audience as a query over the fact, so that telling a million is one
statement."""

from collections.abc import Callable, Mapping
from typing import Any

from app.notifications.audiences import (
    comments,
    control,
    councils,
    drafts,
    petitions,
    promises,
    proposals,
    recommendations,
    sittings,
    staff,
)
from app.notifications.audiences.names import Audience
from app.notifications.audiences.rows import Recipients

__all__ = ["AUDIENCES", "Audience", "Recipients", "recipients"]

AUDIENCES: Mapping[Audience, Callable[[Any], Recipients]] = {
    Audience.AUTHOR: petitions.author,
    Audience.FOLLOWERS: petitions.followers,
    Audience.ADDRESSEE: petitions.addressee,
    Audience.AUTHORISED_BODY: staff.authorised_body,
    Audience.MODERATORS: staff.moderators,
    Audience.ADMINISTRATORS: staff.administrators,
    Audience.DRAFTING_BODY: drafts.body,
    Audience.DRAFT_FOLLOWERS: drafts.followers,
    Audience.COMMENTERS: drafts.commenters,
    Audience.CHANGED_CLAUSES: drafts.authors_of_changed_clauses,
    Audience.SETTLED_PLACE: drafts.author_of_settled_place,
    Audience.COMMENT_AUTHOR: comments.author,
    Audience.REPLIED_TO: comments.author_of_parent,
    Audience.ANSWERED: comments.answered,
    Audience.GROUPED: comments.authors_of_group,
    Audience.OTHER_MODERATORS: comments.moderators_but_who_hid,
    Audience.APPROVERS: comments.approvers,
    Audience.COUNCIL_ROOM: councils.room,
    Audience.SECRETARY: councils.secretaries,
    Audience.COUNCIL_FOLLOWERS: councils.followers,
    Audience.REMOVED_MEMBER: councils.removed,
    Audience.CANDIDATES: councils.candidates,
    Audience.COMPOSITION_APPROVERS: councils.approvers,
    Audience.RAPPORTEUR: sittings.rapporteur,
    Audience.GUESTS: sittings.guests,
    Audience.ADDRESSED_BODY: sittings.addressed_body,
    Audience.ANSWERING_BODY: recommendations.answering_body,
    Audience.FIRST_HEAD: recommendations.first_head,
    Audience.PROMISING_BODY: promises.promising_body,
    Audience.PROPOSAL_AUTHOR: proposals.author,
    Audience.PROPOSAL_ADDRESSEE: proposals.addressee,
    Audience.CONTROLLED_BODY: control.body,
    Audience.QUESTION_AUTHORS: control.question_authors,
}


def recipients(audience: Audience, fact: Any) -> Recipients:
    """Everybody of `audience` who has an address, as the fact has it; with details of their own, where there are any."""
    return AUDIENCES[audience](fact)
