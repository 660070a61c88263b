"""The control room of one sitting: its agenda before, the room and the votes while it runs, what is owed afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.i18n import _, ngettext
from app.law import council_rules_version
from app.sittings import labels, policies, queries
from app.sittings.actions import Action
from app.sittings.lifecycle import ItemState, State, VotingState
from app.sittings.models import AgendaItem, Conflict, Ruling, Sitting, Voting
from app.sittings.queries import desk as desk_queries
from app.sittings.queries.desk import Roll, Room
from app.sittings.services import calling
from app.sittings.views import bp
from app.web.guards import current_actor, on


@dataclass(frozen=True, slots=True)
class Shown:
    """One item with its votes, and why nothing can be put to the vote on it now ("" if something can)."""

    item: AgendaItem
    votings: Sequence[Voting]
    open: Voting | None
    roll: Roll | None
    conflicts: Sequence[Conflict]
    ruling: Ruling | None
    adopted: Voting | None
    why_no_vote: str


@bp.get("/desk/sittings/<int:number>")
@on(Sitting, may=Action.SEE_ROOM, needs_sign_in=True)
def desk(sitting: Sitting) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    room = desk_queries.room(sitting, day=clock.today(now))
    return render_template(
        "sittings/desk/sitting.html",
        sitting=sitting,
        room=room,
        quorum=quorum_in_words(room),
        items=_items(sitting, room),
        may={action.value: policies.may(action, actor, sitting) for action in Action},
        running=queries.open_voting_of(sitting),
        minutes=queries.minutes_of(sitting),
        days_before=(clock.today(sitting.gathering.starts_at) - clock.today(now)).days,
        notice_days=calling.notice_days(sitting),
        is_past=sitting.gathering.starts_at <= now,
        rules=council_rules_version(sitting.rules_version),
        labels=labels,
    )


def quorum_in_words(room: Room) -> str:
    """How many are there, how many must be, and what follows from it."""
    values = {"present": room.present, "total": room.total, "needed": room.needed}
    if room.is_quorate:
        return str(
            ngettext(
                "%(present)s of %(total)s member is here; %(needed)s are needed: the sitting is quorate.",
                "%(present)s of %(total)s members are here; %(needed)s are needed: the sitting is quorate.",
                room.total,
                **values,
            )
        )
    return str(
        ngettext(
            "%(present)s of %(total)s member is here; %(needed)s are needed: nothing can be put to the vote.",
            "%(present)s of %(total)s members are here; %(needed)s are needed: nothing can be put to the vote.",
            room.total,
            **values,
        )
    )


def _items(sitting: Sitting, room: Room) -> list[Shown]:
    votings = queries.votings_of_items([item.id for item in sitting.items])
    rulings, conflicts = desk_queries.rulings_of(sitting), desk_queries.conflicts_of(sitting)
    running = queries.open_voting_of(sitting)
    return [
        _shown(
            item, votings.get(item.id, []), rulings.get(item.id), conflicts.get(item.id, []), room, running
        )
        for item in sitting.items
    ]


def _shown(
    item: AgendaItem,
    votings: Sequence[Voting],
    ruling: Ruling | None,
    conflicts: Sequence[Conflict],
    room: Room,
    running: Voting | None,
) -> Shown:
    is_open = next((one for one in votings if one.state is VotingState.OPEN), None)
    adopted = [one for one in votings if one.is_adopted and one.outcome is not None]
    return Shown(
        item=item,
        votings=votings,
        open=is_open,
        roll=desk_queries.roll(is_open) if is_open is not None else None,
        conflicts=conflicts,
        ruling=ruling,
        adopted=adopted[-1] if adopted else None,
        why_no_vote=why_no_vote(item, room, running),
    )


def why_no_vote(item: AgendaItem, room: Room, running: Voting | None) -> str:
    """Why there is no button to put a question to the vote; "" where there is one."""
    if item.sitting.state is not State.IN_SESSION or item.state is not ItemState.WAITING:
        return ""
    if running is not None:
        return (
            str(_("Another question is being voted on; one question at a time."))
            if running.item_id != item.id
            else ""
        )
    counted = desk_queries.counted_on(item, room)
    if counted >= room.needed:
        return ""
    if room.is_quorate:
        return str(
            _(
                "Without those who stand aside on this item %(counted)s members are left, and %(needed)s are needed: "
                "it cannot be put to the vote.",
                counted=counted,
                needed=room.needed,
            )
        )
    return str(
        _(
            "No vote without a quorum: %(present)s of %(total)s members are here, and %(needed)s are needed.",
            present=room.present,
            total=room.total,
            needed=room.needed,
        )
    )
