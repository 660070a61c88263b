"""One comment with its replies and its answer, a group of letters, and the files of comments."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.comments import labels, policies
from app.comments.models import Comment, Group, Thread
from app.comments.queries import groups, reading, showing
from app.comments.services import hiding
from app.comments.subjects import Place, subject_of
from app.comments.views import bp
from app.errors import NotFound
from app.files.downloads import download
from app.i18n import current_language
from app.web.caching import cached_page
from app.web.guards import Subject, current_actor, on, register

register(
    Group,
    Subject(
        load=groups.by_id,
        may_know=lambda actor, group: policies.may_know_thread(actor, group.thread),
        check=lambda action, actor, group: policies.check_thread(action, actor, group.thread),
        values=("group_id",),
    ),
)

# Words that comments need wherever they stand.
bp.record_once(lambda state: state.app.jinja_env.globals.update(comment_words=labels))


@bp.app_template_global("place_address")
def place_address(thread: Thread, place: Place) -> str:
    """The clause as it was in the version that is spoken of: in a later one its number may be another's."""
    address = subject_of(thread).address(thread, place.path)
    return f"{address}{'&' if '?' in address else '?'}version={place.version}"


@bp.get("/comments/<int:comment_id>")
@on(Comment)
@cached_page
def show(comment: Comment) -> ResponseReturnValue:
    if comment.parent_id is not None:
        return redirect(page_of(comment), 303)
    actor = current_actor()
    thread = comment.thread
    subject = subject_of(thread)
    return render_template(
        "comments/show.html",
        shown=showing.alone(comment, actor=actor, language=current_language()),
        title=subject.title(thread),
        address=subject.address(thread, None),
        is_author=policies.is_author(actor, comment),
        may_enter_promise=policies.may_find_promises(actor, thread),
        may_still_appeal=hiding.may_still_appeal(comment, now=clock.now()),
    )


@bp.get("/comment-groups/<int:group_id>")
@on(Group)
@cached_page
def group(group: Group) -> ResponseReturnValue:
    """Everybody who sent the letter, all unfolded, and what each added to it."""
    actor = current_actor()
    page = reading.of_group(group, after=request.args.get("after"))
    thread = group.thread
    subject = subject_of(thread)
    sample = showing.shown([reading.Item(group.sample)], actor=actor, language=current_language())[0]
    return render_template(
        "comments/group.html",
        group=group,
        sample=sample,
        letters=showing.of_letters(page.rows, actor=actor),
        additions={key: showing.pairs(pieces) for key, pieces in groups.additions(group, page.rows).items()},
        left=groups.left_by(group),
        title=subject.title(thread),
        address=subject.address(thread, None),
        next_page=_page_address(group, page.next),
        previous_page=_page_address(group, page.previous),
    )


@bp.get("/comments/<int:comment_id>/file/<key>")
@on(Comment)
def file(comment: Comment, key: str) -> ResponseReturnValue:
    """The file as a download, to whoever may read the comment."""
    attachment = comment.attachment
    if attachment is None or attachment.public_key != key or not policies.may_read(current_actor(), comment):
        raise NotFound(kind="Attachment")
    # It may be hidden or taken back tomorrow: nobody on the way keeps it.
    return download(attachment, is_public=False)


def page_of(comment: Comment) -> str:
    """Where a comment is read by itself; a reply below what it replies to."""
    return url_for(
        "comments.show", comment_id=comment.parent_id or comment.id, _anchor=f"comment-{comment.id}"
    )


def _page_address(group: Group, position: str | None) -> str | None:
    return url_for("comments.group", group_id=group.id, after=position) if position else None
