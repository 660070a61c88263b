"""Comments whose place in the new version is doubtful: a person looks at each, none is moved silently."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.consultations import labels, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion
from app.consultations.forms.deciding import GONE, OTHER, SUGGESTED, AnchorForm, number_of
from app.consultations.models import CarriedComment, Clause, DraftAct, DraftVersion
from app.consultations.queries import desk, reading
from app.consultations.services import carrying
from app.consultations.views import bp
from app.db import db
from app.errors import NotFound
from app.i18n import _
from app.web.guards import current_actor, on

LONGEST_KEY = 40


@bp.get("/desk/drafts/<int:number>/anchors")
@on(DraftAct, may=Action.SETTLE_ANCHORS)
def anchors(draft: DraftAct) -> ResponseReturnValue:
    """All that wait, and what was settled last."""
    version = queries.published_version(draft)
    waiting = desk.waiting(version) if version is not None else []
    return render_template(
        "consultations/desk/anchors.html",
        draft=draft,
        version=version,
        waiting=waiting,
        count=desk.waiting_by_draft([draft.id]).get(draft.id, 0),
        settled=[
            (one, _clause_of(version, one)) for one in (desk.settled(version) if version is not None else [])
        ],
        labels=labels,
    )


def _clause_of(version: DraftVersion | None, carried: CarriedComment) -> Clause | None:
    return desk.suggestion(version, carried) if version is not None else None


@bp.route("/desk/drafts/<int:number>/anchors/<int:comment_id>", methods=["GET", "POST"])
@on(DraftAct, may=Action.SETTLE_ANCHORS)
def settle_anchor(draft: DraftAct, comment_id: int) -> ResponseReturnValue:
    version = queries.published_version(draft)
    carried = queries.carried(version, comment_id) if version is not None and comment_id < 2**63 else None
    if version is None or carried is None:
        raise NotFound(kind="CarriedComment")
    suggested = desk.suggestion(version, carried)
    language = carried.comment.anchor_language or "kk"
    part = _part(version, language, suggested or _nearby(version, carried))
    text = reading.text_page(version, language, part=part) or reading.text_page(version, language)
    form = _form(version, suggested, text.clauses if text else [])
    if form.validate_on_submit():
        key = {GONE: None, OTHER: form.clause.data}.get(
            str(form.place.data), suggested.key if suggested else None
        )
        try:
            with db.session.begin_nested():
                carrying.settle(
                    version, comment_id=comment_id, clause_key=key, actor=current_actor(), now=clock.now()
                )
        except StaleVersion:
            flash(_("Somebody else has settled this comment meanwhile. Nothing was changed."))
        else:
            flash(_("The comment has its place. Its author sees what was decided."), "success")
        return redirect(_next(draft, version), 303)
    return (
        render_template(
            "consultations/desk/settle.html",
            draft=draft,
            version=version,
            carried=carried,
            comment=carried.comment,
            original=desk.original_clause(draft, carried.comment),
            suggested=suggested,
            text=text,
            form=form,
            language=language,
            labels=labels,
        ),
        422 if form.errors else 200,
    )


def _form(version: DraftVersion, suggested: Clause | None, clauses: Sequence[Clause]) -> AnchorForm:
    form = AnchorForm()
    places = [(OTHER, str(_("Another clause, chosen below"))), (GONE, str(_("Its place is gone")))]
    if suggested is not None:
        places.insert(
            0, (SUGGESTED, str(_("The clause that is suggested: %(place)s", place=labels.place(suggested))))
        )
    form.place.choices = places
    offered = [("", str(_("Choose a clause")))]
    offered += [(clause.key, named(clause)) for clause in clauses]
    # The part of the text may have changed since the form was drawn; the key decides.
    typed = form.clause.data or ""
    is_key = typed.isascii() and typed.isalnum() and len(typed) <= LONGEST_KEY
    if is_key and typed not in dict(offered):
        found = queries.clause_by_key(version, typed)
        offered += [(found.key, named(found))] if found is not None else []
    form.clause.choices = offered
    return form


def named(clause: Clause) -> str:
    """A clause in a list: what people call it, and how it begins."""
    words = " ".join(clause.text.split())[:70]
    return f"{clause.label} {words}".strip() or str(labels.place(clause))


def _part(version: DraftVersion, language: str, near: Clause | None) -> int:
    asked = number_of(request.args.get("part"))
    if asked > 0:
        return asked
    return reading.part_of(version, near) if near is not None else 1


def _nearby(version: DraftVersion, carried: CarriedComment) -> Clause | None:
    """Where the text has the same readable address as the place that is gone."""
    comment = carried.comment
    return queries.clause_by_anchor(version, comment.anchor_path or "", comment.anchor_language or "kk")


def _next(draft: DraftAct, version: DraftVersion) -> str:
    """One by one: to the next that waits, or back to the list when none is left."""
    waiting = desk.waiting(version, limit=1)
    if waiting:
        return url_for("consultations.settle_anchor", number=draft.number, comment_id=waiting[0].comment_id)
    return url_for("consultations.anchors", number=draft.number)
