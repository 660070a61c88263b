"""The file of an act: what is still missing, what can be done now, what was done."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.control import labels, policies
from app.control.lifecycle import MEETINGS, REQUIRED, Action, Requirement, State
from app.control.models import ControlAct
from app.control.queries import page
from app.control.services import announcing, concluding
from app.control.services.preparing import rules_of
from app.control.views import bp
from app.control.views.reading import event_in_words
from app.gatherings import queries as gatherings
from app.web.guards import current_actor, on

# Where each thing that is missing is filled in.
PLACES = {
    Requirement.WORDS: "control.card",
    Requirement.PROGRAMME: "control.card",
    Requirement.PLACE: "control.card",
    Requirement.MATERIALS: "control.documents",
    Requirement.GROUP: "control.participants",
    Requirement.GROUP_PROTOCOL: "control.documents",
    Requirement.EXPERTS: "control.participants",
    Requirement.HEAD: "control.participants",
}


@bp.get("/desk/control/<int:number>")
@on(ControlAct, needs_sign_in=True)
def edit(act: ControlAct) -> ResponseReturnValue:
    actor, today = current_actor(), clock.today()
    policies.check_leads(actor, act)
    missing = announcing.missing(act)
    return render_template(
        "control/desk/item.html",
        act=act,
        labels=labels,
        may={verb.value: policies.may(verb, actor, act) for verb in Action},
        needed=[(one, one not in missing, PLACES[one]) for one in Requirement if one in REQUIRED[act.form]],
        missing=missing,
        earliest=announcing.earliest_day(act, today=today) if act.state is State.PREPARING else None,
        notices=announcing.notices(act),
        guests=gatherings.count_guests(act.gathering),
        questions=page.count_questions(act) if act.form in MEETINGS else None,
        clock=page.document_clock(act, today=today),
        events=[event_in_words(event) for event in page.events_of(act)],
        needed_votes=concluding.least_in_favour(act) if act.present else None,
        rules=rules_of(act),
        has_begun=act.gathering.starts_at <= clock.now(),
    )
