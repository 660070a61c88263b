"""The register of bodies: what the file holds, how it is loaded, and how a citizen finds the right one."""

from typing import Any

import pytest

from app.agencies import queries, services
from app.agencies.data import bodies
from app.agencies.labels import ADDRESSEE, KIND
from app.agencies.models import Agency, AgencyKind
from app.i18n import use_language
from app.law.thresholds import AddresseeKind
from app.territories import services as territories
from app.territories.data import units
from app.text.normalize import mixed_alphabets
from app.text.topics import topics


@pytest.fixture
def register(session: Any) -> None:
    territories.load()
    services.load()


def agency(slug: str) -> Agency:
    found = queries.by_slug(slug)
    assert found is not None
    return found


def test_the_file_is_consistent() -> None:
    codes = {unit.code for unit in units()}
    known_topics = {topic.id for topic in topics()}
    assert len({body.slug for body in bodies()}) == len(bodies())
    assert len({body.kk for body in bodies()}) == len(bodies())
    for body in bodies():
        assert AgencyKind(body.kind) in KIND
        assert body.addressee_kind is None or AddresseeKind(body.addressee_kind) in ADDRESSEE
        assert body.territory is None or body.territory in codes
        assert set(body.topics) <= known_topics
        assert body.kk and body.ru and body.en and body.confidence
        assert not mixed_alphabets(f"{body.kk} {body.ru} {body.en}")
        assert body.slug.isascii() and len(body.slug) <= 120


def test_a_threshold_in_percent_has_a_population_to_count_from() -> None:
    population = {unit.code: unit.populations for unit in units()}
    for body in bodies():
        if body.addressee_kind not in (None, "central_body"):
            assert body.territory and population[body.territory]


def test_there_is_one_authorised_body() -> None:
    assert [body.slug for body in bodies() if body.is_authorised_body] == [
        "ministry-of-culture-and-information"
    ]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("ministry", 21),
        ("agency", 6),
        ("regional_akimat", 20),
        ("regional_maslikhat", 20),
        ("city_district_akim", 16),
    ],
)
def test_there_are_as_many_as_the_state_has(kind: str, count: int) -> None:
    assert sum(body.kind == kind for body in bodies()) == count


@pytest.mark.parametrize(
    ("slug", "kk", "ru"),
    [
        ("akimat-of-abai-region", "Абай облысының әкімдігі", "Акимат области Абай"),
        (
            "maslikhat-of-abay-district-karaganda-region",
            "Қарағанды облысы Абай аудандық мәслихаты",
            "Маслихат Абайского района Карагандинской области",
        ),
        (
            "akimat-of-ekibastuz-city-pavlodar-region",
            "Павлодар облысы Екібастұз қаласының әкімдігі",
            "Акимат города Экибастуза Павлодарской области",
        ),
    ],
)
def test_names_follow_the_territory(slug: str, kk: str, ru: str) -> None:
    [body] = [body for body in bodies() if body.slug == slug]
    assert (body.kk, body.ru) == (kk, ru)


@pytest.mark.usefixtures("register")
def test_loading_again_changes_nothing() -> None:
    loaded = services.load()
    assert (loaded.added, loaded.changed) == (0, 0)


@pytest.mark.usefixtures("register")
def test_loading_corrects_a_name_and_finds_it_by_it(session: Any) -> None:
    agency("ministry-of-transport").name_en = "Ministry of Railways"
    session.flush()
    assert services.load().changed == 1
    assert agency("ministry-of-transport").name_en == "Ministry of Transport"


@pytest.mark.usefixtures("register")
def test_the_authorised_body_is_the_ministry_of_culture_and_information() -> None:
    with use_language("en"):
        assert queries.authorised_body().name == "Ministry of Culture and Information"


@pytest.mark.usefixtures("register")
def test_addressees_of_a_region_are_its_own_and_its_districts() -> None:
    found = queries.addressees(region="KZ-10")
    assert {body.addressee_kind for body in found} == set(AddresseeKind) - {AddresseeKind.CENTRAL_BODY}
    assert "akimat-of-semey-city-abai-region" in {body.slug for body in found}
    akimats = queries.addressees(region="KZ-10", level=AddresseeKind.REGIONAL_AKIMAT)
    assert [body.slug for body in akimats] == ["akimat-of-abai-region"]


@pytest.mark.usefixtures("register")
def test_whoever_cannot_be_petitioned_is_not_offered(session: Any) -> None:
    agency("ministry-of-energy").is_active = False
    session.flush()
    slugs = {body.slug for body in queries.addressees(level=AddresseeKind.CENTRAL_BODY)}
    assert "ministry-of-transport" in slugs
    assert not slugs & {"ministry-of-energy", "prosecutor-generals-office"}
    assert not agency("ministry-of-energy").may_be_petitioned
    assert not agency("national-chamber-of-entrepreneurs-atameken").may_be_petitioned


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("көлік министрлігі", "ministry-of-transport"),
        ("колик", "ministry-of-transport"),
        ("министерство транспорта", "ministry-of-transport"),
        ("Semey", "akimat-of-semey-city-abai-region"),
        ("Екибастуз", "akimat-of-ekibastuz-city-pavlodar-region"),
        ("Курчатова", "maslikhat-of-kurchatov-city-abai-region"),
    ],
)
def test_a_body_is_found_by_words_of_its_name(words: str, slug: str) -> None:
    assert slug in {body.slug for body in queries.addressees(search=words)}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Вернуть бесплатное питание в школах", "ministry-of-education"),
        ("Мектепте тегін тамақ", "ministry-of-education"),
        ("Отмена единого часового пояса", "ministry-of-trade-and-integration"),
        ("Шенеуніктерге құмар ойындарға тыйым салу", "ministry-of-tourism-and-sports"),
        ("Зейнетақы жасын төмендету", "ministry-of-labour-and-social-protection-of-the-population"),
        ("Build a new hospital", "ministry-of-healthcare"),
        ("Против отстрела бродячих собак", "ministry-of-ecology-and-natural-resources"),
        ("Темір жол билеттерінің бағасы", "ministry-of-transport"),
    ],
)
def test_it_suggests_whose_field_it_is(words: str, slug: str) -> None:
    assert slug in [body.slug for body in queries.suggest(words)]


@pytest.mark.usefixtures("register")
def test_the_regions_own_bodies_are_suggested_where_the_region_is_known() -> None:
    assert "akimat-of-almaty-city" in [body.slug for body in queries.suggest("Ремонт дорог", region="KZ-75")]
    assert all(body.territory_id is None for body in queries.suggest("Ремонт дорог"))
    assert queries.suggest("") == [] and queries.suggest("абракадабра") == []
