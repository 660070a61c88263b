"""What members do: see what waits for them, check in, vote, step aside, send an opinion, dissent."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import db
from app.errors import Forbidden, NotFound
from app.i18n import _
from app.law import council_rules_version
from app.law.council_rules import CouncilLimits
from app.sittings import errors, labels, queries
from app.sittings.actions import Action
from app.sittings.forms.members import (
    CheckInForm,
    VoteForm,
    interest_form,
    text_form,
    vote_form,
)
from app.sittings.lifecycle import Choice
from app.sittings.models import AgendaItem, Sitting, Voting
from app.sittings.problems import own_sentence
from app.sittings.queries.members import Booth, booth_of, everything_of, is_outvoted
from app.sittings.services import attending
from app.sittings.services import voting as services
from app.sittings.views import bp
from app.web.guards import current_actor, on, signed_in

# What stands between a member and what they pressed; said on the page on which they pressed it.
REFUSED = (
    errors.NotAMember,
    errors.TermOver,
    errors.NotInThisState,
    errors.NotPresent,
    errors.InConflict,
    errors.VoteClosed,
    errors.VotedElsewhere,
    errors.TooEarly,
    errors.NotPutToVote,
    errors.PresentMembersVote,
    errors.NotOutvoted,
)


@bp.get("/my/councils")
@signed_in()
def my() -> ResponseReturnValue:
    return render_template(
        "sittings/my.html",
        mine=everything_of(current_actor(), now=clock.now()),
        form=CheckInForm(formdata=None),
        labels=labels,
    )


@bp.post("/sittings/<int:number>/check-in")
@on(Sitting, needs_sign_in=True)
def check_in(sitting: Sitting) -> ResponseReturnValue:
    """The member is there; from the booth they come back to their vote."""
    form = CheckInForm()
    back = url_for("sittings.my")
    if form.item_id is not None:
        back = url_for("sittings.vote", number=sitting.number, item_id=form.item_id)
    if not form.validate():
        return redirect(back, 303)
    try:
        with db.session.begin_nested():
            attending.check_in(sitting, remote=form.is_remote, actor=current_actor(), now=clock.now())
    except REFUSED as refused:
        flash(own_sentence(refused), "important")
    else:
        flash(_("You are noted as present."), "success")
    return redirect(back, 303)


@bp.get("/sittings/<int:number>/items/<int:item_id>/vote")
@on(Sitting, needs_sign_in=True)
def vote(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    item = _item(sitting, item_id)
    return _booth(booth_of(item, current_actor(), now=clock.now()), vote_form(_limits(sitting)))


@bp.post("/sittings/<int:number>/items/<int:item_id>/vote")
@on(Sitting, needs_sign_in=True)
def cast(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """Gives the voice; whatever stands in the way is said in a sentence, with the voice as it stands."""
    item, actor, now = _item(sitting, item_id), current_actor(), clock.now()
    form = vote_form(_limits(sitting))
    open_vote = queries.open_voting(item)
    if open_vote is None:
        return _booth(
            booth_of(item, actor, now=now), form, problem=_("The vote is closed and takes no more voices.")
        )
    if not form.validate():
        return _booth(booth_of(item, actor, now=now), form, status=422)
    choice, seen, reason = form.details()
    try:
        with db.session.begin_nested():
            services.cast(open_vote, choice=choice, reason=reason, seen=seen, actor=actor, now=now)
    except REFUSED as refused:
        db.session.expire_all()
        return _booth(booth_of(item, actor, now=now), form, problem=own_sentence(refused))
    return redirect(url_for("sittings.voted", number=sitting.number, item_id=item.id), 303)


@bp.get("/sittings/<int:number>/items/<int:item_id>/voted")
@on(Sitting, needs_sign_in=True)
def voted(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """What stands in the record as the member's voice."""
    booth = booth_of(_item(sitting, item_id), current_actor(), now=clock.now())
    if booth.vote is None:
        return redirect(url_for("sittings.vote", number=sitting.number, item_id=item_id), 303)
    return render_template(
        "sittings/voted.html", sitting=sitting, item=booth.item, booth=booth, labels=labels
    )


def _booth(
    booth: Booth, form: VoteForm, *, problem: str | None = None, status: int | None = None
) -> ResponseReturnValue:
    """The page of the vote. The voice that stands goes into the form: the next press answers to that one."""
    form.seen.data = booth.choice.value if booth.choice else ""
    if not form.is_submitted() and booth.vote is not None:
        form.reason.data = booth.vote.reason
    page = render_template(
        "sittings/vote.html",
        sitting=booth.item.sitting,
        item=booth.item,
        booth=booth,
        form=form,
        check_in_form=CheckInForm(formdata=None),
        problem=problem,
        choices=list(Choice),
        labels=labels,
    )
    return page, status or (409 if problem else 200)


