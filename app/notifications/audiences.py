"""Who is meant when somebody is to be told: each audience as a query, so that telling a million is one statement."""

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, null, select

from app.access import Role
from app.accounts.models import Account, RoleAssignment
from app.agencies.models import Agency
from app.notifications.models import Follow
from app.petitions.models import Petition

# Columns: email, language, follow_id.
Recipients = Select[str, str, Any]


class Audience(StrEnum):
    AUTHOR = "author"
    FOLLOWERS = "followers"
    ADDRESSEE = "addressee"
    AUTHORISED_BODY = "authorised_body"
    MODERATORS = "moderators"
    ADMINISTRATORS = "administrators"
    # Whoever typed an address on the page for following; told by `services.following`, not by a fact.
    ASKER = "asker"


def recipients(audience: Audience, petition_id: int | None) -> Recipients:
    """Everybody of `audience` who has an address; the petition's own where the audience is one petition's."""
    match audience:
        case Audience.AUTHOR:
            author = select(Petition.author_id).where(Petition.id == petition_id).scalar_subquery()
            return _accounts(Account.id == author)
        case Audience.FOLLOWERS:
            return select(Follow.email, Follow.language, Follow.id).where(
                Follow.petition_id == petition_id, Follow.confirmed_at.is_not(None), Follow.ended_at.is_(None)
            )
        case Audience.ADDRESSEE:
            addressee = select(Petition.addressee_id).where(Petition.id == petition_id).scalar_subquery()
            return _staff_of(addressee)
        case Audience.AUTHORISED_BODY:
            return _staff_of(select(Agency.id).where(Agency.is_authorised_body).scalar_subquery())
        case Audience.MODERATORS:
            return _accounts(_holds(RoleAssignment.role == Role.MODERATOR))
        case Audience.ADMINISTRATORS:
            return _accounts(_holds(RoleAssignment.role == Role.ADMINISTRATOR))
        case Audience.ASKER:
            raise ValueError("nobody is an asker before the page for following was sent")


def _staff_of(agency_id: Any) -> Recipients:
    """Officers and heads of one body."""
    return _accounts(
        _holds(RoleAssignment.role.in_([Role.OFFICER, Role.HEAD]), RoleAssignment.agency_id == agency_id)
    )


def _holds(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(RoleAssignment.id)
        .where(RoleAssignment.account_id == Account.id, RoleAssignment.ended_at.is_(None), *conditions)
        .exists()
    )


def _accounts(condition: ColumnElement[bool]) -> Recipients:
    no_follow = cast(null(), BigInteger)
    return select(Account.email, Account.language, no_follow).where(  # type: ignore[return-value]
        condition, Account.email.is_not(None), Account.email != "", Account.disabled_at.is_(None)
    )
