"""Proposals as people meet them: reading, proposing in two steps, supporting, answering, hiding, open data."""

import csv
import io
from urllib.parse import quote

import pytest

from app import clock
from app.db import db
from app.proposals import queries
from app.proposals.lifecycle import State
from app.proposals.models import Proposal
from app.proposals.services import answering, counting
from tests import councils_cast
from tests.cast import addressee, sign_in
from tests.page_client import Page, PageClient
from tests.proposals import proposing as made

NEW = "/en/proposals/new"


@pytest.fixture
def pages(client):
    return PageClient(client)


def at(proposal: Proposal, more: str = "") -> str:
    return f"/en/proposals/{proposal.number}{more}"


def desk(proposal: Proposal, more: str = "") -> str:
    return f"/en/desk/proposals/{proposal.number}{more}"


def send(page: Page, action: str, values: dict[str, str]) -> Page:
    return page.submit(page.form(action), **values)


def newest() -> Proposal:
    return db.session.query(Proposal).order_by(Proposal.id.desc()).first()


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sound_page(pages, cast, state):
    proposal = made.in_state(state, cast)
    for language in ("kk", "ru", "en"):
        page = pages.get(f"/{language}/proposals/{proposal.number}")
        assert (proposal.title in page.text) is (state is not State.HIDDEN)
        assert (made.WHY in page.text) is (state is State.DECLINED)
    listed = pages.get("/en/proposals")
    assert (proposal.title in listed.text) is (state not in (State.HIDDEN, State.WITHDRAWN))


def test_the_list_is_narrowed_by_its_address(pages, cast):
    to_council, to_body = made.proposed(cast), made.proposed(cast, to=addressee())
    page = pages.get(f"/en/proposals?council={made.council().slug}&order=newest")
    assert to_council.title in page.text and to_body.title not in page.text
    page = pages.get("/en/proposals?q=nothing-such&state=odd&topic=odd&body=odd&after=odd&region=odd")
    assert "Nothing was found" in page.text


def test_a_visitor_is_sent_to_sign_in_and_has_no_form(pages, cast):
    proposal = made.proposed(cast)
    page = pages.get(at(proposal))
    assert "csrf_token" not in page.html and "Sign in to say that you want it too" in page.text
    for address in (NEW, "/en/my/proposals", "/en/desk/proposals", desk(proposal), desk(proposal, "/hide")):
        assert "/sign-in" in pages.client.get(address).location


def test_a_citizen_proposes_in_two_steps(pages, cast):
    earlier = made.proposed(cast, title="Мектеп жанына жаяу жүргінші жолы керек")
    council = made.council()
    sign_in(pages.client, cast.bolat)
    assert pages.get(f"{NEW}?title=", status=422).errors
    assert pages.get(NEW).form("/proposals/new").method == "GET"
    second = pages.get(f"{NEW}?title={made.TITLE}&topic=&region=KZ-11")
    assert earlier.title in second.text  # proposed already
    sought = send(second, "/proposals/new", {"text": made.TEXT, "q": "Akmola", "find": "1"})
    assert sought.status == 200 and council.name_en in sought.text and made.TEXT in sought.text
    wrong = send(sought, "/proposals/new", {"text": made.TEXT, "title": ""})
    assert wrong.status == 422 and len(wrong.errors) == 2  # no title, no addressee
    sent = send(sought, "/proposals/new", {"text": made.TEXT, "addressee": f"council:{council.slug}"})
    proposal = newest()
    assert sent.path == at(proposal) and proposal.council is council and proposal.topic == "education"
    assert "working days left" in sent.text and "Болат Н." in sent.text
    mine = pages.get("/en/my/proposals")
    assert proposal.title in mine.text and earlier.title not in mine.text
    # The same once more, from the other window.
    again = send(sought, "/proposals/new", {"text": made.TEXT, "addressee": f"council:{council.slug}"})
    assert again.status == 409 and f"/proposals/{proposal.number}" in again.html


