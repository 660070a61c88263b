"""What people say of a petition."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.comments import labels as comment_labels
from app.comments.queries import figures, reading, showing
from app.comments.queries.reading import Order
from app.i18n import current_language
from app.petitions.forms.reading import one_of, words_of
from app.petitions.lifecycle import PUBLIC_STATES
from app.petitions.models import Petition
from app.petitions.views import bp
from app.web.caching import cached_page
from app.web.guards import current_actor, on


@bp.get("/petitions/<int:number>/comments")
@on(Petition)
@cached_page
def comments(petition: Petition) -> ResponseReturnValue:
    thread = petition.thread
    if thread is None or petition.state not in PUBLIC_STATES:
        return redirect(url_for("petitions.show", number=petition.number), 303)
    order = one_of(Order, request.args.get("order"), Order.BEST)
    words = words_of(request.args)
    page = reading.page(thread, order=order, words=words, after=request.args.get("after"))

    def address(wanted: Order, after: str | None = None) -> str:
        chosen = None if wanted is Order.BEST else wanted.value
        return url_for(
            "petitions.comments", number=petition.number, order=chosen, q=words or None, after=after
        )

    return render_template(
        "petitions/comments.html",
        petition=petition,
        thread=thread,
        shown=showing.shown(page.rows, actor=current_actor(), language=current_language()),
        figures=figures.of(thread),
        order=order,
        # No answer is owed to each comment on a petition.
        orders={
            order: name for order, name in comment_labels.ORDERS.items() if order is not Order.UNANSWERED
        },
        address=address,
        words=words,
        next_page=address(order, page.next) if page.next else None,
        previous_page=address(order, page.previous) if page.previous else None,
    )
