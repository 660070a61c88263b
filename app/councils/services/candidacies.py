"""Applying for a seat, and taking the application back (LPC art. 10)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from app import clock
from app.access import Actor
from app.accounts.models import Account
from app.audit import record
from app.councils import policies
from app.councils.actions import CompetitionAction
from app.councils.errors import (
    AlreadyApplied,
    AlreadySits,
    ApplicationsOver,
    Barred,
    BarredBy,
    DocumentMissing,
    RequirementUnmet,
    SeatRefused,
    SecretaryCannotSit,
    StatementMissing,
    TermsInARow,
)
from app.councils.lifecycle import CandidacyState
from app.councils.models import Candidacy, CandidacyFile, Competition, Origin
from app.councils.queries import forming as queries
from app.councils.queries.forming import Residence
from app.councils.services import eligibility
from app.councils.services.eligibility import Seat
from app.councils.services.forming import rules_of
from app.councils.services.transitions import lock
from app.db import db, violated_constraint
from app.errors import NotFound
from app.files import services as files
from app.files.errors import AttachmentRefused, RefusalReason
from app.files.models import Attachment
from app.files.services import Upload
from app.law import CouncilRules
from app.text.normalize import shown, shown_line

LONGEST_NAME = 300


def apply(
    competition: Competition,
    *,
    ngo: str | None,
    statement: str,
    language: str,
    checklist: Iterable[str],
    uploads: Mapping[str, Sequence[Upload]],
    actor: Actor,
    now: datetime,
) -> Candidacy:
    """The actor's application, under the name of their account, with a certificate for each requirement that asks
    for one.

    Age is known from the identity, the region of residence as far as the account says it; everything else of the
    checklist is declared, and for the working group to verify. Whoever took an application back may send a new one.
    """
    lock(competition)
    today = clock.today(now)
    if competition.applications_until < today and competition.announced_at is not None:
        raise ApplicationsOver(until=competition.applications_until)
    policies.check_competition(CompetitionAction.APPLY, actor, competition)
    account = db.session.get_one(Account, actor.account_id)
    if barred := bar_of(competition, account, today=today):
        raise Barred(by=barred)
    rules = rules_of(competition)
    confirmed = _confirmed(rules, competition, checklist)
    words = shown(statement)
    if not words or len(words) > rules.limits.application_characters:
        raise StatementMissing(most=rules.limits.application_characters)
    _check_documents(rules, competition, uploads)
    candidacy = _row_of(competition, account)
    candidacy.state = CandidacyState.APPLIED
    candidacy.name = shown_line(account.name)[:LONGEST_NAME]
    candidacy.ngo = shown_line(ngo or "")[:LONGEST_NAME] or None
    candidacy.statement, candidacy.language = words, language
    candidacy.checklist, candidacy.applied_at = confirmed, now
    _keep(candidacy, uploads, rules=rules, actor=actor, now=now)
    return candidacy


def withdraw(competition: Competition, *, actor: Actor, now: datetime) -> Candidacy:
    """Takes the actor's application back; its documents are deleted, and its words are shown to nobody."""
    lock(competition)
    policies.check_competition(CompetitionAction.WITHDRAW_APPLICATION, actor, competition)
    candidacy = queries.candidacy_of(competition, actor.account_id)
    if candidacy is None or candidacy.state is not CandidacyState.APPLIED:
        raise NotFound(kind="Candidacy")
    candidacy.state = CandidacyState.WITHDRAWN
    _forget_documents(candidacy)
    return candidacy


def look_at(document: CandidacyFile, *, actor: Actor, now: datetime) -> Attachment:
    """The certificate itself; that it was looked at, and by whom, is recorded."""
    competition = document.candidacy.competition
    policies.check_competition(CompetitionAction.SEE_DOCUMENTS, actor, competition)
    record(
        actor,
        CompetitionAction.SEE_DOCUMENTS.value,
        subject=f"competition:{competition.id}",
        now=now,
        candidacy=document.candidacy_id,
        requirement=document.requirement,
    )
    return document.attachment


