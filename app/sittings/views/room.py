"""The room of one council: what waits for its secretary, its chair and its members."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import policies as council_policies
from app.councils.actions import Action as CouncilAction
from app.councils.models import Council, OfficeKind
from app.councils.queries import composition
from app.db import db
from app.i18n import _
from app.law import council_rules_in_force
from app.proposals.queries import desk as proposals
from app.sittings import labels, problems
from app.sittings.forms.calling import RapporteurForm
from app.sittings.lifecycle import State
from app.sittings.models import Examination
from app.sittings.queries import desk
from app.sittings.services import examining
from app.sittings.views import bp
from app.web.guards import current_actor, on


@bp.get("/desk/councils/<slug>")
@on(Council, may=CouncilAction.SEE_ROOM, needs_sign_in=True)
def room(council: Council) -> ResponseReturnValue:
    return _page(council)


@bp.post("/desk/examinations/<int:examination_id>/rapporteur")
@on(Examination)
def rapporteur(examination: Examination) -> ResponseReturnValue:
    """Names who reports on the draft; refused, the room says so beside the choice."""
    council = examination.council
    today = clock.today()
    members = composition.members_on(council, today)
    form = RapporteurForm.of(members, prefix=prefix_of(examination))
    if form.validate_on_submit():
        chosen = next(one for one in members if str(one.id) == form.member.data)
        try:
            with db.session.begin_nested():
                examining.assign(examination, chosen, actor=current_actor(), now=clock.now())
        except examining.NotThisCouncils as refused:
            problems.show(form, refused)
        else:
            flash(
                _(
                    "%(name)s reports on draft № %(number)s.",
                    name=chosen.name,
                    number=examination.draft.number,
                ),
                "success",
            )
            return redirect(url_for("sittings.room", slug=council.slug), 303)
    return _page(council, refused=(examination.id, form), status=422)


def prefix_of(examination: Examination) -> str:
    """Forms that share the room have names of their own."""
    return f"e{examination.id}"


def _page(
    council: Council, *, refused: tuple[int, RapporteurForm] | None = None, status: int = 200
) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    today = clock.today(now)
    made_up = composition.composition(council, today)
    waiting = desk.examinations_waiting(council, today=today)
    sittings = desk.current_sittings(council)
    leads = council_policies.is_secretary(actor, council) or council_policies.holds(
        actor, council, *OfficeKind
    )
    forms = {
        one.examination.id: RapporteurForm.of(
            made_up.members,
            chosen=one.examination.rapporteur_id,
            prefix=prefix_of(one.examination),
            formdata=None,
        )
        for one in waiting
    }
    if refused is not None:
        forms[refused[0]] = refused[1]
    return (
        render_template(
            "sittings/desk/room.html",
            council=council,
            composition=made_up,
            waiting=waiting,
            forms=forms,
            refused=refused[1] if refused else None,
            leads=leads,
            is_secretary=council_policies.is_secretary(actor, council),
            sittings=sittings,
            agenda=next((one for one in sittings if one.state in (State.PREPARING, State.CALLED)), None),
            past=desk.past_sittings(council),
            minutes_due=desk.minutes_due(council, today=today),
            to_write=desk.rulings_to_write(council),
            proposals=proposals.for_council(council, now=now),
            on_agendas=desk.proposals_on_agendas(council),
            gatherings=desk.control_in_work(council),
            rules=council_rules_in_force(today),
            today=today,
            labels=labels,
        ),
        status,
    )
