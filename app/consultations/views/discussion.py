"""The comments on a draft, as its pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.comments import labels as comment_labels
from app.comments import policies as comment_policies
from app.comments import queries as comments
from app.comments.actions import ThreadAction
from app.comments.models import Answer, Comment, Thread
from app.comments.queries import figures
from app.comments.queries import reading as comment_reading
from app.comments.queries.reading import Item, Order
from app.consultations import labels
from app.consultations.forms.reading import one_of, text_wish_of, words_of
from app.consultations.models import DraftAct, DraftVersion
from app.consultations.queries import reading
from app.consultations.views import bp
from app.consultations.views.reading import version_of
from app.errors import NotFound
from app.i18n import _
from app.web.caching import cached_page
from app.web.guards import current_actor, on
from app.web.pagination import Page


@dataclass(frozen=True, slots=True)
class Discussion:
    """One page of comments with all that is shown with them; `notes` say what became of their clause since."""

    thread: Thread
    page: Page[Item]
    replies: Mapping[int, Sequence[Comment]]
    answers: Mapping[int, Answer]
    agreed: frozenset[int]
    notes: Mapping[int, str]
    carried: Sequence[Comment]
    may_comment: bool


def discussion_on(
    draft: DraftAct,
    version: DraftVersion,
    *,
    anchor_key: str | None = None,
    words: str = "",
    order: Order,
    after: str | None,
) -> Discussion | None:
    """The comments on a clause, or on everything; None before the discussion opened."""
    thread, actor = draft.thread, current_actor()
    if thread is None:
        return None
    page = comment_reading.page(thread, order=order, anchor_key=anchor_key, words=words, after=after)
    carried = reading.carried_to(version, anchor_key) if anchor_key and after is None else []
    shown = [*(item.comment for item in page.rows), *carried]
    fates = reading.fates_of(version, [comment.id for comment in shown])
    return Discussion(
        thread=thread,
        page=page,
        replies=comment_reading.replies_of(shown),
        answers=comment_reading.answers_of(shown),
        agreed=comments.agreed_by(actor, shown),
        notes={comment_id: str(labels.FATES[fate]) for comment_id, fate in fates.items()},
        carried=carried,
        may_comment=comment_policies.may_thread(ThreadAction.COMMENT, actor, thread) or actor.is_anonymous,
    )


@bp.get("/drafts/<int:number>/comments", endpoint="comments")
@on(DraftAct)
@cached_page
def all_comments(draft: DraftAct) -> ResponseReturnValue:
    """Every comment on the draft: sorted, of one clause, with words."""
    wish = text_wish_of(request.args, draft)
    version = version_of(draft, None)
    if draft.thread is None:
        return render_template(
            "consultations/comments.html", draft=draft, wish=wish, labels=labels, discussion=None
        )
    order = one_of(Order, request.args.get("order"), Order.BEST)
    words, key = words_of(request.args), request.args.get("clause", "")[:40]
    places = reading.commented_places(draft.thread, version, wish.language)
    if key and "\0" in key:
        raise NotFound(kind="Clause")
    return render_template(
        "consultations/comments.html",
        draft=draft,
        version=version,
        wish=wish,
        labels=labels,
        words=words,
        key=key,
        order=order,
        orders=comment_labels.ORDERS,
        figures=figures.of(draft.thread),
        place_choices=[
            (
                place.clause.key,
                _("%(place)s (%(count)s)", place=labels.place(place.clause), count=place.comments),
            )
            for place in places
        ],
        discussion=discussion_on(
            draft,
            version,
            anchor_key=key or None,
            words=words,
            order=order,
            after=request.args.get("after"),
        ),
        sort_address=lambda one: url_for(
            "consultations.comments",
            number=draft.number,
            order=None if one is Order.BEST else one.value,
            clause=key or None,
            q=words or None,
        ),
    )
