"""A citizen signs in two pages, once; and takes it back without anybody noticing."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from app import clock
from app.accounts.keys import signer_key
from app.db import db
from app.law import rules_in_force
from app.petitions import queries
from app.petitions.lifecycle import State
from app.petitions.models import Departure, Petition, Signature
from app.petitions.services import counting
from tests import factories
from tests.cast import MONDAY, Cast, citizen, iin, sign_in
from tests.visiting import visit


def agree_address(petition, language="en"):
    token = f"?token={petition.support_token}" if petition.state is State.SUBMITTED else ""
    return f"/{language}/petitions/{petition.number}/sign{token}"


def sign(client, petition, region="KZ-71"):
    return visit(client, agree_address(petition)).submit("/signatures", region=region)


def signature_of(account, petition):
    key = signer_key(account.person_tag, petition_number=petition.number)
    return db.session.scalar(
        sa.select(Signature).where(Signature.petition_id == petition.id, Signature.signer_key == key)
    )


def count_of(petition):
    counting.run(batch=1000, now=clock.now())
    db.session.expire_all()
    tally = queries.tally_of(petition)
    return tally.signatures if tally else 0


def test_the_whole_way_from_the_link_to_the_signature(client, cast):
    petition = factories.published(cast)
    before = count_of(petition)
    page = visit(client, agree_address(petition))
    assert page.path == f"/en/sign-in?next=/en/petitions/{petition.number}/sign"
    page = page.follow().submit("/sign-in", iin=iin(2), given_name="Болат", family_name="Нұрланов").follow()
    assert petition.title in page.text
    assert petition.addressee.name_en in page.text
    assert all(demand.text in page.text for demand in petition.demands)
    assert str(rules_in_force(clock.today()).consent.text.en) in page.text
    assert "Nobody can see whether you signed" in page.text
    assert len(page.document.xpath("//main//button[@type='submit']")) == 1
    page = page.submit("/signatures", region="KZ-71")
    assert (page.status, page.path) == (303, f"/en/petitions/{petition.number}/signed")
    page = page.follow()
    assert page.heading == "Your voice is taken"
    assert f"/en/petitions/{petition.number}/withdraw-signature" in page.links()
    assert f"/en/petitions/{petition.number}/follow" in page.links()
    assert count_of(petition) == before + 1


def test_the_signature_keeps_the_consent_and_the_region_and_no_person(client, cast):
    petition = factories.published(cast)
    sign_in(client, cast.bolat)
    assert sign(client, petition, region="KZ-75").status == 303
    row = signature_of(cast.bolat, petition)
    assert row.consent_version == rules_in_force(clock.today()).consent.version
    assert row.region_code == "KZ-75"
    told = db.session.execute(
        sa.text("SELECT signature::text FROM signature WHERE id = :id"), {"id": row.id}
    ).scalar_one()
    assert cast.bolat.person_tag.hex() not in told


def test_the_region_of_the_settings_stands_there_already(client, cast):
    petition = factories.published(cast)
    cast.bolat.region_code = "KZ-79"
    sign_in(client, cast.bolat)
    assert visit(client, agree_address(petition)).fields("/signatures")["region"] == "KZ-79"


def test_a_second_signature_is_refused_in_a_friendly_way(client, cast):
    petition = factories.published(cast)
    sign_in(client, cast.bolat)
    form = visit(client, agree_address(petition))
    assert form.submit("/signatures", region="KZ-71").status == 303
    again = form.submit("/signatures", region="KZ-71")
    assert again.status == 409
    assert again.heading == "You have signed this petition already"
    assert f"/en/petitions/{petition.number}/withdraw-signature" in again.links()
    assert visit(client, agree_address(petition)).status == 409
    assert (
        db.session.scalar(sa.select(sa.func.count(Signature.id)).where(Signature.region_code == "KZ-71")) == 1
    )


def test_one_signature_of_twenty_requests_at_once(own_database):
    cast = Cast()
    petition = factories.published(cast)
    db.session.commit()
    number, petition_id = petition.number, petition.id
    before = db.session.scalar(sa.select(sa.func.count(Signature.id)))
    clients = [own_database.test_client() for _ in range(20)]
    pages = []
    for client in clients:
        sign_in(client, cast.bolat)
        pages.append(visit(client, f"/en/petitions/{number}/sign"))
    start, answers = threading.Barrier(len(clients)), []

    def press(page):
        start.wait()
        answers.append(page.submit("/signatures", region="KZ-71").status)

    threads = [threading.Thread(target=press, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303] + [409] * 19
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(Signature.id))) == before + 1
    counting.run(batch=1000, now=clock.now())
    tally = db.session.execute(
        sa.text("SELECT signatures FROM petition_tally WHERE petition_id = :id"), {"id": petition_id}
    )
    assert tally.scalar_one() == before + 1


def test_a_signature_is_one_statement_and_loads_nothing(own_database):
    cast = Cast()
    petition = factories.published(cast)
    sign_in(client := own_database.test_client(), cast.bolat)
    page = visit(client, agree_address(petition))
    statements, loaded = [], []

    def on_statement(connection, cursor, statement, *rest):
        statements.append(statement.split())

    def on_load(session, instance):
        loaded.append(instance)

    sa.event.listen(db.engine, "before_cursor_execute", on_statement)
    sa.event.listen(Session, "loaded_as_persistent", on_load)
    try:
        assert page.submit("/signatures", region="KZ-71").status == 303
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", on_statement)
        sa.event.remove(Session, "loaded_as_persistent", on_load)
    assert [words[:3] for words in statements] == [["INSERT", "INTO", "signature"]]
    assert loaded == []


@pytest.mark.parametrize(
    "fields",
    [
        {"region": ""},
        {"region": "KZ-00"},
        {"region": "KZ-71' OR 1=1"},
        {"region": "x" * 1_000_000},
        {"region": "KZ-71", "consent_version": ""},
        {"region": "KZ-71", "consent_version": "1999"},
    ],
)
def test_a_wrong_form_is_shown_again_and_nothing_is_signed(client, cast, fields):
    petition = factories.published(cast)
    sign_in(client, cast.bolat)
    page = visit(client, agree_address(petition)).submit("/signatures", **fields)
    assert page.status == 422
    assert len(page.errors) == 1
    assert petition.title in page.text
    assert signature_of(cast.bolat, petition) is None
    # The page as it now stands can be sent.
    assert page.submit("/signatures", region="KZ-71").status == 303


def test_a_form_without_its_token_is_refused(client, cast):
    petition = factories.published(cast)
    sign_in(client, cast.bolat)
    version = rules_in_force(clock.today()).consent.version
    data = {"region": "KZ-71", "consent_version": version}
    response = client.post(f"/en/petitions/{petition.number}/signatures", data=data)
    assert response.status_code == 400
    assert signature_of(cast.bolat, petition) is None


def test_the_last_second_of_the_last_day_counts_and_the_next_does_not(client, cast):
    with time_machine.travel(MONDAY, tick=False) as travel:
        petition = factories.published(cast)
        closes_at = petition.closes_at
        assert clock.local(closes_at).strftime("%H:%M:%S") == "00:00:00"
        travel.move_to(closes_at - timedelta(seconds=1))
        sign_in(client, cast.bolat)
        page = visit(client, agree_address(petition))
        assert page.submit("/signatures", region="KZ-71").status == 303
        sign_in(client, cast.dana)
        page = visit(client, agree_address(petition))
        # Opened in time, sent a second later.
        travel.move_to(closes_at)
        late = page.submit("/signatures", region="KZ-71")
        assert late.status == 409
        assert late.heading == "Signing of this petition is over"
        assert signature_of(cast.dana, petition) is None


CLOSED = [State.DECIDED, State.RETURNED, State.ANSWERED, State.CLOSED]
HIDDEN = [State.DRAFT, State.SUBMITTED, State.REJECTED, State.LAPSED, State.WITHDRAWN]


def post_signature(client, petition):
    """As somebody would who kept the form of another petition open."""
    token = visit(client, "/en/me").fields("/sign-out")["csrf_token"]
    version = rules_in_force(clock.today()).consent.version
    data = {"csrf_token": token, "region": "KZ-71", "consent_version": version}
    return client.post(f"/en/petitions/{petition.number}/signatures", data=data)


@pytest.mark.parametrize("state", CLOSED)
def test_what_is_over_cannot_be_signed(client, cast, state):
    petition = factories.in_state(state, cast)
    sign_in(client, cast.bolat)
    page = visit(client, agree_address(petition))
    assert (page.status, page.heading) == (409, "Signing of this petition is over")
    assert post_signature(client, petition).status_code == 409
    assert signature_of(cast.bolat, petition) is None


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_public_is_as_if_it_were_not_there(client, cast, state):
    petition = factories.in_state(state, cast)
    sign_in(client, cast.bolat)
    for page in ("sign", "signed", "withdraw-signature"):
        assert client.get(f"/en/petitions/{petition.number}/{page}").status_code == 404
    assert post_signature(client, petition).status_code == 404
    assert signature_of(cast.bolat, petition) is None


def test_what_was_removed_cannot_be_signed(client, cast):
    petition = factories.removed(cast)
    sign_in(client, cast.bolat)
    assert visit(client, agree_address(petition)).status == 409
    assert post_signature(client, petition).status_code == 409


def test_no_such_petition(client, cast):
    sign_in(client, cast.bolat)
    assert client.get("/en/petitions/999999/sign").status_code == 404
    assert client.get("/en/petitions/99999999999999999999/sign").status_code == 404


@pytest.mark.parametrize("state", [State.SUPPORTED, State.FORWARDED, State.UNDER_REVIEW])
def test_signing_goes_on_after_the_threshold(client, cast, state):
    petition = factories.in_state(state, cast)
    sign_in(client, cast.bolat)
    assert sign(client, petition).status == 303


def test_who_is_too_young_is_told_so(client, cast):
    petition = factories.published(cast)
    sign_in(client, citizen(5, born="150515", century_and_sex="6"))
    page = visit(client, agree_address(petition))
    assert (page.status, page.heading) == (422, "You cannot sign petitions yet")
    assert post_signature(client, petition).status_code == 422


def test_staff_do_not_sign(client, cast):
    petition = factories.published(cast)
    sign_in(client, cast.yerlan)
    assert visit(client, agree_address(petition)).status == 403
    assert post_signature(client, petition).status_code == 403


def test_who_was_signed_out_meanwhile_comes_back_to_the_same_petition(client, app, cast):
    petition = factories.published(cast)
    sign_in(client, cast.bolat)
    page = visit(client, agree_address(petition))
    other = app.test_client()
    other.set_cookie("unqos", client.get_cookie("unqos").value)
    visit(other, "/en/me").submit("/sign-out")
    answer = page.submit("/signatures", region="KZ-71")
    assert answer.path == f"/en/sign-in?next=/en/petitions/{petition.number}/sign"
    assert signature_of(cast.bolat, petition) is None


def test_who_was_away_for_too_long_signs_in_again(client, app, cast):
    with time_machine.travel(MONDAY, tick=False) as travel:
        petition = factories.published(cast)
        sign_in(client, cast.bolat)
        page = visit(client, agree_address(petition))
        travel.shift(timedelta(minutes=app.config["SESSION_IDLE_MINUTES"] + 1))
        answer = page.submit("/signatures", region="KZ-71")
        assert answer.path == f"/en/sign-in?next=/en/petitions/{petition.number}/sign"
        assert signature_of(cast.bolat, petition) is None


# The first supporters


def test_the_private_link_shows_the_petition_and_takes_signatures(client, cast):
    petition = factories.submitted(cast)
    page = visit(client, f"/en/support/{petition.support_token}")
    assert page.heading == petition.title
    assert "of 50 needed" in page.text
    assert all(demand.text in page.text for demand in petition.demands)
    headers = page.response.headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
    assert "noindex" in headers["X-Robots-Tag"]
    join = next(link for link in page.links() if "/sign?" in link)
    sign_in(client, cast.bolat)
    page = visit(client, join).submit("/signatures", region="KZ-71")
    assert page.status == 303
    page = page.follow()
    assert page.heading == "Your voice is taken"
    assert f"http://localhost/en/support/{petition.support_token}" in page.text
    assert count_of(petition) == 1
    assert visit(client, join).heading == "You have signed this petition already"


def test_the_link_survives_signing_in(client, cast):
    petition = factories.submitted(cast)
    page = visit(client, agree_address(petition)).follow()
    assert page.fields("/sign-in")["next"] == agree_address(petition)


def test_a_wrong_link_opens_nothing(client, cast):
    petition = factories.submitted(cast)
    assert client.get("/en/support/wrong").status_code == 404
    sign_in(client, cast.bolat)
    for token in ("", "wrong", petition.support_token[:-1], "ү"):
        assert (
            client.get(f"/en/petitions/{petition.number}/sign", query_string={"token": token}).status_code
            == 404
        )


def test_the_link_of_one_petition_does_not_open_another(client, cast):
    mine, other = factories.submitted(cast), factories.submitted(cast)
    sign_in(client, cast.bolat)
    assert client.get(f"/en/petitions/{mine.number}/sign?token={other.support_token}").status_code == 404


def test_the_link_leads_to_the_public_page_once_there_is_one(client, cast):
    petition = factories.published(cast)
    page = visit(client, f"/en/support/{petition.support_token}")
    assert (page.status, page.path) == (303, f"/en/petitions/{petition.number}")


@pytest.mark.parametrize("state", [State.REJECTED, State.LAPSED, State.WITHDRAWN])
def test_the_link_of_what_failed_shows_nothing_of_it(client, cast, state):
    petition = factories.in_state(state, cast)
    page = visit(client, f"/en/support/{petition.support_token}")
    assert page.status == 410
    assert petition.title not in page.text


def test_first_supporters_come_until_the_last_second(client, cast):
    with time_machine.travel(MONDAY, tick=False) as travel:
        petition = factories.submitted(cast)
        travel.move_to(petition.support_closes_at - timedelta(seconds=1))
        assert visit(client, f"/en/support/{petition.support_token}").status == 200
        sign_in(client, cast.bolat)
        page = visit(client, agree_address(petition))
        travel.move_to(petition.support_closes_at)
        assert page.submit("/signatures", region="KZ-71").status == 409
        assert visit(client, f"/en/support/{petition.support_token}").status == 410


# Taking it back


def test_a_signature_is_taken_back_quietly_and_can_be_given_again(client, cast):
    petition = factories.published(cast)
    before = count_of(petition)
    facts = sa.text("SELECT count(*) FROM outbox")
    sign_in(client, cast.bolat)
    sign(client, petition)
    assert count_of(petition) == before + 1
    told = db.session.execute(facts).scalar_one()
    page = visit(client, f"/en/petitions/{petition.number}/withdraw-signature")
    assert signature_of(cast.bolat, petition) is not None
    page = page.submit("/withdraw-signature")
    assert (page.status, page.path) == (303, "/en/me")
    assert "Your signature is withdrawn." in page.follow().text
    assert signature_of(cast.bolat, petition) is None
    assert db.session.execute(facts).scalar_one() == told
    assert count_of(petition) == before
    assert (
        db.session.scalar(sa.select(Signature.signer_key).where(Signature.departure == Departure.WITHDRAWN))
        is None
    )
    assert sign(client, petition).status == 303
    assert count_of(petition) == before + 1


def test_a_first_supporter_takes_it_back(client, cast):
    petition = factories.submitted(cast)
    sign_in(client, cast.bolat)
    sign(client, petition)
    link = next(link for link in visit(client, "/en/me").links() if "withdraw-signature" in link)
    assert visit(client, link).submit(f"withdraw-signature?token={petition.support_token}").status == 303
    assert signature_of(cast.bolat, petition) is None


@pytest.mark.parametrize("state", [State.FORWARDED, State.UNDER_REVIEW])
def test_after_the_hand_over_it_stands(client, cast, state):
    petition = factories.in_state(state, cast)
    sign_in(client, cast.bolat)
    form = visit(client, agree_address(petition))
    form.submit("/signatures", region="KZ-71")
    address = f"/en/petitions/{petition.number}/withdraw-signature"
    page = visit(client, address)
    assert (page.status, page.heading) == (409, "Your signature can no longer be withdrawn")
    token = form.fields("/signatures")["csrf_token"]
    assert client.post(address, data={"csrf_token": token}).status_code == 409
    assert signature_of(cast.bolat, petition) is not None


def test_who_did_not_sign_has_nothing_to_take_back(client, cast):
    petition = factories.published(cast)
    sign_in(client, cast.bolat)
    address = f"/en/petitions/{petition.number}/withdraw-signature"
    assert visit(client, address).heading == "There is no signature of yours under this petition"
    token = visit(client, "/en/me").fields("/sign-out")["csrf_token"]
    assert client.post(address, data={"csrf_token": token}).status_code == 409
    assert visit(client, f"/en/petitions/{petition.number}/signed").path == f"/en/petitions/{petition.number}"


def test_opening_pages_changes_nothing(client, cast):
    petition, supported = factories.published(cast), factories.submitted(cast)
    sign_in(client, cast.bolat)
    sign(client, petition)
    written = []

    def on_statement(connection, cursor, statement, *rest):
        if statement.split()[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            written.append(statement)

    pages = ["/en/me", "/en/me/settings", "/en/me/data", "/en/sign-in", "/en/sign-in/staff"]
    pages += [f"/en/petitions/{petition.number}/{page}" for page in ("sign", "signed", "withdraw-signature")]
    pages += [f"/en/support/{supported.support_token}", agree_address(supported)]
    sa.event.listen(db.engine, "before_cursor_execute", on_statement)
    try:
        for page in pages:
            assert client.get(page).status_code in (200, 303, 409), page
            client.head(page)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", on_statement)
    assert written == []


# My page


def test_my_page_lists_what_i_signed_and_nobody_elses(client, cast):
    signed, other = factories.published(cast), factories.published(cast)
    sign_in(client, cast.bolat)
    sign(client, signed)
    page = visit(client, "/en/me")
    assert signed.title in page.text
    assert other.title not in page.text
    assert "You have written no petition" in page.text
    assert f"/en/petitions/{signed.number}/withdraw-signature" in page.links()
    sign_in(client, cast.dana)
    assert "You have signed nothing" in visit(client, "/en/me").text


def test_my_page_says_what_comes_next_for_each_petition(client, cast):
    titles = {}
    for state in State:
        if state is not State.WITHDRAWN:
            titles[factories.in_state(state, cast).title] = state
    sign_in(client, cast.aigul)
    page = visit(client, "/en/me")
    assert page.status == 200
    assert all(title in page.text for title in titles)
    assert db.session.scalar(sa.select(sa.func.count(Petition.id))) == len(titles)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_stands_in_every_language(client, cast, language):
    petition, supported = factories.published(cast), factories.submitted(cast)
    assert client.get(f"/{language}/support/{supported.support_token}").status_code == 200
    sign_in(client, cast.bolat)
    page = visit(client, agree_address(petition, language))
    assert page.document.get("lang") == language
    assert page.submit("/signatures", region="").status == 422
    assert page.submit("/signatures", region="KZ-71").follow().status == 200
    assert page.submit("/signatures", region="KZ-71").status == 409
    for path in ("me", "me/settings", f"petitions/{petition.number}/withdraw-signature"):
        assert client.get(f"/{language}/{path}").status_code == 200
