"""What letters say of a draft act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.comments import queries as comments
from app.comments.lifecycle import State as CommentState
from app.comments.models import Comment
from app.comments.queries import figures
from app.consultations import labels, queries
from app.consultations.lifecycle import PUBLIC_STATES
from app.consultations.models import CarriedComment, Clause, DraftAct, DraftVersion, Fate
from app.consultations.queries import commented
from app.db import db
from app.i18n import _, in_reader_language, language_shown
from app.notifications.labels import CHANGED_PLACES
from app.notifications.letters import Letter, Particular, Unwanted, address, quoted

# More own comments are counted, not listed.
MOST_LISTED = 20


def of_draft(letter: Letter) -> dict[str, Any]:
    draft = queries.by_id(letter.values["draft_id"])
    if draft is None or draft.state not in PUBLIC_STATES:
        raise Unwanted
    found = about(draft) | {"draft": draft}
    if more := MORE.get(letter.template):
        found |= more(draft, letter.values)
    return found


def about(draft: DraftAct) -> dict[str, Any]:
    """Which draft act it is, in the reader's language where there is such a title."""
    language = language_shown(draft.titles)
    return {
        "number": draft.number,
        "title": draft.title,
        "title_language": language,
        "about": _("Draft act No. %(number)s", number=draft.number),
        "particulars": [
            Particular(_("Draft act"), draft.title, language),
            Particular(_("Number"), str(draft.number)),
            Particular(_("Body"), draft.agency.name),
        ],
    }


def _owed(draft: DraftAct, _values: Mapping[str, Any]) -> dict[str, Any]:
    """How many comments wait for an answer, and until when."""
    counted = figures.of(draft.thread) if draft.thread else figures.Figures()
    return {
        "unanswered": counted.unanswered,
        "answers_due_on": draft.answers_duty.last_day if draft.answers_duty else None,
        "report_due_on": draft.report_duty.last_day if draft.report_duty else None,
    }


def _term(_draft: DraftAct, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"closes_on": date.fromisoformat(values["closes_on"])}


def _version(_draft: DraftAct, values: Mapping[str, Any]) -> dict[str, Any]:
    version = _version_of(values)
    return {
        "version": version,
        "changes": in_reader_language(**version.changes) if version.changes else "",
        "changes_language": language_shown(version.changes) if version.changes else None,
    }


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """What became of the place of an own comment, in a sentence, and where it can be seen."""

    sentence: str
    words: str
    language: str
    address: str


def _own_places(draft: DraftAct, values: Mapping[str, Any]) -> dict[str, Any]:
    """The reader's comments whose clause changed; those taken back since are left out."""
    version = _version_of(values)
    own = [
        comment
        for comment in comments.by_ids(values.get("comment_ids", ()))
        if comment.state is CommentState.SHOWN
    ]
    if not own:
        raise Unwanted
    listed = own[:MOST_LISTED]
    return {
        "version": version,
        "places": _places(draft, version, listed),
        "first": own[0],
        "more": len(own) - len(listed),
    }


def _places(draft: DraftAct, version: DraftVersion, own: Sequence[Comment]) -> list[ChangedPlace]:
    carried = {
        row.comment_id: row
        for row in db.session.scalars(
            select(CarriedComment).where(
                CarriedComment.version_id == version.id,
                CarriedComment.comment_id.in_([comment.id for comment in own]),
            )
        )
    }
    wanted = {(c.anchor_key, c.anchor_version) for c in own if c.anchor_key and c.anchor_version}
    wanted |= {(row.clause_key, version.number) for row in carried.values() if row.clause_key}
    clauses = {
        (clause.key, number, clause.language): clause
        for number, clause in commented.clauses_at(draft.number, wanted)
    }
    return [_place(draft, version, comment, carried[comment.id], clauses) for comment in own]


def _place(
    draft: DraftAct,
    version: DraftVersion,
    comment: Comment,
    carried: CarriedComment,
    clauses: Mapping[tuple[str, int, str], Clause],
) -> ChangedPlace:
    read_in = comment.anchor_language or comment.language
    before = clauses.get((comment.anchor_key or "", comment.anchor_version or 0, read_in))
    after = clauses.get((carried.clause_key or "", version.number, read_in))
    where = address("consultations.changes", number=draft.number, version=version.number, text=read_in)
    if after is not None and carried.fate is not Fate.REMOVED:
        where = address(
            "consultations.clause",
            number=draft.number,
            anchor=after.anchor,
            version=version.number,
            text=read_in,
        )
    name = labels.place(before) if before is not None else comment.anchor_path or ""
    return ChangedPlace(
        sentence=str(CHANGED_PLACES[carried.fate] % {"place": name}),
        words=quoted(comment.text),
        language=comment.language,
        address=where,
    )


def _version_of(values: Mapping[str, Any]) -> DraftVersion:
    version = queries.version_by_id(values["version_id"])
    if version is None or version.published_at is None:
        raise Unwanted
    return version


def _adopted(draft: DraftAct, _values: Mapping[str, Any]) -> dict[str, Any]:
    return {"adopted_title": draft.adopted_title or "", "adopted_on": draft.adopted_on}


MORE: dict[str, Callable[[DraftAct, Mapping[str, Any]], dict[str, Any]]] = {
    "draft_to_answer": _owed,
    "answers_overdue": _owed,
    "draft_prolonged": _term,
    "version_published": _version,
    "comment_clause_changed": _own_places,
    "draft_adopted": _adopted,
}
