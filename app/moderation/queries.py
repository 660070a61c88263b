"""What the desk shows: clocks of what waits, similar petitions with their flags, and how the machine does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app import clock
from app.accounts.models import Account
from app.consultations import queries as consultations
from app.consultations.models import DraftAct
from app.db import db
from app.duties.models import ClockState, Duty, DutyKind
from app.duties.queries import AgencyFigures, Clock, clock_of, figures_by_agency, open_duties
from app.law import calendar_now, due_date, rules_version
from app.notifications.queries import MailFigures, mail_figures
from app.outbox.models import OutboxEntry
from app.petitions import queries as petitions
from app.petitions.lifecycle import State
from app.petitions.models import CountProof, Decision, Petition
from app.petitions.queries import counts, desk, listing
from app.statistics.queries import sum_of

# In public access and not decided: a petition on the same subject stands in the way of a new one.
OPEN = frozenset({State.PUBLISHED, State.SUPPORTED, State.FORWARDED, State.UNDER_REVIEW})
SIMILAR_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """A petition on a desk, with the duty that makes it stand there and its clock."""

    petition: Petition
    duty: Duty
    clock: Clock
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """A draft act on a desk: the answers to its comments or the report are owed, and the clock of that."""

    draft: DraftAct
    duty: Duty
    clock: Clock


@dataclass(frozen=True, slots=True)
class Similar:
    """A petition that may be on the same subject. The two flags of APPC art. 90-2(4)3; neither refuses by itself."""

    petition: Petition
    signatures: int
    is_open: bool
    decided_on: date | None
    is_banned_until: date | None


@dataclass(frozen=True, slots=True)
class Operations:
    """What an operator looks at first thing in the morning."""

    facts_waiting: int
    oldest_minutes: int | None
    mail: MailFigures
    proof: CountProof | None
    accounts: int


def checks(*, now: datetime) -> Sequence[Waiting]:
    """The queue of the check before publication, what is late first."""
    waiting = desk.to_check()
    signatures = petitions.signatures_of(waiting)
    return [
        Waiting(petition, duty, clock_of(duty, today=clock.today(now)), signatures.get(petition.id, 0))
        for petition in waiting
        if (duty := petition.check_duty)
    ]


def owed_by(agency_ids: Iterable[int], *, now: datetime) -> Sequence[Waiting]:
    """What these bodies owe: registrations, decisions and answers to letters, by the last day of each."""
    rows = [
        Waiting(petition, duty, clock_of(duty, today=clock.today(now)))
        for petition in desk.with_agencies(agency_ids)
        if (duty := open_duty(petition))
    ]
    return sorted(rows, key=lambda row: (row.duty.last_day, row.petition.id))


def drafts_owed_by(agency_ids: Iterable[int], *, now: datetime) -> Sequence[WaitingDraft]:
    """Answers and reports that these bodies owe on draft acts, by the last day of each."""
    owed = open_duties(agency_ids=agency_ids, kinds=(DutyKind.COMMENT_ANSWERS, DutyKind.DISCUSSION_REPORT))
    drafts = consultations.by_duties(duty.id for duty in owed)
    today, calendar = clock.today(now), calendar_now()
    return [
        WaitingDraft(drafts[duty.id], duty, clock_of(duty, today=today, calendar=calendar))
        for duty in owed
        if duty.id in drafts
    ]


def open_duty(petition: Petition) -> Duty | None:
    """What is owed on this petition now; an open registration comes before the decision."""
    for duty in (petition.register_duty, petition.review_duty, petition.letter_duty):
        if duty is not None and duty.is_open:
            return duty
    return None


def figures_of(agency_ids: Iterable[int], *, now: datetime) -> AgencyFigures:
    """How these bodies answer citizens, counted as everybody sees it in the agencies' table."""
    by_agency = figures_by_agency(today=clock.today(now))
    return sum_of([by_agency[agency_id] for agency_id in agency_ids if agency_id in by_agency])


def done_by(agency_ids: Iterable[int], *, now: datetime) -> Sequence[Waiting]:
    """What these bodies decided or answered last."""
    return [
        Waiting(petition, duty, shown)
        for petition in desk.decided_by(agency_ids, limit=20)
        if (duty := petition.review_duty or petition.letter_duty)
        and (shown := clock_of(duty, today=clock.today(now))).state is not ClockState.CANCELLED
    ]


def similar_to(petition: Petition, *, now: datetime) -> Sequence[Similar]:
    """Petitions that look alike in any language, most alike first, each with its two flags."""
    found: dict[int, Petition] = {}
    for title in petition.titles.values():
        for listed in listing.similar_to(title, limit=SIMILAR_SHOWN + 1):
            if listed.petition.id != petition.id:
                found.setdefault(listed.petition.id, listed.petition)
    shown = list(found.values())[:SIMILAR_SHOWN]
    signatures = petitions.signatures_of(shown)
    decided = _decision_days([other.id for other in shown])
    period = rules_version(petition.rules_version or "").deadlines.get("same_subject_ban")
    rows = []
    for other in shown:
        on = decided.get(other.id)
        until = due_date(on, period, calendar_now()) if on and period else None
        rows.append(
            Similar(
                petition=other,
                signatures=signatures.get(other.id, 0),
                is_open=other.state in OPEN,
                decided_on=on,
                is_banned_until=until if until and until >= clock.today(now) else None,
            )
        )
    return rows


def _decision_days(petition_ids: Sequence[int]) -> dict[int, date]:
    rows = db.session.execute(
        select(Decision.petition_id, Decision.published_at).where(
            Decision.petition_id.in_(petition_ids), Decision.published_at.is_not(None)
        )
    )
    return {petition_id: clock.today(at) for petition_id, at in rows}


def operations(*, now: datetime) -> Operations:
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(OutboxEntry.created_at)).where(OutboxEntry.done_at.is_(None))
    ).one()
    return Operations(
        facts_waiting=waiting,
        oldest_minutes=max(0, int((now - oldest).total_seconds() // 60)) if oldest else None,
        mail=mail_figures(),
        proof=counts.newest_proof(),
        accounts=db.session.scalar(
            select(func.count()).select_from(Account).where(Account.disabled_at.is_(None))
        )
        or 0,
    )
