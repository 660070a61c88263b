"""What one person sees of their own: the petitions they wrote, and the ones they signed."""

from collections.abc import Sequence

from sqlalchemy import LargeBinary, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.access import Actor
from app.accounts import own_data
from app.accounts.keys import signer_key
from app.accounts.models import Account
from app.comments.queries import people as comments
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


def drafts_of(actor: Actor, *, limit: int = 20) -> Sequence[Petition]:
    """What this person began and has not submitted, newest first."""
    return db.session.scalars(
        select(Petition)
        .where(Petition.author_id == actor.account_id, Petition.state == State.DRAFT)
        .order_by(Petition.id.desc())
        .limit(limit)
    ).all()


def empty_draft_of(actor: Actor) -> Petition | None:
    """A draft of this person in which only the questions about excluded matters are answered."""
    return next((draft for draft in drafts_of(actor) if draft.draft_steps == ["matters"]), None)


def correction_of(petition: Petition) -> Petition | None:
    """The draft in which the author corrects `petition`, if there is one."""
    return db.session.scalar(
        select(Petition).where(Petition.previous_id == petition.id, Petition.state == State.DRAFT).limit(1)
    )


def signed_by(actor: Actor, *, limit: int = 200) -> Sequence[tuple[Petition, Signature]]:
    """The petitions that this person signed, newest first, found without any list of signers.

    No row says who signed: the person's key for every petition is made and asked for.
    """
    if actor.person_tag is None:
        return []
    numbers = db.session.execute(
        select(Petition.number, Petition.id).where(Petition.state != State.DRAFT).order_by(Petition.id.desc())
    ).all()
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
        found.extend(rows.all())
        if len(found) >= limit:
            break
    return found[:limit]


def everything_about(account: Account, actor: Actor) -> dict[str, object]:
    """All that is kept about a person, as plain values for a file of their own. The IIN is not kept, so not here."""
    return {
        "account": {
            "given_name": account.given_name,
            "family_name": account.family_name,
            "born_on": account.born_on.isoformat() if account.born_on else None,
            "email": account.email,
            "language": account.language,
            "region": account.region_code,
            "created_at": account.created_at.isoformat(),
        },
        "petitions": [
            {
                "number": petition.number,
                "state": petition.state.value,
                "titles": petition.titles,
                "demands": [demand.text for demand in petition.demands],
                "arguments": petition.arguments,
                "created_at": petition.created_at.isoformat(),
            }
            for petition in (written_by(actor) if actor.person_tag else ())
        ],
        "signatures": [
            {
                "petition": petition.number,
                "title": petition.original_title,
                "signed_at": signature.signed_at.isoformat(),
                "region": signature.region_code,
                "consent_version": signature.consent_version,
                "counts": signature.departure is None,
            }
            for petition, signature in signed_by(actor)
        ],
        **comments.everything_about(account),
        **own_data.about(account),
    }
