"""Open data: who may read it from where, how long an answer keeps, and the description that machines read.

Read-only and the same for everybody: no session is looked at and no cookie set, so any page of any site may ask.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_smorest import Api
from werkzeug.exceptions import UnprocessableEntity

from app.i18n import LANGUAGES
from app.web.guards import public
from app.web.pagination import is_position

PREFIX = "/api/v1"
VERSION = "1.0.0"
DESCRIPTION = """Petitions and draft acts, what people said of them and what was answered, as open data.

Read-only, without a key, from any origin. Every answer has an ETag: send it back in `If-None-Match`, and 304 costs
next to nothing. Lists come in pages; `next` is the address of the next one. Instants are in UTC, legal days are days
in Asia/Almaty. There is no list of signers anywhere, here neither, and nobody who commented is named."""

bp = Blueprint("open_data", __name__, url_prefix=PREFIX)


def open_data(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks an answer that is the same for everybody, signed in or not: it gets an ETag and keeps for some seconds."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        g.cacheable_page = response.status_code == 200
        return response

    return wrapped


class WrongParameter(UnprocessableEntity):
    """422 that names the parameter of the address, as the schemas' own refusals do."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__()
        self.data = {"errors": {"query": {name: [why]}}}


def address(endpoint: str, **values: Any) -> str:
    """The whole public address of a page or an answer. The host is the setting's, never the request's."""
    return str(current_app.config["PUBLIC_URL"]) + url_for(endpoint, **values)


def checked_position(asked: dict[str, Any], *, order: Sequence[Any]) -> str | None:
    """The position that was asked for; 422 for one that this list never gave: the first page would be a lie."""
    after = asked.get("after")
    if after is not None and not is_position(after, order=order):
        raise WrongParameter("after", "Not a position of this list.")
    return after


def pages(endpoint: str, **values: Any) -> dict[str, str]:
    """The public addresses of one page in each language."""
    return {language: address(endpoint, **values, lang=language) for language in LANGUAGES}


def next_address(position: str | None) -> str | None:
    """The address of the next page of the list that was asked for; None at the end."""
    if position is None:
        return None
    # A name that `url_for` knows would be an order to it: anybody can write one into an address.
    orders = {"after", "endpoint", "lang", "language", "values"}
    asked = {k: v for k, v in request.args.items() if k not in orders and not k.startswith("_")}
    return address(str(request.endpoint), **{**asked, **(request.view_args or {}), "after": position})


@bp.get("/openapi.json")
@public
@open_data
def description() -> ResponseReturnValue:
    return jsonify(current_app.extensions["open_data"].spec.to_dict())


def init_app(app: Flask) -> None:
    """Before the error pages: they answer for the whole application, the open data included."""
    app.extensions["open_data"] = Api(
        app,
        spec_kwargs={
            "title": "Únqos",
            "version": VERSION,
            "openapi_version": "3.1.0",
            "info": {"description": DESCRIPTION},
        },
    )
    app.register_blueprint(bp)
    app.after_request(let_any_origin_read)


def let_any_origin_read(response: Response) -> Response:
    # Errors too: a page that cannot read why it was refused shows its reader nothing.
    if request.path.startswith(PREFIX):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        # The login library peeps into every session for a mark of its own; the answer does not hang on the cookie,
        # and "Vary: Cookie" would keep shared caches from keeping it.
        session.accessed = False
    return response
