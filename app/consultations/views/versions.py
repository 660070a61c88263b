"""The next version: prepared, compared with the last one in the background, looked at, and published by the head."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.consultations import labels, policies, queries
from app.consultations.actions import Action
from app.consultations.errors import StaleVersion, Unfinished, VersionInWork
from app.consultations.forms.deciding import ChangesForm, number_of
from app.consultations.forms.reading import text_wish_of
from app.consultations.models import DraftAct, VersionState
from app.consultations.queries import desk, reading
from app.consultations.services import comparing, versions
from app.consultations.views import bp
from app.db import db
from app.errors import NotFound
from app.i18n import _
from app.web.forms import Form
from app.web.guards import current_actor, on


@bp.get("/desk/drafts/<int:number>/versions")
@on(DraftAct, may=Action.PREPARE_VERSION)
def desk_versions(draft: DraftAct) -> ResponseReturnValue:
    return _versions(draft)


@bp.post("/desk/drafts/<int:number>/versions/prepare")
@on(DraftAct, may=Action.PREPARE_VERSION)
def prepare_version(draft: DraftAct) -> ResponseReturnValue:
    if not Form().validate():
        return _versions(draft, problem=_("The version could not be begun. Try again."))
    version = versions.prepare(draft, actor=current_actor(), now=clock.now())
    flash(
        _(
            "Version %(number)s is begun with the text of the last one. Nobody outside your body sees it.",
            number=version.number,
        ),
        "success",
    )
    return redirect(url_for("consultations.desk_versions", number=draft.number), 303)


@bp.post("/desk/drafts/<int:number>/versions/compare")
@on(DraftAct, may=Action.PREPARE_VERSION)
def compare_version(draft: DraftAct) -> ResponseReturnValue:
    version = queries.newest_version(draft)
    if version is None or not Form().validate():
        return _versions(draft, problem=_("There is no version to compare."))
    try:
        with db.session.begin_nested():
            versions.ask_comparison(version, actor=current_actor())
    except Unfinished:
        return _versions(draft, problem=_("The text is missing in one of the languages. Upload it first."))
    except VersionInWork:
        return _versions(draft, problem=_("This version is being compared already, or was published."))
    return redirect(url_for("consultations.desk_versions", number=draft.number), 303)


@bp.route("/desk/drafts/<int:number>/versions/changes", methods=["GET", "POST"])
@on(DraftAct, may=Action.PREPARE_VERSION)
def desk_changes(draft: DraftAct) -> ResponseReturnValue:
    """What the comparison found, as everybody will read it; with the words about it that officers write."""
    version = queries.newest_version(draft)
    if version is None or version.number == 1 or version.state is not VersionState.READY:
        return redirect(url_for("consultations.desk_versions", number=draft.number), 303)
    form = ChangesForm(
        data={
            "attempt": str(version.attempt),
            "changes_kk": version.changes.get("kk", ""),
            "changes_ru": version.changes.get("ru", ""),
        }
    )
    status = 200
    if form.validate_on_submit():
        if number_of(form.attempt.data) != version.attempt:
            form.attempt.data = str(version.attempt)
            form.changes_kk.errors = [_meanwhile()]
            status = 409
        else:
            versions.say_what_changed(version, changes=form.details(), actor=current_actor())
            flash(_("The words on the changes are saved."), "success")
            return redirect(url_for("consultations.desk_changes", number=draft.number), 303)
    elif form.errors:
        status = 422
    wish = text_wish_of(request.args, draft)
    return (
        render_template(
            "consultations/desk/changes.html",
            draft=draft,
            version=version,
            form=form,
            wish=wish,
            counts={lang: reading.change_counts(version, lang) for lang in ("kk", "ru")},
            page=reading.changes_page(version, wish.language, position=request.args.get("after")),
            is_stretch=lambda entry: isinstance(entry, reading.Stretch),
            may_publish=policies.may(Action.PUBLISH_VERSION, current_actor(), draft),
            labels=labels,
        ),
        status,
    )


def _meanwhile() -> str:
    return str(
        _(
            "Somebody changed the text of this version meanwhile. Look at the changes again; what you typed still stands here."
        )
    )


@bp.route("/desk/drafts/<int:number>/versions/publish", methods=["GET", "POST"])
@on(DraftAct, may=Action.PUBLISH_VERSION)
def publish_version(draft: DraftAct) -> ResponseReturnValue:
    """The head's last look."""
    version = queries.newest_version(draft)
    if version is None:
        raise NotFound(kind="DraftVersion")
    form = ChangesForm(data={"attempt": str(version.attempt)})
    is_newer = False
    if request.method == "POST" and form.validate():
        try:
            with db.session.begin_nested():
                versions.publish_version(
                    version,
                    attempt=number_of(form.attempt.data),
                    actor=current_actor(),
                    now=clock.now(),
                )
        except StaleVersion:
            is_newer = True
            form.attempt.data = str(version.attempt)
        else:
            flash(
                _(
                    "Version %(number)s is published. Authors whose clause changed will be told.",
                    number=version.number,
                ),
                "success",
            )
            return redirect(url_for("consultations.edit", number=draft.number), 303)
    if version.state is not VersionState.READY and not is_newer:
        return redirect(url_for("consultations.desk_versions", number=draft.number), 303)
    return (
        render_template(
            "consultations/desk/publish_version.html",
            draft=draft,
            version=version,
            form=form,
            is_newer=is_newer,
            is_ready=version.state is VersionState.READY,
            counts={lang: reading.change_counts(version, lang) for lang in ("kk", "ru")},
            rows=desk.count_rows(version),
            labels=labels,
        ),
        409 if is_newer else 422 if form.errors else 200,
    )


def _versions(draft: DraftAct, *, problem: str = "") -> ResponseReturnValue:
    every = queries.versions_of(draft)
    newest = every[-1] if every else None
    in_work = newest if newest is not None and newest.state is not VersionState.PUBLISHED else None
    return (
        render_template(
            "consultations/desk/versions.html",
            draft=draft,
            versions=[one for one in every if one.state is VersionState.PUBLISHED],
            in_work=in_work,
            progress=comparing.progress_of(in_work)
            if in_work is not None and in_work.state is VersionState.COMPARING
            else None,
            sizes=desk.count_clauses(in_work) if in_work is not None else {},
            counts={lang: reading.change_counts(in_work, lang) for lang in ("kk", "ru")}
            if in_work is not None and in_work.state is VersionState.READY
            else {},
            rows=desk.count_rows(in_work) if in_work is not None else 0,
            may_publish=policies.may(Action.PUBLISH_VERSION, current_actor(), draft),
            is_first=in_work is not None and in_work.number == 1,
            labels=labels,
            states=VersionState,
            problem=problem,
        ),
        422 if problem else 200,
    )
