"""The regulation of a council, as data."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app import clock
from app.councils.actions import Action
from app.councils.forms.regulation import RegulationForm
from app.councils.models import Council
from app.councils.services import regulating
from app.councils.views import bp
from app.councils.views.managing import attempted, back, question
from app.i18n import _
from app.law import council_rules_in_force
from app.web.guards import current_actor, on


@bp.route("/desk/councils/<slug>/regulation", methods=["GET", "POST"])
@on(Council, may=Action.MANAGE)
def regulation(council: Council) -> ResponseReturnValue:
    rules = council_rules_in_force(clock.today())
    form = RegulationForm()
    form.offer(rules)
    if request.method == "GET":
        form.show(council)
    if form.validate_on_submit() and attempted(
        form,
        "seats",
        lambda: regulating.regulate(council, form.details(), actor=current_actor(), now=clock.now()),
    ):
        flash(_("What the regulation says is written down."), "success")
        return back(council)
    return question(council, form, "councils/desk/regulation.html", rules=rules)
