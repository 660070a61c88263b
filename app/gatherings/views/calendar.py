"""The calendar of everything that the public may come to: as a page, as Atom, and for calendar programs."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import queries as councils
from app.gatherings import labels, places, queries
from app.gatherings.forms import wish_of
from app.gatherings.models import Gathering, GatheringKind
from app.gatherings.queries import When, Wish
from app.gatherings.views import bp
from app.i18n import _, current_language, language_shown
from app.territories import queries as territories
from app.text.icalendar import TimedEvent
from app.text.icalendar import calendar as calendar_of
from app.text.normalize import shown
from app.web.caching import cached_page
from app.web.feeds import ATOM, ICALENDAR, answer, host, public_address
from app.web.guards import on, public

WISHES = ("kind", "region", "council", "when")
MOST_NEW = 100
MOST_EVENTS = 500
REFRESH = timedelta(hours=2)
# A program that looks seldom still learns how last month's gatherings went.
BEHIND = timedelta(days=31)


@bp.get("/calendar")
@public
@cached_page
def calendar() -> ResponseReturnValue:
    wish, now = wish_of(request.args), clock.now()
    listed = queries.upcoming if wish.when is When.UPCOMING else queries.past
    page = listed(wish, now=now, position=request.args.get("after"))
    return render_template(
        "gatherings/calendar.html",
        wish=wish,
        council=councils.by_id(wish.council_id) if wish.council_id else None,
        is_narrowed=bool(wish.kind or wish.region or wish.council_id),
        months=by_month(page.rows),
        whens=_whens(wish),
        kinds=_kinds(wish, queries.kind_counts(wish, now=now)),
        region_choices=list(territories.region_names().items()),
        next_page=_page_address(page.next),
        previous_page=_page_address(page.previous),
        kept=_kept(),
    )


def by_month(rows: Sequence[Gathering]) -> list[tuple[date, list[Gathering]]]:
    """The rows under the first day of their month in Kazakhstan."""
    months = groupby(rows, key=lambda row: clock.local(row.starts_at).date().replace(day=1))
    return [(month, list(found)) for month, found in months]


@bp.get("/calendar.atom")
@public
@cached_page
def feed() -> ResponseReturnValue:
    """What was announced, moved or cancelled last, as Atom (RFC 4287)."""
    rows = queries.newest(wish_of(request.args), limit=MOST_NEW)
    page = render_template(
        "gatherings/feed.xml",
        gatherings=rows,
        updated=max((row.changed_at for row in rows), default=queries.FIRST_DAY),
        labels=labels,
        host=host(),
        clean=shown,
        language_of=lambda row: language_shown(row.titles),
        own_address=public_address("gatherings.feed", **_kept()),
        list_address=public_address("gatherings.calendar", **_kept()),
        address_of=_address,
    )
    return answer(page, ATOM)


@bp.get("/calendar.ics")
@public
@cached_page
def ics() -> ResponseReturnValue:
    """What was wished for and is still to come, as iCalendar."""
    rows = queries.between(wish_of(request.args), since=clock.now() - BEHIND, limit=MOST_EVENTS)
    return _as_calendar(rows, name=_("Public councils and public control"))


@bp.get("/calendar/<int:gathering_id>.ics")
@on(Gathering)
@cached_page
def event_ics(gathering: Gathering) -> ResponseReturnValue:
    """One gathering, to be put into one's own calendar."""
    return _as_calendar([gathering], name=shown(gathering.title))


def _as_calendar(rows: Sequence[Gathering], *, name: str) -> Response:
    text = calendar_of(
        [_event(row) for row in rows],
        product="-//Unqos//Public calendar//EN",
        name=name,
        language=current_language(),
        refresh=REFRESH,
    )
    return answer(text, ICALENDAR)


def _event(row: Gathering) -> TimedEvent:
    who = row.council.name if row.council else row.agency.name if row.agency else ""
    said = [str(labels.KINDS[row.kind]), shown(who)]
    if row.cancellation_reason:
        said.append(_("Cancelled: %(reason)s", reason=shown(row.cancellation_reason)))
    elif row.moves:
        said.append(_("Moved: %(reason)s", reason=shown(row.moves[-1].reason)))
    return TimedEvent(
        uid=f"gathering-{row.id}@{host()}",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        changed_at=row.changed_at,
        summary=shown(row.title),
        description="\n".join(part for part in said if part),
        address=_address(row),
        place=row.place,
        link=row.link or "",
        revision=row.revision,
        language=language_shown(row.titles),
        is_cancelled=row.is_cancelled,
    )


def _address(row: Gathering) -> str:
    path = places.address_of(row)
    return public_address("gatherings.calendar") if path is None else _own_site() + path


def _own_site() -> str:
    calendar_path = url_for("gatherings.calendar")
    return public_address("gatherings.calendar").removesuffix(calendar_path)


def _kept(*, besides: str = "") -> dict[str, Any]:
    """The calendar's own parameters: any other name would be an order to `url_for`."""
    return {k: v for k, v in request.args.items() if k in WISHES and k != besides and v}


def _page_address(position: str | None) -> str | None:
    return url_for("gatherings.calendar", **{**_kept(), "after": position}) if position else None


def _whens(wish: Wish) -> list[dict[str, Any]]:
    kept = _kept(besides="when")
    return [
        {
            "name": name,
            "count": None,
            "href": url_for(
                "gatherings.calendar", **{**kept, **({"when": when.value} if when is When.PAST else {})}
            ),
            "is_current": wish.when is when,
        }
        for when, name in labels.WHENS.items()
    ]


def _kinds(wish: Wish, counts: Any) -> list[dict[str, Any]]:
    """All kinds, then those that there are; the one that was chosen even if there is none."""
    kept = _kept(besides="kind")
    shown_kinds = [kind for kind in GatheringKind if counts.get(kind) or wish.kind is kind]
    return [
        {
            "name": _("All"),
            "count": sum(counts.values()),
            "href": url_for("gatherings.calendar", **kept),
            "is_current": wish.kind is None,
        },
        *(
            {
                "name": labels.KIND_CHOICES[kind],
                "count": counts.get(kind, 0),
                "href": url_for("gatherings.calendar", **{**kept, "kind": kind.value}),
                "is_current": wish.kind is kind,
            }
            for kind in shown_kinds
        ),
    ]