@bp.route("/sittings/<int:number>/items/<int:item_id>/conflict", methods=["GET", "POST"])
@on(Sitting, needs_sign_in=True)
def conflict(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """The member steps aside on this item, for good."""
    item, actor, now = _item(sitting, item_id), current_actor(), clock.now()
    form = interest_form(_limits(sitting))
    problem = None
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                member = attending.own_seat(sitting, actor, now=now)
                services.declare_conflict(item, member, reason=form.reason.data or "", actor=actor, now=now)
        except REFUSED as refused:
            problem = own_sentence(refused)
        else:
            flash(_("You stand aside on this item, and take no part in its votes."), "success")
            return redirect(url_for("sittings.vote", number=sitting.number, item_id=item.id), 303)
    booth = booth_of(item, actor, now=now)
    _see_member(booth)
    page = render_template(
        "sittings/conflict.html", sitting=sitting, item=item, booth=booth, form=form, problem=problem
    )
    return page, _status(form, problem)


@bp.route("/sittings/<int:number>/items/<int:item_id>/opinion", methods=["GET", "POST"])
@on(Sitting, needs_sign_in=True)
def opinion(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """What a member who cannot come thinks; shown apart, and counted as no vote."""
    item, actor, now = _item(sitting, item_id), current_actor(), clock.now()
    booth = booth_of(item, actor, now=now)
    _see_member(booth)
    known = next((one for one in item.opinions if booth.member and one.member_id == booth.member.id), None)
    form = text_form(
        text=known.text if known else "",
        language=known.language if known else None,
        longest=_limits(sitting).opinion_characters,
    )
    problem = None
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                services.give_opinion(
                    item, text=form.text.data or "", language=form.language.data, actor=actor, now=now
                )
        except REFUSED as refused:
            problem = own_sentence(refused)
        else:
            flash(_("Your opinion is kept. It is read at the sitting and stands in the minutes."), "success")
            return redirect(url_for("sittings.my"), 303)
    page = render_template(
        "sittings/opinion.html", sitting=sitting, item=item, known=known, form=form, problem=problem
    )
    return page, _status(form, problem)


@bp.route("/sittings/<int:number>/votings/<int:voting_id>/dissent", methods=["GET", "POST"])
@on(Sitting, needs_sign_in=True)
def dissent(sitting: Sitting, voting_id: int) -> ResponseReturnValue:
    """The opinion of somebody who was outvoted, to stand beside the ruling."""
    put, actor, now = _voting(sitting, voting_id), current_actor(), clock.now()
    member = attending.own_seat(sitting, actor, now=now)
    known = next((one for one in put.dissents if one.member_id == member.id), None)
    form = text_form(
        text=known.text if known else "",
        language=known.language if known else None,
        longest=_limits(sitting).dissent_characters,
    )
    problem = None if is_outvoted(put, member) else own_sentence(errors.NotOutvoted())
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                services.dissent(
                    put, text=form.text.data or "", language=form.language.data, actor=actor, now=now
                )
        except REFUSED as refused:
            problem = own_sentence(refused)
        else:
            flash(_("Your dissenting opinion stands beside the vote."), "success")
            page = url_for("sittings.show", number=sitting.number, _anchor=f"item-{put.item_id}")
            return redirect(page, 303)
    page = render_template(
        "sittings/dissent.html", sitting=sitting, voting=put, known=known, form=form, problem=problem
    )
    return page, _status(form, problem)


def _status(form: object, problem: str | None) -> int:
    if getattr(form, "errors", None):
        return 422
    return 409 if problem and request.method == "POST" else 200


def _item(sitting: Sitting, item_id: int) -> AgendaItem:
    item = queries.item_of(sitting, item_id)
    if item is None:
        raise NotFound(kind="AgendaItem")
    return item


def _voting(sitting: Sitting, voting_id: int) -> Voting:
    put = queries.voting_by_id(voting_id)
    if put is None or put.item.sitting_id != sitting.id:
        raise NotFound(kind="Voting")
    return put


def _see_member(booth: Booth) -> None:
    """Forbidden for whoever has no seat today: these pages are a member's."""
    if booth.member is None:
        raise Forbidden(action=Action.VOTE)


def _limits(sitting: Sitting) -> CouncilLimits:
    return council_rules_version(sitting.rules_version).limits
