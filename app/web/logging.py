"""One JSON object a line, with the request's id; never an IIN, a name, a mail address or a form's content."""

import logging
import sys

import structlog
from flask import Flask


def init_app(app: Flask, *, form: str) -> None:
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_values,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    app.logger.handlers.clear()
    app.logger.addHandler(logging.StreamHandler(sys.stderr))


def _without_values(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Turns an exception into its trace without messages: SQLAlchemy's quote parameters, and those are people."""
    if event.pop("exc_info", None):
        kind, _error, trace = sys.exc_info()
        frames: list[str] = []
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append(f"{code.co_filename.rsplit('/app/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        event["exception"] = kind.__name__ if kind else None
        event["trace"] = frames[-12:]
    return event
