"""Reads of accounts."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.accounts.models import Account
from app.db import db


def by_id(account_id: int | None) -> Account | None:
    return db.session.get(Account, account_id) if account_id is not None else None


def staff_by_email(email: str) -> Account | None:
    return db.session.scalar(
        select(Account).where(
            func.lower(Account.email) == email.strip().lower(), Account.password_hash.is_not(None)
        )
    )


def staff() -> Sequence[Account]:
    """Everybody who was ever appointed, by e-mail."""
    return db.session.scalars(
        select(Account).where(Account.password_hash.is_not(None)).order_by(func.lower(Account.email))
    ).all()
