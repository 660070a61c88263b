"""Reads of competitions, of who applied, and of the composition that a result would give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.access import Actor
from app.accounts.models import Account
from app.councils.lifecycle import PAST_STATES, RUNNING_STATES, CandidacyState, CompetitionState
from app.councils.models import (
    Candidacy,
    CandidacyFile,
    Competition,
    Council,
    Member,
    Origin,
    Secretary,
    WorkingGroupMember,
)
from app.db import db
from app.files.models import Attachment
from app.law import CouncilRules
from app.law.calendar import add_months
from app.territories.models import Territory
from app.text.normalize import words
from app.web.pagination import Page, keyset

PAGE_SIZE = 20


class Residence(StrEnum):
    """What this site knows of whether somebody lives where a council stands."""

    NOT_ASKED = "not_asked"
    DECLARED = "declared"
    SAME_REGION = "same_region"
    OTHER_REGION = "other_region"


@dataclass(frozen=True, slots=True)
class After:
    """The council on the first day of the new term, if those chosen get their seats."""

    starts_on: date
    civil_society: int
    of_body: int
    least_civil_society: int
    least_members: int | None
    most_members: int | None

    @property
    def members(self) -> int:
        return self.civil_society + self.of_body

    @property
    def has_share(self) -> bool:
        return self.civil_society >= self.least_civil_society

    @property
    def is_too_small(self) -> bool:
        return self.least_members is not None and self.members < self.least_members


def newest(council: Council) -> Competition | None:
    """The competition that a council's page names: the last one that was made public."""
    return db.session.scalar(
        select(Competition)
        .where(Competition.council_id == council.id, Competition.announced_at.is_not(None))
        .order_by(Competition.announced_at.desc(), Competition.id.desc())
        .limit(1)
    )


def unfinished(council: Council) -> Competition | None:
    """The one that is being prepared or runs; a council has one at most."""
    return db.session.scalar(
        select(Competition).where(
            Competition.council_id == council.id, Competition.state.not_in(list(PAST_STATES))
        )
    )


def page_of(*, is_past: bool, position: str | None, size: int = PAGE_SIZE) -> Page[Competition]:
    """Competitions that run, or that are over: the newest first."""
    states = PAST_STATES if is_past else RUNNING_STATES
    query = select(Competition).where(
        Competition.state.in_(list(states)), Competition.announced_at.is_not(None)
    )
    return keyset(query, order=(Competition.announced_at, Competition.id), position=position, size=size)


def candidates(competition: Competition) -> Sequence[Candidacy]:
    """Everybody who stands, by name: those who took their application back are not among them."""
    return db.session.scalars(
        select(Candidacy)
        .where(Candidacy.competition_id == competition.id, Candidacy.state != CandidacyState.WITHDRAWN)
        .options(selectinload(Candidacy.files).joinedload(CandidacyFile.attachment))
        .order_by(Candidacy.name, Candidacy.id)
    ).all()


def count_candidates(competition: Competition) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                Candidacy.competition_id == competition.id, Candidacy.state != CandidacyState.WITHDRAWN
            )
        )
        or 0
    )


def candidacy_of(competition: Competition, account_id: int | None) -> Candidacy | None:
    """The application of that account, also one that was taken back."""
    return db.session.scalar(
        select(Candidacy).where(
            Candidacy.competition_id == competition.id, Candidacy.account_id == account_id
        )
    )


def file_of(competition: Competition, key: str) -> CandidacyFile | None:
    """The certificate with that name in addresses, if it belongs to somebody who stands."""
    return db.session.scalar(
        select(CandidacyFile)
        .join(Candidacy)
        .join(Attachment, Attachment.id == CandidacyFile.attachment_id)
        .where(Candidacy.competition_id == competition.id, Attachment.public_key == key)
    )


def reserve(competition: Competition) -> Sequence[Candidacy]:
    """The reserve list in its order, with those who got a seat meanwhile, as it stands now."""
    return db.session.scalars(
        select(Candidacy)
        .where(Candidacy.competition_id == competition.id, Candidacy.state == CandidacyState.RESERVE)
        .order_by(Candidacy.reserve_place)
        .execution_options(populate_existing=True)
    ).all()


def free_seats(competition: Competition, *, today: date) -> Sequence[Member]:
    """Seats of civil society that fell free early, in the term that this competition filled, and stand empty."""
    if competition.approved_at is None:
        return []
    freed = db.session.scalars(
        select(Member)
        .where(
            Member.council_id == competition.council_id,
            Member.origin == Origin.CIVIL_SOCIETY,
            Member.ended_on.is_not(None),
            Member.ended_on >= clock.today(competition.approved_at),
            Member.ends_on >= max(competition.term_from, today),
        )
        .order_by(Member.ended_on, Member.id)
    ).all()
    # Whoever moved up sits until the same last day; one of the freed seats is theirs.
    moved_up = sum(candidate.member_id is not None for candidate in reserve(competition))
    return freed[moved_up:]


