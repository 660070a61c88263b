"""What runs for accounts by the clock."""

from datetime import timedelta

from sqlalchemy import delete

from app import clock
from app.accounts.models import SignIn
from app.db import db

# Beside a signature's hour, the hour of a sign-in could hint at a person; a session is of no use once it is over.
SESSIONS_KEPT = timedelta(days=1)


def forget_sessions() -> None:
    """Deletes sessions a day after they ended or ran out."""
    over = clock.now() - SESSIONS_KEPT
    db.session.execute(delete(SignIn).where((SignIn.expires_at < over) | (SignIn.ended_at < over)))
