"""Councils as they grow: pages over one council's sittings, votes, rulings, promises and proposals, rendered anew."""

import statistics
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app import clock
from app.agencies import queries as agencies
from app.councils.models import Council, CouncilLevel, Member, Origin
from app.db import db, transaction
from app.duties import services as duties
from app.duties.models import DutyKind
from app.gatherings.models import Gathering, GatheringKind
from app.law import council_rules_in_force
from app.promises.models import Promise
from app.proposals.models import Proposal
from app.recommendations.lifecycle import AnswerKind
from app.recommendations.lifecycle import State as ListState
from app.recommendations.models import Recommendation, RecommendationAnswer, RecommendationList
from app.sittings.lifecycle import (
    AttendanceKind,
    Choice,
    ItemKind,
    ItemState,
    RulingState,
    State,
    VotingState,
)
from app.sittings.models import AgendaItem, Attendance, Ruling, Sitting, Vote, Voting
from bench.ground import add_citizens

MEMBERS = 15
ROWS = 3
TEXTS = {"kk": "Кеңес жобаны ескертулермен қолдайды.", "ru": "Совет поддерживает проект с замечаниями."}


def add_council(slug: str, *, since: date) -> tuple[Council, list[Member]]:
    body = agencies.by_slug("akimat-of-akmola-region")
    assert body is not None
    council = Council(
        slug=slug,
        level=CouncilLevel.REGIONAL,
        name_kk="Қоғамдық кеңес",
        name_ru="Общественный совет",
        name_en="Public council",
        agency_id=body.id,
        territory_id=body.territory_id,
        topics=[],
    )
    db.session.add(council)
    db.session.flush()
    accounts = [citizen.account_id for citizen in add_citizens(MEMBERS)]
    members = [
        Member(
            council_id=council.id,
            account_id=account,
            name=f"Асқар Бекенов {place}",
            origin=Origin.CIVIL_SOCIETY if place < 11 else Origin.BODY,
            starts_on=since,
            ends_on=since + timedelta(days=3 * 365),
            seated_at=clock.now(),
        )
        for place, account in enumerate(accounts)
    ]
    db.session.add_all(members)
    db.session.flush()
    return council, members


def add_history(council: Council, members: list[Member], *, sittings: int, since: datetime) -> None:
    """So many sittings, each with one vote by all, a ruling with three answered recommendations, a promise and a
    proposal; the last one is still to come."""
    step = (clock.now() - since) / sittings
    clerk = members[0].account_id
    rules = council_rules_in_force(clock.today())
    assert clerk is not None
    answer_duty = duties.start(
        DutyKind.PROPOSAL_ANSWER,
        council=council,
        subject_kind="proposal",
        subject_number=0,
        deadline=rules.deadline("proposal_answer"),
        rules_version=rules.id,
        started_on=clock.today(),
    )
    for place in range(sittings):
        at = since + step * place
        is_last = place == sittings - 1
        gathering = Gathering(
            kind=GatheringKind.SITTING,
            number=council.id * 100_000 + place,
            council_id=council.id,
            territory_id=council.territory_id,
            titles=TEXTS,
            starts_at=at if not is_last else clock.now() + timedelta(days=5),
            place="Көкшетау",
            published_at=at,
            changed_at=at,
            held_at=None if is_last else at,
        )
        sitting = Sitting(
            number=council.id * 100_000 + place,
            council=council,
            gathering=gathering,
            state=State.CALLED if is_last else State.RECORDED,
            rules_version=rules.id,
            created_at=at,
            created_by=clerk,
            called_at=at,
            opened_at=None if is_last else at,
            closed_at=None if is_last else at,
            presiding=None if is_last else members[0],
            members_total=None if is_last else MEMBERS,
            quorum=None if is_last else 10,
        )
        item = AgendaItem(
            sitting=sitting,
            position=1,
            kind=ItemKind.OTHER,
            state=ItemState.WAITING if is_last else ItemState.DECIDED,
            titles=TEXTS,
            added_at=at,
        )
        db.session.add_all([gathering, sitting, item])
        db.session.add_all(_proposals(council, clerk, at, answer_duty.id))
        if not is_last:
            db.session.flush()
            _add_vote(council, item, members, clerk, at)
        if place % 200 == 199:
            db.session.flush()
            db.session.expunge_all()
            members = list(db.session.scalars(sa.select(Member).where(Member.council_id == council.id)))
            council = db.session.get_one(Council, council.id)


def _proposals(council: Council, author: int, at: datetime, duty_id: int) -> list[Proposal]:
    return [
        Proposal(
            author_id=author,
            author_name="Айгүл С.",
            council_id=council.id,
            duty_id=duty_id,
            title="Аула жарығы",
            text="Ауладағы шамдар жанбайды.",
            language="kk",
            created_at=at,
        )
    ]


