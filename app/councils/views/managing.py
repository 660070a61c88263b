"""The desk of a council's composition: seats, removals, offices, accounts."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from app import clock
from app.accounts import queries as accounts
from app.councils import labels, policies
from app.councils.actions import Action
from app.councils.errors import UnknownAccount
from app.councils.forms.seats import (
    AccountForm,
    LastDayForm,
    NothingForm,
    OfficeForm,
    RemoveForm,
    SeatForm,
    SecretaryForm,
    day_in,
)
from app.councils.models import Council, Member, OfficeKind
from app.councils.queries import composition as compositions
from app.councils.services import seating
from app.councils.views import bp
from app.db import db
from app.errors import DomainError, Forbidden, InvalidInput, NotFound
from app.i18n import _
from app.law import council_rules_in_force
from app.web.filters import day
from app.web.forms import Form
from app.web.guards import current_actor, on


@bp.get("/desk/councils/<slug>/seats")
@on(Council, may=Action.SEE_SEATS)
def manage(council: Council) -> ResponseReturnValue:
    today = clock.today()
    made_up = compositions.composition(council, today)
    return render_template(
        "councils/desk/seats.html",
        council=council,
        made_up=made_up,
        offices=[office for office in council.offices if office.is_held_on(today)],
        to_come=compositions.to_come(council, today),
        former=compositions.former(council, today),
        rules=council_rules_in_force(today),
        may_seat=policies.may(Action.SEAT, current_actor(), council),
        may_manage=policies.may(Action.MANAGE, current_actor(), council),
        labels=labels,
    )


@bp.route("/desk/councils/<slug>/seats/new", methods=["GET", "POST"])
@on(Council, may=Action.SEAT)
def add_seat(council: Council) -> ResponseReturnValue:
    form = SeatForm()
    if form.validate_on_submit():
        words = form.details()
        try:
            with db.session.begin_nested():
                member = seating.seat(
                    council,
                    name=words.name,
                    origin=words.origin,
                    ngo=words.ngo,
                    account_id=account_id(words.email) if words.email else None,
                    starts_on=words.starts_on,
                    in_presidium=words.in_presidium,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except InvalidInput as refused:
            at_field(form, refused, "name")
        else:
            flash(_("%(name)s has a seat until %(day)s.", name=member.name, day=_day(member)), "success")
            return back(council)
    return question(council, form, "councils/desk/seat.html", rules=council_rules_in_force(clock.today()))


@bp.route("/desk/councils/<slug>/seats/<int:member_id>/remove", methods=["GET", "POST"])
@on(Council, may=Action.REMOVE)
def remove_member(council: Council, member_id: int) -> ResponseReturnValue:
    member = member_or_404(council, member_id)
    rules = council_rules_in_force(clock.today())
    form = RemoveForm()
    form.ground.choices = [(ground.id, str(ground.text)) for ground in rules.removal_grounds]
    if form.validate_on_submit() and attempted(
        form,
        "on",
        lambda: seating.remove(
            member,
            ground=form.ground.data,
            note=form.note.data,
            on=day_in(form.on),
            actor=current_actor(),
            now=clock.now(),
        ),
    ):
        flash(_("The seat of %(name)s ends on %(day)s.", name=member.name, day=_day(member)), "success")
        return back(council)
    return question(council, form, "councils/desk/remove.html", member=member, rules=rules)


@bp.route("/desk/councils/<slug>/seats/<int:member_id>/office", methods=["GET", "POST"])
@on(Council, may=Action.MANAGE)
def elect(council: Council, member_id: int) -> ResponseReturnValue:
    member = member_or_404(council, member_id)
    form = OfficeForm()
    if form.validate_on_submit() and attempted(
        form,
        "kind",
        lambda: seating.elect(
            member, OfficeKind(form.kind.data), on=day_in(form.on), actor=current_actor(), now=clock.now()
        ),
    ):
        flash(_("The election of %(name)s is entered.", name=member.name), "success")
        return back(council)
    return question(council, form, "councils/desk/elect.html", member=member)


@bp.route("/desk/councils/<slug>/offices/<int:office_id>/end", methods=["GET", "POST"])
@on(Council, may=Action.MANAGE)
def leave_office(council: Council, office_id: int) -> ResponseReturnValue:
    office = compositions.office_of(council, office_id)
    if office is None:
        raise NotFound(kind="Office")
    form = LastDayForm()
    if form.validate_on_submit() and attempted(
        form,
        "on",
        lambda: seating.leave_office(office, on=day_in(form.on), actor=current_actor(), now=clock.now()),
    ):
        flash(_("The office of %(name)s ends.", name=office.member.name), "success")
        return back(council)
    return question(council, form, "councils/desk/leave_office.html", office=office)


@bp.route("/desk/councils/<slug>/seats/<int:member_id>/account", methods=["GET", "POST"])
@on(Council, may=Action.MANAGE)
def let_in(council: Council, member_id: int) -> ResponseReturnValue:
    member = member_or_404(council, member_id)
    form = AccountForm()
    if form.validate_on_submit() and attempted(
        form,
        "email",
        lambda: seating.let_in(member, account_id(form.email.data), actor=current_actor(), now=clock.now()),
    ):
        flash(_("%(name)s can take part here now.", name=member.name), "success")
        return back(council)
    return question(council, form, "councils/desk/let_in.html", member=member)


@bp.post("/desk/councils/<slug>/seats/<int:member_id>/presidium")
@on(Council, may=Action.MANAGE)
def presidium(council: Council, member_id: int) -> ResponseReturnValue:
    member = member_or_404(council, member_id)
    if NothingForm().validate_on_submit():
        sits = request.form.get("sits") == "yes"
        seating.set_presidium(member, sits=sits, actor=current_actor(), now=clock.now())
        flash(_("The presidium is changed."), "success")
    return back(council)


@bp.route("/desk/councils/<slug>/secretaries/new", methods=["GET", "POST"])
@on(Council, may=Action.SEAT)
def new_secretary(council: Council) -> ResponseReturnValue:
    form = SecretaryForm()
    if form.validate_on_submit() and attempted(
        form,
        "email",
        lambda: seating.appoint_secretary(
            council, account_id(form.email.data), on=day_in(form.on), actor=current_actor(), now=clock.now()
        ),
    ):
        flash(_("The secretary is appointed."), "success")
        return back(council)
    return question(council, form, "councils/desk/secretary.html")


@bp.route("/desk/councils/<slug>/secretaries/<int:secretary_id>/end", methods=["GET", "POST"])
@on(Council, may=Action.SEAT)
def release_secretary(council: Council, secretary_id: int) -> ResponseReturnValue:
    secretary = next((one for one in council.secretaries if one.id == secretary_id), None)
    if secretary is None:
        raise NotFound(kind="Secretary")
    form = LastDayForm()
    if form.validate_on_submit() and attempted(
        form,
        "on",
        lambda: seating.release_secretary(
            secretary, on=day_in(form.on), actor=current_actor(), now=clock.now()
        ),
    ):
        flash(_("The secretary's last day is entered."), "success")
        return back(council)
    return question(council, form, "councils/desk/release.html", secretary=secretary)


def back(council: Council) -> ResponseReturnValue:
    return redirect(url_for("councils.manage", slug=council.slug), 303)


def question(council: Council, form: Form, template: str, **values: Any) -> ResponseReturnValue:
    """One page that asks one thing, with what is wrong at the fields."""
    return render_template(template, council=council, form=form, labels=labels, **values), (
        422 if form.errors else 200
    )


def attempted(form: Form, field: str, act: Any) -> bool:
    """Whether the service did it; what it refuses stands at the field that it names, else at `field`."""
    try:
        with db.session.begin_nested():
            act()
    except Forbidden:
        raise
    except DomainError as refused:
        at_field(form, refused, field)
        return False
    return True


def at_field(form: Form, refused: DomainError, field: str) -> None:
    """Shows a refusal in the reader's language where it belongs."""
    named = str(refused.data.get("field", ""))
    shown: Field = form[named if named in form else field]
    shown.errors = [*shown.errors, labels.refusal(refused)]


def account_id(email: str) -> int:
    account = accounts.staff_by_email(email)
    if account is None:
        raise UnknownAccount(field="email")
    return account.id


def member_or_404(council: Council, member_id: int) -> Member:
    member = compositions.member_of(council, member_id)
    if member is None:
        raise NotFound(kind="Member")
    return member


def _day(member: Member) -> str:
    return day(member.last_day)
