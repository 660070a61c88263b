"""Draft acts with everything that the open data says of them, a fixed number of queries for a whole list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.comments.models import Thread
from app.comments.queries import figures
from app.comments.queries import open_data as comments
from app.comments.queries.figures import Figures
from app.comments.queries.open_data import OpenComment
from app.consultations import queries
from app.consultations.lifecycle import PUBLIC_STATES
from app.consultations.models import Clause, DraftAct, DraftVersion, Report
from app.consultations.queries import page
from app.consultations.queries.listing import Listed
from app.consultations.queries.page import Event
from app.consultations.queries.report import Campaign, gather
from app.db import db
from app.duties.models import Duty
from app.web.pagination import Page, keyset

# In the order of reading: keysets run downwards.
CLAUSE_ORDER = (-Clause.position,)


@dataclass(frozen=True, slots=True)
class OpenText:
    """A version in one language: how many clauses it has."""

    language: str
    clauses: int


@dataclass(frozen=True, slots=True)
class OpenVersion:
    number: int
    published_at: datetime
    fingerprint: str
    changes: Mapping[str, str]
    texts: Sequence[OpenText]


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A public draft with its meter and the clock that everybody watches: until when comments are taken, then until
    when they are answered."""

    draft: DraftAct
    figures: Figures
    due_on: date | None
    clock: str | None
    versions: Sequence[OpenVersion] = ()
    duties: Sequence[Duty] = ()
    timeline: Sequence[Event] = ()
    previous: int | None = None
    followed_by: int | None = None

    @property
    def exemption(self) -> DraftAct | None:
        """The draft, if it is exempt from discussion: ground and explanation are its own columns."""
        return self.draft if self.draft.exemption_ground else None

    @property
    def adopted(self) -> DraftAct | None:
        return self.draft if self.draft.adopted_link else None

    @property
    def term(self) -> DraftAct | None:
        return self.draft if self.draft.closes_on and not self.draft.exemption_ground else None


@dataclass(frozen=True, slots=True)
class OpenClause:
    """`comments`: how many were written on this clause, in whichever version."""

    clause: Clause
    comments: int


@dataclass(frozen=True, slots=True)
class OpenReport:
    draft: DraftAct
    report: Report
    figures: Figures
    campaigns: Sequence[Campaign]


def of_list(rows: Sequence[Listed]) -> list[OpenDraft]:
    return [_open(row) for row in rows]


def of_one(row: Listed, *, now: datetime) -> OpenDraft:
    """The draft with its versions, what its body owes, and its public history as well."""
    draft = row.draft
    follower = page.followed_by(draft)
    before = draft.previous if draft.previous and draft.previous.state in PUBLIC_STATES else None
    events = page.events_of(draft, today=clock.today(now))
    return _open(
        row,
        versions=versions_of(draft),
        duties=[duty for duty in (draft.answers_duty, draft.report_duty) if duty],
        timeline=[event for event in events if event.action is not None],
        previous=before.number if before else None,
        followed_by=follower.number if follower else None,
    )


def _open(row: Listed, **more: Any) -> OpenDraft:
    return OpenDraft(
        draft=row.draft,
        figures=row.figures,
        due_on=row.clock.last_day if row.clock else None,
        clock=row.clock.state.value if row.clock else None,
        **more,
    )


def versions_of(draft: DraftAct) -> list[OpenVersion]:
    """The published versions, the oldest first; two queries for all of them."""
    found = queries.published_versions(draft)
    rows = db.session.execute(
        select(Clause.version_id, Clause.language, func.count())
        .where(Clause.version_id.in_([version.id for version in found]))
        .group_by(Clause.version_id, Clause.language)
        .order_by(Clause.language)
    )
    texts: dict[int, list[OpenText]] = {}
    for version_id, language, clauses in rows:
        texts.setdefault(version_id, []).append(OpenText(language, clauses))
    return [
        OpenVersion(
            version.number,
            version.published_at,
            version.fingerprint,
            version.changes,
            texts.get(version.id, []),
        )
        for version in found
        if version.published_at is not None and version.fingerprint is not None
    ]


def clauses_page(
    version: DraftVersion, *, thread: Thread | None, language: str, position: str | None, size: int
) -> Page[OpenClause]:
    """Clauses in reading order; depth makes the tree of them."""
    query = select(Clause).where(Clause.version_id == version.id, Clause.language == language)
    found: Page[Clause] = keyset(query, order=CLAUSE_ORDER, position=position, size=size)
    counts = figures.anchor_counts(thread) if thread else {}
    rows = [OpenClause(clause, counts.get(clause.key, 0)) for clause in found.rows]
    return Page(rows, found.next, found.previous)


def report_of(draft: DraftAct) -> OpenReport | None:
    """The published report; None before it is."""
    report = queries.report_of(draft)
    if report is None or report.published_at is None:
        return None
    data = gather(draft)
    figures = Figures(**report.figures) if report.figures is not None else data.figures
    return OpenReport(draft, report, figures, data.campaigns)


# The columns of the table of comments.
COLUMNS = (
    "comment", "state", "posted_at", "edited_at", "language", "author_kind", "organisation", "clause_key",
    "clause", "version", "clause_language", "quote", "text", "proposed", "has_file", "agreements", "group",
    "hidden_for", "answer", "answer_language", "answer_text", "answered_at", "answered_on_time",
    "answered_as_group", "changed_clause_key", "changed_version",
)  # fmt: skip


def table_of(thread_id: int | None) -> Iterator[Sequence[Any]]:
    """Every comment with its answer as one row of the table."""
    return (_row(comment) for comment in comments.every(thread_id))


def _row(one: OpenComment) -> Sequence[Any]:
    place, answer = one.anchor, one.answer
    changed = answer.changed if answer else None
    return (
        one.id,
        one.state,
        one.posted_at,
        one.edited_at,
        one.language,
        one.author_kind,
        one.organisation,
        *((place.key, place.path, place.version, place.language, place.quote) if place else (None,) * 5),
        one.text,
        one.proposed,
        one.has_file,
        one.agreements,
        one.group,
        one.hidden_for,
        *(
            (
                answer.kind,
                answer.language,
                answer.text,
                answer.published_at,
                answer.is_on_time,
                answer.to_group,
            )
            if answer
            else (None,) * 6
        ),
        *((changed.key, changed.version) if changed else (None,) * 2),
    )
