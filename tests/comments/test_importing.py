"""Archived letters: kept with their source and nobody's name, official replies beside them, each line once."""

import json
from pathlib import Path

import pytest

from app import clock
from app.comments.lifecycle import AnswerKind, AnswerState
from app.comments.models import Answer, Comment
from app.comments.services.importing import LineFault, import_comments
from app.db import db
from tests.comments.conftest import count
from tests.comments.test_grouping import ADDED, LETTER, OTHER

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "comments.jsonl"


def record(key, text, **more):
    return {
        "id": key,
        "lang": "kk",
        "text": text,
        "posted": "2026-09-10T11:05",
        "source": "https://example.kz/1",
        **more,
    }


def take(thread, *records):
    lines = [
        one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in records
    ]
    return import_comments(thread, lines, now=clock.now())


def test_letters_are_kept_once_with_their_source(thread):
    records = [
        record("a", LETTER, author_initials="С. А.", group_hint="x"),
        record("b", ADDED, group_hint="x"),
        record("c", OTHER),
    ]
    figures = take(thread, *records)
    assert (figures.taken, figures.known, figures.groups, figures.grouped) == (3, 0, 1, 2)
    assert (figures.quality.precision, figures.quality.recall) == (1.0, 1.0)
    kept = db.session.query(Comment).order_by(Comment.id).all()
    assert [one.source for one in kept] == [f"https://example.kz/1#{key}" for key in "abc"]
    assert (kept[0].shown_as, kept[0].author_id, kept[1].shown_as) == ("С. А.", None, "")
    assert kept[0].created_at.isoformat() == "2026-09-10T11:05:00+05:00" or kept[0].created_at.hour == 6
    again = take(thread, *records)
    assert (again.taken, again.known, db.session.query(Comment).count()) == (0, 3, 3)


def test_an_official_reply_is_a_published_answer_with_its_source(thread):
    reply = {"id": "9", "by": "Министерство труда", "posted": "2026-09-10", "text": "Формат изменён."}
    take(thread, record("a", LETTER, official_reply=reply, decision="not_accepted"))
    answer = db.session.query(Answer).one()
    assert (answer.state, answer.kind, answer.drafted_by) == (AnswerState.PUBLISHED, AnswerKind.REFUSED, None)
    assert answer.source == "Министерство труда, https://example.kz/1#9"
    count()
    assert db.session.query(Comment).one().is_answered


def test_bad_lines_are_told_and_good_ones_kept(thread):
    figures = take(
        thread,
        b"{",
        record("", LETTER),
        record("b", " \n"),
        record("c", LETTER, lang="de"),
        record("d", LETTER, posted="yesterday"),
        record("e", "х" * 10_001),
        record("f", LETTER),
    )
    assert [(one.number, one.reason) for one in figures.refused] == [
        (1, LineFault.NOT_JSON),
        (2, LineFault.NO_ID),
        (3, LineFault.NO_TEXT),
        (4, LineFault.LANGUAGE),
        (5, LineFault.DATE),
        (6, LineFault.TOO_LONG),
    ]
    assert figures.taken == 1


@pytest.mark.skipif(not SHARED.exists(), reason="real comments are not on this machine")
def test_real_letters_are_taken_and_grouped(thread):
    with SHARED.open("rb") as stream:
        lines = stream.readlines()
    figures = import_comments(thread, lines[:400] + lines[-6:], now=clock.now())
    assert (figures.taken, figures.known, figures.refused, figures.answers) == (406, 0, [], 6)
    assert figures.groups > 5
    # The hints are a machine's too, and no truth.
    assert figures.quality.precision > 0.8
