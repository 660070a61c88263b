"""The list of draft acts for programs: new ones as a feed, closing days as a calendar; both with the list's wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flask import render_template, request
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
from app.web.feeds import ATOM, ICALENDAR, answer, host, public_address
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
    return answer(page, ATOM)


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
    return answer(text, ICALENDAR)


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
