"""A vote from the side of whoever presides: putting a question, closing it, annulling it, correcting a slip."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import db
from app.i18n import _, use_language
from app.law.council_rules import Outcome
from app.sittings import labels, problems, queries
from app.sittings.actions import Action
from app.sittings.errors import (
    NoQuorum,
    NothingToCorrect,
    NotPresent,
    NotPutToVote,
    Unfinished,
    VoteClosed,
    VoteRunning,
    WouldChangeTheResult,
)
from app.sittings.forms.calling import NothingForm, ReasonForm
from app.sittings.forms.running import CorrectionForm, QuestionForm
from app.sittings.lifecycle import Choice
from app.sittings.models import AgendaItem, Sitting, Voting
from app.sittings.queries import desk
from app.sittings.services import voting as votes
from app.sittings.views import bp
from app.sittings.views.agenda import item_of
from app.sittings.views.calling import back
from app.web.guards import current_actor, on

LANGUAGES = ("kk", "ru")
# A question of another kind: it ends without a ruling.
ANOTHER = "another"


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/open-vote", methods=["GET", "POST"])
@on(Sitting, may=Action.OPEN_VOTE)
def open_vote(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """First what the council would rule, then the question's words."""
    item, rules = item_of(sitting, item_id), votes.rules_of(sitting)
    outcomes = rules.outcomes_for(votes.subject_of(item))
    asked = request.args.get("outcome", "")
    chosen = next((one for one in outcomes if one.id == asked), None)
    if chosen is None and asked != ANOTHER:
        return render_template(
            "sittings/desk/outcome.html", sitting=sitting, item=item, outcomes=outcomes, another=ANOTHER
        )
    form = QuestionForm.of(rules.limits, outcome=asked, questions=_questions(item, chosen))
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                votes.open_vote(
                    item,
                    questions=form.questions(),
                    outcome=chosen.id if chosen is not None else None,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except (NoQuorum, NotPutToVote, VoteRunning, Unfinished) as refused:
            problems.show(form, refused)
        else:
            flash(
                _("The vote is open. Members can vote on their own screens; the roll is called here."),
                "success",
            )
            return redirect(url_for("sittings.roll_call", number=sitting.number, item_id=item.id), 303)
    return (
        render_template("sittings/desk/question.html", sitting=sitting, item=item, form=form, outcome=chosen),
        422 if form.errors else 200,
    )


def _questions(item: AgendaItem, outcome: Outcome | None) -> dict[str, str]:
    """What is put to the vote, in both languages: the outcome and the wording of the agenda."""
    if outcome is None:
        return {code: item.titles.get(code, "") for code in LANGUAGES}
    said = {}
    for code in LANGUAGES:
        with use_language(code):
            said[code] = str(
                _("%(outcome)s: “%(title)s”", outcome=outcome.name, title=item.titles.get(code, ""))
            )
    return said


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/close-vote", methods=["GET", "POST"])
@on(Sitting, may=Action.CLOSE_VOTE)
def close_vote(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """The figures as they stand, and the button that fixes them for good."""
    item = item_of(sitting, item_id)
    voting = queries.open_voting(item)
    if voting is None:
        flash(_("The vote is closed and takes no more voices."))
        return back(sitting, anchor=f"item-{item.id}")
    problem = ""
    if NothingForm().validate_on_submit():
        try:
            with db.session.begin_nested():
                result = votes.close_vote(voting, actor=current_actor(), now=clock.now())
        except (NoQuorum, VoteClosed) as refused:
            problem = problems.sentence(refused)
        else:
            flash(
                _("The vote is closed: adopted.")
                if result.is_adopted
                else _("The vote is closed: not adopted."),
                "success",
            )
            return back(sitting, anchor=f"item-{item.id}")
    return (
        render_template(
            "sittings/desk/close_vote.html",
            sitting=sitting,
            item=item,
            voting=voting,
            tally=votes.count(voting),
            roll=desk.roll(voting),
            majority=labels.majority_of(voting),
            problem=problem,
            labels=labels,
        ),
        409 if problem else 200,
    )


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/annul-vote", methods=["GET", "POST"])
@on(Sitting, may=Action.CLOSE_VOTE)
def annul(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    item = item_of(sitting, item_id)
    voting = queries.open_voting(item)
    if voting is None:
        flash(_("The vote is closed and takes no more voices."))
        return back(sitting, anchor=f"item-{item.id}")
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                votes.annul(voting, reason=form.reason.data, actor=current_actor(), now=clock.now())
        except (VoteClosed, Unfinished) as refused:
            problems.show(form, refused)
        else:
            flash(_("The vote is annulled. The question can be put once more."), "success")
            return back(sitting, anchor=f"item-{item.id}")
    return (
        render_template(
            "sittings/desk/reason.html",
            sitting=sitting,
            form=form,
            title=_("Annul the vote: %(question)s", question=voting.question),
            consequences=[
                _(
                    "The vote ends without a result. The voices given so far stay on record, with your reason."
                ),
                _("The question, or another one, can be put to the vote again."),
            ],
            button=_("Annul the vote"),
            is_destructive=True,
        ),
        422 if form.errors else 200,
    )


@bp.route("/desk/votings/<int:voting_id>/correct", methods=["GET", "POST"])
@on(Voting, may=Action.CORRECT_VOTE)
def correct(voting: Voting) -> ResponseReturnValue:
    """A slip of the roll call: a new entry beside the old one, which stays as it is."""
    members = {vote.member_id: vote.member for vote in voting.votes}
    standing = sorted(
        ((members[one], choice) for one, choice in votes.standing_choices(voting).items()),
        key=lambda pair: pair[0].name,
    )
    form = CorrectionForm.of(standing)
    if form.validate_on_submit():
        member = members[int(form.member.data)]
        try:
            with db.session.begin_nested():
                votes.correct(
                    voting,
                    member,
                    choice=Choice(form.choice.data),
                    reason=form.reason.data,
                    actor=current_actor(),
                    now=clock.now(),
                )
        except (VoteClosed, NotPresent, NothingToCorrect, WouldChangeTheResult, Unfinished) as refused:
            problems.show(form, refused)
        else:
            flash(
                _("The correction is entered. Both entries stand on the page and in the minutes."), "success"
            )
            return back(voting.item.sitting, anchor=f"item-{voting.item_id}")
    return (
        render_template(
            "sittings/desk/correct.html",
            voting=voting,
            sitting=voting.item.sitting,
            form=form,
            standing=standing,
            labels=labels,
        ),
        422 if form.errors else 200,
    )
