"""The roll call: one member at a time, each voice saved at once.

Who is next is read from the voices that are stored, never from the session: whoever opens the page after a broken
connection goes on with the member at whom it broke.
"""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.councils.models import Member
from app.councils.queries import composition
from app.db import db
from app.errors import DomainError
from app.i18n import _
from app.sittings import labels, problems, queries
from app.sittings.actions import Action
from app.sittings.errors import InConflict, NotAMember, NotPresent, TermOver, VoteClosed, VotedElsewhere
from app.sittings.forms.running import VoiceForm
from app.sittings.lifecycle import Choice
from app.sittings.models import Sitting, Voting
from app.sittings.queries import desk
from app.sittings.queries.desk import Line
from app.sittings.services import voting as votes
from app.sittings.views import bp
from app.sittings.views.agenda import MOST_DIGITS, item_of
from app.sittings.views.desk import quorum_in_words
from app.web.guards import current_actor, on

REFUSALS = (VotedElsewhere, NotPresent, InConflict, VoteClosed, NotAMember, TermOver)


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not saved, and where to go."""

    title: str
    sentence: str
    href: str | None
    action: str


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/roll-call", methods=["GET", "POST"])
@on(Sitting, may=Action.ROLL_CALL)
def roll_call(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    item = item_of(sitting, item_id)
    voting = queries.open_voting(item)
    if voting is None:
        return _over(sitting, item_id)
    form = VoiceForm.of(votes.rules_of(sitting).limits)
    problem: Problem | None = None
    if form.validate_on_submit():
        member = composition.member_of(sitting.council, _id(form.member.data) or 0)
        try:
            with db.session.begin_nested():
                _record(voting, member, form)
        except REFUSALS as refused:
            problem = _in_words(refused, member, sitting, item_id)
        else:
            return redirect(
                url_for("sittings.roll_call", number=sitting.number, item_id=item_id, after=form.member.data),
                303,
            )
    return _page(sitting, voting, form, problem)


def _record(voting: Voting, member: Member | None, form: VoiceForm) -> None:
    if member is None:
        raise NotAMember()
    votes.call_out(
        voting,
        member,
        choice=Choice(form.choice.data),
        reason=form.reason.data or "",
        actor=current_actor(),
        now=clock.now(),
    )


def _page(sitting: Sitting, voting: Voting, form: VoiceForm, problem: Problem | None) -> ResponseReturnValue:
    roll = desk.roll(voting)
    line = _line(roll, form, problem)
    if problem is not None and (line is None or str(line.member.id) != form.member.data):
        # What was typed for one member is never offered for another.
        form = VoiceForm(formdata=None)
    elif line is not None and line.vote is not None and not form.is_submitted():
        form = VoiceForm.of(votes.rules_of(sitting).limits, reason=line.vote.reason)
    return (
        render_template(
            "sittings/desk/roll_call.html",
            sitting=sitting,
            item=voting.item,
            voting=voting,
            roll=roll,
            line=line,
            form=form,
            problem=problem,
            choices=Choice,
            quorum=quorum_in_words(desk.room(sitting, day=clock.today())),
            labels=labels,
        ),
        409 if problem else 422 if form.errors else 200,
    )


def _line(roll: desk.Roll, form: VoiceForm, problem: Problem | None) -> Line | None:
    """Whose turn it is: whoever the page was sent for, was asked for, or comes next."""
    sent = _id(form.member.data) if form.is_submitted() else None
    if sent is not None and problem is None:
        return roll.line_of(sent)
    asked = roll.line_of(_id(request.args.get("member")))
    # A voice that a member gave alone is not the secretary's to change.
    if asked is not None and not asked.by_themselves and sent is None:
        return asked
    return roll.next_after(sent or _id(request.args.get("after")))


def _id(value: str | None) -> int | None:
    """A member's id out of an address or a hidden box; anybody can put anything there."""
    return int(value) if value and value.isdecimal() and len(value) < MOST_DIGITS else None


def _over(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """The vote was closed meanwhile, or none is open: what was pressed now is not recorded, and the page says so."""
    item = item_of(sitting, item_id)
    past = queries.votings_of(item)
    return (
        render_template(
            "sittings/desk/roll_over.html",
            sitting=sitting,
            item=item,
            voting=past[-1] if past else None,
            was_pressed=request.method == "POST",
            labels=labels,
        ),
        409 if request.method == "POST" else 200,
    )


def _in_words(refused: DomainError, member: Member | None, sitting: Sitting, item_id: int) -> Problem:
    name = member.name if member is not None else ""
    title = str(_("Not saved: %(name)s", name=name)) if name else str(_("Not saved"))
    said = problems.sentence(refused)
    if isinstance(refused, NotPresent):
        return Problem(
            title, said, url_for("sittings.attendance", number=sitting.number), _("Note the attendance")
        )
    if isinstance(refused, VotedElsewhere) and member is not None:
        return Problem(str(_("%(name)s has voted already", name=name)), said, None, "")
    if isinstance(refused, VoteClosed):
        return Problem(title, said, url_for("sittings.desk", number=sitting.number), _("Back to the sitting"))
    return Problem(title, said, None, "")
