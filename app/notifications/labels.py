"""Why somebody gets a letter, what became of a clause, and what a subscription is called, in words."""

from dataclasses import dataclass
from typing import Any

from app.consultations.models import Fate
from app.i18n import _l
from app.notifications.audiences.names import Audience
from app.notifications.models import Follow, Frequency, Subscribed

REASONS: dict[Audience, Any] = {
    Audience.AUTHOR: _l("You get this letter because you wrote this petition."),
    Audience.FOLLOWERS: _l("You get this letter because you asked to follow this petition."),
    Audience.ADDRESSEE: _l(
        "You get this letter because you work for the body that the petition is addressed to."
    ),
    Audience.AUTHORISED_BODY: _l(
        "You get this letter because you work for the authorised body for petitions."
    ),
    Audience.MODERATORS: _l("You get this letter because you check petitions before they are published."),
    Audience.ADMINISTRATORS: _l("You get this letter because you administer this site."),
    Audience.DRAFTING_BODY: _l(
        "You get this letter because you work for the body that develops this draft act."
    ),
    Audience.DRAFT_FOLLOWERS: _l("You get this letter because you asked to follow this draft act."),
    Audience.COMMENTERS: _l("You get this letter because you commented on this draft act."),
    Audience.CHANGED_CLAUSES: _l("You get this letter because you commented on this draft act."),
    Audience.SETTLED_PLACE: _l("You get this letter because you commented on this draft act."),
    Audience.COMMENT_AUTHOR: _l("You get this letter because you wrote this comment."),
    Audience.REPLIED_TO: _l("You get this letter because you wrote the comment."),
    Audience.ANSWERED: _l("You get this letter because you wrote the comment."),
    Audience.GROUPED: _l("You get this letter because you wrote the comment."),
    Audience.OTHER_MODERATORS: _l("You get this letter because you moderate comments."),
    Audience.APPROVERS: _l("You get this letter because you head the body that answers these comments."),
    Audience.COUNCIL_ROOM: _l(
        "You get this letter because you are a member or the secretary of this public council."
    ),
    Audience.SECRETARY: _l("You get this letter because you are the secretary of this public council."),
    Audience.COUNCIL_FOLLOWERS: _l("You get this letter because you asked to follow this public council."),
    Audience.REMOVED_MEMBER: _l("You get this letter because you had a seat in this public council."),
    Audience.CANDIDATES: _l("You get this letter because you applied for a seat in this public council."),
    Audience.COMPOSITION_APPROVERS: _l(
        "You get this letter because you head the body that approves who sits in this public council."
    ),
    Audience.RAPPORTEUR: _l(
        "You get this letter because you report on this draft act in the public council."
    ),
    Audience.GUESTS: _l("You get this letter because you registered to attend."),
    Audience.ADDRESSED_BODY: _l(
        "You get this letter because you work for the body that this ruling is addressed to."
    ),
    Audience.ANSWERING_BODY: _l(
        "You get this letter because you work for the body that answers these recommendations."
    ),
    Audience.FIRST_HEAD: _l(
        "You get this letter because you head the body that answers these recommendations."
    ),
    Audience.PROMISING_BODY: _l("You get this letter because you work for the body that made this promise."),
    Audience.PROPOSAL_AUTHOR: _l("You get this letter because you made this proposal."),
    Audience.PROPOSAL_ADDRESSEE: _l(
        "You get this letter because you speak for the council or body that the proposal is addressed to."
    ),
    Audience.CONTROLLED_BODY: _l(
        "You get this letter because you work for the body that is under public control."
    ),
    Audience.QUESTION_AUTHORS: _l("You get this letter because you sent a question."),
    Audience.ASKER: _l(
        "This address was typed on a page of the site. If it was not you, do nothing: no further letters will come."
    ),
    Audience.SEARCHER: _l("You get this letter because you asked to be told of new draft acts like these."),
}

# To whoever commented on the place.
CHANGED_PLACES: dict[Fate, Any] = {
    Fate.UNCHANGED: _l("%(place)s: did not change after your comment."),
    Fate.EDITED: _l("%(place)s: changed after your comment."),
    Fate.MOVED: _l("%(place)s: moved after your comment."),
    Fate.REMOVED: _l("%(place)s: is no longer in the text."),
    Fate.DOUBTFUL: _l("%(place)s: a person is looking where your comment belongs now."),
}

FREQUENCIES: dict[Frequency, Any] = {
    Frequency.DAILY: _l("Every day on which there is something new"),
    Frequency.WEEKLY: _l("On Mondays, if there is something new"),
}


@dataclass(frozen=True, slots=True)
class SubscriptionWords:
    """What the pages that confirm and end a subscription say of one kind of them."""

    ask: Any
    confirmed: Any
    ask_end: Any
    ended: Any
    promise: Any
    promise_if_confirmed: Any
    after_end: Any
    again: Any


OF_PETITION = SubscriptionWords(
    ask=_l("Follow this petition?"),
    confirmed=_l("You follow this petition"),
    ask_end=_l("Stop the letters about this petition?"),
    ended=_l("No more letters about this petition"),
    promise=_l("We will write to you when something happens with it."),
    promise_if_confirmed=_l(
        "Press the button, and we will write to you when something happens with it. "
        "Each letter has a link that stops them."
    ),
    after_end=_l("You no longer follow it. A signature of yours, if you gave one, stays."),
    again=_l("Follow it again"),
)
OF_DRAFT = SubscriptionWords(
    ask=_l("Follow this draft act?"),
    confirmed=_l("You follow this draft act"),
    ask_end=_l("Stop the letters about this draft act?"),
    ended=_l("No more letters about this draft act"),
    promise=OF_PETITION.promise,
    promise_if_confirmed=OF_PETITION.promise_if_confirmed,
    after_end=_l("You no longer follow it. Comments of yours, if you wrote any, stay."),
    again=OF_PETITION.again,
)
OF_COUNCIL = SubscriptionWords(
    ask=_l("Follow this public council?"),
    confirmed=_l("You follow this public council"),
    ask_end=_l("Stop the letters about this public council?"),
    ended=_l("No more letters about this public council"),
    promise=_l("We will write to you when it sits, rules, or controls a body."),
    promise_if_confirmed=_l(
        "Press the button, and we will write to you when it sits, rules, or controls a body. "
        "Each letter has a link that stops them."
    ),
    after_end=_l("You no longer follow it."),
    again=OF_PETITION.again,
)
OF_SEARCH = SubscriptionWords(
    ask=_l("Be told of new draft acts?"),
    confirmed=_l("You will be told of new draft acts"),
    ask_end=_l("Stop the letters about new draft acts?"),
    ended=_l("No more letters about new draft acts"),
    promise=_l("We will write to you when there is something new."),
    promise_if_confirmed=_l(
        "Press the button, and we will write to you when there is something new. "
        "Each letter has a link that stops them."
    ),
    after_end=_l("This search is no longer looked for. Other searches of yours, if you saved any, go on."),
    again=_l("Be told again"),
)


def words_of(subscribed: Subscribed) -> SubscriptionWords:
    if not isinstance(subscribed, Follow):
        return OF_SEARCH
    if subscribed.council_id is not None:
        return OF_COUNCIL
    return OF_PETITION if subscribed.petition_id is not None else OF_DRAFT
