"""Members of staff by the roles they hold today."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from app.access import Role
from app.accounts.models import Account, RoleAssignment
from app.agencies.models import Agency
from app.notifications.audiences.rows import Recipients, accounts


def authorised_body(_: Any) -> Recipients:
    return of_agency(select(Agency.id).where(Agency.is_authorised_body).scalar_subquery())


def moderators(_: Any) -> Recipients:
    return accounts(holds(RoleAssignment.role == Role.MODERATOR))


def administrators(_: Any) -> Recipients:
    return accounts(holds(RoleAssignment.role == Role.ADMINISTRATOR))


def of_agency(agency_id: Any, *roles: Role) -> Recipients:
    """Officers and heads of one body, or who holds one of `roles` in it."""
    return accounts(works_in(agency_id, *roles))


def works_in(agency_id: Any, *roles: Role) -> ColumnElement[bool]:
    held = list(roles or (Role.OFFICER, Role.HEAD))
    return holds(RoleAssignment.role.in_(held), RoleAssignment.agency_id == agency_id)


def at_work(agency_id: Any) -> Any:
    """That body, or the one that took over its work when it was dissolved."""
    today = case((Agency.is_active, Agency.id), else_=func.coalesce(Agency.successor_id, Agency.id))
    return select(today).where(Agency.id == agency_id).correlate(None).scalar_subquery()


def holds(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(RoleAssignment.id)
        .where(RoleAssignment.account_id == Account.id, RoleAssignment.ended_at.is_(None), *conditions)
        .exists()
    )
