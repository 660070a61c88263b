"""While a sitting runs: who is there, who presides, notes, conflicts of interest, opening and closing it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils.queries import composition
from app.db import db
from app.i18n import _
from app.sittings import labels, problems
from app.sittings.actions import Action
from app.sittings.errors import NotAMember, PresidingAbsent, TermOver, Unfinished, VoteRunning
from app.sittings.forms.calling import NothingForm
from app.sittings.forms.running import ConflictForm, PresidingForm, ProceedingsForm, attendance_form
from app.sittings.lifecycle import ItemState
from app.sittings.models import Sitting
from app.sittings.queries import desk
from app.sittings.services import attending, voting
from app.sittings.views import bp
from app.sittings.views.agenda import item_of
from app.sittings.views.calling import back
from app.sittings.views.desk import quorum_in_words
from app.web.guards import current_actor, on

NOBODYS_SEAT = (NotAMember, TermOver)


@bp.route("/desk/sittings/<int:number>/attendance", methods=["GET", "POST"])
@on(Sitting, may=Action.NOTE_ATTENDANCE)
def attendance(sitting: Sitting) -> ResponseReturnValue:
    """Everybody on one page; what is left as it stood makes no new entry."""
    room = desk.room(sitting, day=clock.today())
    form = attendance_form(room)
    if form.validate_on_submit():
        actor, now = current_actor(), clock.now()
        for seat in room.seats:
            said = form.said(seat)
            if said is not None:
                kind, note = said
                attending.note(sitting, seat.member, kind, note=note, actor=actor, now=now)
        room = desk.room(sitting, day=clock.today())
        flash(_("The attendance is saved."), "success")
        return back(sitting, anchor="room")
    return (
        render_template(
            "sittings/desk/attendance.html",
            sitting=sitting,
            room=room,
            form=form,
            quorum=quorum_in_words(room),
        ),
        422 if form.errors else 200,
    )


@bp.route("/desk/sittings/<int:number>/open", methods=["GET", "POST"])
@on(Sitting, may=Action.OPEN)
def open(sitting: Sitting) -> ResponseReturnValue:  # noqa: A001  the address's own word
    room = desk.room(sitting, day=clock.today())
    chair = composition.composition(sitting.council, clock.today()).chair
    there = [seat.member for seat in room.there]
    form = PresidingForm.of(there, chosen=chair if chair in there else None)
    if form.validate_on_submit():
        presiding = next(one for one in there if str(one.id) == form.presiding.data)
        try:
            with db.session.begin_nested():
                attending.open_sitting(sitting, presiding=presiding, actor=current_actor(), now=clock.now())
        except (PresidingAbsent, *NOBODYS_SEAT) as refused:
            problems.show(form, refused)
        else:
            flash(_("The sitting is open."), "success")
            return back(sitting)
    return (
        render_template(
            "sittings/desk/open.html",
            sitting=sitting,
            form=form,
            room=room,
            quorum=quorum_in_words(room),
            chair=chair,
            starts_in=sitting.gathering.starts_at - clock.now(),
        ),
        422 if form.errors else 200,
    )


@bp.route("/desk/sittings/<int:number>/presiding", methods=["GET", "POST"])
@on(Sitting, may=Action.OPEN_VOTE)
def hand_over(sitting: Sitting) -> ResponseReturnValue:
    """Somebody else presides from now on."""
    there = [seat.member for seat in desk.room(sitting, day=clock.today()).there]
    form = PresidingForm.of(there, chosen=sitting.presiding)
    if form.validate_on_submit():
        presiding = next(one for one in there if str(one.id) == form.presiding.data)
        try:
            with db.session.begin_nested():
                attending.hand_over(sitting, presiding=presiding, actor=current_actor(), now=clock.now())
        except (PresidingAbsent, *NOBODYS_SEAT) as refused:
            problems.show(form, refused)
        else:
            flash(_("%(name)s presides from now on.", name=presiding.name), "success")
            return back(sitting, anchor="room")
    return (
        render_template("sittings/desk/hand_over.html", sitting=sitting, form=form, there=there),
        422 if form.errors else 200,
    )


@bp.route("/desk/sittings/<int:number>/close", methods=["GET", "POST"])
@on(Sitting, may=Action.CLOSE)
def close(sitting: Sitting) -> ResponseReturnValue:
    problem = ""
    if NothingForm().validate_on_submit():
        try:
            with db.session.begin_nested():
                attending.close_sitting(sitting, actor=current_actor(), now=clock.now())
        except VoteRunning as refused:
            problem = problems.sentence(refused)
        else:
            flash(_("The sitting is closed. The clock of its minutes runs."), "success")
            return redirect(url_for("sittings.minutes_desk", number=sitting.number), 303)
    return (
        render_template(
            "sittings/desk/close.html",
            sitting=sitting,
            problem=problem,
            waiting=[item for item in sitting.items if item.state is ItemState.WAITING],
            labels=labels,
        ),
        409 if problem else 200,
    )


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/proceedings", methods=["GET", "POST"])
@on(Sitting, may=Action.NOTE_PROCEEDINGS)
def proceedings(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    item = item_of(sitting, item_id)
    form = ProceedingsForm(data={"text": item.proceedings})
    if form.validate_on_submit():
        attending.write_proceedings(
            item.id, sitting, form.text.data or "", actor=current_actor(), now=clock.now()
        )
        flash(_("What was said is saved."), "success")
        return back(sitting, anchor=f"item-{item.id}")
    return (
        render_template("sittings/desk/proceedings.html", sitting=sitting, item=item, form=form),
        422 if form.errors else 200,
    )


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/conflicts", methods=["GET", "POST"])
@on(Sitting, may=Action.NOTE_ATTENDANCE)
def note_conflict(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """The secretary notes what a member has declared in the room."""
    item = item_of(sitting, item_id)
    known = {conflict.member_id for conflict in item.conflicts}
    members = [one for one in composition.members_on(sitting.council, clock.today()) if one.id not in known]
    form = ConflictForm.of(members)
    if form.validate_on_submit():
        member = next(one for one in members if str(one.id) == form.member.data)
        try:
            with db.session.begin_nested():
                voting.declare_conflict(
                    item, member, reason=form.reason.data, actor=current_actor(), now=clock.now()
                )
        except (Unfinished, *NOBODYS_SEAT) as refused:
            problems.show(form, refused)
        else:
            flash(_("Noted: %(name)s takes no part in the votes on this item.", name=member.name), "success")
            return _onwards(sitting, item.id)
    return (
        render_template("sittings/desk/conflict.html", sitting=sitting, item=item, form=form),
        422 if form.errors else 200,
    )


def _onwards(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """Back to the roll call from which somebody came, else to the control room."""
    if request.args.get("then") == "roll":
        return redirect(url_for("sittings.roll_call", number=sitting.number, item_id=item_id), 303)
    return back(sitting, anchor=f"item-{item_id}")
