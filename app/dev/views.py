"""`/dev/mail`: the mail of the one-machine default, readable in the browser. Not registered in production."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from app.errors import NotFound
from app.web.guards import public
from config import Settings

bp = Blueprint("dev", __name__, url_prefix="/dev")

NEWEST = 200
NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[a-z_]+-[0-9a-f]{6}\.eml")
# A letter is shown as what it is, a document of somebody else: no script, no form, no address but its own.
LETTER_POLICY = "sandbox allow-top-navigation; default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class StoredLetter:
    name: str
    subject: str
    to: str
    sender: str
    language: str
    at: datetime
    text: str
    html: str
    source: str


@bp.get("/mail")
@public
def mail() -> ResponseReturnValue:
    return render_template("dev/mail.html", letters=[read(path) for path in newest(folder())])


@bp.get("/mail/<name>")
@public
def letter(name: str) -> ResponseReturnValue:
    return render_template("dev/letter.html", letter=find(name))


@bp.get("/mail/<name>/html")
@public
def letter_as_html(name: str) -> Response:
    response = make_response(find(name).html)
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response


def folder() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.mail_dir


def newest(where: Path) -> list[Path]:
    """The newest letters first: their names begin with the time."""
    if not where.is_dir():
        return []
    return sorted((path for path in where.iterdir() if NAME.fullmatch(path.name)), reverse=True)[:NEWEST]


def find(name: str) -> StoredLetter:
    """NotFound for every name that a letter cannot have, and so for every path out of the folder."""
    path = folder() / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise NotFound(kind="letter")
    return read(path)


def read(path: Path) -> StoredLetter:
    content = path.read_bytes()
    parsed: EmailMessage = message_from_bytes(content, policy=default)
    return StoredLetter(
        name=path.name,
        subject=str(parsed["Subject"]),
        to=str(parsed["To"]),
        sender=str(parsed["From"]),
        language=str(parsed["Content-Language"] or ""),
        at=parsedate_to_datetime(str(parsed["Date"])),
        text=_part(parsed, "plain"),
        html=_part(parsed, "html"),
        source=content.decode("utf-8", errors="replace"),
    )


def _part(parsed: EmailMessage, kind: str) -> str:
    found = parsed.get_body(preferencelist=(kind,))
    return str(found.get_content()) if found is not None else ""
