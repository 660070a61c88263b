"""The nightly proof that the record of acts is whole."""

import structlog

from app.audit import services

log = structlog.get_logger()


def prove() -> None:
    """Logs an error with the first row that does not follow from the one before; a monitor watches for it."""
    broken = services.first_broken()
    if broken is not None:
        log.error("the record of acts is broken", row=broken)
