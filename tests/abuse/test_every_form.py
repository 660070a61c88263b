"""Hostile values in every field of every form, in every parameter of an address, and everybody at every door.

Forms are found by walking over all routes as each person of the cast, so a new form is tested by being there.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import quote_plus, urlsplit

import lxml.html
import pytest

from app import clock
from app.db import db
from app.text.normalize import shown_line
from app.web.ratelimit import limiter
from tests.abuse.hostile import MARKUP, addresses, enter, is_run, table_of
from tests.abuse.world import SENTENCE, TABLES, World
from tests.cast import PASSWORD, Cast, iin, sign_out
from tests.conftest import rolled_back
from tests.page_client import Page, PageClient

LONG = "long " * 210_000
HOSTILE = {
    "markup": MARKUP,
    "long": LONG,
    "bidi": "Мектеп \u202eлож",
    "nul": b"a%00b",
    "surrogate": b"a%ED%A0%80b",
    "template": "{{7*7}} {% raw %} %(x)s {0.__class__}",
    "2^63": str(2**63),
    "digits": "9" * 5000,
    "sql": "'; DROP TABLE petitions; --\\",
    "line ends": "one\r\nBcc: two@example.kz\r\n\r\nthree",
}
FINE = {200, 303, 400, 403, 404, 409, 413, 422}
TYPED = {"text", "email", "search", "tel", "number", "url"}
VALUES = {"email": "reader@example.kz", "password": PASSWORD, "iin": iin(77), "link": "https://example.kz/"}


@contextmanager
def taken_back(client: Any) -> Iterator[None]:
    """Whatever is written inside, to the database or to the browser's cookie, is as if it had never been."""
    connection = db.session.get_bind()
    db.session.commit()
    cookie = client.get_cookie("unqos")
    nested = connection.begin_nested()  # type: ignore[union-attr]
    try:
        yield
    finally:
        db.session.rollback()
        nested.rollback()
        db.session.expire_all()
        sign_out(client)
        if cookie is not None:
            client.set_cookie("unqos", cookie.value)


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture(scope="module")
def world(app: Any) -> Iterator[World]:
    """One for all parts: what they send is taken back."""
    with rolled_back(app):
        yield World(Cast())


def filled(form: Any) -> dict[str, str]:
    """What a person in good faith would send."""
    data = dict(form.form_values())
    today = clock.today()
    for box in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = box.get("name"), box.get("type", "text")
        last = re.split(r"[-]", name)[-1]
        if box.tag == "select":
            options = [value for value in box.xpath(".//option/@value") if value]
            data[name] = data.get(name) or (options[0] if options else "")
        elif box.tag == "textarea":
            data[name] = data.get(name) or SENTENCE
        elif kind == "radio":
            data.setdefault(name, form.xpath(f".//input[@name='{name}']/@value")[-1])
        elif kind in TYPED | {"password"} and not data.get(name):
            data[name] = "10:00" if last.endswith("time") else VALUES.get(last, "Сөз")
    for name in form.xpath(".//input[contains(@class, 'govuk-date-input__input')]/@name"):
        data.pop(name, None)
    # One that only asks for more boxes or for a search saves nothing: whoever means it presses the other one.
    for button in form.xpath(".//button[@name and not(@name='more' or @name='find')]")[:1]:
        data.setdefault(button.get("name"), button.get("value") or "1")
    data.update(dict.fromkeys(days_of(form), ""))
    data["__days"] = f"{today.day} {today.month} {today.year}"
    return data


def days_of(form: Any) -> list[str]:
    return list(dict.fromkeys(form.xpath(".//input[contains(@class, 'govuk-date-input__input')]/@name")))


def body_of(form: Any, names: Collection[str], value: str | bytes) -> bytes:
    """The form as a browser would send it, `value` in the fields `names`; bytes go as they are."""
    data = filled(form)
    day, month, year = data.pop("__days").split()
    pairs: list[tuple[str, str | bytes]] = []
    for key in days_of(form):
        data.pop(key)
        typed = [b"1", b"1", quote_plus(value).encode() if isinstance(value, str) else value]
        pairs += [(key, part) for part in (typed if key in names else (day, month, year))]
    data = {**dict.fromkeys(names, ""), **data}
    pairs += [
        (key, value if key in names else kept) for key, kept in data.items() if key not in days_of(form)
    ]
    return b"&".join(
        quote_plus(key).encode() + b"=" + (v if isinstance(v, bytes) else quote_plus(v).encode())
        for key, v in pairs
    )


