"""What a letter says of its subject: read when the letter is made, so that it tells how things stand now.

The values of a letter name its subject, as the fact did: a petition, a draft act, a comment, a council, a sitting, a
ruling, a promise …, or a saved search.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.notifications.contents import (
    comments,
    control,
    councils,
    drafts,
    petitions,
    promises,
    proposals,
    recommendations,
    searches,
    sittings,
)
from app.notifications.letters import Letter

SUBJECTS: Mapping[str, Callable[[Letter], dict[str, Any]]] = {
    "petition_id": petitions.of_petition,
    "draft_id": drafts.of_draft,
    "comment_id": comments.of_comment,
    "answer_id": comments.of_answer,
    "group_id": comments.of_group,
    "thread_id": comments.of_thread,
    "council_id": councils.of_council,
    "competition_id": councils.of_competition,
    "member_id": councils.of_member,
    "examination_id": sittings.of_examination,
    "sitting_id": sittings.of_sitting,
    "ruling_id": sittings.of_ruling,
    "gathering_id": sittings.of_gathering,
    "list_id": recommendations.of_list,
    "promise_id": promises.of_promise,
    "proposal_id": proposals.of_proposal,
    "act_id": control.of_act,
    "search_id": searches.of_search,
}


def contents(letter: Letter) -> dict[str, Any]:
    """The values for the templates of `letter`. Unwanted if there is nothing to tell any more."""
    found: dict[str, Any] = {}
    for name, of_subject in SUBJECTS.items():
        if letter.values.get(name) is not None:
            found |= of_subject(letter)
    return found
