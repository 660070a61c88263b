"""Hostile values in the address, and everybody at every door: what a petition's state hides stays hidden."""

import re
from typing import Any
from urllib.parse import quote

import pytest

from app import clock
from tests import councils_cast, factories
from tests.abuse.hostile import MARKUP, addresses, enter, is_run, table_of
from tests.page_client import Page, PageClient

VALUES = {
    "markup": quote(MARKUP),
    "long": "9" * 20_000,
    "bidi": quote("\u202eлож"),
    "nul": "a%00b",
    "surrogate": "%ED%A0%80",
    "template": quote("{{7*7}} %(x)s"),
    "2^63": str(2**63),
    "odd digit": quote("²"),
    "sql": quote("'; DROP TABLE x; -- & | ! :* <-> %_"),
    "line ends": "a%0D%0Ab%E2%80%A8",
    "list": quote("[0, 9223372036854775807, null]"),
}
PARAMETERS = [
    "q",
    "state",
    "topic",
    "region",
    "order",
    "after",
    "law",
    "unit",
    "to",
    "level",
    "number",
    "next",
    "lang",
    "title",
    "token",
    "asked",
    "v",
    "endpoint",
    "_scheme",
    "kind",
    "council",
    "body",
    "form",
    "outcome",
    "when",
    "source",
    "draft",
]
PEOPLE = ["", "bolat", "aigul", "yerlan", "marat", "timur", "gulnar", "asel"]


def is_of_petitions(rule: Any) -> bool:
    return table_of(rule) == "petitions"


def unnamed(html: str, number: int) -> str:
    """The page without what differs from request to request, and without the number that was asked for."""
    html = re.sub(r"(?:<p class=\"govuk-body-s uq-quiet\">[^<]*</p>)|csrf_token\" value=\"[^\"]*", "", html)
    html = re.sub(r"(?<=csrf_token\" type=\"hidden\" value=\")[^\"]*", "", html)
    return re.sub(rf"\b{number}\b", "#", html)


def test_no_address_breaks_a_page(app, client, cast):
    published = factories.published(cast, now=clock.now())
    submitted = factories.submitted(cast, now=clock.now())
    councils_cast.council()
    pages = addresses(app, None, ["x"]) + addresses(app, published.number, [], where=is_of_petitions)
    shown = [a for a in pages if client.get(a).status_code == 200]
    shown += ["/api/v1/petitions", "/api/v1/rejections", "/api/v1/agencies", "/api/v1/rules", "/"]
    shown += [f"/api/v1/{name}" for name in ("councils", "rulings", "promises", "proposals", "control")]
    shown += [f"/ru/petitions/{submitted.number}/sign", f"/ru/petitions/{submitted.number}/signed"]
    tries = [(a, "&".join(f"{p}={v}" for p in PARAMETERS), what) for a in shown for what, v in VALUES.items()]
    faults = faults_of(client, tries)
    listed = [a for a in shown if a.rsplit("/", 1)[-1] in ("petitions", "archive", "rejections", "agencies")]
    one = [(a, f"{p}={v}", w) for a in listed for p in ("q", "after", "state") for w, v in VALUES.items()]
    faults += faults_of(client, one)
    enter(client, cast, "yerlan")
    faults += faults_of(client, [("/ru/desk", f"number={v}", what) for what, v in VALUES.items()])
    enter(client, cast, "aigul")
    draft = factories.draft(cast, now=clock.now())
    step = f"/ru/petitions/{draft.number}/draft/addressee"
    faults += faults_of(
        client, [(step, f"{p}={v}", w) for p in ("q", "level", "region") for w, v in VALUES.items()]
    )
    compose = f"/ru/threads/{published.thread.id}/comment"
    faults += faults_of(
        client,
        [
            (compose, f"{p}={v}", w)
            for p in ("clause", "version", "read_in", "quote", "start", "length")
            for w, v in VALUES.items()
        ],
    )
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)


def faults_of(client: Any, tries: list[tuple[str, str, str]]) -> list[str]:
    found = []
    for address, query, what in tries:
        where = f"{address} {query.split('=')[0]} {what}"
        try:
            answer = client.get(f"{address}?{query}")
        except Exception as error:  # every one is a 500 page
            found.append(f"{where}: {type(error).__name__}: {str(error)[:100]!r}")
            continue
        if answer.status_code >= 500 or answer.status_code == 302 and "localhost" not in answer.location:
            found.append(f"{where}: {answer.status_code}")
        if answer.status_code == 200 and "html" in answer.content_type and "<main" in answer.text:
            page = Page(PageClient(client), address, 200, answer.text)
            if is_run(page.document):
                found.append(f"{where}: runs")
            if what != "template":
                try:
                    page.check()
                except AssertionError as wrong:
                    found.append(f"{where}: {str(wrong)[:160]}")
    return found


