"""The report on a discussion: a preview made in the background, then published, unchangeable."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete

from app import clock
from app.access import Actor
from app.consultations import papers, policies, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion
from app.consultations.events import ReportAsked, ReportPublished
from app.consultations.models import DraftAct, Report, ReportFile, ReportFormat
from app.consultations.queries import report as report_queries
from app.consultations.services.drafting import LANGUAGES
from app.consultations.services.transitions import lock, move
from app.db import db
from app.documents.docx_writer import write_docx
from app.documents.pdf_writer import write_pdf
from app.duties import services as duties
from app.files import services as files
from app.files.models import MediaType
from app.outbox import publish

WRITERS = {ReportFormat.DOCX: write_docx, ReportFormat.PDF: write_pdf}
MEDIA = {ReportFormat.DOCX: MediaType.DOCX, ReportFormat.PDF: MediaType.PDF}


def ask(draft: DraftAct, *, actor: Actor, now: datetime) -> Report:
    """Has the report's files made from the data as they are now; asked again, made again."""
    lock(draft)
    policies.check(Action.PREPARE_REPORT, actor, draft)
    report = queries.report_of(draft)
    if report is None:
        report = Report(draft_id=draft.id, attempt=0, asked_at=now)
        db.session.add(report)
    if report.published_at is not None:
        raise StaleVersion(published_at=report.published_at)
    report.attempt, report.asked_at, report.made_at = report.attempt + 1, now, None
    publish(ReportAsked(draft_id=draft.id, attempt=report.attempt))
    return report


def make(draft: DraftAct, *, attempt: int, now: datetime) -> bool:
    """Writes the files in every language and format, with the fingerprint of what they say. False if a later preview
    was asked for, or this one is made: it may run twice."""
    lock(draft)
    report = queries.report_of(draft)
    if report is None or report.attempt != attempt or report.made_at or report.published_at:
        return False
    old = [file.attachment for file in report.files]
    db.session.execute(delete(ReportFile).where(ReportFile.report_id == report.id))
    for attachment in old:
        files.remove(attachment)
    mark = report_queries.fingerprint(draft)
    data = report_queries.gather(draft)
    for language in LANGUAGES:
        paper = papers.report(
            data,
            report_queries.said(draft),
            language=language,
            fingerprint=mark,
            made_on=clock.today(now),
        )
        for kind, write in WRITERS.items():
            kept = files.keep(
                write(paper),
                media_type=MEDIA[kind],
                file_name=f"report-{draft.number}-{language}.{kind.value}",
                now=now,
            )
            db.session.add(
                ReportFile(report_id=report.id, language=language, format=kind, attachment_id=kept.id)
            )
    report.made_at, report.fingerprint, report.figures = now, mark, asdict(data.figures)
    db.session.flush()
    db.session.expire(report, ["files"])
    return True


def publish_report(draft: DraftAct, *, actor: Actor, now: datetime) -> Report:
    """Publishes what the preview showed, which ends the discussion. StaleVersion if an answer came since: the files must
    say what the pages say."""
    lock(draft)
    policies.check(Action.PUBLISH_REPORT, actor, draft)
    report = queries.report_of(draft)
    if report is None or report.made_at is None:
        raise StaleVersion(missing="preview")
    if report.fingerprint != report_queries.fingerprint(draft):
        raise StaleVersion(changed=True)
    report.published_at, report.published_by = now, actor.account_id
    if draft.report_duty is not None:
        duties.fulfil(draft.report_duty, now=now)
    move(
        draft,
        Action.PUBLISH_REPORT,
        actor=actor,
        now=now,
        fact=ReportPublished,
        columns={"reported_at": now},
        details={"fingerprint": report.fingerprint},
    )
    return report
