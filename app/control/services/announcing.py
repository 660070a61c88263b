"""Making an act public with its notice, moving and cancelling it."""

from collections.abc import Sequence
from datetime import date, datetime

from app import clock
from app.access import Actor
from app.control import policies
from app.control.errors import NoticeTooShort, Unfinished
from app.control.events import ControlAnnounced
from app.control.lifecycle import REQUIRED, Action, Purpose, Requirement, Role
from app.control.models import ControlAct
from app.control.services.preparing import rules_of
from app.control.services.transitions import lock, take
from app.gatherings import services as gatherings
from app.gatherings.models import Move
from app.law import Deadline, calendar_now
from app.law.calendar import earliest_day_after
from app.outbox import publish
from app.text.normalize import shown

LANGUAGES = ("kk", "ru")


def missing(act: ControlAct) -> frozenset[Requirement]:
    """What the act still lacks before it can be announced."""
    has = {
        Requirement.WORDS: _in_both(act.titles) and _in_both(act.subjects),
        Requirement.PROGRAMME: _in_both(act.programmes),
        Requirement.PLACE: bool(act.gathering.place or act.gathering.link),
        Requirement.MATERIALS: _has_file(act, Purpose.MATERIAL),
        Requirement.GROUP: _has_role(act, Role.GROUP_MEMBER),
        Requirement.GROUP_PROTOCOL: _has_file(act, Purpose.GROUP_PROTOCOL),
        Requirement.EXPERTS: _has_role(act, Role.EXPERT),
        Requirement.HEAD: _has_role(act, Role.HEAD_OF_BODY),
    }
    return frozenset(one for one in REQUIRED[act.form] if not has[one])


def notices(act: ControlAct) -> Sequence[Deadline]:
    """The terms in which people, and the body, must hear of such an act before it begins."""
    return [one for one in rules_of(act).form(act.form).deadlines if one.starts == act.form]


def earliest_day(act: ControlAct, *, today: date) -> date:
    """The first day on which it may be held if it is announced today."""
    calendar = calendar_now()
    days = [earliest_day_after(today, deadline, calendar) for deadline in notices(act)]
    return max([today, *days])


def announce(act: ControlAct, *, actor: Actor, now: datetime) -> ControlAct:
    """Publishes the notice with programme and documents; from here people register and ask.

    Unfinished if something is missing; NoticeTooShort, with the first day that is possible, if people would learn of
    it too late: of a hearing ten calendar days before (LPC art. 17–23), of a public discussion three working days for
    the media and five for the body (law on public control art. 9–12).
    """
    lock(act)
    policies.check(Action.ANNOUNCE, actor, act)
    if lacking := missing(act):
        raise Unfinished(missing=sorted(lacking))
    today = clock.today(now)
    earliest = earliest_day(act, today=today)
    if clock.today(act.gathering.starts_at) < earliest:
        raise NoticeTooShort(field="starts_on", earliest=earliest)
    gatherings.publish(act.gathering, now=now)
    take(act, Action.ANNOUNCE, actor=actor, now=now, announced_at=now)
    publish(ControlAnnounced(act_id=act.id))
    return act


def move(
    act: ControlAct,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    place: str,
    link: str | None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Move:
    """Another time or place, with a reason; what it was before stays on the page, and that people learnt of it late."""
    take(act, Action.MOVE, actor=actor, now=now)
    return gatherings.move(
        act.gathering,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        link=link,
        reason=reason,
        actor=actor,
        now=now,
    )


def cancel(act: ControlAct, *, reason: str, actor: Actor, now: datetime) -> ControlAct:
    """It does not take place. Once it was announced everybody reads why; questions stay to be read."""
    lock(act)
    policies.check(Action.CANCEL, actor, act)
    gatherings.cancel(act.gathering, reason=reason, actor=actor, now=now)
    return take(act, Action.CANCEL, actor=actor, now=now, cancellation_reason=shown(reason).strip())


def _in_both(texts: dict[str, str]) -> bool:
    return all(texts.get(language, "").strip() for language in LANGUAGES)


def _has_file(act: ControlAct, purpose: Purpose) -> bool:
    return any(one.purpose is purpose for one in act.files)


def _has_role(act: ControlAct, role: Role) -> bool:
    return any(one.role is role for one in act.participants)
