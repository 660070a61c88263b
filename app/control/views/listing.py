"""The list of acts of public control."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.agencies import queries as agencies
from app.control import labels
from app.control.forms.reading import wish_of
from app.control.lifecycle import Form, State
from app.control.queries import listing
from app.control.queries.listing import Wish
from app.control.views import bp
from app.councils import queries as councils
from app.i18n import _
from app.law import council_rules_in_force
from app.web.caching import cached_page
from app.web.guards import public

WISHES = ("form", "state", "council", "body")
STATES = (State.ANNOUNCED, State.HELD, State.CONCLUDED, State.CANCELLED)

# Words that a card of public control needs wherever it stands.
bp.add_app_template_global(labels.STATES.__getitem__, "control_state_label")


def form_name(form: Form) -> str:
    """What the law calls the form, in the reader's language."""
    return str(council_rules_in_force(clock.today()).form(form).name)


bp.add_app_template_global(form_name, "control_form_name")


@bp.get("/control")
@public
@cached_page
def index() -> ResponseReturnValue:
    wish = wish_of(request.args)
    page = listing.page_of(wish, position=request.args.get("after"))
    body = agencies.by_id(wish.agency_id) if wish.agency_id else None
    council = councils.by_id(wish.council_id) if wish.council_id else None
    return render_template(
        "control/index.html",
        wish=wish,
        is_narrowed=wish != Wish(),
        rows=page.rows,
        facets=_facets(listing.form_counts(wish), chosen=wish.form),
        rules_of_forms=council_rules_in_force(clock.today()).forms,
        state_choices=[(state.value, labels.STATES[state].text) for state in STATES],
        council_choices=[(one.slug, one.name) for one in listing.councils()],
        body_choices=[(one.slug, one.name) for one in listing.bodies()],
        body=body,
        council=council,
        next_page=_page_address(page.next),
        previous_page=_page_address(page.previous),
    )


def _kept(*, besides: str = "") -> dict[str, Any]:
    """The list's own parameters: any other name would be an order to `url_for`."""
    return {k: v for k, v in request.args.items() if k in WISHES and k != besides and v}


def _page_address(position: str | None) -> str | None:
    return url_for("control.index", **{**_kept(), "after": position}) if position else None


def _facets(counts: Mapping[Form, int], *, chosen: Form | None) -> list[dict[str, Any]]:
    kept = _kept(besides="form")
    return [
        {
            "name": _("All"),
            "count": sum(counts.values()),
            "href": url_for("control.index", **kept),
            "is_current": chosen is None,
        },
        *(
            {
                "name": form_name(form),
                "count": counts.get(form, 0),
                "href": url_for("control.index", **{**kept, "form": form.value}),
                "is_current": form is chosen,
            }
            for form in Form
        ),
    ]
