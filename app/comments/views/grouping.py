"""Groups of letters as the answering body sees them: who sent what, and confirming, splitting and joining."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.comments.actions import ThreadAction
from app.comments.errors import AlreadyAnswered, GroupsDiffer, NotInThisGroup
from app.comments.forms.writing import whole
from app.comments.models import Group, Thread
from app.comments.queries import desk as waiting
from app.comments.queries import groups, reading, showing
from app.comments.services import grouping
from app.comments.subjects import subject_of
from app.comments.views import bp
from app.comments.views.answering import View, address_of, in_context, owes_answers
from app.errors import InvalidInput, NotFound
from app.i18n import _, current_language, ngettext
from app.web.guards import current_actor, on

# Other groups to choose from: those that most people sent.
OTHERS_SHOWN = 100


@bp.get("/desk/threads/<int:thread_id>/groups/<int:group_id>")
@on(Thread, may=ThreadAction.GROUP, needs_sign_in=True)
def desk_group(thread: Thread, group_id: int) -> ResponseReturnValue:
    return _page(thread, _group(thread, group_id))


@bp.post("/desk/threads/<int:thread_id>/groups/<int:group_id>/confirm")
@on(Thread, may=ThreadAction.GROUP)
def confirm_group(thread: Thread, group_id: int) -> ResponseReturnValue:
    """Somebody has looked: one answer for all of them."""
    group = _group(thread, group_id)
    grouping.confirm(group, actor=current_actor(), now=clock.now())
    flash(_("The group is confirmed. Each author may still say that theirs is different."), "success")
    return redirect(
        url_for("comments.answer_group", thread_id=thread.id, group_id=group.id, view="groups"), 303
    )


@bp.post("/desk/threads/<int:thread_id>/groups/<int:group_id>/split")
@on(Thread, may=ThreadAction.GROUP)
def split_group(thread: Thread, group_id: int) -> ResponseReturnValue:
    """The ticked letters go out: each by itself, or together as a group of their own."""
    group = _group(thread, group_id)
    chosen = [number for value in request.form.getlist("comment") if (number := whole(value))]
    try:
        made = grouping.split(
            group,
            chosen,
            as_new_group=request.form.get("act") == "group",
            actor=current_actor(),
            now=clock.now(),
        )
    except NotInThisGroup:
        return _page(
            thread,
            group,
            problem=_("Some of these letters are not in the group any more. Nothing was changed."),
            status=409,
        )
    except InvalidInput:
        return _page(thread, group, problem=_("Tick the letters that go out of the group first."), status=422)
    if made is not None:
        flash(_("These letters are a group of their own now."), "success")
        return redirect(_address(made), 303)
    flash(
        ngettext(
            "%(num)s letter is out of the group and gets an answer of its own.",
            "%(num)s letters are out of the group; each gets an answer of its own.",
            len(set(chosen)),
        ),
        "success",
    )
    return redirect(_address(group), 303)


@bp.post("/desk/threads/<int:thread_id>/groups/<int:group_id>/merge")
@on(Thread, may=ThreadAction.GROUP)
def merge_groups(thread: Thread, group_id: int) -> ResponseReturnValue:
    """This group and the chosen one become one; a draft that gives way is shown, to be copied."""
    group = _group(thread, group_id)
    others = groups.by_ids(thread, [whole(request.form.get("other"))])
    if not others:
        return _page(thread, group, problem=_("Choose the group to join it with first."), status=422)
    try:
        merged = grouping.merge([group, *others], actor=current_actor(), now=clock.now())
    except AlreadyAnswered:
        return _page(
            thread,
            group,
            problem=_("Both groups have a published answer. Published answers never change."),
            status=409,
        )
    except GroupsDiffer:
        return _page(
            thread,
            group,
            problem=_("These groups are in different languages. Each needs an answer in its own."),
            status=422,
        )
    except InvalidInput:
        return _page(thread, group, problem=_("Choose another group than this one."), status=422)
    if merged.set_aside:
        return render_template(
            "comments/desk/merged.html",
            thread=thread,
            group=merged.group,
            set_aside=merged.set_aside,
        )
    flash(_("The groups are joined. They get one answer."), "success")
    return redirect(_address(merged.group), 303)


def _page(thread: Thread, group: Group, *, problem: str = "", status: int = 200) -> ResponseReturnValue:
    page = reading.of_group(group, after=request.args.get("after"), size=groups.PAGE_SIZE)
    item = waiting.item_of(thread, group.sample, language=current_language())
    additions = groups.additions(group, page.rows)
    others = groups.of_thread(thread, size=OTHERS_SHOWN).rows
    html = render_template(
        "comments/desk/group.html",
        thread=thread,
        group=group,
        item=item,
        sample=showing.alone(group.sample, actor=current_actor(), language=current_language()),
        letters=showing.of_letters(page.rows, actor=current_actor()),
        additions={key: in_context(showing.pairs(pieces)) for key, pieces in additions.items()},
        others=[other for other in others if other.id != group.id and other.language == group.language],
        left=groups.left_by(group),
        title=subject_of(thread).title(thread),
        back=address_of(thread, View.GROUPS),
        problem=problem,
        next_page=_address(group, page.next) if page.next else None,
        previous_page=_address(group, page.previous) if page.previous else None,
    )
    return html, status


def _group(thread: Thread, group_id: int) -> Group:
    owes_answers(thread)
    group = groups.by_id(group_id)
    if group is None or group.thread_id != thread.id:
        raise NotFound(kind="Group")
    return group


def _address(group: Group, after: str | None = None) -> str:
    return url_for("comments.desk_group", thread_id=group.thread_id, group_id=group.id, after=after)
