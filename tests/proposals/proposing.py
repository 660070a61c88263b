"""Proposals of Aigul's, made by the services themselves: to a council with people, or to Marat's and Gulnar's body."""

import itertools
from datetime import datetime
from typing import Any

from app import clock
from app.proposals.lifecycle import State
from app.proposals.models import Proposal
from app.proposals.services import answering, hiding, proposing
from tests import councils_cast
from tests.cast import Cast, addressee

TITLE = "Мектеп жанына жаяу жүргінші жолын салу"
TEXT = "Балалар көшеден жүгіріп өтеді. Жол белгісі мен бағдаршам керек."
NEXT = "Мәселе келесі отырыстың күн тәртібіне енгізіледі."
WHY = "Бұл мәселе былтыр шешілген, жол салынып қойған."
CAME = "Жаяу жүргінші жолы салынды, белгілер орнатылды."
_numbers = itertools.count(1)


def council() -> Any:
    """The council at Marat's body, with chair and secretary."""
    found = councils_cast.council()
    if not found.members:
        councils_cast.seated(found, n=3, civil=2)
    return found


def proposed(cast: Cast, *, now: datetime | None = None, to: Any = None, **words: Any) -> Proposal:
    """To the council, unless `to` is a body."""
    to = to or council()
    is_body = to.__class__.__name__ == "Agency"
    author = words.get("author") or cast.aigul
    return proposing.propose(
        title=words.get("title") or f"{TITLE} № {next(_numbers)}",
        text=words.get("text", TEXT),
        language="kk",
        topic=words.get("topic", "transport"),
        region_code=words.get("region", "KZ-11"),
        council=None if is_body else to,
        agency=to if is_body else None,
        actor=author.actor(),
        now=now or clock.now(),
    )


def in_state(state: State, cast: Cast, *, to: Any = None) -> Proposal:
    proposal, now = proposed(cast, to=to or addressee()), clock.now()
    officer = cast.marat.actor()
    if state is State.WITHDRAWN:
        return proposing.withdraw(proposal, actor=cast.aigul.actor(), now=now)
    if state is State.DECLINED:
        return answering.decline(proposal, reason=WHY, language="kk", actor=officer, now=now)
    if state in (State.TAKEN_UP, State.DONE):
        answering.take_up(proposal, words=NEXT, language="kk", actor=officer, now=now)
    if state is State.DONE:
        answering.report_result(proposal, words=CAME, link=None, actor=officer, now=now)
    if state is State.HIDDEN:
        hiding.hide(proposal, reason=first_reason(), explanation=WHY, actor=cast.yerlan.actor(), now=now)
    return proposal


def first_reason() -> str:
    from app.law import consultation_rules_in_force

    return consultation_rules_in_force(clock.today()).hiding_reasons[0].id
