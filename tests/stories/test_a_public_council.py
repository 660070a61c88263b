"""From a draft act to the promise kept: a council is notified, sits with a bare quorum, rules; the body answers each
recommendation; and another draft passes in silence. Through the real relay and real workers."""

import io
import re
from datetime import timedelta

import docx
import pytest
from sqlalchemy import select

from app import clock
from app.consultations import queries as drafts_of
from app.councils.models import Council
from app.db import db, transaction
from app.duties.models import DutyKind
from app.promises.models import Promise
from app.recommendations.lifecycle import State as ListState
from app.sittings import queries
from app.sittings.lifecycle import AttendanceKind, ExaminationState, State
from app.sittings.models import Ruling, Sitting
from app.sittings.services import examining
from tests import councils_cast, drafts, sittings_cast
from tests.cast import Cast, sign_in
from tests.page_client import PageClient
from tests.processes import until
from tests.stories.walking import browser, staff, told

DISSENT = "Жобаның қаржысы есептелмеген, сондықтан қарсымын."
CHANGE = "Алаң аптасына бір рет тексеріледі, кесте сайтта жарияланады."
REFUSAL = "Бейнебақылауға биыл қаржы бөлінбеген, келесі жылы қайта қаралады."


@pytest.fixture
def people(own_database) -> Cast:
    with transaction():
        cast = Cast()
        for name in ("marat", "gulnar"):
            getattr(cast, name)
        councils_cast.seated(councils_cast.council())
    return cast


def the_council() -> Council:
    db.session.rollback()
    council = councils_cast.by_slug("akmola-region")
    assert council is not None
    return council


def as_member(app, place: int) -> PageClient:
    """The member at that place: the chair is 0."""
    client = app.test_client()
    sign_in(client, sittings_cast.account(sittings_cast.seats(the_council())[place]))
    return PageClient(client)


def announce(app, cast) -> int:
    with transaction():
        number = drafts.preparing(cast).number
    head = staff(app, "gulnar@example.kz")
    page = head.get(f"/ru/desk/drafts/{number}/announce")
    page.submit(page.form("/announce"))
    return number


def examination_of(number: int):
    db.session.rollback()
    found = queries.examinations_of(drafts_of.by_number(number))
    return found[0] if found else None


def sitting_now() -> Sitting:
    db.session.rollback()
    return db.session.scalars(select(Sitting)).one()


def ruling_now() -> Ruling:
    db.session.rollback()
    return db.session.scalars(select(Ruling)).one()


def call(secretary: PageClient, number: int) -> Sitting:
    """From the secretary's room to the published notice."""
    room = secretary.get("/en/desk/councils/akmola-region")
    reporting = sittings_cast.seats(the_council())[3]
    room = room.submit(room.form("/rapporteur"), member=str(reporting.id))
    page = secretary.get(f"/en/desk/councils/akmola-region/sittings/new?draft={number}")
    day = clock.today() + timedelta(days=10)
    page = page.submit(
        page.form("/sittings/new"),
        on=[str(day.day), str(day.month), str(day.year)],
        begins="15:00",
        place="Көкшетау, Абай көшесі, 83",
    )
    page = page.submit(page.form("/items/new"))
    sitting = sitting_now()
    page = secretary.get(f"/en/desk/sittings/{sitting.number}/call")
    page.submit(page.form("/call"))
    return sitting_now()


def come(secretary: PageClient, sitting: Sitting) -> None:
    """Ten of fifteen: eight in the room, two from afar; the chair opens."""
    seats = [member.id for member in sittings_cast.seats(the_council())]
    kinds = [AttendanceKind.PRESENT] * 8 + [AttendanceKind.REMOTE] * 2 + [AttendanceKind.ABSENT] * 5
    page = secretary.get(f"/en/desk/sittings/{sitting.number}/attendance")
    page.submit(
        page.form("/attendance"),
        **{f"kind_{member}": kind.value for member, kind in zip(seats, kinds, strict=True)},
    )
    page = secretary.get(f"/en/desk/sittings/{sitting.number}/open")
    page.submit(page.form("/open"), presiding=str(seats[0]))


