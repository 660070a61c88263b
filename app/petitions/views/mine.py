"""What one citizen wrote and signed."""

from flask import Response, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts import labels as account_labels
from app.accounts import queries as accounts
from app.comments import labels as comment_labels
from app.comments.queries import showing
from app.councils.queries.concerned import councils_of_account
from app.petitions import labels, lifecycle
from app.petitions.actions import Action
from app.petitions.lifecycle import State
from app.petitions.models import Petition
from app.petitions.queries import people
from app.petitions.services.drafting import STEPS
from app.petitions.views import bp
from app.web.guards import current_actor, signed_in


@bp.get("/me")
@signed_in()
def me() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "petitions/me.html",
        actor=actor,
        roles=sorted(str(account_labels.ROLES[role]) for role in actor.roles),
        signed=people.signed_by(actor),
        written=people.written_by(actor) if actor.person_tag else [],
        comments=showing.own(actor) if actor.person_tag else [],
        answer_kinds=comment_labels.ANSWER_KINDS,
        comment_states=comment_labels.STATES,
        states=labels.STATES,
        next_steps=labels.NEXT_FOR_AUTHOR,
        reasons=labels.INVALIDATION_REASONS,
        has_council=bool(councils_of_account(actor.account_id, clock.today())) if actor.account_id else False,
        page_of=page_of,
        author_page_of=author_page_of,
        token_of=token_of,
        may_withdraw=lambda petition: lifecycle.allows(Action.WITHDRAW_SIGNATURE, petition.state),
    )


@bp.get("/me/data")
@signed_in()
def my_data() -> ResponseReturnValue:
    """All that is kept about the person, as a file: the account, what was written, what was signed."""
    actor = current_actor()
    account = accounts.by_id(actor.account_id)
    response: Response = jsonify(people.everything_about(account, actor) if account else {})
    response.headers["Content-Disposition"] = 'attachment; filename="unqos-my-data.json"'
    return response


def page_of(petition: Petition) -> str | None:
    """Where a signer reads it: nowhere once it was refused, lapsed or taken back before it was public."""
    if petition.state in lifecycle.PUBLIC_STATES | lifecycle.STUB_STATES:
        return url_for("petitions.show", number=petition.number)
    if token := token_of(petition):
        return url_for("petitions.support", token=token)
    return None


def token_of(petition: Petition) -> str | None:
    return petition.support_token if petition.state is State.SUBMITTED else None


def author_page_of(petition: Petition) -> str:
    """Where the author goes on: the first unfinished step, what is still missing, or the public page."""
    number = petition.number
    if petition.state is State.DRAFT:
        unfinished = next((step for step in STEPS if step not in petition.draft_steps), None)
        if unfinished is None:
            return url_for("petitions.draft_check", number=number)
        return url_for("petitions.draft_step", number=number, step=unfinished)
    if petition.state in lifecycle.PRIVATE_STATES:
        return url_for("petitions.progress", number=number)
    return url_for("petitions.show", number=number)