def _add_vote(council: Council, item: AgendaItem, members: list[Member], clerk: int, at: datetime) -> None:
    voting = Voting(
        item_id=item.id,
        position=1,
        state=VotingState.CLOSED,
        questions=TEXTS,
        outcome="remarks",
        majority="more_than_half_of_present",
        tie="not_adopted",
        opened_at=at,
        opened_by=clerk,
        closed_at=at,
        closed_by=clerk,
        present=MEMBERS,
        eligible=MEMBERS,
        in_favour=MEMBERS,
        against=0,
        abstained=0,
        needed=8,
        is_adopted=True,
    )
    issued = RecommendationList(
        state=ListState.ANSWERED,
        source_kind="ruling",
        source_number=item.sitting.number,
        agency_id=council.agency_id,
        council_id=council.id,
        issued_at=at,
        answered_at=at,
        answered_by=clerk,
        signed_name="Г. Әбенова",
    )
    db.session.add_all([voting, issued])
    db.session.flush()
    rows = [Recommendation(list_id=issued.id, position=place, texts=TEXTS) for place in range(1, ROWS + 1)]
    ruling = Ruling(
        number=item.sitting.number,
        council_id=council.id,
        item_id=item.id,
        voting_id=voting.id,
        outcome="remarks",
        state=RulingState.PUBLISHED,
        texts=TEXTS,
        recommendations=issued,
        saved_by=clerk,
        saved_at=at,
        signer_id=members[0].id,
        signed_at=at,
        published_at=at,
    )
    promise = Promise(
        agency_id=council.agency_id,
        council_id=council.id,
        what="Шамдарды ауыстыру",
        quote="Шамдар ауыстырылады.",
        language="kk",
        due_on=at.date() + timedelta(days=60),
        source_kind="ruling",
        source_number=item.sitting.number,
        entered_by=clerk,
        entered_at=at,
    )
    db.session.add_all([*rows, ruling, promise])
    db.session.flush()
    voices: list[dict[str, Any]] = [
        {
            "voting_id": voting.id,
            "member_id": member.id,
            "choice": Choice.FOR,
            "cast_at": at,
            "recorded_by": clerk,
        }
        for member in members
    ]
    db.session.execute(sa.insert(Vote), voices)
    db.session.execute(
        sa.insert(Attendance),
        [
            {
                "sitting_id": item.sitting_id,
                "member_id": member.id,
                "kind": AttendanceKind.PRESENT,
                "at": at,
                "noted_by": clerk,
            }
            for member in members
        ],
    )
    db.session.execute(
        sa.insert(RecommendationAnswer),
        [
            {
                "recommendation_id": row.id,
                "kind": AnswerKind.ACCEPTED,
                "language": "kk",
                "change": "Шамдар ауыстырылады.",
                "by_when": at.date() + timedelta(days=60),
                "saved_by": clerk,
                "saved_at": at,
            }
            for row in rows
        ],
    )


ADDRESSES = {
    "the council": "/ru/councils/{slug}",
    "its figures and members": "/ru/councils/{slug}/figures",
    "its sittings": "/ru/councils/{slug}/sittings",
    "one sitting": "/ru/sittings/{number}",
    "one ruling": "/ru/rulings/{number}",
    "all rulings": "/ru/rulings",
    "all promises": "/ru/promises",
    "all proposals": "/ru/proposals",
    "the calendar": "/ru/calendar",
    "all councils in figures": "/ru/council-figures",
}


def measure_pages(*, sizes: tuple[int, ...], repeats: int) -> Iterator[tuple[int, dict[str, float]]]:
    """Median milliseconds of each page with so many sittings in the database, all of one council. Lists see what was
    written for the sizes before as well, so each size is measured before the next is written."""
    from flask import current_app

    current_app.page_cache.seconds = 0  # type: ignore[attr-defined]
    browser = current_app.test_client()
    since = clock.now() - timedelta(days=2 * 365)
    for size in sizes:
        with transaction():
            council, members = add_council(f"council-of-{size}", since=clock.today(since))
            council_id, slug = council.id, council.slug
            add_history(council, members, sittings=size, since=since)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))
        times: dict[str, list[float]] = {}
        for _ in range(repeats):
            for what, address in ADDRESSES.items():
                asked = address.format(slug=slug, number=council_id * 100_000)
                started = time.perf_counter()
                answer = browser.get(asked)
                times.setdefault(what, []).append((time.perf_counter() - started) * 1000)
                assert answer.status_code == 200, (asked, answer.status_code)
                answer.close()
        yield size, {what: statistics.median(found) for what, found in times.items()}
