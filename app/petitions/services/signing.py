"""Signing, and quietly taking a signature back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, text, update

from app import clock
from app.access import Actor
from app.accounts.keys import signer_key, token_hash
from app.accounts.models import Account, SignIn
from app.audit import record
from app.db import db
from app.errors import DomainError
from app.law import rules_in_force
from app.petitions import lifecycle, policies
from app.petitions.actions import Action
from app.petitions.errors import (
    AlreadySigned,
    NotSigned,
    RegionUnknown,
    SessionEnded,
    SigningClosed,
    TooYoung,
    WithdrawalClosed,
)
from app.petitions.models import Departure, InvalidationReason, Petition, Signature, TransitionRow
from app.territories import queries as territories


@dataclass(frozen=True, slots=True)
class Claim:
    """What the signed cookie says about who signs: the session's token and the person's own pseudonym."""

    token: str
    person_tag: bytes


@dataclass(frozen=True, slots=True)
class SignatureDetails:
    """What the form yields: the declared region, and the version of the consent text that was agreed to."""

    region_code: str
    consent_version: str


# One statement, no object loaded, no row written that another signer writes. It checks the session, the account, the
# age and the petition's state, and inserts; the unique key keeps one signature per person and petition.
OPEN_STATES = ", ".join(f"'{state.value}'" for state in sorted(lifecycle.OPEN_FOR_SIGNING))
SIGN = text(
    f"""
    INSERT INTO signature (petition_id, signer_key, region_code, consent_version, signed_at)
    SELECT p.id, :signer_key, :region, :consent, :now
    FROM petition p, sign_in s JOIN account a ON a.id = s.account_id
    WHERE p.number = :number
      AND (
        (p.state IN ({OPEN_STATES}) AND :now < p.closes_at)
        OR (p.state = 'submitted' AND p.support_token = :support_token AND :now < p.support_closes_at)
      )
      AND s.token_hash = :token_hash AND s.ended_at IS NULL AND s.expires_at > :now
      AND a.person_tag = :person_tag AND a.disabled_at IS NULL AND a.born_on <= :born_by
    ON CONFLICT (petition_id, signer_key) DO NOTHING
    RETURNING id
    """
)


def sign(
    number: int, *, details: SignatureDetails, claim: Claim, support_token: str | None = None, now: datetime
) -> None:
    """Adds the person's signature to petition `number`.

    AlreadySigned for a second one, also of many at once; SigningClosed, TooYoung, SessionEnded, RegionUnknown or
    NotInThisState for the rest. `support_token` opens a petition that is still collecting its first supporters.
    """
    if details.region_code not in territories.region_codes():
        raise RegionUnknown(field="region")
    added = db.session.execute(
        SIGN,
        {
            "number": number,
            "signer_key": signer_key(claim.person_tag, petition_number=number),
            "region": details.region_code,
            "consent": details.consent_version,
            "now": now,
            "support_token": support_token or "",
            "token_hash": token_hash(claim.token),
            "person_tag": claim.person_tag,
            "born_by": born_by(clock.today(now)),
        },
    ).first()
    if added is None:
        raise _why_not(number, claim=claim, support_token=support_token, now=now)


def born_by(today: date) -> date:
    """The last birthday with which a person is old enough to sign today."""
    years = rules_in_force(today).eligibility.minimum_age_years
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def _why_not(number: int, *, claim: Claim, support_token: str | None, now: datetime) -> Exception:
    session = db.session.scalar(
        select(SignIn).where(
            SignIn.token_hash == token_hash(claim.token), SignIn.ended_at.is_(None), SignIn.expires_at > now
        )
    )
    if session is None or session.account.disabled_at or session.account.person_tag != claim.person_tag:
        return SessionEnded()
    petition = db.session.scalar(select(Petition).where(Petition.number == number))
    if petition is None:
        return policies.NotInThisState(action=Action.SIGN)
    try:
        check(petition, account=session.account, support_token=support_token, now=now)
    except DomainError as reason:
        return reason
    # What stood in the way is gone since: the next try will do.
    return policies.NotInThisState(action=Action.SIGN, state=petition.state)


def check(petition: Petition, *, account: Account, support_token: str | None = None, now: datetime) -> None:
    """Raises what signing would be refused with, so that a page can say it before anybody presses a button."""
    if has_signed(petition, account.person_tag):
        raise AlreadySigned(number=petition.number)
    if account.born_on is None or account.born_on > born_by(clock.today(now)):
        raise TooYoung(years=rules_in_force(clock.today(now)).eligibility.minimum_age_years)
    if policies.opens(support_token or "", petition):
        closes_at = petition.support_closes_at
    elif petition.state in lifecycle.PUBLIC_STATES:
        closes_at = petition.closes_at
    else:
        raise policies.NotInThisState(action=Action.SIGN, state=petition.state)
    if not lifecycle.allows(Action.SIGN, petition.state) or closes_at is None or now >= closes_at:
        raise SigningClosed(state=petition.state, closed_at=closes_at)


def has_signed(petition: Petition, person_tag: bytes | None) -> bool:
    if person_tag is None:
        return False
    key = signer_key(person_tag, petition_number=petition.number)
    found = db.session.scalar(
        select(Signature.id).where(Signature.petition_id == petition.id, Signature.signer_key == key)
    )
    return found is not None


def withdraw_signature(petition: Petition, *, actor: Actor, now: datetime) -> None:
    """Takes the person's signature back and forgets who it was. Nobody is told, by mail or on any page.

    NotSigned if there is none; WithdrawalClosed once the petition was handed over.
    """
    if not lifecycle.allows(Action.WITHDRAW_SIGNATURE, petition.state):
        raise WithdrawalClosed(state=petition.state)
    key = signer_key(actor.person_tag or b"", petition_number=petition.number)
    gone = db.session.scalar(
        update(Signature)
        .where(
            Signature.petition_id == petition.id, Signature.signer_key == key, Signature.departure.is_(None)
        )
        .values(signer_key=None, departure=Departure.WITHDRAWN, departed_at=now)
        .returning(Signature.id)
    )
    if gone is None:
        raise NotSigned(number=petition.number)


def invalidate(
    petition: Petition,
    *,
    since: datetime,
    until: datetime,
    region_code: str | None,
    reason: InvalidationReason,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Takes signatures of a span of time (and region) out of the count for a public class of reason; how many.

    There is no list of signers to choose from; whose signatures they are stays unknown to the moderator too. The keys
    stay, so that an invalidated signature cannot simply be repeated. `note` tells the public more than the class does.
    """
    policies.check(Action.INVALIDATE, actor, petition)
    conditions = [
        Signature.petition_id == petition.id,
        Signature.departure.is_(None),
        Signature.signed_at >= since,
        Signature.signed_at < until,
    ]
    if region_code:
        conditions.append(Signature.region_code == region_code)
    gone = db.session.scalars(
        update(Signature)
        .where(*conditions)
        .values(departure=Departure.INVALIDATED, departed_at=now, reason=reason)
        .returning(Signature.id)
    ).all()
    if gone:
        db.session.add(
            TransitionRow(
                petition_id=petition.id,
                action=Action.INVALIDATE.value,
                source=petition.state,
                target=petition.state,
                at=now,
                actor_id=actor.account_id,
                note=note or None,
                details={"count": len(gone), "reason": reason.value},
            )
        )
    record(
        actor,
        "invalidate",
        subject=f"petition:{petition.number}",
        now=now,
        count=len(gone),
        reason=reason.value,
    )
    return len(gone)
