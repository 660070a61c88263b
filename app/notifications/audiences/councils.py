"""Who is told of what a public council does, whatever it is."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select

from app import clock
from app.access import Role
from app.accounts.models import Account
from app.councils.events import CompetitionFact, MemberRemoved
from app.councils.lifecycle import CandidacyState
from app.councils.models import Candidacy, Council, Member, Office, OfficeKind, Secretary
from app.councils.queries.composition import sits_on
from app.notifications.audiences.rows import NO_FOLLOW, REACHABLE, Recipients, accounts, follows
from app.notifications.audiences.staff import of_agency
from app.notifications.audiences.subjects import council_of, one
from app.notifications.models import Follow


def room(fact: Any) -> Recipients:
    """Whoever sits in the council today and has an account, chair and deputies among them, and its secretaries."""
    council = council_of(fact)
    return accounts(or_(_sits(council), _keeps_papers(council)))


def secretaries(fact: Any) -> Recipients:
    return accounts(_keeps_papers(council_of(fact)))


def speaks_for(council: Any) -> ColumnElement[bool]:
    """Whether the account answers in the council's name today: as its chair, or as its secretary."""
    today = clock.today()
    presides = (
        select(Office.id)
        .join(Member, Member.id == Office.member_id)
        .where(
            Member.account_id == Account.id,
            sits_on(today),
            Office.council_id == council,
            Office.kind == OfficeKind.CHAIR,
            Office.from_on <= today,
            or_(Office.until_on.is_(None), Office.until_on >= today),
        )
        .exists()
    )
    return or_(presides, _keeps_papers(council))


def followers(fact: Any) -> Recipients:
    return follows(Follow.council_id == council_of(fact))


def removed(fact: MemberRemoved) -> Recipients:
    """Whose seat it was."""
    return accounts(Account.id == one(select(Member.account_id).where(Member.id == fact.member_id)))


def candidates(fact: CompetitionFact) -> Recipients:
    """Whoever applied and did not take it back; each is told of the own application (`candidacy_id`)."""
    return (
        select(
            func.min(Account.email),
            func.min(Account.language),
            NO_FOLLOW,
            func.jsonb_build_object(literal("candidacy_id"), func.min(Candidacy.id)).label("details"),
        )
        .join(Candidacy, Candidacy.account_id == Account.id)
        .where(
            Candidacy.competition_id == fact.competition_id,
            Candidacy.state != CandidacyState.WITHDRAWN,
            *REACHABLE,
        )
        .group_by(func.lower(Account.email))
    )


def approvers(fact: Any) -> Recipients:
    """The heads of the body that approves who sits in the council."""
    body = func.coalesce(Council.approver_id, Council.agency_id)
    return of_agency(one(select(body).where(Council.id == council_of(fact))), Role.HEAD)


def _sits(council: Any) -> ColumnElement[bool]:
    return (
        select(Member.id)
        .where(Member.account_id == Account.id, Member.council_id == council, sits_on(clock.today()))
        .exists()
    )


def _keeps_papers(council: Any) -> ColumnElement[bool]:
    today = clock.today()
    return (
        select(Secretary.id)
        .where(
            Secretary.account_id == Account.id,
            Secretary.council_id == council,
            Secretary.from_on <= today,
            or_(Secretary.until_on.is_(None), Secretary.until_on >= today),
        )
        .exists()
    )