def fields_of(form: Any) -> dict[str, str]:
    """Every name that the form sends, with the kind of its box; the token has its own tests."""
    found = {}
    for box in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name] | .//button[@name]"):
        kind = box.get("type", "text") if box.tag == "input" else box.tag
        if "csrf_token" not in box.get("name") and kind != "file":
            found[box.get("name")] = kind
    return found


def boxes(document: Any, name: str) -> list[str]:
    return [
        box.get("value", "") if box.tag == "input" else (box.text or "")
        for box in document.xpath("//input[@name=$n] | //textarea[@name=$n]", n=name)
    ]


@cache
def as_shown(what: str) -> str:
    return shown_line(HOSTILE[what])


def told(text: str) -> str:
    return " ".join(text.split())


def has_error(document: Any, name: str) -> bool:
    return bool(document.xpath("//*[@id=$i]", i=f"{name}-error"))


def faults_of(client: Any, page: Page, form: Any, fields: dict[str, str], what: str) -> list[str]:
    """What goes wrong when `what` stands in `fields` of `form`."""
    value = HOSTILE[what]
    target = urlsplit(form.get("action") or page.path).path
    query = urlsplit(form.get("action") or page.path).query
    where = f"{target} {'+'.join(fields)} {what}"
    try:
        answer = client.post(
            target + (f"?{query}" if query else ""),
            data=body_of(form, fields, value),
            content_type="application/x-www-form-urlencoded",
            headers={"Referer": f"http://localhost{page.path}"},
        )
        status, html = answer.status_code, answer.text
        found = [] if status in FINE else [f"{where}: {status}"]
        if status == 303:
            after = client.get(answer.location)
            while after.status_code in (301, 302, 303):
                after = client.get(after.location)
            html = after.text
            found += [] if after.status_code < 500 else [f"{where}: then {after.status_code}"]
    except Exception as error:  # every one is a 500 page
        return [f"{where}: {type(error).__name__}: {str(error)[:120]!r}"]
    document = lxml.html.fromstring(html)
    if is_run(document):
        found.append(f"{where}: runs")
    if what != "template":
        try:
            Page(PageClient(client), target, status, html).check()
        except AssertionError as wrong:
            found.append(f"{where}: {str(wrong)[:160]}")
    elif "49" in told(document.text_content()) and "{{7*7}}" not in html:
        found.append(f"{where}: is computed")
    # Words to search with are cut to what a search takes, as on every list; nothing is saved of them.
    unsaved = {*days_of(form), "q"}
    typed = [name for name, kind in fields.items() if is_typed(kind) and name not in unsaved]
    if what == "long" and typed:
        found += [] if status in (413, 422) else [f"{where}: {status}, taken"]
        # The sign-in pages refuse the whole, at one field of it.
        silent = [name for name in typed if status == 422 and not has_error(document, name)]
        found += [] if "/sign-in" in target else [f"{where}: no error at {name}" for name in silent]
    if status == 413 and document.get("lang") != "ru":
        found.append(f"{where}: 413 in {document.get('lang')}")
    if what == "bidi":
        for box in document.xpath("//input | //textarea"):
            box.getparent().remove(box)
        if "\u202e" in lxml.html.tostring(document, encoding="unicode"):
            found.append(f"{where}: shown")
    if status == 422 and isinstance(value, str) and what != "bidi":
        for name in typed:
            if as_shown(what) not in [told(kept) for kept in boxes(document, name)]:
                found.append(f"{where}: {name} is not kept: {[kept[:60] for kept in boxes(document, name)]}")
        if typed and not document.xpath("//*[contains(@class, 'govuk-error-summary')]"):
            found.append(f"{where}: 422 without a summary")
    return found


PARTS = {
    "petitions": "petitions",
    "consultations": "drafts",
    "comments": "comments",
    "councils": "councils",
    "sittings": "sittings",
    **dict.fromkeys(("control", "gatherings"), "control"),
    **dict.fromkeys(("recommendations", "promises", "proposals"), "answers"),
}
# Whose form stands on a page of another part.
ELSEWHERE = {"accounts.sign_out": "petitions"}


