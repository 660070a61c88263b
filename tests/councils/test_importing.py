"""Archived records of councils: placed by name, level and region, or refused with a reason in words."""

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import CLOCK
from app.councils.models import CouncilRecord
from app.councils.queries import by_slug
from app.councils.queries.archive import records_of
from app.councils.services import importing, register
from app.councils.services.placing import is_same, telling
from app.db import db
from app.i18n import use_language

REAL = Path(__file__).parents[3] / "shared" / "data" / "councils.jsonl"


def _record(id_: str, council: str | None, level: str | None, region: str | None, **more) -> dict:
    return {
        "id": id_,
        "lang": "ru",
        "council": council,
        "level": level,
        "region": region,
        "kind": "sitting",
        "date": "2025-03-04",
        "title": "Заседание",
        "text": "Обсудили ремонт дорог.",
        "agenda": ["Ремонт дорог"],
        "decisions": [],
        "source": "example.kz",
        "licence": "own words of this project",
        **more,
    }


def _take(records) -> tuple[importing.ImportReport, dict[str, str]]:
    lines = "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records)
    refused: list[importing.Refused] = []
    report = importing.take(
        io.BytesIO(lines.encode()), actor=CLOCK, now=clock.now(), on_refusal=refused.append
    )
    return report, {one.record or str(one.number): one.reason for one in refused}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("житикаринского", "житикаринский", True),
        ("сатпаевский", "сатпаев", True),
        ("карагандинский", "караганда", True),
        ("курчатова", "курчатов", True),
        ("аксуский", "аксуатский", False),
        ("алматы", "алматинской", True),
        ("абай", "абайский", True),
        ("жамбыл", "жамбылский", True),
        ("талас", "талгар", False),
    ],
)
def test_one_place_is_known_in_its_cases(one, other, same):
    assert is_same(one, other) is same


def test_what_every_name_has_tells_nothing():
    assert telling("Бөрлі аудандық қоғамдық кеңесі") == ["борли"]
    assert telling("Общественный совет при Министерстве юстиции РК") == ["министерстве", "юстиции"]


def test_records_are_placed_by_name_level_and_region_and_never_guessed(session):
    register.load()
    placed = {
        "a": ("Общественный совет Житикаринского района", "district", "KZ-39", "zhetikara-district-kostanay-region"),
        "b": ("Бөрлі аудандық қоғамдық кеңесі", "district", "KZ-27", "burli-district-west-kazakhstan-region"),
        "c": ("Общественный совет города Алматы", "city", "KZ-75", "almaty-city"),
        "d": ("Карагандинский городской общественный совет", "city", "KZ-35", "karaganda-city-karaganda-region"),
        "e": ("Общественный совет Абайского района Карагандинской области", "district", "KZ-35", None),
        "f": (None, "region", "KZ-11", "akmola-region"),
        "g": ("Общественный совет при Министерстве юстиции", "national", None, "ministry-of-justice"),
        "h": ("Әділет министрлігінің қоғамдық кеңесі", "national", None, "ministry-of-justice"),
    }  # fmt: skip
    refusals = {
        "no_council": (None, "region", None),
        "no_level": ("Общественный совет (г. Уральск / ЗКО)", None, "KZ-27"),
        "no_region": ("Сатпаевский городской общественный Совет", "city", None),
        "unknown_level": ("Совет", "village", "KZ-11"),
        "unknown_region": ("Общественный совет Абайского района", "district", "KZ-99"),
        "not_in_register": ("Общественный совет Медеуского района", "district", "KZ-75"),
        "ambiguous": (None, "district", "KZ-11"),
    }
    report, reasons = _take(
        [_record(id_, *said[:3]) for id_, said in placed.items()]
        + [_record(reason, *said) for reason, said in refusals.items()]
        + ["{", _record("no-title", None, "region", "KZ-11", title=" ")]
    )

    kept = {record.source_id: record.council_id for record in db.session.scalars(select(CouncilRecord))}
    for id_, (*_said, slug) in placed.items():
        council = by_slug(slug or "abay-district-karaganda-region")
        assert council is not None, slug
        assert kept[id_] == council.id, id_
    assert reasons.pop("no-title") == "wrong_value"
    assert reasons.pop(str(len(placed) + len(refusals) + 1)) == "not_json"
    # Without a name a district cannot be told from its neighbours, however many there are.
    assert reasons.pop("ambiguous") in ("ambiguous", "not_in_register")
    assert reasons == {reason: reason for reason in refusals if reason != "ambiguous"}
    assert (report.taken, report.refused) == (len(placed), len(refusals) + 2)

    again, _ = _take([_record(id_, *said[:3]) for id_, said in placed.items()])
    assert (again.taken, again.known) == (0, len(placed))


def test_a_pair_of_languages_is_shown_once(session):
    register.load()
    pair = [
        _record("x-ru", None, "region", "KZ-11", parallel="x-kk"),
        _record("x-kk", None, "region", "KZ-11", parallel="x-ru", lang="kk", title="Отырыс"),
        _record("y-ru", None, "region", "KZ-11", title="Другое"),
    ]
    assert _take(pair)[0].taken == 3
    council = by_slug("akmola-region")
    assert council is not None
    for language, ids in (("kk", {"x-kk", "y-ru"}), ("ru", {"x-ru", "y-ru"}), ("en", {"x-ru", "y-ru"})):
        with use_language(language):
            assert {record.source_id for record in records_of(council)} == ids, language


@pytest.mark.skipif(not REAL.exists(), reason="The records of real councils are not on this machine.")
def test_real_records_are_taken_or_refused_for_a_reason(app, session, monkeypatch):
    register.load()
    session.commit()
    with REAL.open("rb") as file:
        refused: list[importing.Refused] = []
        report = importing.take(file, actor=CLOCK, now=clock.now(), on_refusal=refused.append)
    assert (report.taken, report.refused) == (3, 5)
    assert {one.record: one.reason for one in refused} == {
        "kazkenes-1218-ru": "no_council",
        "kazkenes-1218-kk": "no_council",
        "kazkenes-316-kk": "no_council",
        "satpaev-09-23": "no_region",
        "uralsk-fare-2016-07-22": "no_level",
    }
    assert db.session.scalar(select(func.count()).select_from(CouncilRecord)) == 3
