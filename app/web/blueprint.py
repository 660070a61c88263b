"""Blueprints of pages: every page's address begins with its language, and links keep it."""

from typing import Any

from flask import Blueprint, g

from app.i18n import current_language


def pages(name: str, import_name: str) -> Blueprint:
    """A blueprint under `/<kk|ru|en>`; its views do not see `lang`, and `url_for` fills it in."""
    blueprint = Blueprint(name, import_name, url_prefix="/<any(kk, ru, en):lang>")

    @blueprint.url_value_preprocessor
    def take_language(_: str | None, values: dict[str, Any] | None) -> None:
        if values:
            g.language = values.pop("lang", None)

    return blueprint


def keep_language(app_endpoint_expects: Any, values: dict[str, Any], endpoint: str) -> None:
    if "lang" not in values and app_endpoint_expects(endpoint, "lang"):
        values["lang"] = current_language()
