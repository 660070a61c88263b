"""The desk of a council's commissions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils import labels
from app.councils.actions import Action
from app.councils.forms.seats import CommissionForm, CommissionSeatForm, LastDayForm, NothingForm, day_in
from app.councils.models import Commission, Council
from app.councils.queries import composition as compositions
from app.councils.services import seating
from app.councils.views import bp
from app.councils.views.managing import attempted, back, member_or_404, question
from app.errors import NotFound
from app.i18n import _
from app.web.guards import current_actor, on


@bp.route("/desk/councils/<slug>/commissions/new", methods=["GET", "POST"])
@on(Council, may=Action.MANAGE)
def new_commission(council: Council) -> ResponseReturnValue:
    form = CommissionForm()
    if form.validate_on_submit():
        commission = seating.make_commission(
            council, names=form.details(), actor=current_actor(), now=clock.now()
        )
        flash(_("The commission is formed. Say who works in it."), "success")
        return _to(council, commission)
    return question(council, form, "councils/desk/new_commission.html")


@bp.route("/desk/councils/<slug>/commissions/<int:commission_id>", methods=["GET", "POST"])
@on(Council, may=Action.MANAGE)
def commission(council: Council, commission_id: int) -> ResponseReturnValue:
    """Who works in it; a member is added or made its head."""
    found, today = commission_or_404(council, commission_id), clock.today()
    form = CommissionSeatForm()
    form.member.choices = [(member.id, member.name) for member in compositions.members_on(council, today)]
    if form.validate_on_submit() and attempted(
        form,
        "member",
        lambda: seating.join_commission(
            found,
            member_or_404(council, form.member.data),
            is_head=bool(form.is_head.data),
            on=today,
            actor=current_actor(),
            now=clock.now(),
        ),
    ):
        flash(_("The commission is changed."), "success")
        return _to(council, found)
    return (
        render_template(
            "councils/desk/commission.html", council=council, commission=found, form=form, labels=labels
        ),
        422 if form.errors else 200,
    )


@bp.post("/desk/councils/<slug>/commissions/<int:commission_id>/seats/<int:seat_id>/leave")
@on(Council, may=Action.MANAGE)
def leave_commission(council: Council, commission_id: int, seat_id: int) -> ResponseReturnValue:
    found = commission_or_404(council, commission_id)
    seat = next((one for one in found.seats if one.id == seat_id), None)
    if seat is None:
        raise NotFound(kind="CommissionSeat")
    if NothingForm().validate_on_submit():
        seating.leave_commission(seat, actor=current_actor(), now=clock.now())
        flash(_("The commission is changed."), "success")
    return _to(council, found)


@bp.route("/desk/councils/<slug>/commissions/<int:commission_id>/end", methods=["GET", "POST"])
@on(Council, may=Action.MANAGE)
def end_commission(council: Council, commission_id: int) -> ResponseReturnValue:
    found = commission_or_404(council, commission_id)
    form = LastDayForm()
    if form.validate_on_submit() and attempted(
        form,
        "on",
        lambda: seating.end_commission(found, on=day_in(form.on), actor=current_actor(), now=clock.now()),
    ):
        flash(_("The commission's last day is entered."), "success")
        return back(council)
    return question(council, form, "councils/desk/end_commission.html", commission=found)


def commission_or_404(council: Council, commission_id: int) -> Commission:
    found = next((one for one in council.commissions if one.id == commission_id), None)
    if found is None:
        raise NotFound(kind="Commission")
    return found


def _to(council: Council, commission: Commission) -> ResponseReturnValue:
    return redirect(url_for("councils.commission", slug=council.slug, commission_id=commission.id), 303)
