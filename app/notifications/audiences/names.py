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
    # Told by a service, not by a fact: whoever typed an address on a page, and whose search found something.
    ASKER = "asker"
    SEARCHER = "searcher"


# Whoever asked for letters can stop them; a letter to them names the subscription that it comes from.
SUBSCRIBED = frozenset({Audience.FOLLOWERS, Audience.DRAFT_FOLLOWERS, Audience.SEARCHER})
