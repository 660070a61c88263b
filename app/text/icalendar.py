"""A calendar of all-day events as text (RFC 5545), for calendar programs that look at an address again and again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

# Octets of a line without its end (RFC 5545, 3.1).
LONGEST_LINE = 75
LINE_END = "\r\n"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something on one day. `uid` stays the same when the day moves; `changed_at` is when it was last put so."""

    uid: str
    day: date
    changed_at: datetime
    summary: str
    description: str
    address: str


def calendar(
    events: Iterable[DayEvent], *, product: str, name: str, language: str, refresh: timedelta
) -> str:
    """The whole file. Nobody is busy on these days: the events are shown, and block no time."""
    hours = max(1, int(refresh.total_seconds() // 3600))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{escaped(product)}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME;LANGUAGE={language}:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{hours}H",
        f"X-PUBLISHED-TTL:PT{hours}H",
    ]
    for event in events:
        lines += _event(event, language)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + LINE_END for line in lines)


def _event(event: DayEvent, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    # The day after the last one: the end is not part of an event.
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{escaped(event.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{escaped(event.description)}"
    yield f"URL;VALUE=URI:{event.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11); other control characters may not stand in one."""
    written = text.replace("\r\n", "\n").translate(_ESCAPED)
    return "".join(char for char in written if char >= " " and char != "\x7f")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each continued by a blank; no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, size = "", 1  # the blank
        piece += char
        size += octets
    return f"{LINE_END} ".join([*pieces, piece])
