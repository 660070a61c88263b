"""The pages of competitions: what everybody reads, how somebody applies, how the desk decides."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app import clock
from app.audit.models import AuditRecord
from app.councils.lifecycle import CandidacyState, CompetitionState
from app.councils.queries import forming as queries
from app.councils.services import seating
from app.db import db
from tests import competitions, councils_cast
from tests.cast import sign_in, sign_out
from tests.competitions import CHOSEN, DECLINED, PDF, RESERVE
from tests.page_client import PageClient


@pytest.fixture
def pages(client):
    return PageClient(client)


def of(competition, end=""):
    return f"/en/competitions/{competition.id}{end}"


def desk_of(competition, end=""):
    return f"/en/desk/competitions/{competition.id}{end}"


def typed(day):
    return [str(day.day), str(day.month), str(day.year)]


def test_everybody_reads_the_announcement_and_nobody_who_applied(pages, cast):
    competition = competitions.announced(cast)
    competitions.apply(competition, cast.aigul)
    listed = pages.get("/ru/competitions")
    assert of(competition).replace("/en/", "/ru/") in listed.html
    assert of(competition) in pages.get(f"/en/councils/{competition.council.slug}").html
    page = pages.get(of(competition))
    assert "days left to apply 20" in page.text
    assert "Объявлен конкурс" in pages.get(of(competition).replace("/en/", "/ru/")).text
    assert "From the state: 1 of 3, at most 1." in page.text
    assert cast.aigul.name not in page.text
    assert "no unexpunged conviction" in page.text


def test_once_closed_the_candidates_are_read_and_their_certificates_are_not(pages, cast):
    competition = competitions.closed(cast, 2)
    page = pages.get(of(competition))
    assert "Үміткер 1" in page.text
    assert "«Қамқор 2» қоры" in page.text
    assert "анықтама" not in page.html
    assert page.document.xpath("//div[@lang='kk'][contains(., 'Аулалар')]")


def test_the_result_stands_with_reasons_votes_and_the_reserve_list_in_order(pages, cast):
    competition = competitions.approved(cast, CHOSEN, RESERVE, RESERVE, DECLINED)
    text = pages.get(of(competition)).text
    assert "Votes for: 2, against: 1" in text
    assert "Reason: Тәжірибесі аз." in text
    assert text.index("1. Үміткер 2") < text.index("2. Үміткер 3") < text.index("Үміткер 4")
    assert pages.get("/en/competitions?state=past").text.count("Composition approved") == 1


def test_a_citizen_applies_is_asked_for_all_of_it_and_takes_it_back(pages, client, cast):
    competition = competitions.announced(cast)
    db.session.commit()
    assert client.get(of(competition, "/apply")).status_code == 303
    sign_in(client, cast.aigul)
    page = pages.get(of(competition, "/apply"))
    refused = page.submit(page.form("/apply"), statement="Менің сөзім.")
    assert refused.status == 422
    asked = [
        one
        for one in page.document.xpath("//input[starts-with(@name, 'meets_')]/@name")
        if refused.document.xpath(f"//a[@href='#{one}']")
    ]
    assert len(asked) == 6
    ticks = dict.fromkeys(asked, "y")
    files = {
        name: (BytesIO(PDF), "анықтама.pdf") for name in page.document.xpath("//input[@type='file']/@name")
    }
    sent = refused.submit(refused.form("/apply"), files=files, **ticks)
    assert sent.path.endswith("/application")
    candidacy = queries.candidacy_of(competition, cast.aigul.id)
    assert candidacy.state is CandidacyState.APPLIED
    assert len(candidacy.files) == len(files) == 3
    assert "Your application" in pages.get(of(competition)).text
    assert pages.get(of(competition, "/apply")).path.endswith("/application")
    question = pages.get(of(competition, "/withdraw-application"))
    gone = question.submit(question.form("/withdraw-application"))
    assert "Apply again" in gone.text


@pytest.mark.parametrize("who", ["group", "late"])
def test_who_cannot_apply_reads_why(pages, client, cast, who):
    competition = competitions.announced(cast)
    account = competitions.kanat() if who == "group" else cast.aigul
    if who == "late":
        competition = competitions.close(competition)
    sign_in(client, account)
    page = pages.get(of(competition, "/apply"), status=409)
    assert ("working group" if who == "group" else "Nothing was sent") in page.text


def test_an_officer_prepares_mends_and_announces(pages, client, cast):
    council = councils_cast.council()
    sign_in(client, cast.marat)
    page = pages.get(f"/en/desk/councils/{council.slug}/competitions/new")
    form = page.form("/new")
    days = competitions.plan()
    words = {
        "seats": "3",
        "applications_until": typed(days["applications_until"]),
        "term_from": typed(days["term_from"]),
        "text_kk": "Конкурс жарияланады.",
        "group-0-name": "Раушан Әлімова",
        "group-0-is_head": "y",
    }
    refused = page.submit(form, **{**words, "term_from": words["applications_until"]})
    assert (refused.status, len(refused.errors)) == (422, 1)
    more = page.submit(form, **words, more="1")
    assert len(more.document.xpath("//input[contains(@name, '-is_head')]")) >= 6
    assert not more.errors
    saved = page.submit(form, **words)
    competition = queries.unfinished(council)
    assert saved.path.endswith(desk_of(competition)[3:])
    assert "The announcement in Russian." in saved.text
    assert client.get(of(competition)).status_code == 200
    sign_out(client)
    assert client.get(of(competition)).status_code == 404
    sign_in(client, cast.marat)
    page = pages.get(desk_of(competition, "/edit"))
    assert page.document.xpath("//input[@name='group-0-name']/@value") == ["Раушан Әлімова"]
    page.submit(page.form("/edit"), text_ru="Объявлен конкурс.")
    page = pages.get(desk_of(competition, "/announce"))
    page.submit(page.form("/announce"))
    assert competition.state is CompetitionState.ANNOUNCED
    page = pages.get(desk_of(competition, "/cancel"))
    page.submit(page.form("/cancel"), reason="Орын саны қате.")
    assert "Орын саны қате." in pages.get(of(competition)).text


def test_the_desk_decides_all_at_once_and_the_right_head_approves(pages, client, cast):
    competition = competitions.closed(cast, 3)
    head = competitions.approver(competition.council)
    one, two, three = (candidate.id for candidate in queries.candidates(competition))
    sign_in(client, cast.marat)
    page = pages.get(desk_of(competition, "/decision"))
    first = {f"outcome_{one}": "chosen", f"votes_for_{one}": "3", f"votes_against_{one}": "0"}
    refused = page.submit(page.form("/decision"), **first)
    assert refused.status == 422
    assert refused.document.xpath(f"//input[@name='votes_for_{one}']/@value") == ["3"]
    rest = {
        f"outcome_{two}": "reserve",
        f"place_{two}": "1",
        f"votes_for_{two}": "2",
        f"votes_against_{two}": "1",
        f"outcome_{three}": "declined",
        f"votes_for_{three}": "0",
        f"votes_against_{three}": "3",
        f"reason_{three}": "Құжаттары толық емес.",
    }
    refused.submit(refused.form("/decision"), **rest)
    assert competition.state is CompetitionState.DECIDED
    sign_in(client, cast.gulnar)
    assert client.get(desk_of(competition, "/approval")).status_code == 403
    sign_in(client, head)
    page = pages.get(desk_of(competition, "/approval"))
    page.submit(page.form("/approval"))
    assert [m.account_id for m in competition.council.members] == [
        candidate.account_id for candidate in queries.candidates(competition) if candidate.state is CHOSEN
    ]


def test_certificates_open_for_the_group_alone_and_every_look_is_recorded(pages, client, cast):
    competition = competitions.closed(cast, 1)
    key = queries.candidates(competition)[0].files[0].attachment.public_key
    address = desk_of(competition, f"/files/{key}")
    sign_in(client, competitions.kanat())
    page = pages.get(desk_of(competition))
    token = page.form(f"/files/{key}").fields["csrf_token"]
    answer = client.post(address, data={"csrf_token": token})
    assert answer.data == PDF
    assert answer.headers["Cache-Control"] == "private, no-store"
    look = db.session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc())).first()
    assert (look.act, look.account_id) == ("see_documents", competitions.kanat().id)
    for account in (cast.timur, cast.asel, cast.bolat):
        sign_in(client, account)
        assert client.post(address).status_code in (400, 403, 404)
    assert "see_documents" in db.session.scalars(select(AuditRecord.act)).all()


def test_a_free_seat_is_given_from_the_desk(pages, client, cast):
    competition = competitions.approved(cast, CHOSEN, RESERVE)
    head = competitions.approver(competition.council)
    member = competition.council.members[0]
    seating.remove(
        member, ground="own_wish", note="", on=member.starts_on, actor=head.actor(), now=clock.now()
    )
    sign_in(client, head)
    page = pages.get(desk_of(competition))
    done = page.submit(page.form("/reserve"))
    assert "has the seat for the rest of the term" in done.html
    assert client.post(desk_of(competition, "/reserve"), data={"member": "²"}).status_code in (400, 409)
