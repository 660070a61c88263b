"""What letters say of recommendations and of the answers to them."""

from collections import Counter
from typing import Any

from app.i18n import _, language_shown
from app.notifications.contents import control, councils
from app.notifications.contents.subjects import named
from app.notifications.letters import Letter, Particular, Unwanted, address
from app.recommendations import queries
from app.recommendations.lifecycle import AnswerKind, State
from app.recommendations.models import RecommendationList

# More are counted, not listed.
MOST_LISTED = 20


def of_list(letter: Letter) -> dict[str, Any]:
    listed = queries.by_id(letter.values["list_id"])
    wanted = State.ANSWERED if letter.template == "recommendations_answered" else State.ISSUED
    if listed is None or listed.state is not wanted:
        raise Unwanted
    rows = listed.rows[:MOST_LISTED]
    kinds = Counter(row.answer.kind for row in listed.rows if row.answer)
    return _source(listed) | {
        "listed": listed,
        "council": listed.council,
        "rows": [Particular(str(row.position), row.text, language_shown(row.texts)) for row in rows],
        "more": len(listed.rows) - len(rows),
        "last_day": listed.duty.last_day if listed.duty else None,
        **{kind.value: kinds[kind] for kind in AnswerKind},
    }


def _source(listed: RecommendationList) -> dict[str, Any]:
    """Where the recommendations were given, as the letter names it and links to it."""
    particulars = [councils.named(listed.council)] if listed.council else []
    if listed.source_kind == "control":
        about = _("Public control No. %(number)s", number=listed.source_number)
        page = address("control.show", number=listed.source_number)
        particulars += control.by_number(listed.source_number)
    else:
        about = _("Ruling No. %(number)s", number=listed.source_number)
        page = address("sittings.ruling", number=listed.source_number)
        particulars += named(listed.subject_kind, listed.subject_number)
    return {"number": listed.source_number, "about": about, "page": page, "particulars": particulars}