def residence(council: Council, region_code: str | None) -> Residence:
    """What the account's region says; the region is all that it says, also for a council of a district or city."""
    if not council.level.is_local:
        return Residence.NOT_ASKED
    region = _region_of(council.territory)
    if region is None or region_code is None:
        return Residence.DECLARED
    return Residence.SAME_REGION if region.code == region_code else Residence.OTHER_REGION


def _region_of(territory: Territory | None) -> Territory | None:
    while territory is not None and not territory.is_region:
        territory = territory.parent
    return territory


def is_namesake(competition: Competition, name: str) -> bool:
    """Whether somebody of the working group who has no account here goes by that name: people have to look."""
    return any(
        words(person.name) == words(name) for person in competition.working_group if person.account_id is None
    )


def after(competition: Competition, rules: CouncilRules, *, chosen: int, today: date) -> After:
    """Who sits on the first day of the new term, with so many chosen beside those whose terms go on."""
    starts_on = max(competition.term_from, today)
    council = competition.council
    staying = [member.origin for member in council.members if member.sits_on(starts_on)]
    of_body = staying.count(Origin.BODY)
    civil = staying.count(Origin.CIVIL_SOCIETY)
    if competition.state is not CompetitionState.APPROVED:
        civil += chosen
    level = rules.level(council.level.value)
    return After(
        starts_on=starts_on,
        civil_society=civil,
        of_body=of_body,
        least_civil_society=rules.civil_society_least(civil + of_body),
        least_members=level.members_least,
        most_members=council.seats or level.members_most,
    )


def begins_by(council: Council, rules: CouncilRules, *, today: date) -> tuple[date, date] | None:
    """The last day of the present term, and by when the forming of the next council should begin; None if nobody
    sits."""
    last = max((m.ends_on for m in council.members if m.sits_on(today)), default=None)
    if last is None:
        return None
    return last, add_months(last, -rules.number("competition_starts_months_before_end"))


# Work


def councils_run_by(actor: Actor) -> Sequence[Council]:
    """Councils whose competitions the actor prepares: as secretary, or as officer of the body or of the approver."""
    if actor.account_id is None:
        return []
    today = clock.today()
    keeps: ColumnElement[bool] = Council.id.in_(
        select(Secretary.council_id).where(
            Secretary.account_id == actor.account_id,
            Secretary.from_on <= today,
            func.coalesce(Secretary.until_on, today) >= today,
        )
    )
    agencies = list(actor.agency_ids)
    if agencies:
        keeps = keeps | Council.agency_id.in_(agencies) | Council.approver_id.in_(agencies)
    return db.session.scalars(
        select(Council).where(keeps, Council.is_active).order_by(Council.level, Council.name_kk, Council.id)
    ).all()


def competitions_of(councils: Sequence[Council]) -> Sequence[Competition]:
    """Every competition of these councils, those that need work first."""
    if not councils:
        return []
    return db.session.scalars(
        select(Competition)
        .where(Competition.council_id.in_([council.id for council in councils]))
        .order_by(Competition.state.in_(list(PAST_STATES)), Competition.id.desc())
        .limit(200)
    ).all()


def of_working_group(account_id: int) -> Sequence[Competition]:
    """Competitions in whose working group the account is, the newest first."""
    return db.session.scalars(
        select(Competition)
        .join(WorkingGroupMember)
        .where(
            WorkingGroupMember.account_id == account_id,
            Competition.announced_at.is_not(None),
        )
        .order_by(Competition.id.desc())
        .limit(50)
    ).all()


def applications_of(account_id: int) -> Sequence[Candidacy]:
    """What the account applied for, the newest first."""
    return db.session.scalars(
        select(Candidacy)
        .where(Candidacy.account_id == account_id)
        .options(joinedload(Candidacy.competition))
        .order_by(Candidacy.id.desc())
        .limit(50)
    ).all()


def account_by_email(email: str) -> Account | None:
    """The account that can be told by this address: a member of staff, or a citizen who confirmed it."""
    return db.session.scalar(
        select(Account)
        .where(
            func.lower(Account.email) == email.strip().lower(),
            Account.disabled_at.is_(None),
            Account.password_hash.is_not(None) | Account.email_confirmed_at.is_not(None),
        )
        .order_by(Account.password_hash.is_(None), Account.id)
        .limit(1)
    )


def emails_of(competition: Competition) -> Mapping[int, str]:
    """The addresses of the working group's accounts, by the account's id; for those who prepare the competition."""
    ids = [person.account_id for person in competition.working_group if person.account_id]
    rows = db.session.execute(select(Account.id, Account.email).where(Account.id.in_(ids))) if ids else ()
    return {account_id: email or "" for account_id, email in rows}
