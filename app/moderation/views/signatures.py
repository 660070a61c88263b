"""Taking signatures of a span of time out of the count, for a public class of reason and with a public note."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.i18n import ngettext
from app.law import rules_in_force
from app.moderation.forms import InvalidationForm
from app.moderation.views import bp
from app.petitions import labels
from app.petitions import queries as petitions
from app.petitions.actions import Action
from app.petitions.models import Petition
from app.petitions.queries import counts
from app.petitions.services import signing
from app.web.guards import current_actor, on


@bp.route("/desk/petitions/<int:number>/signatures", methods=["GET", "POST"])
@on(Petition, may=Action.INVALIDATE)
def signatures(petition: Petition) -> ResponseReturnValue:
    """Asks which, shows how many and when, and takes them out when that was confirmed as it was shown."""
    form = InvalidationForm.with_regions()
    if request.method == "GET" or "change" in request.form or not form.validate():
        return _page(petition, form, status=422 if form.errors else 200)
    span = form.details()
    hours = counts.standing_by_hour(
        petition, since=span.since, until=span.until, region_code=span.region_code
    )
    count = sum(found for _, found in hours)
    was_shown = form.expected.data == str(count) and "confirmed" in request.form
    if not was_shown or not count:
        # Signatures came or went since the preview: what was not shown is not taken out.
        return render_template(
            "moderation/invalidate.html",
            petition=petition,
            form=form,
            span=span,
            region=dict(form.region.choices).get(form.region.data),
            reason=labels.INVALIDATION_REASONS[span.reason],
            hours=hours,
            count=count,
            total=petitions.signatures_of([petition]).get(petition.id, 0),
            fewest=rules_in_force(clock.today()).limits.public_cell_minimum,
            has_changed="confirmed" in request.form,
        ), (409 if "confirmed" in request.form else 200)
    taken = signing.invalidate(
        petition,
        since=span.since,
        until=span.until,
        region_code=span.region_code,
        reason=span.reason,
        note=span.note,
        actor=current_actor(),
        now=clock.now(),
    )
    flash(
        ngettext(
            "%(num)s signature is taken out of the count. The count follows within seconds.",
            "%(num)s signatures are taken out of the count. The count follows within seconds.",
            taken,
        ),
        "success",
    )
    return redirect(url_for("moderation.desk", number=petition.number), 303)


def _page(petition: Petition, form: InvalidationForm, *, status: int) -> ResponseReturnValue:
    return (
        render_template(
            "moderation/signatures.html",
            petition=petition,
            form=form,
            falls=counts.falls_of(petition),
            labels=labels,
            total=petitions.signatures_of([petition]).get(petition.id, 0),
        ),
        status,
    )