@pytest.mark.parametrize("number", ["0", "2147483648", "9223372036854775808", "9" * 5000, "-1", "1%00", "²"])
def test_no_number_breaks_a_page(app, client, number):
    for rule in (
        "/ru/petitions/{}",
        "/ru/petitions/archive/{}",
        "/api/v1/petitions/{}/history",
        "/ru/desk/checks/{}",
        "/ru/sittings/{}",
        "/ru/rulings/{}",
        "/ru/promises/{}",
        "/ru/proposals/{}",
        "/ru/control/{}",
        "/ru/competitions/{}",
        "/ru/calendar/{}.ics",
        "/api/v1/rulings/{}",
        "/ru/desk/votings/{}/correct",
        "/ru/desk/recommendations/{}",
        "/ru/desk/promises/new?source=recommendation:{}",
    ):
        assert client.get(rule.format(number)).status_code in (303, 404, 414), rule


@pytest.mark.parametrize("people", [PEOPLE[::2], PEOPLE[1::2]], ids=lambda people: people[-1])
def test_everybody_at_every_door(app, client, cast, people):
    """No petition is looked for where the number is a draft act's: that is another table's."""
    now = clock.now()
    title = "Құпия атау өте сирек кездесетін"
    petitions = {
        "draft": factories.draft(cast, now=now, title=f"{title} draft"),
        "submitted": factories.submitted(cast, now=now, title=f"{title} submitted"),
        "published": factories.published(cast, now=now, title=f"{title} published"),
        "under_review": factories.registered(cast, now=now, title=f"{title} review"),
    }
    number = {state: petition.number for state, petition in petitions.items()}
    nobody = 987654
    faults: list[str] = []
    knows = {"draft": {"aigul"}, "submitted": {"aigul", "yerlan", "asel"}}

    def of_petition(number: int) -> list[str]:
        return addresses(app, number, [], where=is_of_petitions)

    for person in people:
        enter(client, cast, person)
        nothing = {a: client.get(a) for a in of_petition(nobody)}
        faults += [
            f"{person} {a}: {r.status_code} for nothing"
            for a, r in nothing.items()
            if r.status_code != 404 and not (r.status_code == 303 and not person)
        ]
        for state, n in number.items():
            for address in of_petition(n):
                answer = client.get(address)
                where = f"{person or 'anonymous'} {state} {address}: {answer.status_code}"
                if answer.status_code >= 500:
                    faults.append(where)
                if state in knows and person not in knows[state]:
                    like = nothing[re.sub(rf"/{n}(?=/|$)", f"/{nobody}", address)]
                    if answer.status_code != like.status_code or title in answer.text:
                        faults.append(f"{where} is known")
                    elif unnamed(answer.text, n) != unnamed(like.text, nobody):
                        faults.append(f"{where} differs from nothing")
                elif (
                    "/desk/" in address
                    and answer.status_code == 200
                    and not is_at_home(person, address)
                    or "/draft/" in address
                    and answer.status_code == 200
                    and person != "aigul"
                ):
                    faults.append(f"{where} is open")
                elif state == "draft" and "/draft/" in address and answer.status_code not in (200, 303):
                    faults.append(f"{where} is shut for its author")
        for address in addresses(app, None, ["x"]):
            answer = client.get(address)
            if answer.status_code >= 500:
                faults.append(f"{person} {address}: {answer.status_code}")
            hidden = ["draft"] if person in ("yerlan", "asel") else ["draft", "submitted"]
            if person != "aigul" and any(f"{title} {state}" in answer.text for state in hidden):
                faults.append(f"{person} {address} shows what is not public")
        for address in (f"/ru/petitions?q={quote(title)}", f"/ru/petitions/similar?title={quote(title)}"):
            found = client.get(address).text
            faults += [
                f"{person} {address} finds {s}" for s in ("draft", "submitted") if f"{title} {s}" in found
            ]
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)


def is_at_home(person: str, address: str) -> bool:
    """Whose desk this is: of the moderators, of the administrators, else of the addressee."""
    if address.endswith("/remove"):
        return person == "asel"
    if "/desk/checks/" in address or address.endswith(("/close", "/signatures")):
        return person == "yerlan"
    if address.endswith(("/letter", "/publish")):
        return person == "gulnar"
    return person in ("marat", "gulnar")
