"""The list of draft acts for programs: new ones as a feed, closing days as a calendar; both with the list's wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.consultations import labels
from app.consultations.forms.reading import wish_of
from app.consultations.models import DraftAct
from app.consultations.queries import listing
from app.consultations.views import bp
from app.consultations.views.listing import wishes_in_address
from app.i18n import _, current_language, language_shown
from app.text.icalendar import DayEvent
from app.text.icalendar import calendar as calendar_of
from app.text.normalize import shown
from app.web.caching import cached_page
from app.web.guards import public

MOST_NEW = 100
MOST_CLOSING = 500
REFRESH = timedelta(hours=6)


@bp.get("/drafts.atom")
@public
@cached_page
def feed() -> ResponseReturnValue:
    """The newest drafts that the wish is about, as Atom (RFC 4287)."""
    wish = wish_of(request.args)
    drafts = listing.newest(wish, today=clock.today(), limit=MOST_NEW)
    moved = listing.last_moves(drafts)
    page = render_template(
        "consultations/feed.xml",
        drafts=drafts,
        moved=moved,
        updated=max(moved.values(), default=listing.FIRST_DAY),
        labels=labels,
        host=host(),
        clean=shown,
        language_of=lambda draft: language_shown(draft.titles),
        own_address=public_address("consultations.feed", **wishes_in_address()),
        list_address=public_address("consultations.index", **wishes_in_address()),
        address_of=lambda draft: public_address("consultations.show", number=draft.number),
    )
    return _answer(page, "application/atom+xml")


@bp.get("/drafts.ics")
@public
@cached_page
def calendar() -> ResponseReturnValue:
    """The last days for comments that are still to come, as iCalendar."""
    wish = replace(wish_of(request.args), facet=listing.Facet.ALL)
    drafts = listing.closing(wish, today=clock.today(), limit=MOST_CLOSING)
    name = _("Draft acts: last days for comments")
    text = calendar_of(
        _events(drafts, listing.last_moves(drafts)),
        product="-//Unqos//Draft acts//EN",
        name=name,
        language=current_language(),
        refresh=REFRESH,
    )
    return _answer(text, "text/calendar")


def _events(drafts: Sequence[DraftAct], moved: Mapping[int, datetime]) -> list[DayEvent]:
    return [
        DayEvent(
            uid=f"draft-{draft.number}-closes@{host()}",
            day=draft.closes_on,
            changed_at=moved[draft.id],
            summary=_("Last day for comments: %(title)s", title=shown(draft.title)),
            description=f"{draft.agency.name}\n{shown(draft.summary)}",
            address=public_address("consultations.show", number=draft.number),
        )
        for draft in drafts
        if draft.closes_on is not None
    ]


def public_address(endpoint: str, **values: object) -> str:
    """Programs keep these addresses, so they begin with the site's own name, whatever the request came by."""
    return str(current_app.config["PUBLIC_URL"]) + url_for(endpoint, **values)  # type: ignore[arg-type]


def host() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def _answer(text: str, kind: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    return response
