"""What programs fetch again and again (Atom, iCalendar): addresses that last, and answers of the right kind."""

from urllib.parse import urlsplit

from flask import Response, current_app, make_response, url_for

ATOM, ICALENDAR = "application/atom+xml", "text/calendar"


def public_address(endpoint: str, **values: object) -> str:
    """Programs keep these addresses, so they begin with the site's own name, whatever the request came by."""
    return str(current_app.config["PUBLIC_URL"]) + url_for(endpoint, **values)  # type: ignore[arg-type]


def host() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def answer(text: str, kind: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    return response