def vote(app, secretary: PageClient, sitting: Sitting) -> None:
    """One stands aside, one votes for and one against on their own screens; the others are called."""
    item = sitting.items[0].id
    address = f"/en/sittings/{sitting.number}/items/{item}"
    page = as_member(app, 9).get(f"{address}/conflict")
    page.submit(page.form("/conflict"), reason=sittings_cast.REASON)
    page = secretary.get(f"/en/desk{address[3:]}/open-vote?outcome=support_with_remarks")
    page.submit(page.form("/open-vote"))
    for place, choice in ((1, "for"), (2, "against")):
        page = as_member(app, place).get(f"{address}/vote")
        page = page.submit(page.form("/vote"), choice=choice)
        assert not page.errors and page.status == 200, page.text[:400]
    assert "You" in as_member(app, 9).get(f"{address}/vote").text
    page = secretary.get(f"/en/desk{address[3:]}/roll-call")
    for _ in range(7):
        page = page.submit(page.form("/roll-call"), choice="for")
    assert "8 of 9" not in page.text
    page = secretary.get(f"/en/desk{address[3:]}/close-vote")
    page.submit(page.form("/close-vote"))
    voting = queries.votings_of(sitting_now().items[0])[0]
    assert (voting.present, voting.eligible, voting.in_favour, voting.against) == (10, 9, 8, 1)
    assert voting.is_adopted
    page = as_member(app, 2).get(f"/en/sittings/{sitting.number}/votings/{voting.id}/dissent")
    page.submit(page.form("/dissent"), text=DISSENT, language="kk")


def rule(app, secretary: PageClient, sitting: Sitting) -> Ruling:
    address = f"/en/desk/sittings/{sitting.number}/items/{sitting.items[0].id}/ruling"
    page = secretary.get(address)
    page = page.submit(page.form("/ruling"))
    for row in range(3):
        words = {
            f"rows-{row}-text_kk": f"{row + 1}. {sittings_cast.RECOMMENDATION['kk']}",
            f"rows-{row}-text_ru": f"{row + 1}. {sittings_cast.RECOMMENDATION['ru']}",
            f"rows-{row}-clause": "3" if row == 0 else "",
        }
        texts = {
            "text_kk": sittings_cast.TEXTS["kk"],
            "text_ru": "" if row < 2 else sittings_cast.TEXTS["ru"],
        }
        button = {"more": "1"} if row < 2 else {}
        page = page.submit(page.form("/ruling"), **words, **texts, **button)
        assert not page.errors, page.errors
    ruling = ruling_now()
    assert [row.clause_path for row in ruling.recommendations.rows] == ["clause-3", None, None]
    page = as_member(app, 0).get(f"/en/desk/rulings/{ruling.number}/sign")
    page.submit(page.form("/sign"))
    return ruling_now()


def minutes(app, secretary: PageClient, sitting: Sitting) -> None:
    """Closed, signed by both, published; the file says what happened."""
    page = secretary.get(f"/en/desk/sittings/{sitting.number}/close")
    page.submit(page.form("/close"))
    for who in (secretary, as_member(app, 0)):
        page = who.get(f"/en/desk/sittings/{sitting.number}/minutes")
        page.submit(page.form("/minutes/sign"))
    page = secretary.get(f"/en/desk/sittings/{sitting.number}/minutes")
    page.submit(page.form("/minutes/publish"))
    assert sitting_now().state is State.RECORDED
    until(lambda: queries.minutes_of(sitting_now()).made_at is not None)
    data = app.test_client().get(f"/kk/sittings/{sitting.number}/minutes.docx").data
    paper = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(p.text for p in paper.paragraphs), *cells])
    for said in (DISSENT, sittings_cast.REASON, sittings_cast.TEXTS["kk"]):
        assert said in words


