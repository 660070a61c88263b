"""Who of the staff did what, when: append-only, each row chained to the one before."""

from app.audit.services import record

__all__ = ["record"]
