"""Rulings: the list of all councils, one ruling with its answer, and the newest ones as a feed."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import queries as councils
from app.gatherings import queries as gatherings
from app.i18n import LANGUAGE_NAMES, current_language
from app.law import council_rules_in_force
from app.law.council_rules import CouncilRules, Outcome
from app.law.labels import period
from app.promises import queries as promises
from app.recommendations import promised
from app.recommendations import queries as recommendations
from app.sittings import labels, papers
from app.sittings import promised as own_promises
from app.sittings.models import Ruling
from app.sittings.queries import listing
from app.sittings.queries.listing import Wish
from app.sittings.queries.record import VotingRecord, chair_on, presences_of, voices
from app.sittings.services.ruling import LANGUAGES
from app.sittings.views import bp
from app.text.normalize import shown, shown_line
from app.web.caching import cached_page
from app.web.feeds import ATOM, answer, host, public_address
from app.web.guards import current_actor, on, public

MOST_NEW = 50


def outcomes(rules: CouncilRules) -> dict[str, Outcome]:
    """Every outcome by its id; where drafts and petitions share one, in the draft's words."""
    return {one.id: one for one in reversed(rules.outcomes)}


def wish_of(args: Mapping[str, str]) -> Wish:
    """What the address asks for; what it misspells is left out."""
    council = councils.by_slug(shown_line(args["council"])[:120]) if args.get("council") else None
    known = outcomes(council_rules_in_force(clock.today()))
    outcome = args.get("outcome", "")
    return Wish(council_id=council.id if council else None, outcome=outcome if outcome in known else "")


def wishes_in_address(wish: Wish, **changes: str) -> dict[str, str]:
    """The list's own parameters, with `changes`; empty ones are left out."""
    council = councils.by_id(wish.council_id) if wish.council_id else None
    asked = {"council": council.slug if council else "", "outcome": wish.outcome, **changes}
    return {name: value for name, value in asked.items() if value}


@bp.get("/rulings")
@public
@cached_page
def rulings() -> ResponseReturnValue:
    wish = wish_of(request.args)
    page = listing.rulings_of(wish, position=request.args.get("after"))
    asked = wishes_in_address(wish)

    def address(position: str | None) -> str | None:
        return url_for("sittings.rulings", **{**asked, "after": position}) if position else None  # type: ignore[arg-type]

    return render_template(
        "sittings/rulings.html",
        rows=page.rows,
        wish=wish,
        asked=asked,
        facets=facets(wish),
        council_choices=[(one.slug, one.name) for one in listing.councils_with_rulings()],
        lists=recommendations.of_sources("ruling", [one.number for one in page.rows]),
        labels=labels,
        next_page=address(page.next),
        previous_page=address(page.previous),
    )


def facets(wish: Wish) -> list[dict[str, Any]]:
    """The outcomes to choose from, with how many rulings each leaves."""
    counts = listing.outcome_counts(wish)
    known = outcomes(council_rules_in_force(clock.today()))
    options: list[tuple[str, Any, int]] = [("", labels.ALL_OUTCOMES, sum(counts.values()))]
    options += [(one.id, one.name, counts[one.id]) for one in known.values() if one.id in counts]
    return [
        {
            "name": str(name),
            "count": count,
            "href": url_for("sittings.rulings", **wishes_in_address(wish, outcome=outcome)),  # type: ignore[arg-type]
            "is_current": outcome == wish.outcome,
        }
        for outcome, name, count in options
    ]


@bp.get("/rulings.atom")
@public
@cached_page
def rulings_feed() -> ResponseReturnValue:
    """The newest rulings that the wish is about, as Atom (RFC 4287)."""
    wish = wish_of(request.args)
    found = listing.newest_rulings(wish, limit=MOST_NEW)
    asked = wishes_in_address(wish)
    page = render_template(
        "sittings/rulings_feed.xml",
        rulings=found,
        labels=labels,
        host=host(),
        clean=shown,
        updated=found[0].published_at if found else gatherings.FIRST_DAY,
        own_address=public_address("sittings.rulings_feed", **asked),
        list_address=public_address("sittings.rulings", **asked),
        address_of=lambda ruling: public_address("sittings.ruling", number=ruling.number),
    )
    return answer(page, ATOM)


@bp.get("/rulings/<int:number>")
@on(Ruling)
@cached_page
def ruling(ruling: Ruling) -> ResponseReturnValue:
    """One ruling; while it is being written the council alone reads it."""
    sitting, actor = ruling.item.sitting, current_actor()
    listed = ruling.recommendations
    day = clock.today(sitting.opened_at or sitting.gathering.starts_at)
    presences = presences_of(sitting, day)
    vote = VotingRecord(ruling.voting, tuple(voices(ruling.voting, ruling.item.conflicts, presences)))
    return render_template(
        "sittings/ruling.html",
        ruling=ruling,
        item=ruling.item,
        sitting=sitting,
        vote=vote,
        outcome=labels.outcome_of(ruling),
        text_language=text_language(ruling),
        written_in=[one for one in LANGUAGES if ruling.texts.get(one)],
        names=LANGUAGE_NAMES,
        promises=promised.promises_of(listed),
        promised_in=promises.of_source(own_promises.KIND, ruling.number),
        is_signed_for_chair=ruling.signer is not None
        and ruling.signer != chair_on(sitting, clock.today(ruling.signed_at)),
        may_enter=own_promises.may_enter(actor, ruling),
        labels=labels,
        papers=papers,
        period=period,
        address=str(current_app.config["PUBLIC_URL"]) + url_for("sittings.ruling", number=ruling.number),
    )


def text_language(ruling: Ruling) -> str:
    """The language in which the text is read: as asked for, else the reader's, else Kazakh."""
    asked = (request.args.get("text", ""), current_language(), *LANGUAGES)
    return next((one for one in asked if ruling.texts.get(one)), LANGUAGES[0])
