"""Whole public pages kept in the process's memory for a few seconds, the same bytes for everybody.

A page is kept only if its view says so, the visitor carries no session, and the answer sets no cookie. The ETag is
the hash of the bytes, so answering 304 asks nobody.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, g, make_response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# Longer than the page lives: a shared cache may show the last page while it asks, or while we are down.
STALE_WHILE_REVALIDATE_SECONDS = 30
STALE_IF_ERROR_SECONDS = 600
LONGEST_QUERY = 300


@dataclass(frozen=True, slots=True)
class KeptPage:
    expires_at: float
    etag: str
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class PageCache:
    """The newest `entries` pages, each for `seconds`. Zero seconds keeps nothing."""

    def __init__(self, *, seconds: int, entries: int, session_cookie: str) -> None:
        self.seconds = seconds
        self.entries = entries
        self.session_cookie = session_cookie + "="
        self.pages: OrderedDict[str, KeptPage] = OrderedDict()
        self.lock = threading.Lock()
        self.hits = 0

    def key(self, environ: "WSGIEnvironment") -> str:
        return (
            f"{environ.get('HTTP_HOST', '')}|{environ.get('PATH_INFO', '')}?{environ.get('QUERY_STRING', '')}"
        )

    def answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes] | None:
        if environ["REQUEST_METHOD"] != "GET" or self.session_cookie in environ.get("HTTP_COOKIE", ""):
            return None
        page = self.pages.get(self.key(environ))
        if page is None or page.expires_at < time.monotonic():
            return None
        self.hits += 1
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", [h for h in page.headers if h[0] != "Content-Length"])
            return [b""]
        start_response(page.status, list(page.headers))
        return [page.body]

    def keep(self, key: str, response: Response) -> None:
        page = KeptPage(
            expires_at=time.monotonic() + self.seconds,
            etag=response.headers["ETag"],
            status=response.status,
            headers=list(response.headers.items()),
            body=response.get_data(),
        )
        with self.lock:
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > self.entries:
                self.pages.popitem(last=False)

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()


def cached_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a public view whose answer to a visitor without a session is the same for everybody."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        if has_session_cookie():
            response.headers["Cache-Control"] = "private, no-store"
            return response
        g.cacheable_page = response.status_code == 200
        return response

    return wrapped


def has_session_cookie() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def finish(response: Response) -> Response:
    """Gives a cacheable page its ETag and keeps it; runs after the headers are set, so that they are kept too."""
    if not g.get("cacheable_page") or "Set-Cookie" in response.headers or response.is_streamed:
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
    cache: PageCache = current_app.page_cache  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = (
        f"public, max-age={cache.seconds}, stale-while-revalidate={STALE_WHILE_REVALIDATE_SECONDS}, "
        f"stale-if-error={STALE_IF_ERROR_SECONDS}"
    )
    # Who has a session gets another page at the same address; the open data are the same for everybody.
    if request.path.startswith("/api/"):
        response.headers.remove("Vary")
    else:
        response.headers["Vary"] = "Cookie"
    response.headers["ETag"] = f'"{hashlib.sha256(response.get_data()).hexdigest()[:32]}"'
    response.headers["Content-Length"] = str(len(response.get_data()))
    if cache.seconds and request.method == "GET" and len(request.query_string) <= LONGEST_QUERY:
        cache.keep(cache.key(request.environ), response)
    response.make_conditional(request.environ)
    return response
