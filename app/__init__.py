"""Únqos (Үн қос, "add your voice"): petitions and public consultations with a public clock on every duty to answer."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.web.application import Application
    from config import Settings

__all__ = ["create_app"]


def create_app(settings: "Settings | None" = None) -> "Application":
    """The application for `settings`, by default those of the environment.

    Imported here and not above: the launcher and its commands need parts of this package, not the whole of it.
    """
    from app.factory import make
    from config import Settings

    return make(settings or Settings.from_environment())
