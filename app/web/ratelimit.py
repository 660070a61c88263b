"""Limits that protect capacity (identity, not addresses, protects the count). Counted in Redis; while Redis is gone,
in each process's memory."""

from collections.abc import Iterable

from flask import Flask, request
from flask_limiter import Limiter


def client_address() -> str:
    return request.remote_addr or "unknown"


limiter = Limiter(key_func=client_address, default_limits=[], headers_enabled=False, swallow_errors=True)

# Ten tries for one account from anywhere, so that a thief is slowed and the owner can still come in.
SIGN_IN_BY_ACCOUNT = "10 per 5 minutes"
SIGN_IN_BY_ADDRESS = "60 per 5 minutes"
FOLLOW_BY_ADDRESS = "20 per hour"
# However many ask and from wherever: nobody's mailbox is filled with our questions.
FOLLOW_BY_MAILBOX = "10 per day"
# A table is written anew for whoever asks, some thousand rows a second: about two minutes of every hour.
TABLE_ROWS_BY_ADDRESS = "500000 per hour"


def init_app(app: Flask, *, redis_url: str, blueprints: Iterable[str]) -> None:
    """Counts requests to the limited views of `blueprints`; a limit on a view elsewhere would not be kept."""
    app.config.update(
        RATELIMIT_STORAGE_URI=storage(redis_url),
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_STRATEGY="fixed-window",
    )
    limiter.init_app(app)
    # The library looks at every request there is; most have no limit, and signing must be fast.
    check = app.before_request_funcs[None].pop()
    for name in blueprints:
        app.before_request_funcs.setdefault(name, []).append(check)


def storage(redis_url: str) -> str:
    """The limits library's spelling of a Redis on a Unix socket."""
    return redis_url.replace("unix://", "redis+unix://", 1) if redis_url.startswith("unix://") else redis_url
