"""A calendar as text (RFC 5545, RFC 7986), for calendar programs that look at an address again and again."""

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


@dataclass(frozen=True, slots=True)
class TimedEvent:
    """Something that begins at a time. `revision` grows with every change, so that programs take the newer one;
    what was cancelled stays in the calendar and says so. Times are written in UTC: nobody has to know our zone's
    history."""

    uid: str
    starts_at: datetime
    changed_at: datetime
    summary: str
    description: str
    address: str
    ends_at: datetime | None = None
    place: str = ""
    link: str = ""
    revision: int = 0
    # Of the summary, where it is not the calendar's.
    language: str = ""
    is_cancelled: bool = False


Event = DayEvent | TimedEvent


def calendar(events: Iterable[Event], *, product: str, name: str, language: str, refresh: timedelta) -> str:
    """The whole file. Nobody is busy at these times: the events are shown, and block no time."""
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


def _event(event: Event, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(event.changed_at)}"
    yield from _day(event) if isinstance(event, DayEvent) else _time(event)
    said_in = event.language if isinstance(event, TimedEvent) and event.language else language
    yield f"SUMMARY;LANGUAGE={said_in}:{escaped(event.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{escaped(event.description)}"
    yield f"URL;VALUE=URI:{event.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(event: DayEvent) -> Iterator[str]:
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    # The day after the last one: the end is not part of an event.
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"


def _time(event: TimedEvent) -> Iterator[str]:
    yield f"LAST-MODIFIED:{_moment(event.changed_at)}"
    yield f"SEQUENCE:{event.revision}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield f"DTSTART:{_moment(event.starts_at)}"
    if event.ends_at is not None:
        yield f"DTEND:{_moment(event.ends_at)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    if event.link:
        yield f"CONFERENCE;VALUE=URI:{_one_line(event.link)}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _one_line(address: str) -> str:
    """An address whose line nothing in it can end."""
    return "".join(char for char in address if char > " " and char != "\x7f")


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
