"""Readers of letters, and letters read back."""

from app import clock
from app.db import db
from app.notifications.models import Delivery, Follow
from app.petitions.models import Petition


def follower(petition: Petition, email: str, *, language: str = "ru", confirmed: bool = True) -> Follow:
    now = clock.now()
    made = Follow(
        petition_id=petition.id,
        email=email,
        language=language,
        token=f"token-of-{email.split('@')[0]}",
        asked_at=now,
        confirmed_at=now if confirmed else None,
    )
    db.session.add(made)
    db.session.flush()
    return made


def delivery(
    petition: Petition, email: str, *, template: str = "petition_published", **columns: object
) -> Delivery:
    now = clock.now()
    made = Delivery(
        fact_key=f"petition:{petition.id}:published",
        template=template,
        email=email,
        language=columns.pop("language", "ru"),
        values={"petition_id": petition.id, "audience": columns.pop("audience", "author")},
        created_at=now,
        next_at=now,
        **columns,
    )
    db.session.add(made)
    db.session.flush()
    return made


def told(fact_key: str) -> set[tuple[str, str]]:
    """Who was told of a fact, by which template."""
    rows = db.session.query(Delivery.email, Delivery.template).filter(Delivery.fact_key == fact_key)
    return {(email, template) for email, template in rows}
