"""The register of councils: 258 places whose names follow from bodies and territories."""

from collections import Counter
from dataclasses import replace

from app.agencies.data import bodies
from app.councils.data import places, sources
from app.councils.queries import by_slug
from app.councils.services import register
from app.territories.data import units
from app.text.topics import topics


def test_the_counts_are_those_that_were_published():
    levels = Counter(place.level for place in places())
    assert levels["republican"] + levels["quasi_state"] == 35
    assert levels["regional"] == 20
    assert levels["city"] + levels["district"] == 203
    assert len({place.slug for place in places()}) == sum(levels.values()) == 258
    assert any("ASSUMPTION" in line for line in sources())


def test_every_place_names_bodies_and_territories_that_exist_and_says_how_sure_it_is():
    known, known_units = {body.slug: body for body in bodies()}, {unit.code: unit for unit in units()}
    known_topics = {topic.id for topic in topics()}
    for place in places():
        assert place.confidence.startswith(("derived from", "assumption")), place.slug
        assert set(place.topics) <= known_topics, place.slug
        assert (place.agency is None) == (place.level == "quasi_state") == (place.body is not None), (
            place.slug
        )
        if place.agency:
            assert known[place.agency].territory == place.territory
            # Bodies that have none by law are not among them.
            assert known[place.agency].has_public_council is not False
        if place.territory:
            assert known[place.approver].slug.startswith("maslikhat-of-")
            assert known_units[place.territory].kind != "city_district"


def test_names_are_in_the_right_case():
    by_slug = {place.slug: place for place in places()}
    justice, abai = by_slug["ministry-of-justice"], by_slug["abai-region"]
    birzhan, saran = by_slug["birzhan-sal-district-akmola-region"], by_slug["saran-city-karaganda-region"]
    assert (justice.kk, justice.ru) == (
        "Әділет министрлігінің жанындағы қоғамдық кеңес",
        "Общественный совет при Министерстве юстиции",
    )
    assert (abai.kk, abai.ru) == ("Абай облысының қоғамдық кеңесі", "Общественный совет области Абай")
    assert birzhan.ru == "Общественный совет района Биржан сал Акмолинской области"
    assert saran.ru == "Общественный совет города Сарани Карагандинской области"
    for place in places():
        assert place.kk.endswith(("қоғамдық кеңесі", "қоғамдық кеңес")), place.kk
        assert place.ru.startswith("Общественный совет "), place.ru


def test_loading_again_changes_nothing_and_keeps_what_people_decided(session):
    first = register.load()
    council = by_slug("akmola-region")
    assert council is not None
    assert council.agency.slug == "akimat-of-akmola-region"
    assert council.approver.slug == "maslikhat-of-akmola-region"
    assert council.territory.code == "KZ-11"
    council.seats, council.is_active = 21, False

    assert (first.added, first.changed) == (258, 0)
    assert register.load() == register.Loaded(added=0, changed=0)
    assert (council.seats, council.is_active) == (21, False)
    renamed = [replace(place, en="Council") for place in places() if place.slug == "akmola-region"]
    assert register.load(renamed) == register.Loaded(added=0, changed=1)
