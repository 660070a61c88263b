"""The register, one council, its members and its desk, as people see them."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.access import CLOCK, Role
from app.councils.models import Member, Origin
from app.councils.panels import council_panels
from app.councils.queries.composition import composition, members_on
from app.councils.services import register, seating
from app.db import db
from app.i18n import LANGUAGES
from app.web.panels import Panel
from tests import councils_cast
from tests.cast import Cast, employee, sign_in
from tests.page_client import PageClient


@pytest.fixture
def reader(client: FlaskClient) -> PageClient:
    return PageClient(client)


@pytest.fixture
def council(session):
    made = councils_cast.council()
    councils_cast.seated(made, n=6, civil=4)
    return made


def test_the_register_is_searched_and_narrowed(session, reader: PageClient):
    register.load()
    page = reader.get("/en/councils")
    for words in (
        "councils 258",
        "of the whole country 35",
        "of cities and districts 203",
        "Ministry of Defence",
    ):
        assert words in page.text
    assert "Public Council at the Ministry of Justice" in page.text
    assert "More councils" in page.text
    assert "Общественный совет города Семей области Абай" in reader.get("/ru/councils?q=семей").text
    narrowed = reader.get("/en/councils?level=city&region=KZ-10").text
    assert "Semey" in narrowed and "Akkol" not in narrowed


def test_a_council_without_people_says_so(session, reader: PageClient):
    councils_cast.council()
    for language in LANGUAGES:
        reader.get(f"/{language}/councils/akmola-region")
    assert "No composition is published here yet" in reader.get("/en/councils/akmola-region").text
    reader.get("/en/councils/nowhere", status=404)


def test_a_council_shows_who_sits_in_it_and_whether_the_share_is_kept(council, reader: PageClient):
    page = reader.get("/en/councils/akmola-region")
    assert "4 of 6 members come from civil society" in page.text and "it is kept" in page.text
    assert "Chair of the council" in page.text and "«Бастау 1» қоғамдық бірлестігі" in page.text
    for member in [m for m in council.members if m.origin is Origin.CIVIL_SOCIETY][:1]:
        seating.remove(
            member,
            ground="own_wish",
            note="",
            on=clock.today() - timedelta(days=1),
            actor=CLOCK,
            now=clock.now(),
        )
    assert "it is not kept" in reader.get("/en/councils/akmola-region").text


def test_former_members_stand_with_the_ground_but_not_with_their_health(council, reader: PageClient):
    yesterday = clock.today() - timedelta(days=1)
    for member, ground in zip(council.members[:2], ("own_wish", "incapacity"), strict=True):
        seating.remove(member, ground=ground, note="Құжат", on=yesterday, actor=CLOCK, now=clock.now())
    text = reader.get("/en/councils/akmola-region/members").text
    assert "own wish" in text and "The membership ended early." in text
    assert "court" not in text and "Құжат" not in text


def test_upper_floors_add_their_panels(council, reader: PageClient, monkeypatch):
    monkeypatch.setattr(council_panels, "panels", [])
    council_panels.register(lambda found: None, order=20)
    council_panels.register(lambda found: Panel("councils/parts.html"), order=10)
    assert len(council_panels.drawn(council)) == 1
    reader.get("/en/councils/akmola-region")


def test_an_administrator_gives_a_seat_and_is_told_what_the_rules_refuse(
    council, cast: Cast, client: FlaskClient, reader: PageClient
):
    sign_in(client, cast.asel)
    today = clock.today()
    first = {"starts_on": [today.day, today.month, today.year], "origin": "civil_society", "email": ""}
    page = reader.get("/en/desk/councils/akmola-region/seats/new")
    refused = page.submit(page.form(), name="Ақбота", ngo="«Бастау 1» қоғамдық бірлестігі", **first)
    assert refused.status == 422
    assert "has a seat in this council already" in refused.text
    assert "Ақбота" in refused.html
    unknown = page.submit(page.form(), name="Ақбота", ngo="", **{**first, "email": "nobody@example.kz"})
    assert "There is no such account." in unknown.text

    page.submit(page.form(), name="Ақбота", ngo="«Дала» қоры", **first)

    assert db.session.scalar(select(Member.ngo).where(Member.name == "Ақбота")) == "«Дала» қоры"


def test_a_secretary_enters_elections_and_lets_members_in(council, client: FlaskClient, reader: PageClient):
    member = seating.seat(
        council,
        name="Ақбота",
        origin=Origin.CIVIL_SOCIETY,
        starts_on=clock.today(),
        actor=CLOCK,
        now=clock.now(),
    )
    staff = employee("aqbota@example.kz", Role.COUNCIL_MEMBER)
    sign_in(client, councils_cast.secretary(council))
    desk = "/en/desk/councils/akmola-region"
    today = clock.today()

    def send(address: str, **values: Any) -> None:
        page = reader.get(f"{desk}/{address}")
        page.submit(page.form(), **values)

    send(f"seats/{member.id}/account", email="aqbota@example.kz")
    send(f"seats/{member.id}/office", kind="chair", on=[today.day, today.month, today.year])
    send("commissions/new", name_kk="Бюджет комиссиясы", name_ru="Комиссия по бюджету")

    made_up = composition(council, today)
    assert made_up.chair is not None and made_up.chair.account_id == staff.id
    assert [one.name_ru for one in made_up.commissions] == ["Комиссия по бюджету"]
    reader.get(f"{desk}/seats")
    # Seats are given by whoever approves the composition.
    reader.get(f"{desk}/seats/new", status=403)


def test_the_desk_is_closed_to_everybody_else(council, cast: Cast, client: FlaskClient, reader: PageClient):
    for account in (cast.aigul, cast.marat, cast.yerlan):
        sign_in(client, account)
        reader.get("/en/desk/councils/akmola-region/seats", status=403)


def test_the_register_and_a_composition_are_open_data(council, client: FlaskClient):
    [listed] = client.get("/api/v1/councils?region=KZ-11").get_json()["councils"]
    assert (listed["slug"], listed["members"], listed["region"]) == ("akmola-region", 6, "KZ-11")
    whole = client.get("/api/v1/councils/akmola-region").get_json()
    assert whole["composition"]["civil_society_least"] == 4
    assert [m["offices"] for m in whole["composition"]["members"]].count(["chair"]) == 1
    assert len(whole["composition"]["members"]) == len(members_on(council, clock.today()))
    assert client.get("/api/v1/councils/nowhere").status_code == 404
    assert client.get("/api/v1/councils?after=x").status_code == 422
    assert client.get("/api/v1/councils.csv").get_data(as_text=True).count("akmola-region") >= 1
