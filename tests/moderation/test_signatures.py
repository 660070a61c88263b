"""Taking signatures out of the count: by a span of time, looked at first, in public."""

from datetime import timedelta

import pytest

from app import clock
from app.petitions import queries
from app.petitions.queries import counts
from app.petitions.services import counting
from tests import factories
from tests.cast import sign_in
from tests.page_client import PageClient

NOTE = "Бір сағат ішінде провайдердің ақауынан қате қолтаңбалар түсті."


@pytest.fixture
def moderator(client, cast):
    sign_in(client, cast.yerlan)
    return PageClient(client)


@pytest.fixture
def petition(cast):
    """50 first supporters two days ago, and 40 signatures of one burst yesterday, 30 of them from Astana."""
    now = clock.now()
    made = factories.published(cast, now=now - timedelta(days=2))
    burst = clock.start_of(clock.today(now) - timedelta(days=1)) + timedelta(hours=14, minutes=10)
    factories.signatures(made, 30, region="KZ-71", at=burst)
    factories.signatures(made, 10, region="KZ-11", at=burst + timedelta(minutes=5))
    return made


def span(**more):
    day = clock.today() - timedelta(days=1)
    parts = [str(day.day), str(day.month), str(day.year)]
    return {
        "since_day": parts,
        "since_time": "14:00",
        "until_day": parts,
        "until_time": "15:00",
        "region": "",
        "reason": "technical",
        "note": NOTE,
        **more,
    }


def test_the_preview_counts_and_names_nobody(moderator, petition):
    page = moderator.get(f"/en/desk/petitions/{petition.number}/signatures")
    page = page.submit(page.form("/signatures"), **span())
    assert page.h1.endswith("Take 40 signatures out of the count?")
    assert "from 90 to 50" in page.text.replace("falls ", "") and NOTE in page.text
    assert queries.tally_of(petition).signatures == 90


def test_small_hours_are_not_told_apart(moderator, petition):
    factories.signatures(petition, 3, at=clock.now() - timedelta(days=1, hours=20))
    page = moderator.get(f"/en/desk/petitions/{petition.number}/signatures")
    earlier = clock.today() - timedelta(days=2)
    before = [str(earlier.day), str(earlier.month), str(earlier.year)]
    page = page.submit(page.form("/signatures"), **span(since_day=before, since_time="00:00"))
    assert "fewer than 10" in page.text


def test_what_is_confirmed_leaves_the_count_in_public(moderator, petition):
    page = moderator.get(f"/en/desk/petitions/{petition.number}/signatures")
    page = page.submit(page.form("/signatures"), **span(region="KZ-71"))
    assert "Take 30 signatures" in page.h1
    done = page.submit(page.form("/signatures"), confirmed="yes")
    assert done.path.startswith("/en/desk") and "30 signatures are taken out" in done.text
    counting.run(batch=1000, now=clock.now())
    assert queries.tally_of(petition).signatures == 60
    (fall,) = counts.falls_of(petition)
    assert (fall.count, fall.reason) == (30, "technical")
    row = queries.timeline_of(petition)[-1]
    assert (row.action, row.note, row.details["count"]) == ("invalidate", NOTE, 30)
    public = moderator.get(f"/en/petitions/{petition.number}")
    assert NOTE in public.text


def test_what_was_not_shown_is_not_taken_out(moderator, petition):
    page = moderator.get(f"/en/desk/petitions/{petition.number}/signatures")
    page = page.submit(page.form("/signatures"), **span())
    factories.signatures(
        petition, 2, at=clock.start_of(clock.today() - timedelta(days=1)) + timedelta(hours=14)
    )
    late = page.submit(page.form("/signatures"), confirmed="yes")
    assert late.status == 409 and "has changed since you looked" in late.text
    assert counts.falls_of(petition) == []
    late.submit(late.form("/signatures"), confirmed="yes")
    counting.run(batch=1000, now=clock.now())
    assert queries.tally_of(petition).signatures == 50


def test_an_empty_span_cannot_be_confirmed(moderator, petition):
    page = moderator.get(f"/en/desk/petitions/{petition.number}/signatures")
    page = page.submit(page.form("/signatures"), **span(since_time="03:00", until_time="04:00"))
    assert "No signature is in this span" in page.h1
    assert not page.document.xpath("//button[@name='confirmed']")
    back = page.submit(page.form("/signatures"), change="yes")
    assert back.form("/signatures").fields["since_time"] == "03:00"


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"until_time": "13:00"}, "later than the beginning"),
        ({"since_time": "25:99"}, "hours and minutes"),
        ({"since_day": ["", "", ""]}, "Enter the day from which."),
        ({"since_day": ["31", "2", "2026"]}, "not a date"),
        ({"reason": "because"}, "valid choice"),
        ({"region": "KZ-XX"}, "valid choice"),
        ({"note": ""}, "what was found"),
    ],
)
def test_wrong_input_is_said_at_its_field(moderator, petition, wrong, complaint):
    page = moderator.get(f"/en/desk/petitions/{petition.number}/signatures")
    page = page.submit(page.form("/signatures"), **span(**wrong))
    assert page.status == 422
    assert any(complaint in error for error in page.errors), page.errors


def test_only_impartial_moderators_may(cast, client, petition):
    address = f"/en/desk/petitions/{petition.number}/signatures"
    for account in (cast.marat, cast.asel, cast.bolat):
        sign_in(client, account)
        assert client.get(address).status_code == 403
    petition.author_id = cast.yerlan.id
    sign_in(client, cast.yerlan)
    assert client.get(address).status_code == 403
