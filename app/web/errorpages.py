"""Every way of saying no, as a page in the reader's language: what happened, that nothing was lost, what to do."""

from http import HTTPStatus

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from app.errors import DomainError
from app.i18n import _

log = structlog.get_logger()
PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def page(status: int, **values: object) -> ResponseReturnValue:
    g.cacheable_page = False
    if request_ctx.url_adapter is None:
        # Asked by a name that is not ours: no page can be drawn, because no address can be made.
        return Response(
            _("This server does not answer to that name."), 400, content_type="text/plain; charset=utf-8"
        )
    if request.path.startswith("/api/"):
        answer: dict[str, object] = {"code": status, "status": HTTPStatus(status).phrase}
        if errors := values.get("errors"):
            answer["errors"] = errors
        return jsonify(answer), status
    template = f"errors/{status if status in PAGES else 500 if status >= 500 else 400}.html"
    return render_template(template, request_id=g.get("request_id", ""), **values), status


def on_http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    # What a parameter's schema said hangs on the error as data.
    data = getattr(error, "data", None) or {}
    errors = data.get("errors") or data.get("messages")
    response = make_response(page(status, name=error.name, errors=errors))
    # A 405 must say what is allowed, a 429 when to come back.
    response.headers.extend([(k, v) for k, v in error.get_headers() if k in ("Allow", "Retry-After")])
    return response


def on_domain(error: DomainError) -> ResponseReturnValue:
    return page(error.status, error=error, name=type(error).__name__)


def on_csrf(_: CSRFError) -> ResponseReturnValue:
    return page(400, csrf=True, name="csrf")


def on_database(error: DBAPIError) -> ResponseReturnValue:
    log.error("the database does not answer", error=type(error).__name__)
    return page(503, name="unavailable")


def on_anything(error: Exception) -> ResponseReturnValue:
    # The class and the trace, never the message: a database error quotes the values that it refused.
    log.error("unexpected error", error=type(error).__name__, path=request.url_rule and request.url_rule.rule)
    log.debug("trace", exc_info=True)
    return page(500, name="error")


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(DomainError, on_domain)
    app.register_error_handler(OperationalError, on_database)
    app.register_error_handler(InterfaceError, on_database)
    if not app.config["PROPAGATE"]:
        app.register_error_handler(Exception, on_anything)
