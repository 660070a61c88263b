"""Static files that browsers keep for ever: each address carries a digest of the file's bytes as `?v=`.

All style sheets are answered as one, so that a weak signal pays for one request, and those of the desk as another;
texts are sent gzipped.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, request, send_from_directory
from flask.typing import ResponseReturnValue

from app.web.guards import public

STATIC = Path(__file__).resolve().parent.parent / "static"
CSS = STATIC / "css"
# The order matters: later rules of the same weight win.
FIRST_SHEETS = ("govuk.css", "tokens.css", "fonts.css", "base.css")

A_YEAR_SECONDS = 31536000
FOREVER = f"public, max-age={A_YEAR_SECONDS}, immutable"
# An address without the right digest is still answered, but soon asked again.
SHORTLY = "public, max-age=300"
TEXT_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}

bp = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Text:
    """A text file ready to be sent: as it is, gzipped, and its digest."""

    body: bytes
    gzipped: bytes
    digest: str
    media_type: str


def sheets() -> list[Path]:
    """The style sheets in their order: GOV.UK, our colours and letters, the frame, then each component."""
    return [*(CSS / name for name in FIRST_SHEETS), *sorted((CSS / "components").glob("*.css"))]


def desk_sheets() -> list[Path]:
    """What only those need who work on the desk: a reader with a weak signal does not pay for it."""
    return sorted((CSS / "desk").glob("*.css"))


def digest(path: Path) -> str:
    """The first twelve hexadecimal digits of the file's SHA-256; empty for a file that is not there."""
    try:
        return _digest(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return ""


@lru_cache(maxsize=512)
def _digest(path: Path, _changed_at: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def stylesheet() -> Text:
    """All style sheets as one, without comments, its own links carrying their digests."""
    return _one_of(sheets())


def desk_stylesheet() -> Text:
    """The sheets of the desk as one."""
    return _one_of(desk_sheets())


def _one_of(paths: list[Path]) -> Text:
    return _stylesheet(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=4)
def _stylesheet(parts: tuple[tuple[Path, int], ...]) -> Text:
    css = "\n".join(path.read_text(encoding="utf-8") for path, _ in parts)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\n\s*", "\n", css)
    css = re.sub(r'url\("([^"?:]+)"\)', lambda m: f'url("{m[1]}?v={digest((CSS / m[1]).resolve())}")', css)
    return _text(css.encode(), "text/css")


@lru_cache(maxsize=64)
def _file(path: Path, _changed_at: int) -> Text:
    return _text(path.read_bytes(), TEXT_TYPES[path.suffix])


def _text(body: bytes, media_type: str) -> Text:
    # No time stamp inside, so that equal bytes stay equal between processes.
    return Text(body, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:12], media_type)


def answer(text: Text) -> Response:
    """The text, gzipped if the browser takes it."""
    if request.accept_encodings.quality("gzip"):
        response = Response(text.gzipped, content_type=f"{text.media_type}; charset=utf-8")
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(text.body, content_type=f"{text.media_type}; charset=utf-8")
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(text.digest)
    keep(response, text.digest).make_conditional(request)
    return response


def keep(response: Response, known_digest: str) -> Response:
    """Says how long browsers may keep the answer: for ever, if the address names these very bytes."""
    response.headers["Cache-Control"] = FOREVER if request.args.get("v") == known_digest else SHORTLY
    return response


@bp.get("/static/css/site.css", endpoint="stylesheet")
@public
def style() -> ResponseReturnValue:
    return answer(stylesheet())


@bp.get("/static/css/desk.css", endpoint="desk_stylesheet")
@public
def desk_style() -> ResponseReturnValue:
    return answer(desk_stylesheet())


@public
def static_file(filename: str) -> ResponseReturnValue:
    """Any other file under `app/static`; nothing outside it."""
    response = send_from_directory(STATIC, filename)
    path = (STATIC / filename).resolve()
    if STATIC not in path.parents:
        abort(404)
    if path.suffix in TEXT_TYPES:
        response.close()
        return answer(_file(path, path.stat().st_mtime_ns))
    return keep(response, digest(path))


def add_digest(endpoint: str, values: dict[str, Any]) -> None:
    """Puts `?v=` into the address of every static file that templates ask for."""
    if endpoint == "assets.stylesheet":
        values.setdefault("v", stylesheet().digest)
    elif endpoint == "assets.desk_stylesheet":
        values.setdefault("v", desk_stylesheet().digest)
    elif endpoint == "static" and "filename" in values:
        values.setdefault("v", digest(STATIC / str(values["filename"])))


def init_app(app: Flask) -> None:
    """Adds the `static` endpoint and the one style sheet; the application is made without Flask's own."""
    app.register_blueprint(bp)
    app.add_url_rule("/static/<path:filename>", "static", static_file)
    app.url_defaults(add_digest)
