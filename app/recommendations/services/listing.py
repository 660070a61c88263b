"""The list itself: prepared with the ruling or the final document, issued with it, and then owed an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from app import clock
from app.agencies.models import Agency
from app.councils.models import Council
from app.db import db
from app.duties import services as duties
from app.duties.models import DutyKind
from app.law import council_rules_in_force
from app.outbox import publish
from app.recommendations.errors import LanguageMissing, TooLong, TooManyRows
from app.recommendations.events import RecommendationsIssued, RecommendationsReceived
from app.recommendations.lifecycle import Action, State, allows
from app.recommendations.models import Recommendation, RecommendationList
from app.recommendations.policies import NotInThisState
from app.text.normalize import shown

# Recommendations are in both (LLA art. 20).
OBLIGATORY = ("kk", "ru")


@dataclass(frozen=True, slots=True)
class RowWords:
    """One recommendation as the form says it: `texts` by language; the `clause_*` all set, or none."""

    texts: Mapping[str, str]
    clause_key: str | None = None
    clause_path: str | None = None
    clause_label: Mapping[str, str] | None = field(default=None, hash=False)
    clause_version: int | None = None


def draft_list(
    *,
    source_kind: str,
    source_number: int,
    agency: Agency | None,
    council: Council | None,
    subject_kind: str | None = None,
    subject_number: int | None = None,
) -> RecommendationList:
    """An empty list in preparation. Whoever makes it has checked that the actor may."""
    listed = RecommendationList(
        source_kind=source_kind,
        source_number=source_number,
        subject_kind=subject_kind,
        subject_number=subject_number,
        agency=agency,
        council=council,
        state=State.PREPARING,
    )
    db.session.add(listed)
    # The ruling points to it by its id.
    db.session.flush()
    return listed


def set_rows(listed: RecommendationList, rows: Sequence[RowWords], *, now: datetime) -> RecommendationList:
    """The list has these rows from now on, numbered as they come; rows without a word are left out.

    NotInThisState once it is issued. A text in one language is kept: `issue` asks for both.
    """
    lock(listed)
    _check(Action.EDIT, listed)
    limits = council_rules_in_force(clock.today(now)).limits
    kept = [(row, texts) for row in rows if (texts := _texts(row))]
    if len(kept) > limits.recommendations:
        raise TooManyRows(field="rows", limit=limits.recommendations, rows=len(kept))
    for position, (_row, texts) in enumerate(kept, start=1):
        for text in texts.values():
            if len(text) > limits.recommendation_characters:
                raise TooLong(
                    field="rows", row=position, limit=limits.recommendation_characters, length=len(text)
                )
    listed.rows.clear()
    # The old numbers are free before the new rows take them.
    db.session.flush()
    listed.rows.extend(
        Recommendation(
            position=position,
            texts=texts,
            clause_key=row.clause_key,
            clause_path=row.clause_path,
            clause_label=dict(row.clause_label) if row.clause_label is not None else None,
            clause_version=row.clause_version,
        )
        for position, (row, texts) in enumerate(kept, start=1)
    )
    db.session.flush()
    return listed


def issue(
    listed: RecommendationList, *, deadline: str, on: date | None = None, now: datetime
) -> RecommendationList:
    """The rows stand for ever, and the body owes an answer to each by `deadline` of the rules, counted from `on`.

    LanguageMissing with the numbers of rows that are not in both languages. Issued again, nothing happens. A list
    without rows, or to nobody whom we know, is owed no answer.
    """
    lock(listed)
    if listed.state is State.ISSUED:
        return listed
    _check(Action.EDIT, listed)
    on = on or clock.today(now)
    # A name that the rules do not know is our own fault, and shows itself here instead of in a job.
    council_rules_in_force(on).deadline(deadline)
    incomplete = [row.position for row in listed.rows if any(not row.texts.get(one) for one in OBLIGATORY)]
    if incomplete:
        raise LanguageMissing(field="rows", rows=incomplete)
    listed.state, listed.issued_at = State.ISSUED, now
    db.session.flush()
    if listed.rows and listed.agency_id is not None:
        publish(RecommendationsIssued(list_id=listed.id, deadline=deadline, issued_on=on.isoformat()))
    return listed


def start_duty(
    listed: RecommendationList, *, deadline: str, issued_on: date, now: datetime
) -> RecommendationList:
    """The body owes an answer to each row, its successor if it is no more; done twice, it is owed once."""
    lock(listed)
    if listed.duty_id is not None or listed.state is not State.ISSUED or listed.agency is None:
        return listed
    rules = council_rules_in_force(issued_on)
    listed.duty = duties.start(
        DutyKind.RECOMMENDATION_ANSWERS,
        agency=ower_today(listed.agency),
        subject_kind=listed.source_kind,
        subject_number=listed.source_number,
        deadline=rules.deadline(deadline),
        rules_version=rules.id,
        started_on=issued_on,
    )
    db.session.flush()
    publish(RecommendationsReceived(list_id=listed.id))
    return listed


def withdraw(listed: RecommendationList, *, now: datetime) -> RecommendationList:
    """What it was about is no more: no answer is owed. In preparation, or answered, it stays as it is."""
    lock(listed)
    if listed.state is State.ISSUED:
        listed.state = State.WITHDRAWN
        if listed.duty is not None:
            duties.cancel(listed.duty, now=now)
        db.session.flush()
    return listed


def withdraw_of_subject(subject_kind: str, subject_number: int, *, now: datetime) -> None:
    """Withdraws every list about a thing that is no more."""
    for listed in db.session.scalars(
        select(RecommendationList).where(
            RecommendationList.subject_kind == subject_kind,
            RecommendationList.subject_number == subject_number,
            RecommendationList.state == State.ISSUED,
        )
    ):
        withdraw(listed, now=now)


def ower_today(agency: Agency) -> Agency:
    """The body that stands in for `agency` today: itself, or the last of its successors."""
    seen = {agency.id}
    while not agency.is_active and agency.successor is not None and agency.successor.id not in seen:
        agency = agency.successor
        seen.add(agency.id)
    return agency


def lock(listed: RecommendationList) -> None:
    """The list as it is now, and nobody else's until the transaction ends."""
    # A refresh forgets what was not yet written.
    db.session.flush()
    db.session.refresh(listed, with_for_update={"of": RecommendationList})


def _check(action: Action, listed: RecommendationList) -> None:
    if not allows(action, listed.state):
        raise NotInThisState(action=action, state=listed.state)


def _texts(row: RowWords) -> dict[str, str]:
    cleaned = {language: shown(text or "") for language, text in row.texts.items()}
    return {language: text for language, text in cleaned.items() if text}
