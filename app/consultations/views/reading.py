"""The page of a draft act, its text in parts, and what people think of it as a whole."""

from dataclasses import replace
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.comments.queries import figures
from app.consultations import labels, policies, promised, queries
from app.consultations.actions import Action
from app.consultations.forms.reading import AttitudeForm, text_wish_of
from app.consultations.lifecycle import PRIVATE_STATES
from app.consultations.models import DraftAct, DraftVersion
from app.consultations.panels import draft_panels
from app.consultations.queries import reading
from app.consultations.queries.page import Event, everything_on
from app.consultations.services import attitudes
from app.consultations.views import bp
from app.consultations.views.listing import exemption_of, rules_of
from app.errors import InvalidInput, NotFound
from app.law import ConsultationRules
from app.law import labels as law_labels
from app.law.rules import Unit
from app.promises import queries as promises
from app.text import topics
from app.web.caching import cached_page
from app.web.guards import current_actor, on


@bp.get("/drafts/<int:number>")
@on(DraftAct)
@cached_page
def show(draft: DraftAct) -> ResponseReturnValue:
    if draft.state in PRIVATE_STATES:
        return redirect(url_for("consultations.edit", number=draft.number), 303)
    wish, actor = text_wish_of(request.args, draft), current_actor()
    page = everything_on(draft, version=wish.version, language=wish.language, actor=actor, now=clock.now())
    if page is None:
        raise NotFound(kind="DraftVersion")
    rules = rules_of(draft)
    return render_template(
        "consultations/show.html",
        draft=draft,
        page=page,
        wish=wish,
        labels=labels,
        law_labels=law_labels,
        rules=rules,
        term=term_of(draft, rules),
        kind=kind_of(draft, rules),
        exemption=exemption_of(draft) if draft.exemption_ground else None,
        affects=[rules.affected(one) for one in draft.affects],
        topic=topics.topic(draft.topic),
        events=[event_in_words(event, draft) for event in page.events],
        may_like=policies.may(Action.LIKE, actor, draft),
        promises=promises.of_subject(promised.SUBJECT, draft.number) if draft.closed_at else [],
        panels=draft_panels.drawn(draft),
        may_follow=policies.may(Action.FOLLOW, actor, draft),
        address=str(current_app.config["PUBLIC_URL"]) + url_for("consultations.show", number=draft.number),
    )


@bp.get("/drafts/<int:number>/text")
@on(DraftAct)
@cached_page
def text(draft: DraftAct) -> ResponseReturnValue:
    """The text alone, any part of it."""
    wish = text_wish_of(request.args, draft)
    version = version_of(draft, wish.version)
    page = reading.text_page(version, wish.language, part=wish.part)
    if page is None:
        raise NotFound(kind="part of the text")
    return render_template(
        "consultations/text.html",
        draft=draft,
        version=version,
        newest=version if wish.version is None else queries.published_version(draft),
        text=page,
        wish=wish,
        labels=labels,
        counts=figures.anchor_counts(draft.thread) if draft.thread else {},
    )


@bp.post("/drafts/<int:number>/attitude")
@on(DraftAct, may=Action.LIKE)
def like(draft: DraftAct) -> ResponseReturnValue:
    form = AttitudeForm()
    if not form.validate():
        raise InvalidInput(field="attitude")
    attitudes.like(draft, likes=form.details(), actor=current_actor(), now=clock.now())
    return redirect(url_for("consultations.show", number=draft.number, _anchor="attitude"), 303)


def version_of(draft: DraftAct, number: int | None) -> DraftVersion:
    """The published version of that number, the newest without one; nobody is told of any other."""
    version = queries.published_version(draft, number)
    if version is None or draft.state in PRIVATE_STATES:
        raise NotFound(kind="DraftVersion")
    return version


def kind_of(draft: DraftAct, rules: ConsultationRules) -> Any:
    """The kind of act in the words of the rules; None if they know no such kind."""
    return next((kind for kind in rules.kinds if kind.id == draft.kind), None)


def term_of(draft: DraftAct, rules: ConsultationRules) -> str:
    """How long the rules have it discussed, in words; empty where no term was counted."""
    if draft.term_value is None or draft.term_unit is None:
        return ""
    return law_labels.period(
        replace(rules.emergency_term, value=draft.term_value, unit=Unit(draft.term_unit))
    )


def event_in_words(event: Event, draft: DraftAct) -> dict[str, Any]:
    """One line of the history as the timeline draws it."""
    return {
        "at": event.on,
        "what": labels.event(event),
        "note": event.note,
        "href": _way_to(event, draft),
        "is_expected": event.coming is not None,
    }


def _way_to(event: Event, draft: DraftAct) -> str | None:
    """Where that can be seen which happened."""
    if event.action == Action.PUBLISH_VERSION and (version := event.details.get("version")):
        return url_for("consultations.changes", number=draft.number, version=version)
    if event.action == Action.PUBLISH_REPORT:
        return url_for("consultations.report", number=draft.number)
    return draft.adopted_link if event.action == Action.ADOPT else None
