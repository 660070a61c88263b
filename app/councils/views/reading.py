"""The register of councils, one council, and who sits in it."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import labels, policies
from app.councils.actions import Action
from app.councils.models import Council, CouncilLevel, Member
from app.councils.panels import council_panels
from app.councils.queries import archive, forming, listing
from app.councils.queries import composition as compositions
from app.councils.queries.listing import Wish
from app.councils.views import bp
from app.i18n import _l
from app.law import council_rules_in_force
from app.law.rules import Words
from app.territories import queries as territories
from app.text.normalize import shown_line
from app.web.caching import cached_page
from app.web.guards import current_actor, on, public

WISHES = ("q", "level", "region")
LONGEST_SEARCH = 200
# What stands above councils: the addresses of what is held, said and asked there.
MORE = (
    ("sittings.index", "slug", _l("Sittings: agendas, votes, minutes")),
    ("sittings.rulings", "council", _l("Rulings of this council")),
    ("control.index", "council", _l("Public control by this council")),
    ("gatherings.calendar", "council", _l("What is coming up: the calendar")),
    ("proposals.index", "council", _l("Proposals to this council")),
    ("promises.index", "council", _l("What was promised to this council")),
)
# The rules of the site: a ground that has to do with health or death is not published.
PRIVATE_GROUNDS = frozenset({"death", "incapacity"})


@bp.get("/councils")
@public
@cached_page
def index() -> ResponseReturnValue:
    wish, today = wish_of(request.args), clock.today()
    page = listing.page_of(wish, position=request.args.get("after"))
    return render_template(
        "councils/index.html",
        wish=wish,
        rows=page.rows,
        members=listing.count_members(page.rows, today),
        totals=listing.counts(Wish()),
        facets=facets(wish),
        labels=labels,
        rules=council_rules_in_force(today),
        region_choices=list(territories.region_names().items()),
        next_page=page_address(page.next),
        previous_page=page_address(page.previous),
    )


def wish_of(args: Mapping[str, str]) -> Wish:
    """The wish that an address carries; what it misspells is left out, because a list can always be shown."""
    level, region = args.get("level", ""), args.get("region", "")
    return Wish(
        level=CouncilLevel(level) if level in set(CouncilLevel) else None,
        region=region if region in territories.region_codes() else "",
        words=shown_line(args.get("q", ""))[:LONGEST_SEARCH],
    )


def wishes_in_address(*, besides: str = "") -> dict[str, Any]:
    return {k: v for k, v in request.args.items() if k in WISHES and k != besides and v}


def page_address(position: str | None) -> str | None:
    return url_for("councils.index", **{**wishes_in_address(), "after": position}) if position else None


def facets(wish: Wish) -> list[dict[str, Any]]:
    """The choice of levels as the component draws it; the other wishes stay in the address."""
    counts, kept = listing.counts(wish), wishes_in_address(besides="level")
    names: list[tuple[CouncilLevel | None, Any]] = [(None, _l("All councils")), *labels.LEVELS.items()]
    return [
        {
            "name": name,
            "count": counts[level],
            "href": url_for("councils.index", **{**kept, **({"level": level.value} if level else {})}),
            "is_current": wish.level == level,
        }
        for level, name in names
    ]


@bp.get("/councils/<slug>")
@on(Council)
@cached_page
def show(council: Council) -> ResponseReturnValue:
    today = clock.today()
    rules = council_rules_in_force(today)
    actor = current_actor()
    return render_template(
        "councils/show.html",
        council=council,
        made_up=compositions.composition(council, today),
        to_come=compositions.to_come(council, today),
        level=rules.level(council.level),
        share=rules.share("civil_society"),
        competition=forming.newest(council),
        records=archive.records_of(council),
        panels=council_panels.drawn(council),
        more=more_of(council),
        may_manage=policies.may(Action.SEE_SEATS, actor, council),
        labels=labels,
    )


def more_of(council: Council) -> list[tuple[str, Any]]:
    """The addresses of what the council does."""
    slug: Any = council.slug
    return [(url_for(endpoint, **{value: slug}), name) for endpoint, value, name in MORE]


@bp.get("/councils/<slug>/members")
@on(Council)
@cached_page
def members(council: Council) -> ResponseReturnValue:
    today = clock.today()
    return render_template(
        "councils/members.html",
        council=council,
        made_up=compositions.composition(council, today),
        to_come=compositions.to_come(council, today),
        former=compositions.former(council, today),
        ground_of=ground_of,
        labels=labels,
    )


def ground_of(member: Member) -> Words | None:
    """Why a seat ended early, in words; None if it lasted its term, or if the reason is nobody's business."""
    if member.removal_ground is None or member.removal_ground in PRIVATE_GROUNDS or member.ended_on is None:
        return None
    return council_rules_in_force(member.ended_on).removal_ground(member.removal_ground).text
