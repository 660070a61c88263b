"""The audiences by name, as the rows of deliveries keep them."""

from enum import StrEnum


class Audience(StrEnum):
    # of a petition
    AUTHOR = "author"
    FOLLOWERS = "followers"
    ADDRESSEE = "addressee"
    # whatever it is about
    AUTHORISED_BODY = "authorised_body"
    MODERATORS = "moderators"
    ADMINISTRATORS = "administrators"
    # of a draft act
    DRAFTING_BODY = "drafting_body"
    DRAFT_FOLLOWERS = "draft_followers"
    COMMENTERS = "commenters"
    CHANGED_CLAUSES = "changed_clauses"
    SETTLED_PLACE = "settled_place"
    # of a comment, a group of them, an answer
    COMMENT_AUTHOR = "comment_author"
    REPLIED_TO = "replied_to"
    ANSWERED = "answered"
    GROUPED = "grouped"
    OTHER_MODERATORS = "other_moderators"
    APPROVERS = "approvers"
    # of a public council, of what comes before it, and of gatherings
    COUNCIL_ROOM = "council_room"
    SECRETARY = "secretary"
    COUNCIL_FOLLOWERS = "council_followers"
    REMOVED_MEMBER = "removed_member"
    CANDIDATES = "candidates"
    COMPOSITION_APPROVERS = "composition_approvers"
    RAPPORTEUR = "rapporteur"
    GUESTS = "guests"
    ADDRESSED_BODY = "addressed_body"
    # of what is answered, promised, proposed and controlled
    ANSWERING_BODY = "answering_body"
    FIRST_HEAD = "first_head"
    PROMISING_BODY = "promising_body"
    PROPOSAL_AUTHOR = "proposal_author"
    PROPOSAL_ADDRESSEE = "proposal_addressee"
    CONTROLLED_BODY = "controlled_body"
    QUESTION_AUTHORS = "question_authors"
    # Told by a service, not by a fact: whoever typed an address on a page, and whose search found something.
    ASKER = "asker"
    SEARCHER = "searcher"


# Whoever asked for letters can stop them; a letter to them names the subscription that it comes from.
SUBSCRIBED = frozenset(
    {Audience.FOLLOWERS, Audience.DRAFT_FOLLOWERS, Audience.COUNCIL_FOLLOWERS, Audience.SEARCHER}
)
