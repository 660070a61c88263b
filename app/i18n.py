"""Three equal languages: whose turn it is, and how text, dates and numbers are said in it."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext, ngettext, npgettext, pgettext

from app.clock import ALMATY

LANGUAGES = ("kk", "ru", "en")
DEFAULT_LANGUAGE = "kk"
LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}

_ = gettext
_l = lazy_gettext

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "_",
    "_l",
    "current_language",
    "gettext",
    "in_reader_language",
    "language_shown",
    "lazy_gettext",
    "ngettext",
    "npgettext",
    "pgettext",
    "use_language",
]

babel = Babel()
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def init_app(app: Flask, *, spare: Path) -> None:
    """`spare` is a folder for compiled catalogues where the code's own cannot be written to."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(compile_catalogues(spare))
    babel.init_app(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_timezone=str(ALMATY),
        locale_selector=language_of_request,
        timezone_selector=lambda: str(ALMATY),
    )


def language_of_request() -> str:
    """The language in the address; else what the browser prefers; else Kazakh."""
    if has_request_context():
        if language := g.get("language"):
            return str(language)
        # An error page has no view and so no `lang`: the address still says whose page it would have been.
        if found := re.match(r"^/(kk|ru|en)(/|$)", request.path):
            return found[1]
        return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
    return DEFAULT_LANGUAGE


def current_language() -> str:
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Speaks `language` inside the block: the reader's, when a job renders a mail."""
    with force_locale(language):
        yield


def in_reader_language(**texts: Any) -> str:
    """The text in the reader's language; where it is missing, in the first language that has it, kk, ru, en first."""
    return str(texts.get(language_shown(texts)) or "")


def language_shown(texts: Mapping[str, Any]) -> str:
    """The language in which `in_reader_language` shows these texts; the reader's if there is none."""
    reader = current_language()
    return next((language for language in (reader, *LANGUAGES, *texts) if texts.get(language)), reader)


def compile_catalogues(spare: Path, *, sources: Path = TRANSLATIONS) -> Path:
    """Makes the .mo files that are missing or older than their .po, and yields the folder that holds them.

    They lie beside their sources, or under `spare` where the sources cannot be written to. Each is written beside
    itself and renamed, because several processes may start at once.
    """
    target = sources if os.access(sources, os.W_OK) else spare
    for source in sources.glob("*/LC_MESSAGES/*.po"):
        compiled = (target / source.relative_to(sources)).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read_po(BytesIO(source.read_bytes()), locale=source.parent.parent.name)
        with NamedTemporaryFile(dir=compiled.parent, delete=False) as out:
            write_mo(out, catalogue)
        Path(out.name).chmod(0o644)
        Path(out.name).replace(compiled)
    return target
