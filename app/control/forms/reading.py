"""What a reader asks the list for."""

from collections.abc import Mapping

from app.agencies import queries as agencies
from app.control.lifecycle import PUBLIC_STATES, Form, State
from app.control.queries.listing import Wish
from app.councils import queries as councils
from app.text.normalize import shown_line


def wish_of(args: Mapping[str, str]) -> Wish:
    """The wish that an address carries; what it misspells is left out, because a list can always be shown."""
    council = councils.by_slug(shown_line(args["council"])) if args.get("council") else None
    body = agencies.by_slug(shown_line(args["body"])) if args.get("body") else None
    form, state = args.get("form", ""), args.get("state", "")
    return Wish(
        form=Form(form) if form in set(Form) else None,
        state=State(state) if state in PUBLIC_STATES else None,
        council_id=council.id if council else None,
        agency_id=body.id if body else None,
    )
