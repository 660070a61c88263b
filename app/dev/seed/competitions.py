"""Competitions for the seats of councils, as `councils.toml` tells: announced, decided and approved, cancelled."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.access import Actor
from app.accounts.models import Account
from app.councils.lifecycle import CandidacyState, CompetitionState
from app.councils.models import Competition, Council, Origin
from app.councils.services import candidacies, deciding, forming
from app.councils.services.deciding import Decision
from app.councils.services.forming import GroupPerson
from app.db import db
from app.dev.seed import councils
from app.dev.seed.councils import Row, council_of, day
from app.dev.seed.sittings import Deed, in_order
from app.dev.seed.stage import Stage, Tale
from app.files.models import MediaType

HOUR = timedelta(hours=1)

# One page that says what it is: certificates are for the working group alone, and these certify nothing.
CERTIFICATE = (
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 297]/Contents 4 0 R"
    b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 57>>stream\n"
    b"BT /F1 18 Tf 60 150 Td (Specimen: certifies nothing) Tj ET\n"
    b"endstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def all_competitions() -> list[Row]:
    return list(councils.read("councils")["competition"])


def tale(row: Row, stage: Stage, *, since: datetime) -> Tale:
    """One competition, as far as it has come."""
    council = council_of(row["council"])
    officer = stage.people.officer_of(council.agency_id or 0)
    names = [said["name"] for said in row.get("candidates", ()) if "name" in said]
    accounts = dict(
        zip(names, councils.citizens(names, region=row["region"], since=since) if names else [], strict=True)
    )
    now = yield stage.when.working_days_ago(row["opened"], 10, 0)
    competition = forming.open_competition(
        council,
        seats=row["seats"],
        texts=row["text"],
        applications_until=day(stage, row["until"]),
        term_from=day(stage, row["term_from"]),
        working_group=[
            GroupPerson(name=name, origin=Origin(origin), is_head=is_head)
            for name, origin, is_head in row["group"]
        ],
        actor=officer,
        now=now,
    )
    forming.announce(competition, actor=officer, now=now + HOUR)
    yield from in_order(list(applications(row, competition, stage, accounts)))
    yield from in_order(list(ends(row, competition, council, stage, officer)))


def applications(
    row: Row, competition: Competition, stage: Stage, accounts: dict[str, Account]
) -> Iterator[tuple[datetime, Deed]]:
    for place, said in enumerate(row.get("candidates", ())):
        account = accounts[said["name"]] if "name" in said else stage.people.accounts[said["by"]]
        days = row["opened"] - 1 - place % 4
        yield stage.when.working_days_ago(days, 12, 7 * place), applying(said, competition, account)


def applying(said: Row, competition: Competition, account: Account) -> Deed:
    def apply(now: datetime) -> None:
        asked = forming.rules_of(competition).requirements_at(competition.council.level)
        candidacies.apply(
            competition,
            ngo=said["ngo"] or None,
            statement=said["statement"],
            language=said["language"],
            checklist=[one.id for one in asked],
            uploads={one.id: [certificate(one.id)] for one in asked if one.is_certified},
            actor=account.actor(),
            now=now,
        )

    return apply


def certificate(name: str) -> FileStorage:
    return FileStorage(BytesIO(CERTIFICATE), filename=f"{name}.pdf", content_type=MediaType.PDF.value)


def ends(
    row: Row, competition: Competition, council: Council, stage: Stage, officer: Actor
) -> Iterator[tuple[datetime, Deed]]:
    """The working group's decision and the approval, or the end without a result."""
    if "cancelled" in row:
        yield (
            stage.when.working_days_ago(row["cancelled"], 15, 0),
            lambda now: forming.cancel(competition, reason=row["reason"], actor=officer, now=now),
        )
    if "decided" in row:
        yield (
            stage.when.working_days_ago(row["until"], 23, 59) + HOUR,
            lambda now: forming.close_due(now=now),
        )
        yield (
            stage.when.working_days_ago(row["decided"], 16, 0),
            lambda now: deciding.decide(competition, decisions(row, competition), actor=officer, now=now),
        )
    if "approved" in row:
        head = stage.people.head_of(council.approver_id or council.agency_id or 0)
        yield (
            stage.when.working_days_ago(row["approved"], 11, 0),
            lambda now: deciding.approve(competition, actor=head, now=now),
        )


def decisions(row: Row, competition: Competition) -> dict[int, Decision]:
    said = {one["name"]: one for one in row["candidates"]}
    db.session.expire(competition, ["candidacies"])
    made = {}
    for candidate in competition.candidacies:
        one = said[candidate.name]
        in_favour, against = one["votes"]
        made[candidate.id] = Decision(
            outcome=CandidacyState(one["outcome"]),
            reason=one.get("reason", ""),
            votes_for=in_favour,
            votes_against=against,
            reserve_place=one.get("place"),
        )
    return made


def misplaced() -> list[str]:
    """The keys of the competitions that are not where their file says."""
    rows = db.session.execute(
        select(Council.slug, Competition.state).join(Council, Council.id == Competition.council_id)
    )
    states: dict[str, CompetitionState] = dict(rows.all())
    made = {
        row["key"]: states[row["council"]].value for row in all_competitions() if row["council"] in states
    }
    return councils.differing(made, all_competitions())