def test_an_addressee_that_nobody_offered_is_refused(pages, cast):
    sign_in(pages.client, cast.bolat)
    page = pages.get(f"{NEW}?title=Су+құбырын+жөндеу&to=council:no-such")
    refused = send(page, "/proposals/new", {"text": made.TEXT, "addressee": "council:no-such"})
    assert refused.status == 422 and len(refused.errors) == 1


@pytest.mark.parametrize("odd", ["a\0b", "a\u202eb", "9" * 5000])
def test_odd_values_are_refused_or_shown_as_they_are(pages, cast, odd):
    sign_in(pages.client, cast.bolat)
    page = pages.get(f"{NEW}?title={made.TITLE}")
    fields = ("title", "text", "addressee", "language", "topic", "region", "q", "find")
    for chosen in (("region", "find"), ("addressee",), ("title", "text"), fields):
        values = {"text": made.TEXT, "addressee": f"body:{addressee().slug}"}
        answer = send(page, "/proposals/new", {**values, **dict.fromkeys(chosen, odd)})
        assert answer.status in (200, 409, 422), (chosen, answer.text)
    query = "&".join(f"{name}={quote(odd[:200])}" for name in ("title", "topic", "region", "to"))
    pages.get(f"{NEW}?{query}", status=422)


def test_the_way_from_a_council_leads_to_a_proposal_to_it(pages, cast):
    liked = made.proposed(cast)
    council = made.council()
    shown = pages.get(f"/en/councils/{council.slug}")
    assert liked.title in shown.text
    sign_in(pages.client, cast.bolat)
    first = pages.get(shown.link("Propose a matter to this council"))
    assert council.name_en in first.text
    second = pages.get(f"{NEW}?to=council:{council.slug}&title=Су+құбырын+жөндеу")
    send(second, "/proposals/new", {"text": made.TEXT})
    assert newest().council is council and newest().author_id == cast.bolat.id


def test_support_is_given_and_taken_back(pages, cast):
    proposal = made.proposed(cast)
    sign_in(pages.client, cast.bolat)
    page = send(pages.get(at(proposal)), "/support", {})
    assert "Take my support back" in page.text and queries.supports_it(cast.bolat.actor(), proposal)
    counting.run(clock.now())
    assert "1 person wants it too" in pages.get(at(proposal)).text
    assert proposal.title in pages.get("/en/my/proposals").text
    kept = pages.client.get("/en/me/data").json
    assert kept["proposals"] == [] and kept["supported_proposals"][0]["number"] == proposal.number
    page = send(page, "/support", {"take_back": "1"})
    assert "Take my support back" not in page.text and not queries.supports_it(cast.bolat.actor(), proposal)


def test_the_author_takes_it_back(pages, cast):
    proposal = made.proposed(cast)
    sign_in(pages.client, cast.aigul)
    assert "I want it too" not in pages.get(at(proposal)).text
    page = send(pages.get(at(proposal, "/withdraw")), "/withdraw", {})
    assert proposal.state is State.WITHDRAWN and "Withdrawn by its author" in page.text


def test_the_secretary_answers_from_the_desk(pages, cast):
    proposal = made.proposed(cast)
    sign_in(pages.client, councils_cast.secretary(made.council()))
    assert proposal.title in pages.get("/en/desk/proposals").text
    page = pages.get(desk(proposal))
    refused = send(page, desk(proposal), {"act": "decline", "words": "Жоқ"})
    assert refused.status == 422 and refused.errors == ["Write at least 20 characters."]
    lost = send(page, desk(proposal), {"act": "forward", "words": made.WHY})
    assert lost.status == 422 and len(lost.errors) == 1
    page = send(page, desk(proposal), {"act": "take_up", "words": made.NEXT})
    assert proposal.state is State.TAKEN_UP
    odd = send(page, desk(proposal), {"words": made.CAME, "link": "javascript:alert(1)"})
    assert odd.status == 422 and len(odd.errors) == 1
    send(page, desk(proposal), {"words": made.CAME, "link": "https://example.kz/road"})
    shown = pages.get(at(proposal))
    assert made.CAME in shown.text and "https://example.kz/road" in shown.html


