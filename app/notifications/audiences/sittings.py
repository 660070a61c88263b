"""Who is told of what comes before a council, and of gatherings."""

from sqlalchemy import select

from app.accounts.models import Account
from app.councils.models import Member
from app.gatherings.events import GatheringFact
from app.gatherings.models import Guest
from app.notifications.audiences.rows import Recipients, accounts
from app.notifications.audiences.staff import at_work, of_agency
from app.notifications.audiences.subjects import one
from app.recommendations.models import RecommendationList
from app.sittings.events import ExaminationFact, RapporteurAssigned, RulingPublished
from app.sittings.models import Examination, Ruling


def rapporteur(fact: ExaminationFact) -> Recipients:
    """The member who reports on the draft; nobody where another one was named since."""
    found = (
        select(Member.account_id)
        .join(Examination, Examination.rapporteur_id == Member.id)
        .where(Examination.id == fact.examination_id)
    )
    if isinstance(fact, RapporteurAssigned):
        found = found.where(Member.id == fact.member_id)
    return accounts(Account.id == one(found))


def guests(fact: GatheringFact) -> Recipients:
    """Whoever registered and did not take it back."""
    comes = select(Guest.id).where(
        Guest.account_id == Account.id,
        Guest.gathering_id == fact.gathering_id,
        Guest.withdrawn_at.is_(None),
    )
    return accounts(comes.exists())


def addressed_body(fact: RulingPublished) -> Recipients:
    """Officers and heads of the body that the ruling is addressed to."""
    body = (
        select(RecommendationList.agency_id)
        .join(Ruling, Ruling.list_id == RecommendationList.id)
        .where(Ruling.id == fact.ruling_id)
    )
    return of_agency(at_work(one(body)))
