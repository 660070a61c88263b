"""What was seen on visits, and that the act took place: who presided, and how many came."""

from datetime import date, datetime

from app import clock
from app.access import Actor
from app.control import policies
from app.control.errors import TextMissing, WrongDay, WrongNumber
from app.control.lifecycle import MEETINGS, Action, Role
from app.control.models import ControlAct, Participant, Visit
from app.control.services.preparing import rules_of
from app.control.services.transitions import lock, take
from app.db import db
from app.duties import services as duties
from app.duties.models import DutyKind
from app.gatherings import services as gatherings
from app.recommendations.services import listing
from app.text.normalize import shown, shown_line


def note_visit(act: ControlAct, *, on: date, place: str, note: str, actor: Actor, now: datetime) -> Visit:
    """One visit of the group: when, where, what was seen."""
    take(act, Action.NOTE_VISIT, actor=actor, now=now)
    place, note = shown_line(place), shown(note).strip()
    for name, text in (("place", place), ("note", note)):
        if not text:
            raise TextMissing(field=name, shortest=1)
    assert act.announced_at is not None  # noqa: S101  a CHECK says so
    earliest, latest = clock.today(act.announced_at), clock.today(now)
    if not earliest <= on <= latest:
        raise WrongDay(field="on", earliest=earliest, latest=latest)
    visit = Visit(act=act, on=on, place=place, note=note, recorded_at=now)
    db.session.add(visit)
    db.session.flush()
    return visit


def hold(
    act: ControlAct,
    *,
    held_on: date,
    present: int | None = None,
    chair: str = "",
    secretary: str = "",
    actor: Actor,
    now: datetime,
) -> ControlAct:
    """It took place. The council owes the final document from here: seven working days (law on public control art.
    13(2)). Of a meeting, how many were present and who presided and kept the minutes is noted.
    """
    lock(act)
    policies.check(Action.HOLD, actor, act)
    earliest, latest = clock.today(act.gathering.starts_at), clock.today(now)
    if not earliest <= held_on <= latest:
        raise WrongDay(field="held_on", earliest=earliest, latest=latest)
    if act.form in MEETINGS:
        if present is None or present < 1:
            raise WrongNumber(field="present")
        _preside(act, chair=chair, secretary=secretary)
    rules = rules_of(act)
    duty = duties.start(
        DutyKind.CONTROL_DOCUMENT,
        council=act.council,
        subject_kind="control",
        subject_number=act.number,
        deadline=rules.deadline("control_document_sent"),
        rules_version=rules.id,
        started_on=held_on,
    )
    listed = listing.draft_list(
        source_kind="control", source_number=act.number, agency=act.agency, council=act.council
    )
    gatherings.note_held(act.gathering, now=now)
    return take(
        act,
        Action.HOLD,
        actor=actor,
        now=now,
        held_on=held_on,
        present=present if act.form in MEETINGS else None,
        document_duty=duty,
        recommendations=listed,
    )


def _preside(act: ControlAct, *, chair: str, secretary: str) -> None:
    for role, field, written in ((Role.CHAIR, "chair", chair), (Role.SECRETARY, "secretary", secretary)):
        name = shown_line(written)
        if not name:
            raise TextMissing(field=field, shortest=1)
        db.session.add(Participant(act=act, role=role, name=name))
