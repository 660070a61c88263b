"""A competition for the seats of a council from its first draft to the end of applications (LPC art. 8, 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access import CLOCK, Actor
from app.councils import policies
from app.councils.actions import Action, CompetitionAction
from app.councils.errors import (
    CompetitionRunning,
    CompetitionUnfinished,
    Missing,
    TermOutOfOrder,
    TooManySeats,
)
from app.councils.events import CompetitionAnnounced, CompetitionCancelled
from app.councils.lifecycle import CompetitionState
from app.councils.models import Competition, Council, Origin, WorkingGroupMember
from app.councils.services.transitions import lock, move, note
from app.db import db, violated_constraint
from app.law import CouncilRules, council_rules_in_force, council_rules_version
from app.text.normalize import shown, shown_line

# The languages in which a competition is announced; another one may be added, none of these left out.
ANNOUNCED_IN = ("kk", "ru")


@dataclass(frozen=True, slots=True)
class GroupPerson:
    """Somebody of the working group; with an account, they see the candidates' documents."""

    name: str
    origin: Origin
    is_head: bool = False
    account_id: int | None = None


def open_competition(
    council: Council,
    *,
    seats: int,
    texts: Mapping[str, str],
    applications_until: date,
    term_from: date,
    working_group: Sequence[GroupPerson],
    actor: Actor,
    now: datetime,
) -> Competition:
    """A new competition, seen by those who run it alone; CompetitionRunning if there is one already."""
    policies.check(Action.ANNOUNCE_COMPETITION, actor, council)
    competition = Competition(
        council=council,
        rules_version=council_rules_in_force(clock.today(now)).id,
        created_at=now,
        created_by=actor.account_id,
    )
    # Set before anything asks the database a question that would write the row.
    with db.session.no_autoflush:
        _write(competition, seats, texts, applications_until, term_from, now)
    try:
        with db.session.begin_nested():
            db.session.add(competition)
    except IntegrityError as error:
        if violated_constraint(error) != "uq_council_competition_running":
            raise
        raise CompetitionRunning(council_id=council.id) from error
    _write_group(competition, working_group)
    note(competition, CompetitionAction.EDIT, actor=actor, now=now)
    return competition


def edit(
    competition: Competition,
    *,
    seats: int,
    texts: Mapping[str, str],
    applications_until: date,
    term_from: date,
    working_group: Sequence[GroupPerson],
    actor: Actor,
    now: datetime,
) -> Competition:
    """Writes the competition anew, as long as nobody else sees it."""
    lock(competition)
    policies.check_competition(CompetitionAction.EDIT, actor, competition)
    _write(competition, seats, texts, applications_until, term_from, now)
    _write_group(competition, working_group)
    note(competition, CompetitionAction.EDIT, actor=actor, now=now)
    return competition


def announce(competition: Competition, *, actor: Actor, now: datetime) -> Competition:
    """Makes it public and opens it for applications; CompetitionUnfinished names everything that is missing."""
    lock(competition)
    policies.check_competition(CompetitionAction.ANNOUNCE, actor, competition)
    if unmet := missing(competition, today=clock.today(now)):
        raise CompetitionUnfinished(missing=unmet)
    return move(
        competition,
        CompetitionAction.ANNOUNCE,
        actor=actor,
        now=now,
        columns={
            "announced_at": now,
            # Held under the rules that are in force on the day on which people learn of it.
            "rules_version": council_rules_in_force(clock.today(now)).id,
        },
        fact=CompetitionAnnounced,
    )


def missing(competition: Competition, *, today: date) -> list[Missing]:
    """What the announcement still needs. LPC art. 8: at most a third of the working group comes from the state, and
    its head is elected from its members of civil society."""
    group = competition.working_group
    of_the_state = sum(person.origin is Origin.BODY for person in group)
    heads = [person for person in group if person.is_head]
    unmet = {
        Missing.TEXT_KK: not competition.texts.get("kk"),
        Missing.TEXT_RU: not competition.texts.get("ru"),
        Missing.TERM: competition.applications_until < today,
        Missing.GROUP: not group,
        Missing.STATE_SHARE: of_the_state > rules_of(competition).working_group_state_most(len(group)),
        Missing.HEAD: bool(group) and len(heads) != 1,
        Missing.HEAD_OF_CIVIL_SOCIETY: len(heads) == 1 and heads[0].origin is not Origin.CIVIL_SOCIETY,
    }
    return [what for what, is_missing in unmet.items() if is_missing]


def cancel(competition: Competition, *, reason: str, actor: Actor, now: datetime) -> Competition:
    """Ends it without a result and says why; whoever applied is told, if it was public."""
    return move(
        competition,
        CompetitionAction.CANCEL,
        actor=actor,
        now=now,
        columns={"cancellation_reason": shown(reason)},
        fact=CompetitionCancelled if competition.announced_at is not None else None,
    )


def close_due(*, now: datetime) -> int:
    """Ends applications where the last day is over; returns how many competitions it closed."""
    over = select(Competition).where(
        Competition.state == CompetitionState.ANNOUNCED, Competition.applications_until < clock.today(now)
    )
    found = db.session.scalars(
        over.order_by(Competition.id).with_for_update(skip_locked=True, of=Competition)
    )
    closed = [
        move(competition, CompetitionAction.CLOSE, actor=CLOCK, now=now, columns={"closed_at": now})
        for competition in found.all()
    ]
    return len(closed)


def rules_of(competition: Competition) -> CouncilRules:
    """The wording under which the competition was announced."""
    return council_rules_version(competition.rules_version)


def _write(
    competition: Competition,
    seats: int,
    texts: Mapping[str, str],
    applications_until: date,
    term_from: date,
    now: datetime,
) -> None:
    if applications_until < clock.today(now):
        raise TermOutOfOrder(field="applications_until")
    if term_from <= applications_until:
        raise TermOutOfOrder(field="term_from")
    most = competition.council.seats or rules_of(competition).level(competition.council.level).members_most
    if most is not None and seats > most:
        raise TooManySeats(seats=seats, most=most)
    competition.seats = seats
    competition.texts = {language: shown(text) for language, text in texts.items() if shown(text)}
    competition.applications_until = applications_until
    competition.term_from = term_from


def _write_group(competition: Competition, working_group: Sequence[GroupPerson]) -> None:
    for person in list(competition.working_group):
        db.session.delete(person)
    db.session.flush()
    db.session.add_all(
        WorkingGroupMember(
            competition_id=competition.id,
            name=shown_line(person.name),
            origin=person.origin,
            is_head=person.is_head,
            account_id=person.account_id,
        )
        for person in working_group
    )
    db.session.flush()
    db.session.expire(competition, ["working_group"])