def bar_of(competition: Competition, account: Account, *, today: date) -> BarredBy | None:
    """Why this person cannot be a candidate here, as far as this site knows; None if nothing is known against it."""
    rules = rules_of(competition)
    if account.born_on is None or eligibility.anniversary(account.born_on, rules.adult_age) > today:
        return BarredBy.UNDER_AGE
    if any(person.account_id == account.id for person in competition.working_group):
        return BarredBy.WORKING_GROUP
    if queries.residence(competition.council, account.region_code) is Residence.OTHER_REGION:
        return BarredBy.OTHER_REGION
    return _bar_of_composition(competition, account, rules)


# What else stands against a seat (another republican council, an organisation that has one) may change until then.
_BARS: Mapping[type[SeatRefused], BarredBy] = {
    TermsInARow: BarredBy.TWO_TERMS,
    AlreadySits: BarredBy.SITS,
    SecretaryCannotSit: BarredBy.SECRETARY,
}


def _bar_of_composition(competition: Competition, account: Account, rules: CouncilRules) -> BarredBy | None:
    wanted = Seat(account.name, Origin.CIVIL_SOCIETY, None, account, competition.term_from)
    try:
        eligibility.check(competition.council, wanted, rules)
    except SeatRefused as refused:
        return _BARS.get(type(refused))
    return None


def _confirmed(rules: CouncilRules, competition: Competition, checklist: Iterable[str]) -> list[str]:
    asked = [one.id for one in rules.requirements_at(competition.council.level)]
    ticked = set(checklist)
    if unmet := [one for one in asked if one not in ticked]:
        raise RequirementUnmet(requirements=unmet)
    return asked


def _check_documents(
    rules: CouncilRules, competition: Competition, uploads: Mapping[str, Sequence[Upload]]
) -> None:
    certified = [one.id for one in rules.requirements_at(competition.council.level) if one.is_certified]
    if lacking := [one for one in certified if not uploads.get(one)]:
        raise DocumentMissing(requirements=lacking)
    if sum(len(uploads[one]) for one in certified) > rules.limits.attachments:
        raise AttachmentRefused(RefusalReason.TOO_MANY)


def _row_of(competition: Competition, account: Account) -> Candidacy:
    """A new row, or the one that was taken back; AlreadyApplied if there is one that was not."""
    before = queries.candidacy_of(competition, account.id)
    if before is not None:
        if before.state is not CandidacyState.WITHDRAWN:
            raise AlreadyApplied(candidacy_id=before.id)
        return before
    return Candidacy(competition_id=competition.id, account_id=account.id)


def _keep(
    candidacy: Candidacy,
    uploads: Mapping[str, Sequence[Upload]],
    *,
    rules: CouncilRules,
    actor: Actor,
    now: datetime,
) -> None:
    """Writes the row with its documents; two windows that send at once leave one application."""
    try:
        with db.session.begin_nested():
            db.session.add(candidacy)
    except IntegrityError as error:
        if violated_constraint(error) != "uq_council_candidacy_competition_id_account_id":
            raise
        raise AlreadyApplied(competition_id=candidacy.competition_id) from error
    asked = {one.id for one in rules.requirements if one.is_certified}
    for requirement, several in uploads.items():
        for upload in several if requirement in asked else ():
            try:
                kept = files.accept(upload, actor=actor, now=now, megabytes=rules.limits.attachment_megabytes)
            except AttachmentRefused as refused:
                refused.data["requirement"] = requirement
                raise
            db.session.add(
                CandidacyFile(candidacy_id=candidacy.id, requirement=requirement, attachment_id=kept.id)
            )
    db.session.flush()
    db.session.expire(candidacy, ["files"])


def _forget_documents(candidacy: Candidacy) -> None:
    attachments = [document.attachment for document in candidacy.files]
    for document in list(candidacy.files):
        db.session.delete(document)
    # The rows that point to the files go first.
    db.session.flush()
    for attachment in attachments:
        files.remove(attachment)
    db.session.flush()
    db.session.expire(candidacy, ["files"])
