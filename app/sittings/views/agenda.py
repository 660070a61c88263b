"""The agenda: items, their order, their documents, and what is put off."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.consultations import queries as drafts
from app.councils.queries import composition
from app.db import db
from app.errors import NotFound
from app.files.errors import AttachmentRefused
from app.i18n import _, ngettext
from app.law import council_rules_version
from app.petitions import queries as petitions
from app.proposals import queries as proposals
from app.sittings import labels, policies, problems, queries
from app.sittings.actions import Action
from app.sittings.errors import NotPutToVote, Unfinished, VoteRunning
from app.sittings.forms.calling import FilesForm, ItemForm, NothingForm, ReasonForm
from app.sittings.lifecycle import ItemKind
from app.sittings.models import AgendaItem, Sitting
from app.sittings.queries import desk
from app.sittings.services import calling
from app.sittings.services.calling import ItemWords
from app.sittings.views import bp
from app.sittings.views.calling import back
from app.web.guards import current_actor, on

# Numbers of things are PostgreSQL integers; what has as many digits as this may be larger.
LARGEST = 2**31
MOST_DIGITS = 10


def item_of(sitting: Sitting, item_id: int) -> AgendaItem:
    """The item, if it stands on this agenda; NotFound otherwise."""
    found = queries.item_of(sitting, item_id)
    if found is None:
        raise NotFound(kind="AgendaItem")
    return found


@bp.route("/desk/sittings/<int:number>/items/new", methods=["GET", "POST"])
@on(Sitting, may=Action.PREPARE)
def add_item(sitting: Sitting) -> ResponseReturnValue:
    """First the kind, then what an item of that kind needs."""
    asked = request.args.get("kind", "")
    if asked not in [kind.value for kind in ItemKind]:
        return render_template("sittings/desk/item_kind.html", sitting=sitting, labels=labels, kinds=ItemKind)
    kind, today = ItemKind(asked), clock.today()
    form = ItemForm.of(
        kind,
        waiting=desk.examinations_waiting(sitting.council, today=today),
        rules=council_rules_version(sitting.rules_version),
        members=composition.members_on(sitting.council, today),
        chosen=_chosen(kind),
    )
    if form.validate_on_submit() and _add(sitting, kind, form):
        return back(sitting, anchor="agenda")
    return (
        render_template(
            "sittings/desk/item.html", sitting=sitting, kind=kind, form=form, labels=labels, kinds=ItemKind
        ),
        422 if form.errors else 200,
    )


def _chosen(kind: ItemKind) -> dict[str, object]:
    """What the address fills in: the draft or the number from which somebody came."""
    number = request.args.get("thing") or request.args.get("draft") or ""
    if not number.isdecimal() or len(number) >= MOST_DIGITS:
        return {}
    return {"draft": number} if kind is ItemKind.DRAFT else {"number": int(number)}


def _add(sitting: Sitting, kind: ItemKind, form: ItemForm) -> bool:
    actor, now = current_actor(), clock.now()
    try:
        with db.session.begin_nested():
            item = calling.add_item(sitting, _words(sitting, kind, form), actor=actor, now=now)
            for upload in form.uploads():
                calling.attach(item, upload, actor=actor, now=now)
    except AttachmentRefused as refused:
        form.files.errors = [*form.files.errors, problems.sentence(refused)]
        return False
    except (Unfinished, calling.NotPublic, calling.OnTheAgenda) as refused:
        things = {ItemKind.DRAFT: "draft", ItemKind.MATTER: "matter"}
        problems.show(form, refused, thing=things.get(kind, "number"))
        return False
    flash(_("The item stands on the agenda, at its end."), "success")
    return True


def _words(sitting: Sitting, kind: ItemKind, form: ItemForm) -> ItemWords:
    rapporteur = form.rapporteur.data
    values: dict[str, Any] = {
        "kind": kind,
        "titles": form.titles(),
        "rapporteur": composition.member_of(sitting.council, int(rapporteur)) if rapporteur else None,
    }
    match kind:
        case ItemKind.DRAFT:
            values["draft"] = drafts.by_number(int(form.draft.data)) if form.draft.data else None
        case ItemKind.PETITION:
            values["petition"] = petitions.by_number(_number(form))
        case ItemKind.PROPOSAL:
            values["proposal"] = proposals.by_number(_number(form))
        case ItemKind.MATTER:
            values["matter"] = form.matter.data or None
    return ItemWords(**values)


def _number(form: ItemForm) -> int:
    """0, which is nobody's, for what cannot be a number of ours."""
    number = form.number.data
    return number if number is not None and 0 < number < LARGEST else 0


