"""What letters say of a saved search and of what it found."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.consultations.lifecycle import State
from app.consultations.models import DraftAct
from app.db import db
from app.i18n import language_shown
from app.notifications import queries
from app.notifications.letters import Letter, Unwanted
from app.notifications.wishes import in_address, in_words

# Of what was withdrawn since the letter was written nobody wants to hear as new.
STILL_NEWS = (State.ANNOUNCED, State.OPEN)


def of_search(letter: Letter) -> dict[str, Any]:
    search = queries.search_by_id(letter.values["search_id"])
    if search is None:
        raise Unwanted
    found: dict[str, Any] = {
        "search": search,
        "wish": in_words(search),
        "list_values": in_address(search),
        "language_shown": language_shown,
    }
    if "new" not in letter.values:
        return found
    closing, new = _drafts(letter.values["closing"]), _drafts(letter.values["new"])
    if not closing and not new:
        raise Unwanted
    more = letter.values["more"]
    return found | {"closing": closing, "new": new, "more": more, "total": len(closing) + len(new) + more}


def _drafts(ids: Sequence[int]) -> list[DraftAct]:
    """Those drafts, in the same order, that are still to be discussed."""
    rows = db.session.scalars(
        select(DraftAct).where(DraftAct.id.in_(list(ids)), DraftAct.state.in_(STILL_NEWS))
    )
    place = {draft_id: position for position, draft_id in enumerate(ids)}
    return sorted(rows, key=lambda draft: place[draft.id])
