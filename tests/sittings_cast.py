"""Sittings in every stage, made by the services themselves, of a council with fifteen members (tests/councils_cast.py).

`agenda()` is a sitting that only its council knows of; `called()` its notice; `in_session()` the sitting itself with so
many in the room; `put_to_vote()`, `voted()`, `closed()`, `ruled()` what follows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.accounts.models import Account
from app.councils.models import Council, Member
from app.councils.queries.composition import members_on
from app.db import db
from app.law import council_rules_version
from app.recommendations.services.listing import RowWords
from app.sittings import queries
from app.sittings.lifecycle import AttendanceKind, Choice, ItemKind, ItemState
from app.sittings.models import AgendaItem, Ruling, Sitting, Voting
from app.sittings.services import attending, calling, ruling, voting
from app.sittings.services.calling import ItemWords
from tests import councils_cast

TEXTS = {
    "kk": "Қоғамдық кеңес жобаны қарап, ескертулермен қолдайды.",
    "ru": "Общественный совет рассмотрел проект и поддерживает его с замечаниями.",
}
RECOMMENDATION = {
    "kk": "Алаң айына бір рет емес, аптасына бір рет тексерілсін.",
    "ru": "Осматривать площадку раз в неделю, а не раз в месяц.",
}
QUESTION = {"kk": "Жобаны қолдау керек пе?", "ru": "Поддержать ли проект?"}
REASON = "Осы мәселе бойынша менің жеке мүддем бар."


def other(kk: str = "Кеңестің жұмыс жоспары туралы", ru: str = "О плане работы совета") -> ItemWords:
    """An item of the council itself."""
    return ItemWords(kind=ItemKind.OTHER, titles={"kk": kk, "ru": ru})


def on_draft(draft: Any) -> ItemWords:
    return ItemWords(kind=ItemKind.DRAFT, draft=draft)


def agenda(
    council: Council,
    items: Sequence[ItemWords] = (),
    *,
    starts_at: datetime | None = None,
    now: datetime | None = None,
) -> Sitting:
    """A sitting in preparation, in ten days unless told otherwise; with one item of its own if none is named."""
    now = now or clock.now()
    actor = councils_cast.secretary(council).actor()
    sitting = calling.prepare(
        council,
        starts_at=starts_at or now + timedelta(days=10),
        place="Көкшетау қаласы, Абай көшесі, 83, мәжіліс залы",
        link="https://meet.example.kz/council",
        actor=actor,
        now=now,
    )
    for words in items or (other(),):
        calling.add_item(sitting, words, actor=actor, now=now)
    db.session.expire(sitting, ["items"])
    return sitting


def called(
    council: Council,
    items: Sequence[ItemWords] = (),
    *,
    starts_at: datetime | None = None,
    now: datetime | None = None,
) -> Sitting:
    """The notice is published."""
    now = now or clock.now()
    sitting = agenda(council, items, starts_at=starts_at, now=now)
    return calling.call(sitting, actor=councils_cast.secretary(council).actor(), now=now)


def in_session(
    council: Council,
    items: Sequence[ItemWords] = (),
    *,
    present: int | None = None,
    remote: int = 0,
    now: datetime | None = None,
    sitting: Sitting | None = None,
) -> Sitting:
    """The chair has opened it with the first `present` members there (all, if not said), the last `remote` of them
    from afar; the others are absent."""
    now = now or clock.now()
    sitting = sitting or called(council, items, now=now)
    actor = councils_cast.secretary(council).actor()
    members = seats(council)
    present = len(members) if present is None else present
    for place, member in enumerate(members):
        kind = AttendanceKind.PRESENT if place < present - remote else AttendanceKind.REMOTE
        kind = kind if place < present else AttendanceKind.ABSENT
        attending.note(sitting, member, kind, note=None, actor=actor, now=now)
    return attending.open_sitting(sitting, presiding=members[0], actor=actor, now=now)


def seats(council: Council) -> list[Member]:
    """The members of today, the chair first, then by name."""
    chair = councils_cast.chair(council).id
    return sorted(members_on(council, clock.today()), key=lambda member: member.account_id != chair)


def account(member: Member) -> Account:
    assert member.account is not None
    return member.account


def item_of(sitting: Sitting, position: int = 1) -> AgendaItem:
    return next(item for item in sitting.items if item.position == position)


def put_to_vote(
    item: AgendaItem, *, outcome: str | None = None, now: datetime | None = None, **questions: str
) -> Voting:
    """The question is open, with the first outcome of the rules if none is named."""
    if outcome is None:
        rules = council_rules_version(item.sitting.rules_version)
        outcome = rules.outcomes_for(voting.subject_of(item))[0].id
    return voting.open_vote(
        item,
        questions={**QUESTION, **questions},
        outcome=outcome,
        actor=councils_cast.secretary(item.sitting.council).actor(),
        now=now or clock.now(),
    )


def voted(
    item: AgendaItem,
    choices: Mapping[int, Choice] | None = None,
    *,
    outcome: str | None = None,
    close: bool = True,
    now: datetime | None = None,
) -> Voting:
    """Everybody in the room who may has voted by roll call: as `choices` says by the member's id, else for."""
    now = now or clock.now()
    actor = councils_cast.secretary(item.sitting.council).actor()
    put = queries.open_voting(item) or put_to_vote(item, outcome=outcome, now=now)
    aside = queries.in_conflict(item)
    there = queries.in_the_room(item.sitting)
    for member in seats(item.sitting.council):
        if member.id in there and member.id not in aside:
            choice = (choices or {}).get(member.id, Choice.FOR)
            voting.call_out(put, member, choice=choice, actor=actor, now=now)
    db.session.expire(put, ["votes"])
    if close:
        voting.close_vote(put, actor=actor, now=now)
    return put


def closed(sitting: Sitting, *, now: datetime | None = None) -> Sitting:
    """The sitting is over, its minutes begun."""
    actor = councils_cast.secretary(sitting.council).actor()
    return attending.close_sitting(sitting, actor=actor, now=now or clock.now())


def ruled(
    item: AgendaItem,
    *,
    outcome: str | None = None,
    recommendations: Sequence[RowWords] | int = 1,
    sign: bool = True,
    now: datetime | None = None,
) -> Ruling:
    """The item's ruling, with so many recommendations; voted first if it was not. Signed by the chair and published
    unless told otherwise."""
    now = now or clock.now()
    council = item.sitting.council
    actor = councils_cast.secretary(council).actor()
    votings = [one for one in queries.votings_of(item) if one.is_adopted and one.outcome]
    if not votings:
        assert item.state is ItemState.WAITING, item.state
        votings = [voted(item, outcome=outcome, now=now)]
    rows = (
        [
            RowWords(texts={k: f"{v} ({n})" for k, v in RECOMMENDATION.items()})
            for n in range(1, recommendations + 1)
        ]
        if isinstance(recommendations, int)
        else recommendations
    )
    made = ruling.begin(votings[-1], actor=actor, now=now)
    ruling.save(made, texts=TEXTS, rows=rows, revision=made.revision, actor=actor, now=now)
    if sign:
        ruling.sign(made, actor=councils_cast.chair(council).actor(), now=now)
    return made