def test_the_chair_sends_it_on_to_the_body_and_its_head_answers(pages, cast):
    proposal = made.proposed(cast)
    sign_in(pages.client, councils_cast.chair(made.council()))
    values = {"act": "forward", "words": made.WHY, "addressee": f"body:{addressee().slug}"}
    page = send(pages.get(desk(proposal)), desk(proposal), values)
    assert page.path == "/en/desk/proposals" and proposal.agency is addressee()
    shown = pages.get(at(proposal))
    assert (
        made.WHY in shown.text and made.council().name_en in shown.text and "Answered on time" in shown.text
    )
    pages.get(desk(proposal), status=403)
    sign_in(pages.client, cast.gulnar)
    assert "sent on once already" in pages.get(desk(proposal)).text


def test_who_was_slower_keeps_what_they_typed(pages, cast):
    proposal = made.proposed(cast, to=addressee())
    sign_in(pages.client, cast.marat)
    page = pages.get(desk(proposal))
    answering.decline(proposal, reason=made.WHY, language="kk", actor=cast.gulnar.actor(), now=clock.now())
    late = send(page, desk(proposal), {"act": "take_up", "words": made.NEXT})
    assert late.status == 409 and made.NEXT in late.text and proposal.state is State.DECLINED


def test_others_have_no_desk(pages, cast):
    proposal = made.proposed(cast, to=addressee())
    for account in (cast.bolat, cast.timur, cast.yerlan):
        sign_in(pages.client, account)
        pages.get(desk(proposal), status=403)
    pages.get("/en/desk/proposals", status=403)
    assert proposal.state is State.OPEN


def test_a_moderator_hides_it_and_only_those_concerned_read_why(pages, cast):
    proposal = made.proposed(cast, to=addressee())
    sign_in(pages.client, cast.yerlan)
    page = pages.get(desk(proposal, "/hide"))
    assert send(page, "/hide", {"explanation": made.WHY}).status == 422
    page = send(page, "/hide", {"reason": made.first_reason(), "explanation": made.WHY})
    assert proposal.state is State.HIDDEN and made.WHY in page.text
    sign_in(pages.client, cast.bolat)
    stub = pages.get(at(proposal)).text
    assert proposal.title not in stub and made.WHY not in stub and made.TEXT not in stub
    sign_in(pages.client, cast.aigul)
    own = pages.get(at(proposal)).text
    assert made.TEXT in own and made.WHY in own


def test_the_open_data_name_nobody(client, cast):
    proposal = made.proposed(cast)
    answering.forward(
        proposal,
        to_agency=addressee(),
        words=made.WHY,
        actor=councils_cast.secretary(made.council()).actor(),
        now=clock.now(),
    )
    hidden = made.in_state(State.HIDDEN, cast)
    [one] = client.get("/api/v1/proposals").json["proposals"]
    assert one["number"] == proposal.number and one["body"]["slug"] == addressee().slug
    assert one["council"] is None and one["clock"] == "on_time"
    whole = client.get(f"/api/v1/proposals/{proposal.number}").json
    assert len(whole["duties"]) == 2 and whole["history"][1]["to_body"] == addressee().slug
    assert whole["history"][1]["from_council"] == made.council().slug
    answer = client.get("/api/v1/proposals.csv")
    [row] = csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert row["title"] == proposal.title and row["body"] == addressee().slug
    for text in (str(one), str(whole), answer.text):
        assert "Айгүл" not in text and hidden.title not in text
    assert client.get(f"/api/v1/proposals/{hidden.number}").status_code == 410
    assert client.get("/api/v1/proposals/99999").status_code == 404
    assert client.get("/api/v1/proposals?council=no-such").status_code == 422