def part_of(endpoint: str) -> str:
    return ELSEWHERE.get(endpoint) or PARTS.get(endpoint.split(".")[0], "others")


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("part", [*dict.fromkeys(PARTS.values()), "others"])
def test_no_form_breaks_by_what_is_typed(app, world, part):
    """Every form on the pages of one part. Each POST endpoint belongs to a part too and has to be met on that part's
    own pages, so all parts together meet all of them, without knowing of each other.

    A draft's number is not tried as a petition's: they are numbers of different tables, and only what is found has
    forms. An endpoint that has answered with a file is not asked for its next one. Forms that differ only by whom they
    name are one.
    """
    client, cast, doors = app.test_client(), world.cast, app.url_map.bind("localhost")
    faults: list[str] = []
    met: set[str] = set()
    seen: set[tuple[Any, ...]] = set()
    files: set[str] = set()
    for person, names in world.meetings(part):
        enter(client, cast, person)
        for name in (None, *names):
            number = world.number_of(name) if name else None
            table = TABLES.get((name or "").partition(" ")[0], "petitions")

            def is_ours(rule: Any, table: str = table) -> bool:
                return part_of(rule.endpoint) == part and table_of(rule) == table

            found = addresses(app, number, world.tokens, things=world.things_at(name), where=is_ours)
            for address, asked in world.with_queries(found, doors):
                if asked in files:
                    continue
                answer = client.get(address)
                if answer.status_code != 200:
                    continue
                if "html" not in answer.content_type:
                    files.add(asked)
                    continue
                page = Page(PageClient(client), address, 200, answer.text)
                for form in page.document.forms:
                    if form.method != "POST":
                        continue
                    target = urlsplit(form.get("action") or address).path
                    for other in form.xpath(".//button/@formaction"):
                        met.add(doors.match(urlsplit(other).path or target, "POST")[0])
                    endpoint, values = doors.match(target, "POST")
                    fields = fields_of(form)
                    shape = (re.sub(r"\d+", "#", name) for name in fields)
                    key = (endpoint, values.get("step"), values.get("token"), *sorted(set(shape)))
                    met.add(endpoint)
                    if key in seen:
                        continue
                    seen.add(key)
                    for chosen, what in tries(fields, part=part, turn=len(seen)):
                        with taken_back(client):
                            faults += faults_of(client, page, form, chosen, what)
    posts = {
        r.endpoint for r in app.url_map.iter_rules() if "POST" in r.methods and part_of(r.endpoint) == part
    }
    faults += [f"never met: {endpoint}" for endpoint in sorted(posts - met)]
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("person", ["", "bolat", "timur"])
def test_what_a_council_prepares_answers_like_nothing(app, world, person):
    """Readers, citizens and officers of other bodies cannot tell a number that is prepared from one that is not."""
    client, nobody = app.test_client(), 987654
    enter(client, world.cast, person)
    faults = []
    for name in ("sitting begun", "ruling begun", "act begun", "competition begun"):
        number, table = world.number_of(name), TABLES[name.partition(" ")[0]]

        def is_theirs(rule: Any, table: str = table) -> bool:
            return table_of(rule) == table

        for address in addresses(app, number, [], things=world.things_at(name), where=is_theirs):
            nothing = re.sub(rf"/{number}(?=[/.]|$)", f"/{nobody}", address, count=1)
            answers = [client.get(one).status_code for one in (address, nothing)]
            if answers[0] != answers[1]:
                faults.append(f"{name} {address}: {answers[0]}, and {answers[1]} for nothing")
    assert not faults, "\n".join(faults)


# What is chosen and not typed, or hidden.
CHOSEN = ("markup", "nul", "2^63", "digits")
# The forms of councils are many and made of the same parts: each of them gets these, and the others by turns.
OF_COUNCILS = frozenset({"councils", "sittings", "control", "answers"})
ALWAYS = ("markup", "long", "bidi", "digits")
BY_TURNS = (("nul", "template"), ("surrogate", "sql"), ("2^63", "line ends"))


def is_typed(kind: str) -> bool:
    return kind in TYPED | {"textarea"}


def tries(fields: dict[str, str], *, part: str, turn: int) -> Iterator[tuple[dict[str, str], str]]:
    """Which fields get which value: all boxes that are typed in at once, and all that are chosen from or hidden."""
    typed = {name: kind for name, kind in fields.items() if is_typed(kind) or kind == "password"}
    other = {name: kind for name, kind in fields.items() if name not in typed}
    some = (*ALWAYS, *BY_TURNS[turn % len(BY_TURNS)])
    for what in (some if part in OF_COUNCILS else HOSTILE) if typed else ():
        yield typed, what
    for what in CHOSEN if other else ():
        yield other, what
