"""The comments on a draft, as its pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.comments import labels as comment_labels
from app.comments.models import Thread
from app.comments.queries import figures, showing
from app.comments.queries import reading as comment_reading
from app.comments.queries.reading import Item, Order
from app.comments.queries.showing import Shown
from app.consultations import labels
from app.consultations.forms.reading import one_of, text_wish_of, words_of
from app.consultations.models import DraftAct, DraftVersion
from app.consultations.queries import reading
from app.consultations.views import bp
from app.consultations.views.reading import version_of
from app.i18n import _, current_language
from app.text.normalize import shown_line
from app.web.caching import cached_page
from app.web.guards import current_actor, on

LONGEST_KEY = 40


@dataclass(frozen=True, slots=True)
class Discussion:
    """One page of comments with all that is shown with them; `carried` came here from another clause."""

    thread: Thread
    comments: Sequence[Shown]
    carried: Sequence[Shown]
    next: str | None
    previous: str | None


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
    # Asked together: each comment more costs no query more.
    items = [*(Item(comment) for comment in carried), *page.rows]
    shown = showing.shown(items, actor=actor, language=current_language())
    return Discussion(thread, shown[len(carried) :], shown[: len(carried)], page.next, page.previous)


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
    words, key = words_of(request.args), shown_line(request.args.get("clause", ""))[:LONGEST_KEY]
    places = reading.commented_places(draft.thread, version, wish.language)

    def at(chosen: Order, position: str | None = None) -> str:
        """The address of the same list in another order, or further on."""
        return url_for(
            "consultations.comments",
            number=draft.number,
            order=None if chosen is Order.BEST else chosen.value,
            clause=key or None,
            q=words or None,
            after=position,
        )

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
        at=at,
    )
