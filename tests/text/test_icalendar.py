from datetime import UTC, date, datetime, timedelta

from app.text.icalendar import DayEvent, TimedEvent, calendar

BEGINS = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


def lines(*events: DayEvent | TimedEvent) -> list[str]:
    text = calendar(events, product="-//T//EN", name="Calendar", language="kk", refresh=timedelta(hours=2))
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def timed(**more: object) -> TimedEvent:
    known = {
        "uid": "1@x",
        "starts_at": BEGINS,
        "changed_at": BEGINS - timedelta(days=9),
        "summary": "Тыңдау",
        "description": "Қоғамдық кеңес, су; көл",
        "address": "https://x.kz/kk/control/1",
    }
    return TimedEvent(**{**known, **more})  # type: ignore[arg-type]


def test_a_timed_event_stands_in_utc_with_its_place_and_link() -> None:
    found = lines(
        timed(ends_at=BEGINS + timedelta(hours=2), place="Абай көшесі, 1", link="https://meet.kz/a b\r\nX:1")
    )
    assert "DTSTART:20261201T050000Z" in found
    assert "DTEND:20261201T070000Z" in found
    assert r"LOCATION:Абай көшесі\, 1" in found
    assert "CONFERENCE;VALUE=URI:https://meet.kz/abX:1" in found
    assert "STATUS:CONFIRMED" in found
    assert "SEQUENCE:0" in found
    assert r"DESCRIPTION;LANGUAGE=kk:Қоғамдық кеңес\, су\; көл" in found


def test_a_summary_in_another_language_says_so() -> None:
    assert "SUMMARY;LANGUAGE=ru:Слушания" in lines(timed(summary="Слушания", language="ru"))


def test_without_an_end_there_is_none() -> None:
    assert not any(line.startswith(("DTEND", "LOCATION", "CONFERENCE")) for line in lines(timed()))


def test_what_was_cancelled_says_so_with_a_higher_sequence() -> None:
    found = lines(timed(is_cancelled=True, revision=2))
    assert "STATUS:CANCELLED" in found
    assert "SEQUENCE:2" in found


def test_a_day_is_written_as_before() -> None:
    found = lines(DayEvent("2@x", date(2026, 12, 31), BEGINS, "Last day", "", "https://x.kz/"))
    assert "DTSTART;VALUE=DATE:20261231" in found
    assert "DTEND;VALUE=DATE:20270101" in found
    assert "SEQUENCE:0" not in found
