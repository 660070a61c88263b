"""The page of one act, and its documents."""

from typing import Any

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.control import labels, policies, promised, queries
from app.control.lifecycle import MEETINGS, Action, Assessment, State
from app.control.models import ControlAct
from app.control.queries.page import EXPECTED, Event, everything_on, is_public_file
from app.control.services import announcing
from app.control.services.preparing import rules_of
from app.control.views import bp
from app.errors import NotFound
from app.files.downloads import download
from app.promises import queries as promises
from app.recommendations.promised import promises_of
from app.web.caching import cached_page
from app.web.guards import current_actor, on


@bp.get("/control/<int:number>")
@on(ControlAct)
@cached_page
def show(act: ControlAct) -> ResponseReturnValue:
    if act.announced_at is None:
        return redirect(url_for("control.edit", number=act.number), 303)
    actor = current_actor()
    page = everything_on(act, actor=actor, now=clock.now())
    listed = act.recommendations
    rules = rules_of(act)
    return render_template(
        "control/show.html",
        act=act,
        page=page,
        labels=labels,
        rules=rules,
        form_rule=rules.form(act.form),
        notices=announcing.notices(act),
        document_term=rules.deadline("control_document_sent"),
        answer_term=rules.form(act.form).answer,
        takes_questions=act.form in MEETINGS,
        may_ask=policies.may(Action.ASK, actor, act),
        may_lead=policies.leads(actor, act),
        assessment=labels.ASSESSMENTS[Assessment(act.assessment)] if act.assessment else None,
        listed=listed if act.state is State.CONCLUDED else None,
        promises=promises_of(listed) if listed is not None and act.state is State.CONCLUDED else {},
        promised_in=promises.of_source(promised.KIND, act.number),
        may_enter=act.state is State.CONCLUDED and promised.may_enter(actor, act),
        events=[event_in_words(event) for event in page.events],
        address=str(current_app.config["PUBLIC_URL"]) + url_for("control.show", number=act.number),
    )


@bp.get("/control/<int:number>/documents/<key>")
@on(ControlAct)
def document(act: ControlAct, key: str) -> Response:
    """A document of the act; the signed one only once the act is concluded."""
    kept = queries.file_of(act, key)
    if kept is None or not (is_public_file(kept) or policies.leads(current_actor(), act)):
        raise NotFound(kind="Attachment")
    return download(kept.attachment, is_public=act.announced_at is not None and is_public_file(kept))


def event_in_words(event: Event) -> dict[str, Any]:
    return {
        "at": event.at,
        "what": labels.HAPPENINGS[event.what],
        "note": event.note,
        "is_expected": event.what in EXPECTED,
    }
