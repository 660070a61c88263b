"""What people change about their own account."""

from datetime import datetime

from sqlalchemy import update

from app.access import Actor
from app.accounts.models import Account, SignIn
from app.db import db
from app.errors import Forbidden, InvalidInput
from app.i18n import LANGUAGES
from app.territories import queries as territories


def change_settings(
    account: Account, *, language: str, email: str | None, region_code: str | None, actor: Actor
) -> None:
    """Keeps the language of mails and, for a citizen, the e-mail and the region that signing starts from.

    Staff are known by their e-mail, so only an administrator changes theirs. A new e-mail is not a confirmed one.
    """
    if actor.account_id != account.id:
        raise Forbidden(reason="not_own")
    if language not in LANGUAGES:
        raise InvalidInput(field="language")
    account.language = language
    if account.person_tag is None:
        return
    if region_code is not None and region_code not in territories.region_codes():
        raise InvalidInput(field="region")
    if email != account.email:
        account.email, account.email_confirmed_at = email, None
    account.region_code = region_code


def leave_everywhere(account: Account, *, actor: Actor, now: datetime) -> None:
    """Ends every open session of the person, on every device."""
    if actor.account_id != account.id:
        raise Forbidden(reason="not_own")
    db.session.execute(
        update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None)).values(ended_at=now)
    )
