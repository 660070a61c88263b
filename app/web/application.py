"""The Flask application class: one transaction around every view, and whole pages answered from memory."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.routing import IntegerConverter, Map

from app.db import transaction
from app.web.caching import PageCache

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RowNumber(IntegerConverter):
    """A number in an address. One that no row can have is not found; the database would refuse to look for it."""

    def __init__(
        self,
        map: Map,
        fixed_digits: int = 0,
        min: int | None = None,
        max: int = 2**31 - 1,
        signed: bool = False,
    ) -> None:
        super().__init__(map, fixed_digits, min, max, signed)


class Application(Flask):
    page_cache: PageCache

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.url_map.converters["int"] = RowNumber

    def dispatch_request(self) -> ResponseReturnValue:
        """Returning commits, raising rolls back; a safe method cannot write."""
        with transaction(read_only=request.method in SAFE_METHODS):
            return super().dispatch_request()

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        # Before any request object is made: a hot page costs a dictionary look-up, no query and no rendering.
        if answer := self.page_cache.answer(environ, start_response):
            return answer
        return super().wsgi_app(environ, start_response)
