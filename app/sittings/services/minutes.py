"""The minutes: generated, added to in sight of everybody, signed by two, published, and made into files."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete

from app import clock
from app.access import Actor
from app.audit import record
from app.councils import policies as councils
from app.db import db
from app.documents.docx_writer import write_docx
from app.documents.pdf_writer import write_pdf
from app.duties import services as duties
from app.duties.models import DutyKind
from app.files import services as files
from app.files.models import MediaType
from app.law import council_rules_version
from app.law.rules import Deadline
from app.outbox import publish
from app.sittings import papers, policies, queries
from app.sittings.actions import Action
from app.sittings.errors import NotInThisState, Unfinished
from app.sittings.events import MinutesAsked, MinutesPublished
from app.sittings.models import Minutes, MinutesAddition, MinutesFile, Sitting
from app.sittings.services.transitions import lock, move
from app.text.normalize import shown

LANGUAGES = ("kk", "ru")
WRITERS = {"docx": (write_docx, MediaType.DOCX), "pdf": (write_pdf, MediaType.PDF)}


def begin(sitting: Sitting, *, now: datetime) -> Minutes:
    """The minutes of a sitting that was closed, with the clock of their publication."""
    duty = duties.start(
        DutyKind.MINUTES,
        council=sitting.council,
        subject_kind="sitting",
        subject_number=sitting.number,
        deadline=publication_term(sitting),
        rules_version=sitting.rules_version,
        started_on=clock.today(now),
    )
    minutes = Minutes(sitting=sitting, duty=duty)
    db.session.add(minutes)
    db.session.flush()
    return minutes


def publication_term(sitting: Sitting) -> Deadline:
    """By the council's regulation where it names days, else by the rules of this site: the law names none."""
    term = council_rules_version(sitting.rules_version).deadline("minutes_publication")
    own = sitting.council.minutes_working_days
    return term if own is None else replace(term, value=own)


def of(sitting: Sitting) -> Minutes:
    """The minutes of a closed sitting; NotInThisState before."""
    minutes = queries.minutes_of(sitting)
    if minutes is None:
        raise NotInThisState(action=Action.SIGN_MINUTES, state=sitting.state)
    return minutes


def add(sitting: Sitting, *, text: str, language: str, actor: Actor, now: datetime) -> MinutesAddition:
    """Words beside what was generated, with name and time. An addition before publication takes signatures back:
    nobody has signed what was added later."""
    policies.check(Action.ADD_TO_MINUTES, actor, lock(sitting))
    minutes, said = of(sitting), shown(text)
    if not said:
        raise Unfinished(field="text", missing=["text"])
    addition = MinutesAddition(
        minutes=minutes, language=language, text=said, at=now, by=actor.account_id, by_name=actor.name
    )
    db.session.add(addition)
    if minutes.published_at is None:
        minutes.chair_id = minutes.chair_signed_at = None
        minutes.secretary_id = minutes.secretary_signed_at = None
    db.session.flush()
    if minutes.published_at is not None:
        _ask_files(minutes, now=now)
    return addition


def sign(sitting: Sitting, *, actor: Actor, now: datetime) -> Minutes:
    """Signs for the chair or for the secretary, whichever the actor is."""
    lock(sitting)
    policies.check(Action.SIGN_MINUTES, actor, sitting)
    minutes = of(sitting)
    if councils.is_secretary(actor, sitting.council):
        minutes.secretary_id, minutes.secretary_signed_at = actor.account_id, now
    if policies.presides(actor, sitting):
        minutes.chair_id, minutes.chair_signed_at = sitting.presiding_id, now
    record(actor, Action.SIGN_MINUTES.value, subject=f"sitting:{sitting.number}", now=now)
    db.session.flush()
    return minutes


def publish_minutes(sitting: Sitting, *, actor: Actor, now: datetime) -> Minutes:
    """Publishes minutes that both have signed; Unfinished names who has not."""
    lock(sitting)
    policies.check(Action.PUBLISH_MINUTES, actor, sitting)
    minutes = of(sitting)
    signed = {"chair": minutes.chair_signed_at, "secretary": minutes.secretary_signed_at}
    if lacking := [who for who, at in signed.items() if at is None]:
        raise Unfinished(missing=lacking)
    minutes.published_at = now
    move(sitting, Action.PUBLISH_MINUTES, actor=actor, now=now, fact=MinutesPublished)
    duties.fulfil(minutes.duty, now=now)
    _ask_files(minutes, now=now)
    return minutes


def _ask_files(minutes: Minutes, *, now: datetime) -> None:
    publish(MinutesAsked(sitting_id=minutes.sitting_id, attempt=len(minutes.additions)))


def make(sitting: Sitting, *, attempt: int, now: datetime) -> bool:
    """Writes the files in both languages and formats. False if a later addition was made, or these are made: it may
    run twice."""
    lock(sitting)
    minutes = queries.minutes_of(sitting)
    if minutes is None or minutes.published_at is None or len(minutes.additions) != attempt:
        return False
    if minutes.made_at is not None and all(addition.at <= minutes.made_at for addition in minutes.additions):
        return False
    old = [file.attachment for file in minutes.files]
    db.session.execute(delete(MinutesFile).where(MinutesFile.minutes_id == minutes.id))
    for attachment in old:
        files.remove(attachment)
    for language in LANGUAGES:
        paper = papers.minutes(sitting, language=language)
        for ending, (write, media_type) in WRITERS.items():
            kept = files.keep(
                write(paper),
                media_type=media_type,
                file_name=f"minutes-{sitting.number}-{language}.{ending}",
                now=now,
            )
            db.session.add(
                MinutesFile(minutes_id=minutes.id, language=language, format=ending, attachment_id=kept.id)
            )
    minutes.made_at = now
    db.session.flush()
    db.session.expire(minutes, ["files"])
    return True
