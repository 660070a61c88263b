"""A delivery as words: subject, text and HTML in the reader's language, made when it is sent."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template

from app.i18n import use_language
from app.notifications import queries
from app.notifications.audiences.names import SUBSCRIBED, Audience
from app.notifications.contents import contents
from app.notifications.labels import REASONS
from app.notifications.letters import Letter, Unwanted, address
from app.notifications.mailer import Message
from app.notifications.models import Subscribed
from app.text.normalize import shown

__all__ = ["Letter", "Unwanted", "address", "message"]

BLANK_LINES = re.compile(r"\n{3,}")


def message(letter: Letter) -> Message:
    """The letter ready to be sent. Unwanted if it is one to a follower who has stopped meanwhile."""
    audience = Audience(letter.values["audience"])
    subscribed = _subscription(letter)
    if audience in SUBSCRIBED and (subscribed is None or subscribed.ended_at is not None):
        raise Unwanted
    with use_language(letter.language):
        values = _values(letter, audience, subscribed)
        headers = _headers(letter)
        if audience in SUBSCRIBED and subscribed is not None:
            stop = address("notifications.unsubscribe", token=subscribed.token)
            values["unsubscribe_url"] = stop
            headers |= {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        # `split` knows every line end of Unicode: a subject is one line whatever a name in it holds.
        subject = " ".join(shown(_part(letter, "subject.txt", values)).split())
        values["subject"] = subject
        return Message(
            name=letter.template,
            to=letter.email,
            subject=subject,
            text=BLANK_LINES.sub("\n\n", _part(letter, "body.txt", values)).strip() + "\n",
            html=_part(letter, "body.html", values),
            headers=headers,
        )


def _subscription(letter: Letter) -> Subscribed | None:
    """What the reader asked for and this letter is about, if they did."""
    if letter.follow_id:
        return queries.follow_by_id(letter.follow_id)
    search_id = letter.values.get("search_id")
    return queries.search_by_id(search_id) if search_id is not None else None


def _part(letter: Letter, name: str, values: Mapping[str, Any]) -> str:
    return render_template(f"mail/{letter.template}/{name}", **values)


def _headers(letter: Letter) -> dict[str, str]:
    # The same at every attempt: should a letter leave twice, the reader's mail program can tell.
    identity = hashlib.sha256(f"{letter.key}|{letter.template}|{letter.email.lower()}".encode()).hexdigest()
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return {
        "Message-ID": f"<{identity[:40]}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }


def _values(letter: Letter, audience: Audience, subscribed: Subscribed | None) -> dict[str, Any]:
    return {
        "address": address,
        "reason": str(REASONS[audience]),
        "fact": letter.values,
        "subscribed": subscribed,
    } | contents(letter)