@bp.post("/desk/sittings/<int:number>/items/<int:item_id>/remove")
@on(Sitting, may=Action.PREPARE)
def remove_item(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    item = item_of(sitting, item_id)
    if sitting.called_at is not None:
        # Everybody has read the agenda: what falls away is postponed, with a reason.
        return redirect(url_for("sittings.postpone", number=sitting.number, item_id=item.id), 303)
    if NothingForm().validate_on_submit():
        title = item.title
        calling.remove_item(item, actor=current_actor(), now=clock.now())
        flash(_("Taken off the agenda: %(title)s", title=title), "success")
    return back(sitting, anchor="agenda")


@bp.post("/desk/sittings/<int:number>/order")
@on(Sitting, may=Action.PREPARE)
def order(sitting: Sitting) -> ResponseReturnValue:
    """One item one place up or down: the button says which, as `<id>:up`."""
    moved, _colon, way = request.form.get("move", "").partition(":")
    ids = [item.id for item in sitting.items]
    if NothingForm().validate_on_submit() and moved in [str(one) for one in ids]:
        place = ids.index(int(moved))
        other = place + (-1 if way == "up" else 1)
        if 0 <= other < len(ids):
            ids[place], ids[other] = ids[other], ids[place]
            calling.order_items(sitting, ids, actor=current_actor(), now=clock.now())
    return back(sitting, anchor="agenda")


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/files", methods=["GET", "POST"])
@on(Sitting, may=Action.PREPARE)
def item_file(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    item, form = item_of(sitting, item_id), FilesForm()
    if form.validate_on_submit():
        uploads = form.uploads()
        if not uploads:
            form.files.errors = [_("Choose a file.")]
        else:
            try:
                with db.session.begin_nested():
                    for upload in uploads:
                        calling.attach(item, upload, actor=current_actor(), now=clock.now())
            except AttachmentRefused as refused:
                form.files.errors = [problems.sentence(refused)]
            else:
                flash(
                    ngettext("%(num)s document is added.", "%(num)s documents are added.", len(uploads)),
                    "success",
                )
                return back(sitting, anchor=f"item-{item.id}")
    return (
        render_template("sittings/desk/files.html", sitting=sitting, item=item, form=form),
        422 if form.errors else 200,
    )


@bp.route("/desk/sittings/<int:number>/items/<int:item_id>/postpone", methods=["GET", "POST"])
@on(Sitting)
def postpone(sitting: Sitting, item_id: int) -> ResponseReturnValue:
    """Who may is asked by the service: the secretary before the sitting, whoever presides in it."""
    item, form = item_of(sitting, item_id), ReasonForm()
    policies.check_postponing(current_actor(), sitting)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                calling.postpone(item, reason=form.reason.data, actor=current_actor(), now=clock.now())
        except (Unfinished, NotPutToVote, VoteRunning) as refused:
            problems.show(form, refused)
        else:
            flash(_("The item is postponed. It stays on the agenda, with the reason."), "success")
            return back(sitting, anchor=f"item-{item.id}")
    return (
        render_template(
            "sittings/desk/reason.html",
            sitting=sitting,
            form=form,
            title=_("Postpone item %(position)s: %(title)s", position=item.position, title=item.title),
            consequences=[
                _("The item stays on the agenda, and everybody reads that it was postponed and why."),
                _("It is not dealt with at this sitting. Put it on the agenda of another one."),
            ],
            button=_("Postpone the item"),
            is_destructive=False,
        ),
        422 if form.errors else 200,
    )
