"""Who is told of a petition."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.notifications.audiences.rows import Recipients, accounts, follows
from app.notifications.audiences.staff import of_agency
from app.notifications.audiences.subjects import one, petition_of
from app.notifications.models import Follow
from app.petitions.events import PetitionFact
from app.petitions.models import Petition


def author(fact: Any) -> Recipients:
    return accounts(Account.id == one(select(Petition.author_id).where(Petition.id == petition_of(fact))))


def followers(fact: Any) -> Recipients:
    return follows(Follow.petition_id == petition_of(fact))


def addressee(fact: PetitionFact) -> Recipients:
    """Officers and heads of the body that it is addressed to."""
    return of_agency(select(Petition.addressee_id).where(Petition.id == fact.petition_id).scalar_subquery())
