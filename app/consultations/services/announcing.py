"""Making a draft public, the clock of its discussion, and how it ends."""

from datetime import date, datetime

from app import clock
from app.access import CLOCK, Actor
from app.comments.services import threads
from app.comments.services.reasons import SHORTEST_REASON
from app.consultations import policies, queries
from app.consultations.actions import Action
from app.consultations.errors import TermInThePast, Unfinished
from app.consultations.events import (
    DraftAdopted,
    DraftAnnounced,
    DraftClosed,
    DraftExempted,
    DraftOpened,
    DraftProlonged,
    DraftWithdrawn,
)
from app.consultations.lifecycle import Requirement, State
from app.consultations.models import DraftAct
from app.consultations.services import answering, versions
from app.consultations.services.drafting import LANGUAGES
from app.consultations.services.indexing import index
from app.consultations.services.transitions import lock, move
from app.duties import services as duties
from app.duties.models import Duty, DutyKind
from app.law import consultation_rules_version
from app.outbox import publish
from app.text.normalize import shown, shown_line


def missing(draft: DraftAct) -> frozenset[Requirement]:
    """What the draft still lacks before it can be announced."""
    found = set()
    if not has_words(draft):
        found.add(Requirement.WORDS)
    version = queries.newest_version(draft)
    if version is None or not queries.has_text_in(version, LANGUAGES):
        found.add(Requirement.FULL_TEXT)
    if draft.opens_on is None or draft.closes_on is None:
        found.add(Requirement.TERM)
    return frozenset(found)


def has_words(draft: DraftAct) -> bool:
    """Kind, stage and level chosen; title, summary and note in both languages."""
    said = (draft.titles, draft.summaries, draft.notes)
    return bool(draft.kind and draft.stage and draft.level) and all(
        texts.get(language, "").strip() for texts in said for language in LANGUAGES
    )


def announce(draft: DraftAct, *, actor: Actor, now: datetime) -> DraftAct:
    """Publishes card and full text. The discussion opens on its day; today, if that is the day.

    Without the full text in both languages this is impossible: Unfinished says what is missing.
    """
    lock(draft)
    policies.check(Action.ANNOUNCE, actor, draft)
    if lacking := missing(draft):
        raise Unfinished(missing=sorted(lacking))
    today = clock.today(now)
    if draft.opens_on is not None and draft.opens_on < today:
        raise TermInThePast(field="opens_on", earliest=today)
    version = versions.publish_first(draft, actor=actor, now=now)
    index(draft, version)
    move(
        draft,
        Action.ANNOUNCE,
        actor=actor,
        now=now,
        fact=DraftAnnounced,
        met=frozenset({Requirement.FULL_TEXT, Requirement.WORDS, Requirement.TERM}),
        columns={"announced_at": now},
        details={"closes_on": str(draft.closes_on)},
    )
    if draft.opens_on == today:
        open_discussion(draft, now=now)
    return draft


def state_exemption(draft: DraftAct, *, ground: str, note: str, actor: Actor, now: datetime) -> DraftAct:
    """Lists the draft in public as one that is not discussed, with the ground in the law and an explanation."""
    lock(draft)
    policies.check(Action.STATE_EXEMPTION, actor, draft)
    note = shown(note).strip()
    if not has_words(draft):
        raise Unfinished(missing=[Requirement.WORDS])
    if len(note) < SHORTEST_REASON:
        raise Unfinished(missing=["note"], shortest=SHORTEST_REASON)
    rules = consultation_rules_version(draft.rules_version or "")
    index(draft)
    return move(
        draft,
        Action.STATE_EXEMPTION,
        actor=actor,
        now=now,
        fact=DraftExempted,
        met=frozenset({Requirement.WORDS}),
        columns={
            "exemption_ground": rules.exemption(ground).id,
            "exemption_note": note,
            "announced_at": now,
        },
    )


def open_discussion(draft: DraftAct, *, now: datetime) -> DraftAct:
    """From here people comment. The body owes an answer to each comment and a report, counted from the last day."""
    answers, report = _duties(draft)
    thread = threads.open_thread(
        subject_kind="draft", subject_number=draft.number, agency=draft.agency, duty=answers, now=now
    )
    return move(
        draft,
        Action.OPEN,
        actor=CLOCK,
        now=now,
        fact=DraftOpened,
        columns={
            "opened_at": now,
            "thread_id": thread.id,
            "answers_duty_id": answers.id,
            "report_duty_id": report.id,
        },
    )


