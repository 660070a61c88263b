"""What everybody reads of sittings: a council's list, the sitting itself, its documents and its minutes."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils.models import Council
from app.duties.queries import clock_of
from app.errors import NotFound
from app.files.downloads import download
from app.gatherings import queries as gatherings
from app.i18n import LANGUAGE_NAMES, current_language
from app.law import calendar_now, council_rules_version
from app.law.calendar import latest_day_before
from app.law.labels import period
from app.sittings import labels, papers, policies, queries
from app.sittings.actions import Action
from app.sittings.lifecycle import State
from app.sittings.models import Minutes, Sitting
from app.sittings.queries import listing
from app.sittings.queries.record import public_ruling, record_of
from app.sittings.services import minutes as services
from app.sittings.views import bp
from app.web.caching import cached_page
from app.web.filters import days
from app.web.guards import current_actor, on

FORMATS = ("docx", "pdf")


@bp.get("/councils/<slug>/sittings")
@on(Council)
@cached_page
def index(council: Council) -> ResponseReturnValue:
    page = listing.sittings_of(council, position=request.args.get("after"))

    def address(position: str | None) -> str | None:
        return url_for("sittings.index", slug=council.slug, after=position) if position else None

    return render_template(
        "sittings/index.html",
        council=council,
        rows=page.rows,
        labels=labels,
        next_page=address(page.next),
        previous_page=address(page.previous),
    )


@bp.get("/sittings/<int:number>")
@on(Sitting)
@cached_page
def show(sitting: Sitting) -> ResponseReturnValue:
    actor = current_actor()
    record = record_of(sitting)
    found = record.minutes
    return render_template(
        "sittings/show.html",
        sitting=sitting,
        record=record,
        labels=labels,
        papers=papers,
        period=period,
        rules=council_rules_version(sitting.rules_version),
        public_ruling=public_ruling,
        guest=gatherings.guest_of(actor, sitting.gathering),
        notice_term=notice_term(sitting),
        is_late_notice=is_late_notice(sitting),
        minutes_clock=clock_of(found.duty, today=clock.today()) if found is not None else None,
        minutes_term=services.publication_term(sitting) if found is not None else None,
        is_member=policies.is_member(actor, sitting),
        may_lead=policies.LEADS(actor, sitting),
        now=clock.now(),
    )


def notice_term(sitting: Sitting) -> str:
    """How long before a sitting of this council its notice is published, in words."""
    own = sitting.council.notice_days
    if own is not None:
        return days(own)
    return period(council_rules_version(sitting.rules_version).deadline("council_notice"))


def is_late_notice(sitting: Sitting) -> bool:
    """Whether people learnt of the sitting later than the council's regulation, or the rules, ask for: counted back
    from the day for which it was called first."""
    if sitting.called_at is None:
        return False
    gathering = sitting.gathering
    starts_at = gathering.moves[0].was_at if gathering.moves else gathering.starts_at
    told_on, begins_on = clock.today(sitting.called_at), clock.today(starts_at)
    own = sitting.council.notice_days
    if own is not None:
        return (begins_on - told_on).days < own
    deadline = council_rules_version(sitting.rules_version).deadline("council_notice")
    return told_on > latest_day_before(begins_on, deadline, calendar_now())


@bp.get("/sittings/<int:number>/files/<key>")
@on(Sitting)
def file(sitting: Sitting, key: str) -> ResponseReturnValue:
    """A document of the agenda: public with it."""
    kept = next(
        (one for item in sitting.items for one in item.files if one.attachment.public_key == key), None
    )
    if kept is None:
        raise NotFound(kind="Attachment")
    return download(kept.attachment, is_public=sitting.called_at is not None)


@bp.get("/sittings/<int:number>/minutes")
@on(Sitting)
@cached_page
def minutes(sitting: Sitting) -> ResponseReturnValue:
    """The same words as in the files, made of the records as they are now."""
    found = readable_minutes(sitting)
    paper = papers.minutes(sitting, language=current_language())
    return render_template(
        "sittings/minutes.html",
        sitting=sitting,
        minutes=found,
        paper_parts=paper.parts,
        names=LANGUAGE_NAMES,
        labels=labels,
    )


def readable_minutes(sitting: Sitting) -> Minutes:
    """Published minutes; the council itself reads them before. NotFound otherwise."""
    found = queries.minutes_of(sitting)
    if found is None:
        raise NotFound(kind="Minutes")
    is_public = sitting.state is State.RECORDED and found.published_at is not None
    if not is_public and not policies.RULES[Action.SEE_ROOM](current_actor(), sitting):
        raise NotFound(kind="Minutes")
    return found


@bp.get("/sittings/<int:number>/minutes.<any(docx, pdf):kind>")
@on(Sitting)
def minutes_file(sitting: Sitting, kind: str) -> ResponseReturnValue:
    """In the language of the address; minutes are made in Kazakh and Russian, so English readers get the Kazakh."""
    found = readable_minutes(sitting)
    language = current_language() if current_language() in services.LANGUAGES else services.LANGUAGES[0]
    kept = next((one for one in found.files if one.language == language and one.format == kind), None)
    if kept is None:
        raise NotFound(kind="MinutesFile")
    return download(kept.attachment)