def answer(app, ruling: Ruling) -> None:
    """Each row is answered; with an empty one the head cannot publish."""
    listed = ruling.recommendations.id
    officer, head = staff(app, "marat@example.kz", "en"), staff(app, "gulnar@example.kz", "en")
    day = clock.today() + timedelta(days=40)
    by_when = [str(day.day), str(day.month), str(day.year)]
    answers = (
        {"kind": "accepted", "change": CHANGE, "by_when": by_when},
        {"kind": "partly", "change": CHANGE, "by_when": by_when, "reasons": REFUSAL},
        {"kind": "refused", "reasons": REFUSAL},
    )
    for place, words in enumerate(answers, start=1):
        page = officer.get(f"/en/desk/recommendations/{listed}/{place}")
        page = page.submit(page.form(f"/{place}"), language="kk", **words)
        assert not page.errors, page.errors
        if place == 2:
            page = head.get(f"/en/desk/recommendations/{listed}")
            if forms := [f for f in page.document.forms if (f.get("action") or "").endswith("/publish")]:
                page.submit(forms[0])
            assert ruling_now().recommendations.state is ListState.ISSUED
    page = head.get(f"/en/desk/recommendations/{listed}")
    page.submit(page.form("/publish"))
    assert ruling_now().recommendations.state is ListState.ANSWERED


def keep_a_promise(app, ruling: Ruling) -> Promise:
    officer = staff(app, "marat@example.kz", "en")
    first = ruling.recommendations.rows[0].answer.id
    page = officer.get(f"/en/desk/promises/new?source=recommendation:{first}")
    page = page.submit(page.form("/promises/new"), quote="Алаң күн сайын тексеріледі.")
    assert page.status == 422 and page.errors, "a sentence that does not stand there"
    page = page.submit(page.form("/promises/new"), quote=CHANGE)
    assert not page.errors, page.errors
    db.session.rollback()
    promise = db.session.scalars(select(Promise)).one()
    page = officer.get(f"/en/desk/promises/{promise.number}/fulfil")
    done = clock.today()
    page = page.submit(
        page.form("/fulfil"),
        words="Алаңдар тексеріліп, кесте сайтқа қойылды.",
        link="https://akmola.example.kz/keste",
        done_on=[str(done.day), str(done.month), str(done.year)],
    )
    assert not page.errors, page.errors
    db.session.rollback()
    return db.session.scalars(select(Promise)).one()


def test_from_a_draft_to_a_promise_kept_and_a_draft_that_passes_in_silence(own_database, people, behind):
    app = own_database
    number, silent = announce(app, people), announce(app, people)
    until(lambda: examination_of(number) is not None and examination_of(silent) is not None)
    examination = examination_of(number)
    assert examination.duty.kind is DutyKind.COUNCIL_RECOMMENDATIONS
    secretary_mail = councils_cast.secretary(the_council()).email
    until(lambda: len(told(app, secretary_mail)) >= 2)

    secretary = staff(app, secretary_mail, "en")
    sitting = call(secretary, number)
    assert browser(app).get(f"/en/sittings/{sitting.number}").status == 200
    come(secretary, sitting)
    assert (sitting_now().members_total, sitting_now().quorum) == (15, 10)
    vote(app, secretary, sitting_now())
    ruling = rule(app, secretary, sitting_now())
    until(lambda: ruling_now().recommendations.duty_id is not None)
    minutes(app, secretary, sitting_now())

    assert (ruling_now().recommendations.duty.value, len(ruling_now().recommendations.rows)) == (10, 3)
    page = browser(app).get(f"/en/rulings/{ruling.number}")
    assert DISSENT in page.text and "Support with remarks" in page.text
    until(lambda: told(app, "marat@example.kz"))
    answer(app, ruling_now())
    page = browser(app).get(f"/en/rulings/{ruling.number}")
    assert CHANGE in page.text and REFUSAL in page.text
    promise = keep_a_promise(app, ruling_now())
    assert promise.done_on == clock.today()
    assert "Done on time" in browser(app).get(f"/en/promises/{promise.number}").text
    assert f"/rulings/{ruling.number}" in browser(app).get(f"/en/drafts/{number}").html

    # The other draft: nobody said anything, and the page says so in plain words.
    with transaction():
        assert examining.end_terms(now=clock.now() + timedelta(days=40)) == 1
    assert examination_of(silent).state is ExaminationState.TACIT
    page = browser(app).get(f"/en/drafts/{silent}")
    assert re.search(r"[Tt]acit consent: no recommendations were given", page.text)
    figures = browser(app).get("/en/councils/akmola-region/figures").text
    assert "50 % of those whose term is over" in figures
