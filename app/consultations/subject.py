"""What comments are told about draft acts."""

from collections.abc import Collection, Mapping, Sequence

from flask import url_for

from app.access import Actor
from app.comments.models import Comment, Thread
from app.comments.subjects import Fate, Place, Spot, Subject, register
from app.consultations import labels, policies, queries
from app.consultations.models import Clause, DraftAct
from app.consultations.models import Fate as CarriedFate
from app.consultations.queries import commented

KIND = "draft"


def draft_of(thread: Thread) -> DraftAct:
    draft = queries.by_number(thread.subject_number)
    assert draft is not None  # noqa: S101  drafts are never deleted
    return draft


def title(thread: Thread) -> str:
    return draft_of(thread).title


def address(thread: Thread, path: str | None) -> str:
    if path:
        return url_for("consultations.clause", number=thread.subject_number, anchor=path)
    return url_for("consultations.comments", number=thread.subject_number)


def may_know(actor: Actor, thread: Thread) -> bool:
    return policies.may_know(actor, draft_of(thread))


def place(thread: Thread, path: str, language: str, number: int | None) -> Place | None:
    """The clause with that address in a published version (the newest without `number`). A text that does not exist
    in the reader's language is read in Kazakh or Russian."""
    version = queries.published_version(draft_of(thread), number)
    if version is None:
        return None
    clause = None
    for known in (language, "kk", "ru"):
        clause = queries.clause_by_anchor(version, path, known)
        if clause is not None:
            break
    # Answers name the clause that they changed by its key.
    clause = clause or queries.clause_by_key(version, path)
    return _place(clause, version.number) if clause is not None else None


def _place(clause: Clause, version: int) -> Place:
    return Place(
        key=clause.key,
        path=clause.anchor,
        label=labels.place(clause),
        text=clause.text,
        language=clause.language,
        version=version,
    )


def places(thread: Thread, language: str) -> dict[str, str]:
    """Keys and labels of the newest version's clauses in reading order."""
    version = queries.published_version(draft_of(thread))
    if version is None:
        return {}
    known = language if language in ("kk", "ru") else "kk"
    return {clause.key: labels.place(clause) for clause in queries.clauses(version, known)}


def places_at(thread: Thread, wanted: Collection[tuple[str, int]]) -> Mapping[Spot, Place]:
    return {
        (clause.key, number, clause.language): _place(clause, number)
        for number, clause in commented.clauses_at(thread.subject_number, wanted)
    }


def fates(thread: Thread, comments: Sequence[Comment]) -> Mapping[int, Fate]:
    """Where the clause stayed as it was, nothing is said."""
    number = thread.subject_number
    found = commented.fates_of([comment.id for comment in comments if comment.anchor_key])
    return {
        comment_id: Fate(
            label=labels.FATES[fate],
            address=url_for("consultations.changes", number=number, version=version),
        )
        for comment_id, (fate, version) in found.items()
        if fate is not CarriedFate.UNCHANGED
    }


register(
    KIND,
    Subject(
        title=title,
        address=address,
        may_know=may_know,
        place=place,
        places=places,
        places_at=places_at,
        fates=fates,
    ),
)
