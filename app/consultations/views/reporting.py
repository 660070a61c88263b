"""The report on a discussion as a page and as files."""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.comments.queries.figures import Figures
from app.consultations import papers, policies, queries
from app.consultations.actions import Action
from app.consultations.lifecycle import State
from app.consultations.models import DraftAct, Report, ReportFile
from app.consultations.queries import report as report_queries
from app.consultations.services.drafting import LANGUAGES
from app.consultations.views import bp
from app.documents.paper import Part
from app.errors import NotFound
from app.files.downloads import download
from app.i18n import LANGUAGE_NAMES, current_language
from app.web.guards import current_actor, on

# Comments on one page of the annex.
PAGE_SIZE = 50
PUBLISHED = frozenset({State.REPORTED, State.ADOPTED})


def readable_report(draft: DraftAct) -> Report:
    """The published report; its officers may look at it before. NotFound otherwise."""
    found = queries.report_of(draft)
    may_preview = policies.RULES[Action.SEE_FILE](current_actor(), draft)
    if found is None or (found.published_at is None and not (may_preview and found.made_at)):
        raise NotFound(kind="Report")
    return found


@bp.get("/drafts/<int:number>/report")
@on(DraftAct)
def report(draft: DraftAct) -> ResponseReturnValue:
    """The same words as in the files; the comments in parts, `after` the id of the last one shown."""
    found = readable_report(draft)
    after = request.args.get("after", 0, type=int)
    data = report_queries.gather(draft)
    if found.figures is not None:
        data = replace(data, figures=Figures(**found.figures))
    shown = list(report_queries.said(draft, after=max(after, 0), limit=PAGE_SIZE + 1, until=found.made_at))
    language = current_language()
    places = papers.place_words(data, shown, language=language if language in LANGUAGES else draft.language)
    annex: list[Part] = [part for one in shown[:PAGE_SIZE] for part in papers.comment_parts(one, places)]
    return render_template(
        "consultations/report.html",
        draft=draft,
        report=found,
        after=after,
        opening=papers.opening(data, fingerprint=found.fingerprint or "") if not after else [],
        table=papers.table(data, []) if not after else [],
        annex=annex,
        next_after=shown[PAGE_SIZE - 1].id if len(shown) > PAGE_SIZE else None,
        names=LANGUAGE_NAMES,
        made_on=clock.today(found.made_at or found.asked_at),
    )


@bp.get("/drafts/<int:number>/report/<language>.<any(docx, pdf):kind>")
@on(DraftAct)
def report_file(draft: DraftAct, language: str, kind: str) -> ResponseReturnValue:
    found = readable_report(draft)
    file = _file(found, language, kind)
    if file is None:
        raise NotFound(kind="ReportFile")
    return download(file.attachment, is_public=found.published_at is not None)


def _file(report: Report, language: str, kind: str) -> ReportFile | None:
    return next(
        (file for file in report.files if file.language == language and file.format.value == kind), None
    )
