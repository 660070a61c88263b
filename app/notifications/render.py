"""A delivery as words: subject, text and HTML in the reader's language, made when it is sent."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template

from app import clock
from app.i18n import current_language, use_language
from app.law import rules_version
from app.notifications import queries as own
from app.notifications.audiences import Audience
from app.notifications.labels import REASONS
from app.notifications.mailer import Message
from app.notifications.models import Follow
from app.petitions import labels, queries
from app.petitions.lifecycle import State
from app.petitions.models import Petition
from app.text.normalize import shown

BLANK_LINES = re.compile(r"\n{3,}")


class Unwanted(Exception):
    """The reader stopped these letters after this one was written."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a delivery's row says about the letter to be made of it."""

    key: str
    template: str
    email: str
    language: str
    follow_id: int | None
    values: Mapping[str, Any]


def message(letter: Letter) -> Message:
    """The letter ready to be sent. Unwanted if it is one to a follower who has stopped meanwhile."""
    follow = own.follow_by_id(letter.follow_id) if letter.follow_id else None
    is_to_follower = letter.values.get("audience") == Audience.FOLLOWERS
    if is_to_follower and (follow is None or follow.ended_at is not None):
        raise Unwanted
    with use_language(letter.language):
        values = _values(letter, follow)
        headers = _headers(letter)
        if is_to_follower and follow is not None:
            stop = address("notifications.unsubscribe", token=follow.token)
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


def address(endpoint: str, **values: Any) -> str:
    """The whole address of a page in the reader's language; a worker has no request to take it from."""
    routes = current_app.url_map.bind("localhost")
    path = routes.build(endpoint, {"lang": current_language(), **values})
    return f"{current_app.config['PUBLIC_URL']}{path}"


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


def _values(letter: Letter, follow: Follow | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "address": address,
        "reason": str(REASONS[Audience(letter.values["audience"])]),
        "fact": letter.values,
    }
    petition_id = letter.values.get("petition_id")
    if petition_id is None:
        return found
    petition = queries.by_id(petition_id)
    if petition is None:
        raise Unwanted
    found |= {
        "petition": petition,
        "number": petition.number,
        # What is no longer in free access is not spread by mail.
        "title": "" if petition.state is State.REMOVED else petition.title,
        "title_language": petition.title_language,
        "addressee": petition.addressee.name if petition.addressee else "",
        "follow": follow,
        "support_ends_on": _last_day_before(petition.support_closes_at),
        "signing_ends_on": _last_day_before(petition.closes_at),
    }
    if more := MORE.get(letter.template):
        found |= more(petition, letter.values)
    return found


def _last_day_before(moment: datetime | None) -> date | None:
    """The last whole day of a term that ends at `moment`, the first instant after it."""
    return clock.today(moment - timedelta(microseconds=1)) if moment else None


def _ground(petition: Petition, _: Mapping[str, Any]) -> dict[str, Any]:
    grounds = rules_version(petition.rules_version or "").rejection_grounds
    return {"ground": next((str(g.text) for g in grounds if g.id == petition.rejection_ground), "")}


def _step(_: Petition, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"step": queries.step(values["step_id"])}


def _outcome(petition: Petition, _: Mapping[str, Any]) -> dict[str, Any]:
    decision = queries.decision_of(petition)
    return {"outcome": str(labels.OUTCOMES[decision.outcome]) if decision and decision.outcome else ""}


MORE: dict[str, Callable[[Petition, Mapping[str, Any]], dict[str, Any]]] = {
    "petition_rejected": _ground,
    "discussion_announced": _step,
    "decision_published": _outcome,
}
