"""The list for programs: a feed that is valid Atom, a calendar that is valid iCalendar, with the list's wishes."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import lxml.etree
import pytest
from flask.testing import FlaskClient

from app import clock
from app.text.icalendar import DayEvent, calendar, escaped, folded
from tests import drafts
from tests.cast import Cast

ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = "Жол <b>ережесі</b> & «белгілер»; екінші, бөлім"
LONG = "Өте ұзақ сөйлем, " * 40


def read_lines(text: str) -> list[str]:
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75, line
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_long_line_is_folded_between_letters() -> None:
    line = "SUMMARY:" + "қ" * 200
    pieces = folded(line).split("\r\n")
    assert len(pieces) > 5 and all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert folded("X:" + "a" * 73) == "X:" + "a" * 73


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("one\r\ntwo\nthree\rfour", "one\\ntwo\\nthreefour"),
        ("bell\x07 nul\x00", "bell nul"),
    ],
)
def test_what_would_end_a_value_is_escaped(typed: str, written: str) -> None:
    assert escaped(typed) == written


def test_an_event_is_a_whole_day_and_keeps_its_name() -> None:
    event = DayEvent(
        uid="draft-101-closes@example.kz",
        day=date(2026, 12, 31),
        changed_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
        summary="Жоба; жабылады",
        description=LONG,
        address="https://example.kz/kk/drafts/101",
    )
    text = calendar([event], product="-//X//EN", name="Жобалар", language="kk", refresh=timedelta(hours=6))
    lines = read_lines(text)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    for line in (
        "UID:draft-101-closes@example.kz",
        "DTSTAMP:20261201T090000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY;LANGUAGE=kk:Жоба\\; жабылады",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ):
        assert line in lines, line


def test_feed_and_calendar_hold_what_the_list_holds(client: FlaskClient, session: Any, cast: Cast) -> None:
    now = clock.now()
    words = {"titles": {"kk": TITLE, "ru": "Правила дорог"}, "summaries": {"kk": LONG, "ru": LONG}}
    shown = drafts.opened(cast, now=now, **words)
    other = drafts.announced(cast, now=now, topic="health")
    hidden = drafts.preparing(cast, now=now)
    exempt = drafts.exempt(cast, now=now)
    over = drafts.closed(cast, now=now)
    session.flush()

    answer = client.get("/kk/drafts.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = lxml.etree.fromstring(answer.data)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "kk"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert {i.rsplit("-", 1)[1] for i in ids} == {str(d.number) for d in (shown, other, over)}
    first = next(e for e in feed.iter(f"{ATOM}entry") if e.findtext(f"{ATOM}title") == TITLE)
    assert first.find(f"{ATOM}link").get("href") == f"http://localhost/kk/drafts/{shown.number}"
    for stamp in feed.iter(f"{ATOM}updated", f"{ATOM}published"):
        assert datetime.fromisoformat(stamp.text).tzinfo is not None
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://localhost/kk/drafts.atom"

    answer = client.get("/ru/drafts.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    lines = read_lines(answer.text)
    uids = {line for line in lines if line.startswith("UID:")}
    assert uids == {f"UID:draft-{d.number}-closes@localhost" for d in (shown, other)}
    assert any(line.startswith("SUMMARY;LANGUAGE=ru:") and "Правила дорог" in line for line in lines)
    for number in (hidden.number, exempt.number):
        assert f"draft-{number}" not in answer.text and str(number) not in "".join(ids)

    narrowed = lxml.etree.fromstring(client.get("/kk/drafts.atom?topic=health").data)
    (entry,) = narrowed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id").endswith(f"-{other.number}")
    assert narrowed.findtext(f"{ATOM}id") == "http://localhost/kk/drafts.atom?topic=health"
    page = client.get("/kk/drafts?topic=health").text
    assert re.search(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*href="/kk/drafts.atom\?topic=health"', page
    )
    for way in ("/kk/drafts.ics?topic=health", "/kk/drafts/searches/new?topic=health"):
        assert f'href="{way}"' in page


def test_an_empty_feed_is_valid_and_the_same_for_everybody(client: FlaskClient, session: Any) -> None:
    answer = client.get("/en/drafts.atom?q=nothingsuchexists&next=x")
    feed = lxml.etree.fromstring(answer.data)
    assert not list(feed.iter(f"{ATOM}entry"))
    assert "public" in answer.headers["Cache-Control"] and "Set-Cookie" not in answer.headers
    assert read_lines(client.get("/en/drafts.ics?q=nothingsuchexists").text)[0] == "BEGIN:VCALENDAR"
