"""Petitions of other platforms: what is taken, what is refused and why, and that they are found."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Actor
from app.i18n import use_language
from app.petitions.models import ArchivedPetition, Petition, ReportedIs, Signature
from app.petitions.queries import listing
from app.petitions.services import importing
from app.petitions.services.archive_records import RefusalReason

OPERATOR = Actor(name="operator")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

REPORTED = {
    "id": "kz-1",
    "platform": "example.kz",
    "titles": {"ru": "Вернуть зелёный парк", "kk": "Жасыл саябақты қайтару"},
    "texts": {"ru": "Парк нужен городу."},
    "text_kind": "quote",
    "addressee": "Акимат города",
    "created": "2022-01",
    "threshold": 50000,
    "signatures": 7000,
    "signatures_is": "about, two days",
    "signatures_as_of": "2022-08-24",
    "state": "open_at_source_date",
    "outcome": "Здание снесено",
    "observations": [{"as_of": "2022-08-24", "count": 7000, "is": "about"}],
    "truncated": True,
    "notes": "Titles are the news wording.",
    "sources": [{"url": "https://example.kz/news/1", "date": "2022-08"}, {"url": "javascript:alert(1)"}],
    "licence": "short quotation",
}
ARCHIVED = {
    "id": "uk-1",
    "platform": "UK Parliament petitions",
    "lang": "en",
    "title": "Revoke the article",
    "background": "A People’s Vote may not happen.",
    "additional_details": "Vote now.",
    "action_prefix": "we petition the administration to",
    "created": "2019-02-14T12:14:59.326Z",
    "signature_count": 6103056,
    "threshold": 10000,
    "state": "closed",
    "government_response": {"responded_on": "2019-03-26", "summary": "We will not revoke it."},
    "rejection": None,
    "encoding_damage": True,
    "source": "https://petition.example.uk/1",
    "licence": "Open Government Licence v3.0",
}


def lines(*records: object) -> bytes:
    return b"".join(
        (one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode()) + b"\n"
        for one in records
    )


def take(*records: object) -> tuple[importing.ImportReport, list[importing.RefusedLine]]:
    refused: list[importing.RefusedLine] = []
    report = importing.take(
        io.BytesIO(lines(*records)), actor=OPERATOR, now=clock.now(), on_refusal=refused.append
    )
    return report, refused


def only(session) -> ArchivedPetition:
    return session.scalars(select(ArchivedPetition)).one()


def titled(record_id: str, title: str, language: str = "kk") -> dict[str, object]:
    return {"id": record_id, "platform": "example.kz", "titles": {language: title}}


def found(words: str) -> list[str]:
    return [row.external_id for row in listing.archived(words, position=None).rows]


def test_it_keeps_the_count_as_reported(session):
    report, refused = take(REPORTED)
    kept = only(session)
    assert (report.taken, refused) == (1, [])
    assert (kept.signatures, kept.signatures_are, kept.signatures_as_of) == (
        7000,
        ReportedIs.ABOUT,
        "2022-08-24",
    )
    assert kept.threshold == 50000
    assert kept.licence == "short quotation"
    assert kept.sources == [
        {"url": "https://example.kz/news/1", "date": "2022-08"},
        {"text": "javascript:alert(1)"},
    ]
    assert kept.outcome_language == "ru"


def test_what_has_no_column_stays_in_the_note(session):
    take(REPORTED)
    kept = only(session)
    assert kept.created_on is None
    assert kept.note.split("\n") == [
        "Titles are the news wording.",
        "text_kind: quote",
        "truncated: yes",
        "created: 2022-01",
        "signatures_is: about, two days",
        "2022-08-24: 7000 (about)",
    ]


def test_it_keeps_a_record_of_a_site_archive(session):
    take(ARCHIVED)
    kept = only(session)
    assert kept.titles == {"en": "Revoke the article"}
    assert kept.texts == {"en": "A People’s Vote may not happen.\n\nVote now."}
    assert kept.created_on == date(2019, 2, 14)
    assert (kept.signatures, kept.signatures_are) == (6103056, ReportedIs.EXACT)
    assert kept.outcome == "2019-03-26\nWe will not revoke it."
    assert "encoding_damage: yes" in kept.note
    assert kept.sources == [{"url": "https://petition.example.uk/1"}]


def test_an_unknown_count_is_unknown_and_never_zero(session):
    take({**ARCHIVED, "signature_count": None})
    assert (only(session).signatures, only(session).signatures_are) == (None, None)


def test_it_never_touches_our_own_petitions_and_signatures(session):
    before = [session.scalar(select(func.count()).select_from(table)) for table in (Petition, Signature)]
    take(REPORTED, ARCHIVED)
    assert before == [
        session.scalar(select(func.count()).select_from(table)) for table in (Petition, Signature)
    ]


def test_a_second_run_adds_nothing(session):
    take(REPORTED, ARCHIVED)
    report, refused = take(REPORTED, {**ARCHIVED, "signature_count": 7}, REPORTED)
    assert (report.taken, report.known, refused) == (0, 3, [])
    assert session.scalar(select(func.count()).select_from(ArchivedPetition)) == 2


def test_the_same_id_on_another_platform_is_another_petition(session):
    report, _ = take(REPORTED, {**REPORTED, "platform": "other.kz"})
    assert report.taken == 2


R = RefusalReason


@pytest.mark.parametrize(
    "bad, reason, field",
    [
        (b"{", R.NOT_JSON, ""),
        (b'{"id": NaN}', R.NOT_JSON, ""),
        (b"[" * 200_000, R.NOT_JSON, ""),
        (b'{"id": ' + b"9" * 5000 + b"}", R.NOT_JSON, ""),
        (b"[1, 2]", R.NOT_AN_OBJECT, ""),
        (b'"text"', R.NOT_AN_OBJECT, ""),
        ("{'id': 'Қ'}".encode("utf-16"), R.NOT_UTF8, ""),
        ('{"title": "Парк"}'.encode("cp1251"), R.NOT_UTF8, ""),
        (b'{"title": "' + b"a" * 1_100_000 + b'"}', R.TOO_LONG, ""),
        ({"id": "x", "platform": "p", "text": "t"}, R.UNKNOWN_FORMAT, ""),
        ({**REPORTED, "id": None}, R.NO_ID, ""),
        ({**ARCHIVED, "id": "  "}, R.NO_ID, ""),
        ({**ARCHIVED, "platform": None}, R.NO_PLATFORM, ""),
        ({**REPORTED, "titles": {}}, R.NO_TITLE, ""),
        ({**REPORTED, "titles": {"kk": " \u200b "}}, R.NO_TITLE, ""),
        ({**ARCHIVED, "title": None}, R.NO_TITLE, ""),
        ({**ARCHIVED, "title": "a" * 1001}, R.WRONG_VALUE, "title"),
        ({**ARCHIVED, "title": ["a"]}, R.WRONG_VALUE, "title"),
        ({**ARCHIVED, "id": "a" * 121}, R.WRONG_VALUE, "id"),
        ({**ARCHIVED, "lang": "English!"}, R.WRONG_VALUE, "lang"),
        ({**ARCHIVED, "signature_count": -1}, R.WRONG_VALUE, "signature_count"),
        ({**ARCHIVED, "signature_count": 2**31}, R.WRONG_VALUE, "signature_count"),
        ({**ARCHIVED, "signature_count": "many"}, R.WRONG_VALUE, "signature_count"),
        ({**ARCHIVED, "signature_count": True}, R.WRONG_VALUE, "signature_count"),
        ({**ARCHIVED, "created": "2019-02-31"}, R.WRONG_VALUE, "created"),
        ({**REPORTED, "titles": ["a"]}, R.WRONG_VALUE, "titles"),
        ({**REPORTED, "sources": "https://example.kz"}, R.WRONG_VALUE, "sources"),
        ({**REPORTED, "sources": [7]}, R.WRONG_VALUE, "sources"),
        ({**REPORTED, "observations": [1]}, R.WRONG_VALUE, "observations"),
        ({**ARCHIVED, "rejection": "no"}, R.WRONG_VALUE, "rejection"),
    ],
)
def test_it_says_which_line_was_refused_and_why_and_keeps_the_others(session, bad, reason, field):
    report, refused = take(REPORTED, b"", bad, ARCHIVED)
    assert refused == [importing.RefusedLine(3, reason, field)]
    assert (report.taken, report.refused) == (2, 1)


def test_hidden_characters_and_halves_of_characters_do_no_harm(session):
    record = (
        b'{"id": "1", "platform": "p", "title": "A\\u0000\\ud800\\u202e park", "background": "x\\u0000y"}'
    )
    report, _ = take(record)
    assert report.taken == 1
    assert (only(session).title, only(session).text) == ("A park", "xy")


def test_markup_is_only_text(client, session):
    take({**ARCHIVED, "title": "<script>alert(1)</script>"})
    assert only(session).title == "<script>alert(1)</script>"


def test_a_byte_order_mark_and_windows_line_ends_are_no_obstacle(session):
    stream = io.BytesIO(
        b"\xef\xbb\xbf" + lines(REPORTED, ARCHIVED).replace(b"\n", b"\r\n").removesuffix(b"\r\n")
    )
    report = importing.take(stream, actor=OPERATOR, now=clock.now(), on_refusal=pytest.fail)
    assert report.taken == 2


def test_a_petition_in_a_fourth_language_still_has_a_title(session):
    take(titled("1", "Пенсияны көтөрүү", "ky"))
    with use_language("ru"):
        assert only(session).title == "Пенсияны көтөрүү"


@pytest.mark.parametrize(
    "title, typed",
    [
        ("Мектептегі ішкі тәртібі", "тәртiбi"),  # typed with a Latin i
        ("Мектептегi iшкi тәртiбi", "тәртібі"),  # printed with a Latin i
        ("Мектептегi iшкi тәртiбi", "ТӘРТIБI"),
        ("Ішкі тəртібі", "тәртібі"),  # a Latin ə
        ("Қоғам пікірін тыңдау", "коғам"),
        ("Коғам пікірін тыңдау", "қоғам"),
        ("Қоғамдық кеңес", "когам"),
        ("Учет мнения", "учёт"),
        ("Учёт мнения", "учет"),
        ("Cохранить парк", "сохранить"),  # a Latin C opens the word
        ("Урок в Zооm", "zoom"),  # Cyrillic о inside
    ],
)
def test_search_sees_through_keyboards(session, title, typed):
    take(titled("wanted", title), titled("other", "Жолды жөндеу"))
    assert found(typed) == ["wanted"]


def test_texts_are_found_too(session):
    take({**titled("wanted", "Ашық хат"), "texts": {"kk": "Қоғамның пікірі ескерілсін"}})
    assert found("когамнын") == ["wanted"]


class TestCommand:
    def run(self, app, path, *options):
        return app.test_cli_runner().invoke(args=["petitions", "import", str(path), *options])

    @pytest.fixture
    def bad_file(self, tmp_path):
        path = tmp_path / "petitions.jsonl"
        path.write_bytes(lines(REPORTED, b"{", {**ARCHIVED, "signature_count": -3}))
        return path

    def test_it_reports_taken_known_and_refused(self, app, session, bad_file):
        result = self.run(app, bad_file, "--language", "en")
        assert result.exit_code == 0
        assert result.output.splitlines() == [
            "Line 2: this is not JSON.",
            "Line 3: the value of “signature_count” is not one that can be kept.",
            "Taken: 1. Already known: 0. Refused: 2.",
        ]
        assert "Taken: 0. Already known: 1. Refused: 2." in self.run(app, bad_file, "--language", "en").output

    def test_strict_exits_1_and_keeps_the_good_lines(self, app, session, bad_file):
        assert self.run(app, bad_file, "--strict").exit_code == 1
        assert self.run(app, bad_file, "--language", "en").output.endswith("Already known: 1. Refused: 2.\n")

    def test_a_file_that_is_not_there_is_one_sentence(self, app, session, tmp_path):
        result = self.run(app, tmp_path / "nothing.jsonl")
        assert result.exit_code == 2
        assert "nothing.jsonl" in result.output and "Traceback" not in result.output


@pytest.mark.parametrize("name, count", [("petitions_ru_kk.jsonl", 29), ("petitions_en.jsonl", 474)])
def test_the_shared_collections_are_taken_whole(session, name, count):
    path = SHARED / name
    if not path.exists():
        pytest.skip("The collections of real petitions do not lie beside this checkout.")
    refused: list[importing.RefusedLine] = []
    for expected in ({"taken": count, "known": 0}, {"taken": 0, "known": count}):
        with path.open("rb") as stream:
            report = importing.take(stream, actor=OPERATOR, now=clock.now(), on_refusal=refused.append)
        assert (report.taken, report.known, refused) == (expected["taken"], expected["known"], [])
    if name == "petitions_ru_kk.jsonl":
        assert found("коғам") and set(found("коғам")) == set(found("қоғам"))
        assert found("ребенком") and found("ребенком") == found("ребёнком")
