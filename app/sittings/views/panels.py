"""What sittings add to pages of lower floors: of a council, a draft act, a petition, and to the public calendar."""

from datetime import timedelta

from flask import url_for

from app import clock
from app.consultations.lifecycle import State as DraftState
from app.consultations.models import DraftAct
from app.consultations.panels import draft_panels
from app.councils.models import Council
from app.councils.panels import council_panels
from app.duties.queries import clock_of
from app.gatherings import places
from app.gatherings.models import Gathering, GatheringKind
from app.i18n import _l
from app.law import calendar_now, council_rules_in_force
from app.petitions.models import Petition
from app.petitions.panels import petition_panels
from app.sittings import labels, queries
from app.sittings.lifecycle import ExaminationState
from app.sittings.queries import listing
from app.sittings.queries.listing import Wish
from app.web.panels import Panel

SITTINGS, RULINGS = 20, 30
# The job that notifies councils runs within seconds of the announcement, unless the queue stands still.
NOTIFIED_WITHIN = timedelta(hours=1)
# A ruling may come after the term has ended in silence.
RULED_ON = frozenset({ExaminationState.RULED, ExaminationState.TACIT})
# Of these no council is notified.
NOT_NOTIFIED = frozenset({DraftState.PREPARING, DraftState.DISCARDED, DraftState.EXEMPT})


def council_sittings(council: Council) -> Panel:
    today, calendar = clock.today(), calendar_now()
    found = listing.examinations_of_council(council)
    return Panel(
        "sittings/panels/council.html",
        {
            "examinations": [(one, clock_of(one.duty, today=today, calendar=calendar)) for one in found],
            "coming": listing.coming_of(council),
            "last": listing.last_of(council),
            "labels": labels,
        },
    )


def council_rulings(council: Council) -> Panel | None:
    rulings = listing.newest_rulings(Wish(council_id=council.id), limit=5)
    if not rulings:
        return None
    return Panel("sittings/panels/council_rulings.html", {"rulings": rulings, "labels": labels})


def draft(draft: DraftAct) -> Panel | None:
    """What each notified council did; where none was notified, that sentence. One query, and one more for a clock or
    for rulings: this is the page that most people open."""
    now = clock.now()
    if draft.state in NOT_NOTIFIED or draft.announced_at is None:
        return None
    found = queries.examinations_of(draft)
    if not found and now - draft.announced_at < NOTIFIED_WITHIN:
        return None
    is_waiting = any(one.state is ExaminationState.WAITING for one in found)
    has_ended = any(one.state in RULED_ON for one in found)
    today, calendar = clock.today(now), calendar_now() if is_waiting else None
    rules = council_rules_in_force(today)
    return Panel(
        "sittings/panels/draft.html",
        {
            "examinations": [(one, clock_of(one.duty, today=today, calendar=calendar)) for one in found],
            "rulings": listing.rulings_on_draft(draft) if has_ended else {},
            "tacit_consent": rules.tacit_consent,
            "without_council": rules.without_council[0],
            "labels": labels,
        },
    )


def petition(petition: Petition) -> Panel | None:
    found = listing.items_on_petition(petition)
    if not found:
        return None
    return Panel("sittings/panels/petition.html", {"items": found, "labels": labels})


def address_of(gathering: Gathering) -> str:
    return url_for("sittings.show", number=gathering.number)


council_panels.register(council_sittings, order=SITTINGS)
council_panels.register(council_rulings, order=RULINGS)
draft_panels.register(draft)
petition_panels.register(petition)
places.register(GatheringKind.SITTING, address=address_of, label=_l("Sitting of a public council"))