def _duties(draft: DraftAct) -> tuple[Duty, Duty]:
    """What the body owes once the discussion is over; day zero is the last day of the discussion."""
    assert draft.closes_on is not None  # noqa: S101  a CHECK says so
    rules = consultation_rules_version(draft.rules_version or "")
    kinds = ((DutyKind.COMMENT_ANSWERS, "answers"), (DutyKind.DISCUSSION_REPORT, "report"))
    answers, report = (
        duties.start(
            kind,
            agency=draft.agency,
            subject_kind="draft",
            subject_number=draft.number,
            deadline=rules.deadline(name),
            rules_version=rules.id,
            started_on=draft.closes_on,
        )
        for kind, name in kinds
    )
    return answers, report


def prolong(draft: DraftAct, *, closes_on: date, reason: str, actor: Actor, now: datetime) -> DraftAct:
    """Gives people more time, in public and with a reason. What is owed afterwards moves along."""
    lock(draft)
    policies.check(Action.PROLONG, actor, draft)
    assert draft.closes_on is not None  # noqa: S101  a CHECK says so
    reason = shown(reason).strip()
    if closes_on <= max(draft.closes_on, clock.today(now)):
        raise TermInThePast(field="closes_on", earliest=max(draft.closes_on, clock.today(now)))
    if len(reason) < SHORTEST_REASON:
        raise Unfinished(missing=["reason"], shortest=SHORTEST_REASON)
    before = draft.closes_on
    columns: dict[str, object] = {"closes_on": closes_on, "term_reason": reason}
    if draft.thread is not None and draft.answers_duty is not None and draft.report_duty is not None:
        # A duty never moves; the old ones are owed no longer, new ones are counted from the new last day.
        duties.cancel(draft.answers_duty, now=now)
        duties.cancel(draft.report_duty, now=now)
        draft.closes_on = closes_on
        answers, report = _duties(draft)
        threads.owe(draft.thread, answers)
        columns |= {"answers_duty_id": answers.id, "report_duty_id": report.id}
    move(
        draft,
        Action.PROLONG,
        actor=actor,
        now=now,
        note=reason,
        columns=columns,
        details={"from": str(before), "to": str(closes_on)},
    )
    publish(DraftProlonged(draft_id=draft.id, closes_on=str(closes_on)))
    return draft


def open_and_close(*, now: datetime) -> int:
    """Opens the discussions whose day has come and closes those whose last day is over."""
    today = clock.today(now)
    opening, closing = queries.to_open(today), queries.to_close(today)
    for draft in opening:
        open_discussion(draft, now=now)
    for draft in closing:
        close(draft, now=now)
    return len(opening) + len(closing)


def close(draft: DraftAct, *, now: datetime) -> DraftAct:
    assert draft.thread is not None  # noqa: S101  a CHECK says so
    threads.close(draft.thread, now=now)
    move(draft, Action.CLOSE, actor=CLOCK, now=now, fact=DraftClosed, columns={"closed_at": now})
    answering.see_nothing_owed(draft, now=now)
    return draft


def begin_review(draft: DraftAct, *, actor: Actor, now: datetime) -> DraftAct:
    return move(draft, Action.BEGIN_REVIEW, actor=actor, now=now)


def adopt(
    draft: DraftAct, *, link: str, title: str, adopted_on: date, actor: Actor, now: datetime
) -> DraftAct:
    """The act was adopted; `link` leads to its official text."""
    if adopted_on > clock.today(now):
        raise TermInThePast(field="adopted_on", latest=clock.today(now))
    return move(
        draft,
        Action.ADOPT,
        actor=actor,
        now=now,
        fact=DraftAdopted,
        columns={"adopted_link": link, "adopted_title": shown_line(title), "adopted_on": adopted_on},
    )


def withdraw(draft: DraftAct, *, reason: str, actor: Actor, now: datetime) -> DraftAct:
    """The body gives the draft up, with a reason that everybody reads. Comments and answers stay; nothing is owed."""
    reason = shown(reason).strip()
    if len(reason) < SHORTEST_REASON:
        raise Unfinished(missing=["reason"], shortest=SHORTEST_REASON)
    lock(draft)
    policies.check(Action.WITHDRAW, actor, draft)
    for duty in (draft.answers_duty, draft.report_duty):
        if duty is not None:
            duties.cancel(duty, now=now)
    if draft.thread is not None and draft.state is State.OPEN:
        threads.close(draft.thread, now=now)
    return move(
        draft,
        Action.WITHDRAW,
        actor=actor,
        now=now,
        fact=DraftWithdrawn,
        note=reason,
        columns={"withdrawal_reason": reason},
    )
