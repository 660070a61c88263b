"""What one person sees of their own: the petitions they wrote, and the ones they signed."""

from collections.abc import Sequence

from sqlalchemy import LargeBinary, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.access import Actor
from app.accounts.keys import signer_key
from app.db import db
from app.petitions.lifecycle import State
from app.petitions.models import Departure, Petition, Signature

# Keys of this many petitions are asked for at once: 3 µs each to make, one index probe each to look up.
KEYS_AT_ONCE = 5000


def written_by(actor: Actor, *, limit: int = 100) -> Sequence[Petition]:
    return db.session.scalars(
        select(Petition)
        .where(Petition.author_id == actor.account_id, Petition.state != State.WITHDRAWN)
        .order_by(Petition.id.desc())
        .limit(limit)
    ).all()


def signed_by(actor: Actor, *, limit: int = 200) -> Sequence[tuple[Petition, Signature]]:
    """The petitions that this person signed, newest first, found without any list of signers.

    No row says who signed: the person's key for every petition is made and asked for.
    """
    if actor.person_tag is None:
        return []
    numbers = (
        db.session.execute(
            select(Petition.number, Petition.id)
            .where(Petition.state != State.DRAFT)
            .order_by(Petition.id.desc())
        )
        .tuples()
        .all()
    )
    found: list[tuple[Petition, Signature]] = []
    for start in range(0, len(numbers), KEYS_AT_ONCE):
        keys = [
            signer_key(actor.person_tag, petition_number=number)
            for number, _ in numbers[start : start + KEYS_AT_ONCE]
        ]
        ids = [petition_id for _, petition_id in numbers[start : start + KEYS_AT_ONCE]]
        pairs = select(
            func.unnest(ids).label("petition_id"),
            func.unnest(cast(keys, ARRAY(LargeBinary))).label("signer_key"),
        ).subquery()
        rows = db.session.execute(
            select(Petition, Signature)
            .join(Signature, Signature.petition_id == Petition.id)
            .join(
                pairs,
                (pairs.c.petition_id == Signature.petition_id) & (pairs.c.signer_key == Signature.signer_key),
            )
            .where(Signature.departure.is_(None) | (Signature.departure == Departure.INVALIDATED))
            .order_by(Signature.id.desc())
        )
        found.extend(rows.tuples().all())
        if len(found) >= limit:
            break
    return found[:limit]
