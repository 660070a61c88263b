"""Hostile values in every field of every form, in every parameter of an address, and everybody at every door.

Forms are found by walking over all routes as each person of the cast, so a new form is tested by being there.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlsplit

import lxml.html
import pytest

from app import clock
from app.accounts.keys import signer_key
from app.comments.lifecycle import AnswerKind
from app.comments.models import Comment
from app.comments.services import answering, grouping, hiding, posting, templates
from app.comments.services.answering import AnswerDraft
from app.comments.services.posting import CommentWords
from app.comments.services.templates import TemplateWords
from app.consultations import queries as consultations
from app.consultations.models import Fate
from app.consultations.services import comparative, reporting, versions
from app.db import db
from app.petitions.models import Signature
from app.petitions.services import reviewing
from app.text.normalize import shown_line
from app.web.ratelimit import limiter
from tests import drafts, factories
from tests.abuse.hostile import MARKUP, addresses, enter, is_run
from tests.cast import PASSWORD, iin, sign_out
from tests.notifications.people import follower, saved_search
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
OFFICERS_DRAFTS = (
    "d blank",
    "d whole",
    "d open",
    "d closed",
    "d begun",
    "d compared",
    "d reviewed",
    "d reported",
)
HEADS_DRAFTS = ("d whole", "d open", "d compared", "d reviewed")
TYPED = {"text", "email", "search", "tel", "number", "url"}
SENTENCE = "Бұл сөйлем кез келген өріске жететіндей ұзын етіп жазылған."
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


@dataclass
class World:
    """One petition for every form that there is, and who meets which."""

    cast: Any
    petitions: dict[str, Any] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    # Ids of what has no number, by the name that they have in addresses.
    things: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cast, now = self.cast, clock.now()
        made = self.petitions
        for name in ("draft", "submitted", "rejected", "published", "forwarded", "registered", "returned"):
            made[name] = getattr(factories, name)(cast, now=now)
        made["reviewed"] = factories.reviewed(cast, now=now)
        reviewing.save_decision(
            made["reviewed"],
            draft=factories.decision_draft(made["reviewed"]),
            actor=cast.marat.actor(),
            now=now,
        )
        made["signed"] = factories.published(cast, now=now)
        made["decided"] = factories.decided(cast, now=now)
        for name in ("signed", "decided"):
            self._sign(made[name])
        db.session.flush()
        self.tokens = [
            follower(made["published"], f"{name}@example.kz", confirmed=name == "confirmed").token
            for name in ("asked", "confirmed")
        ]
        self.tokens += [
            saved_search(f"{name}@example.kz", confirmed=name == "confirmed").token
            for name in ("asked", "confirmed")
        ]
        self._talk(made["published"].thread)
        self._discuss()
        db.session.commit()

    def _talk(self, thread: Any) -> None:
        """Comments in every state that a form is for: in a group, of another, hidden, and hidden with an appeal."""
        cast, now = self.cast, clock.now()

        def say(author: Any, text: str) -> Comment:
            words = CommentWords(text=text, language="kk")
            return posting.post(thread, words=words, anchor=None, actor=author.actor(), now=now)

        letters = [say(author, SENTENCE * 5) for author in (cast.bolat, cast.dana)]
        for letter in letters:
            grouping.join(letter.id, now=now)
        said = [
            *letters,
            say(cast.aigul, "Жаңа жол керек."),
            say(cast.bolat, "Жасырылған пікір."),
            say(cast.aigul, "Шағымдалған пікір."),
        ]
        for comment in said[-2:]:
            hiding.hide(comment, reason="insult", explanation=SENTENCE, actor=cast.saule.actor(), now=now)
        hiding.appeal(said[-1], text=SENTENCE, actor=cast.aigul.actor(), now=now)
        self.things = {
            "thread_id": [thread.id],
            "comment_id": [comment.id for comment in said],
            "group_id": [letters[0].group_id],
        }

    def _discuss(self) -> None:
        """Drafts in every state that a form is for: blank, with a row in its table, with a version in each of its
        states, with a comment that looks for its place, with a report, reported."""
        cast, now = self.cast, clock.now()
        marat, gulnar = cast.marat.actor(), cast.gulnar.actor()
        made = self.petitions
        made["d blank"], made["d whole"] = drafts.blank(cast), drafts.preparing(cast)
        version = consultations.newest_version(made["d whole"])
        words = {"ru": comparative.RowWords(element="Пункт 3", proposed=SENTENCE)}
        row = comparative.add(version, words=words, actor=marat)
        made["d open"], made["d closed"] = drafts.opened(cast), drafts.closed(cast)
        made["d begun"], made["d compared"] = drafts.opened(cast), drafts.opened(cast)
        versions.prepare(made["d begun"], actor=marat, now=now)
        drafts.second_version(made["d compared"], cast, publish=False)
        said = drafts.comment(made["d open"], cast.bolat)
        newest = drafts.second_version(made["d open"], cast)
        consultations.carried(newest, said.id).fate = Fate.DOUBTFUL
        for name in ("d reviewed", "d reported"):
            made[name] = drafts.under_review(cast)
            report = reporting.ask(made[name], actor=marat, now=now)
            reporting.make(made[name], attempt=report.attempt, now=now)
        reporting.publish_report(made["d reported"], actor=gulnar, now=now)
        self.things["comment_id"].append(said.id)
        self.things |= {"row_id": [row.id], "language": ["ru"], "position": [2]}
        self._answer(made["d open"])

    def _answer(self, draft: Any) -> None:
        """What an answer desk can have: two groups, a draft of an answer, an approved one, a template."""
        cast, now, thread = self.cast, clock.now(), draft.thread
        marat, gulnar = cast.marat.actor(), cast.gulnar.actor()
        groups = []
        for text in (SENTENCE * 4, "Балалар ойнайтын жерде түнде де жарық жансын деп сұраймыз. " * 4):
            letters = [drafts.comment(draft, author, text) for author in (cast.bolat, cast.dana)]
            groups += [grouping.join(letter.id, now=now) for letter in letters][-1:]
        said = [
            drafts.comment(draft, cast.aigul, f"Пікір: {SENTENCE}", path=path) for path in ("clause-1", None)
        ]
        words = AnswerDraft(AnswerKind.NOTED, "kk", SENTENCE)
        answers = [answering.save(thread, comment=one, draft=words, actor=marat, now=now) for one in said]
        answering.approve(answers[:1], actor=gulnar, now=now)
        template = templates.add(
            thread.agency_id,
            words=TemplateWords("Рақмет", AnswerKind.NOTED, "kk", SENTENCE),
            actor=marat,
            now=now,
        )
        self.things["thread_id"].append(thread.id)
        self.things["comment_id"].append(said[0].id)
        self.things["group_id"] += [group.id for group in groups if group]
        self.things |= {"answer_id": [answers[1].id], "template_id": [template.id]}

    def _sign(self, petition: Any) -> None:
        tag = self.cast.bolat.person_tag
        db.session.add(
            Signature(
                petition_id=petition.id,
                signer_key=signer_key(tag, petition_number=petition.number),
                region_code="KZ-11",
                consent_version="test",
                signed_at=petition.published_at or clock.now(),
            )
        )

    def meetings(self) -> list[tuple[str, list[str]]]:
        return [
            ("", ["published"]),
            ("bolat", ["published", "signed", "decided", "d open"]),
            ("aigul", ["draft", "submitted", "rejected"]),
            ("yerlan", ["submitted", "published"]),
            ("asel", ["published"]),
            ("marat", ["forwarded", "registered", "reviewed", "decided", *OFFICERS_DRAFTS]),
            ("gulnar", ["registered", "reviewed", "returned", *HEADS_DRAFTS]),
        ]


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
    for button in form.xpath(".//button[@name]")[:1]:
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
    typed = [name for name, kind in fields.items() if is_typed(kind) and name not in days_of(form)]
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
            if shown_line(value) not in [told(kept) for kept in boxes(document, name)]:
                found.append(f"{where}: {name} is not kept: {[kept[:60] for kept in boxes(document, name)]}")
        if typed and not document.xpath("//*[contains(@class, 'govuk-error-summary')]"):
            found.append(f"{where}: 422 without a summary")
    return found


@pytest.mark.usefixtures("unlimited")
def test_no_form_breaks_by_what_is_typed(app, client, cast):
    world = World(cast)
    faults: list[str] = []
    met: set[str] = set()
    seen: set[tuple[Any, ...]] = set()
    for person, names in world.meetings():
        enter(client, cast, person)
        for name in (None, *names):
            number = world.petitions[name].number if name else None
            for address in addresses(app, number, world.tokens, things=world.things):
                answer = client.get(address)
                if answer.status_code != 200 or "html" not in answer.content_type:
                    continue
                page = Page(PageClient(client), address, 200, answer.text)
                for form in page.document.forms:
                    if form.method != "POST":
                        continue
                    target = urlsplit(form.get("action") or address).path
                    endpoint, values = app.url_map.bind("localhost").match(target, "POST")
                    fields = fields_of(form)
                    key = (endpoint, values.get("step"), values.get("token"), *fields)
                    met.add(endpoint)
                    if key in seen:
                        continue
                    seen.add(key)
                    for chosen, what in tries(fields):
                        with taken_back(client):
                            faults += faults_of(client, page, form, chosen, what)
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)
    assert posts - met <= set(), f"never met: {sorted(posts - met)}"


# For what is chosen and not typed, or hidden.
CHOSEN = ("markup", "nul", "2^63", "digits")


def is_typed(kind: str) -> bool:
    return kind in TYPED | {"textarea"}


def tries(fields: dict[str, str]) -> Iterator[tuple[dict[str, str], str]]:
    """Which fields get which value: all boxes that are typed in at once, and all that are chosen from or hidden."""
    typed = {name: kind for name, kind in fields.items() if is_typed(kind) or kind == "password"}
    other = {name: kind for name, kind in fields.items() if name not in typed}
    for what in HOSTILE if typed else ():
        yield typed, what
    for what in CHOSEN if other else ():
        yield other, what
