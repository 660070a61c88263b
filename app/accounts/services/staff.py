"""Appointing staff."""

from datetime import datetime

from sqlalchemy import func, select

from app.access import Actor, Role
from app.accounts.models import Account, RoleAssignment, SignIn
from app.accounts.services.signing_in import hasher
from app.audit import record
from app.db import db
from app.errors import InvalidInput

SHORTEST_PASSWORD = 12


def appoint(
    *,
    email: str,
    password: str,
    given_name: str,
    family_name: str,
    role: Role,
    agency_id: int | None = None,
    language: str = "ru",
    actor: Actor,
    now: datetime,
) -> Account:
    """Gives `role` to the member of staff with this e-mail, making the account if there is none. Idempotent."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput(field="password", shortest=SHORTEST_PASSWORD)
    account = db.session.scalar(
        select(Account).where(func.lower(Account.email) == email.lower(), Account.password_hash.is_not(None))
    )
    if account is None:
        account = Account(
            email=email,
            password_hash=hasher.hash(password),
            given_name=given_name,
            family_name=family_name,
            language=language,
            email_confirmed_at=now,
            created_at=now,
        )
        db.session.add(account)
        # The role needs the account's id.
        db.session.flush()
    give_role(account, role, agency_id=agency_id, actor=actor, now=now)
    return account


def give_role(
    account: Account, role: Role, *, agency_id: int | None = None, actor: Actor, now: datetime
) -> None:
    """Gives `role` to a member of staff who has an account; nothing happens if they hold it."""
    held = {(r.role, r.agency_id) for r in account.roles if r.ended_at is None}
    if (role, agency_id) not in held:
        account.roles.append(RoleAssignment(role=role, agency_id=agency_id, started_at=now))
        record(actor, "appoint", subject=f"account:{account.id}", now=now, role=role.value, agency=agency_id)


def dismiss(account: Account, *, actor: Actor, now: datetime) -> None:
    """Closes a staff account: its roles end, and its open sessions with the next request."""
    account.disabled_at = now
    for held in account.roles:
        held.ended_at = held.ended_at or now
    for session in db.session.scalars(
        select(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
    ):
        session.ended_at = now
    record(actor, "dismiss", subject=f"account:{account.id}", now=now)
