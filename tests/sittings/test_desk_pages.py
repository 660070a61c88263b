"""The desk of the secretary and of whoever presides, walked through from an empty agenda to published minutes."""

import io
from datetime import timedelta

import pytest

from app import clock
from app.db import db
from app.outbox.models import OutboxEntry
from app.sittings import queries
from app.sittings.lifecycle import Choice, ExaminationState, ItemState, RulingState, State, VotingState
from app.sittings.models import Examination, Sitting
from app.sittings.services import attending, examining, ruling, voting
from tests import councils_cast, drafts, sittings_cast
from tests.cast import addressee, sign_in
from tests.page_client import PageClient

REASON = "Ғимаратта жылу жоқ, сондықтан мәжіліс басқа күнге ауыстырылды."
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def council(session):
    council = councils_cast.council(agency=addressee())
    councils_cast.seated(council)
    return council


@pytest.fixture
def draft(council, cast):
    return drafts.opened(cast)


@pytest.fixture
def examination(draft):
    return examining.notify_concerned(draft, now=clock.now())[0]


@pytest.fixture
def pages(client, council):
    sign_in(client, councils_cast.secretary(council))
    return PageClient(client)


def now_as(client, account):
    sign_in(client, account)
    return PageClient(client)


def desk_of(sitting):
    return f"/ru/desk/sittings/{sitting.number}"


def when(days=10, **more):
    day = clock.today() + timedelta(days=days)
    # Three boxes of one name.
    return {
        "on": [str(day.day), str(day.month), str(day.year)],
        "begins": "15:00",
        "place": "Көкшетау, Абай 83",
    } | more


def test_a_sitting_from_an_empty_room_to_its_notice(pages, council, draft, examination):
    room = pages.get(f"/ru/desk/councils/{council.slug}")
    assert draft.title in room.text or draft.titles["ru"] in room.text
    member = sittings_cast.seats(council)[4]
    room = room.submit(room.form("/rapporteur"), member=str(member.id))
    assert db.session.get(Examination, examination.id).rapporteur_id == member.id

    page = pages.get(room.document.xpath("//a[contains(@href, '/sittings/new?draft=')]/@href")[0])
    bad = page.submit(page.form("/sittings/new"), **when(begins="25 o’clock", place="Зал"))
    assert bad.status == 422 and "25 o’clock" in bad.html and len(bad.errors) == 1
    past = page.submit(page.form("/sittings/new"), **when(days=-1))
    assert past.status == 422 and past.errors
    item = page.submit(page.form("/sittings/new"), **when())
    assert "/items/new" in item.path
    document = (io.BytesIO(PDF), "spravka.pdf")
    desk = item.submit(
        item.form("/items/new"), title_kk="Алаңдар туралы", title_ru="О площадках", files={"files": document}
    )
    sitting = db.session.query(Sitting).one()
    [first] = sitting.items
    assert first.titles == {"kk": "Алаңдар туралы", "ru": "О площадках"} and first.rapporteur_id == member.id
    assert "spravka.pdf" in desk.text

    twice = pages.get(desk_of(sitting) + f"/items/new?kind=draft&draft={draft.number}")
    assert twice.submit(twice.form("/items/new")).errors
    other = pages.get(desk_of(sitting) + "/items/new?kind=other")
    half = other.submit(other.form("/items/new"), title_kk="Жұмыс жоспары")
    assert half.status == 422 and "Жұмыс жоспары" in half.html
    desk = half.submit(half.form("/items/new"), title_ru="План работы")
    desk = desk.submit(desk.form("/order"), move=f"{sitting.items[1].id}:up")
    assert [one.titles["ru"] for one in sitting.items] == ["План работы", "О площадках"]
    desk = desk.submit(desk.form("/order"), move=f"{sitting.items[0].id}:down")
    for kind in ("petition", "proposal", "matter"):
        form = pages.get(desk_of(sitting) + f"/items/new?kind={kind}")
        wrong = (
            form.submit(form.form("/items/new"), number="999999")
            if kind != "matter"
            else form.submit(form.form("/items/new"))
        )
        assert wrong.status == 422 and wrong.errors
    matter = pages.get(desk_of(sitting) + "/items/new?kind=matter")
    matter.submit(matter.form("/items/new"), matter="budget_programmes")
    assert len(sitting.items) == 3
    address = desk_of(sitting) + f"/items/{sitting.items[2].id}/remove"
    form = pages.get(desk_of(sitting)).form("/order", number=2)
    form.set("action", address)
    pages.get(desk_of(sitting)).submit(form)
    assert len(sitting.items) == 2

    notice = pages.get(desk_of(sitting) + "/call")
    assert "Алаңдар туралы" in notice.text and "План работы" in notice.text
    notice.submit(notice.form("/call"))
    assert sitting.state is State.CALLED and sitting.gathering.published_at is not None
    assert "sitting.called" in {one.topic for one in db.session.query(OutboxEntry)}


def test_a_notice_says_when_it_comes_late_and_a_move_asks_for_its_reason(pages, council):
    soon = sittings_cast.agenda(council, starts_at=clock.now() + timedelta(minutes=50))
    late = pages.get(desk_of(soon) + "/call")
    assert late.document.xpath("//*[contains(@class, 'uq-notice--warning')]")
    late.submit(late.form("/call"))
    move = pages.get(desk_of(soon) + "/move")
    assert move.document.xpath("//*[contains(@class, 'uq-notice--warning')]")
    short = move.submit(move.form("/move"), **when(days=2, reason="Жылу жоқ"))
    assert short.status == 422 and "Жылу жоқ" in short.html
    desk = short.submit(short.form("/move"), reason=REASON)
    assert REASON in desk.text and soon.gathering.moves
    postpone = pages.get(desk_of(soon) + f"/items/{sittings_cast.item_of(soon).id}/postpone")
    postpone.submit(postpone.form("/postpone"), reason=REASON)
    assert sittings_cast.item_of(soon).state is ItemState.POSTPONED
    cancel = pages.get(desk_of(soon) + "/cancel")
    cancel.submit(cancel.form("/cancel"), reason=REASON)
    assert soon.state is State.CANCELLED


def test_no_vote_without_a_quorum_and_the_sentence_why(pages, council):
    sitting = sittings_cast.called(council)
    seats = sittings_cast.seats(council)
    attendance = pages.get(desk_of(sitting) + "/attendance")
    present = {f"kind_{one.id}": "present" for one in seats[:9]}
    desk = attendance.submit(attendance.form("/attendance"), **present)
    opening = pages.get(desk_of(sitting) + "/open")
    desk = opening.submit(opening.form("/open"), presiding=str(seats[0].id))
    item = sittings_cast.item_of(sitting)
    ask = f"/items/{item.id}/open-vote"
    assert sitting.state is State.IN_SESSION and ask not in desk.html
    assert "9" in desk.text and "10" in desk.text and "15" in desk.text
    # Whoever kept the address is told the same.
    question = pages.get(desk_of(sitting) + ask + "?outcome=support")
    assert "Осы" not in question.html
    refused = question.submit(question.form("/open-vote"), question_ru="О плане работы совета?")
    assert refused.status == 422 and refused.errors and "О плане работы совета?" in refused.html

    attendance = pages.get(desk_of(sitting) + "/attendance")
    desk = attendance.submit(attendance.form("/attendance"), **{f"kind_{seats[9].id}": "remote"})
    assert ask in desk.html and len(sitting.attendance) == 10
    # The tenth has an interest: they count for the quorum, and are not called.
    conflict = pages.get(desk_of(sitting) + f"/items/{item.id}/conflicts")
    conflict.submit(conflict.form("/conflicts"), member=str(seats[9].id), reason=sittings_cast.REASON)
    question = pages.get(desk_of(sitting) + ask + "?outcome=support")
    roll = question.submit(question.form("/open-vote"))
    voting_ = queries.open_voting(item)
    assert "/roll-call" in roll.path and "9" in roll.text
    assert item.titles["kk"] in voting_.questions["kk"] and voting_.outcome == "support"

    close = pages.get(desk_of(sitting) + "/close")
    assert close.submit(close.form("/close")).status == 409
    annul = pages.get(desk_of(sitting) + f"/items/{item.id}/annul-vote")
    annul.submit(annul.form("/annul-vote"), reason=REASON)
    assert voting_.state is VotingState.ANNULLED
    over = pages.get(desk_of(sitting) + "/presiding")
    over.submit(over.form("/presiding"), presiding=str(seats[1].id))
    assert sitting.presiding_id == seats[1].id


def test_a_closed_vote_is_corrected_beside_the_old_entry(pages, council):
    sitting = sittings_cast.in_session(council)
    item, seats = sittings_cast.item_of(sitting), sittings_cast.seats(council)
    put = sittings_cast.voted(item, {seats[2].id: Choice.AGAINST}, close=False)
    closing = pages.get(desk_of(sitting) + f"/items/{item.id}/close-vote")
    assert "14" in closing.text
    desk = closing.submit(closing.form("/close-vote"))
    assert put.is_adopted and item.state is ItemState.DECIDED
    page = pages.get(f"/ru/desk/votings/{put.id}/correct")
    same = page.submit(page.form("/correct"), member=str(seats[2].id), choice="against", reason=REASON)
    assert same.status == 422 and same.errors
    desk = page.submit(page.form("/correct"), member=str(seats[2].id), choice="abstained", reason=REASON)
    assert REASON in desk.text
    assert (put.against, voting.standing_choices(put)[seats[2].id]) == (1, Choice.ABSTAINED)


def test_a_ruling_keeps_every_word_and_needs_both_languages(pages, client, council, cast, draft, examination):
    sitting = sittings_cast.in_session(council, [sittings_cast.on_draft(draft)])
    item = sittings_cast.item_of(sitting)
    sittings_cast.voted(item, outcome="support_with_remarks")
    address = desk_of(sitting) + f"/items/{item.id}/ruling"
    begin = pages.get(address)
    page = begin.submit(begin.form("/ruling"))
    words = {
        "text_kk": "Кеңес ескертулермен қолдайды.",
        "rows-0-text_kk": "Аптасына бір рет.",
        "rows-0-clause": "3",
    }
    page = page.submit(page.form("/ruling"), **words, more="1")
    assert page.status == 200 and "rows-1-text_kk" in page.html and "Аптасына бір рет." in page.html
    wrong = page.submit(page.form("/ruling"), **{"rows-1-text_kk": "Журнал.", "rows-1-clause": "77"})
    assert wrong.status == 422 and any(
        "clause" in link for link in wrong.document.xpath("//*[contains(@class,'error-summary')]//a/@href")
    )
    page = wrong.submit(wrong.form("/ruling"), **{"rows-1-clause": ""}, sign="1")
    # Saved, and at each box what the signature still needs.
    assert page.status == 422 and len(page.errors) == 3
    found = queries.ruling_of(item)
    rows = found.recommendations.rows
    assert [row.clause_path for row in rows] == ["clause-3", None] and rows[0].clause_version == 1

    stale = pages.get(address)
    ruling.save(
        found, texts={"kk": "Басқа мәтін.", "ru": "Другой текст."}, rows=[], revision=found.revision,
        actor=councils_cast.secretary(council).actor(), now=clock.now(),
    )  # fmt: skip
    both = {
        "text_ru": "Совет поддерживает с замечаниями.",
        "rows-0-text_ru": "Раз в неделю.",
        "rows-1-text_ru": "Журнал.",
    }
    twice = stale.submit(stale.form("/ruling"), **both)
    assert twice.status == 409 and "Другой текст." in twice.text and both["text_ru"] in twice.html
    saved = twice.submit(twice.form("/ruling"))
    assert (
        saved.status == 200 and found.texts["ru"] == both["text_ru"] and len(found.recommendations.rows) == 2
    )

    chair = now_as(client, councils_cast.chair(council))
    sign = chair.get(f"/ru/desk/rulings/{found.number}/sign")
    assert both["text_ru"] in sign.text and "Аптасына бір рет." in sign.text
    sign.submit(sign.form("/sign"))
    assert found.state is RulingState.PUBLISHED and examination.state is ExaminationState.RULED


def test_minutes_are_added_to_signed_twice_and_published(pages, client, council):
    sitting = sittings_cast.in_session(council)
    item = sittings_cast.item_of(sitting)
    said = pages.get(desk_of(sitting) + f"/items/{item.id}/proceedings")
    said.submit(said.form("/proceedings"), text="А. Бекенов жоспарды таныстырды.")
    close = pages.get(desk_of(sitting) + "/close")
    page = close.submit(close.form("/close"))
    assert sitting.state is State.CLOSED and "/minutes" in page.path and "А. Бекенов" in page.text
    page = page.submit(page.form("/sign"))
    empty = page.submit(page.form("/add"), text="")
    assert empty.status == 422 and empty.errors
    page = page.submit(page.form("/add"), text="Қонақтар үшеу болды.", language="kk")
    minutes = queries.minutes_of(sitting)
    assert minutes.additions and minutes.secretary_signed_at is None
    page = page.submit(page.form("/sign"))
    assert pages.post(f"{desk_of(sitting)}/minutes/publish", {"csrf_token": _token(page)}).status == 422
    chair = now_as(client, councils_cast.chair(council))
    page = chair.get(desk_of(sitting) + "/minutes")
    page.submit(page.form("/sign"))
    secretary = now_as(client, councils_cast.secretary(council))
    page = secretary.get(desk_of(sitting) + "/minutes")
    page.submit(page.form("/publish"))
    assert sitting.state is State.RECORDED and minutes.published_at is not None


def _token(page):
    return page.document.xpath("//input[@name='csrf_token']/@value")[0]


def test_the_developing_body_asks_one_more_council(client, cast, council, draft, examination):
    other = councils_cast.council("ministry", agency="ministry-of-justice")
    pages = now_as(client, cast.marat)
    page = pages.get(f"/ru/desk/drafts/{draft.number}/councils")
    assert page.submit(page.form("/councils"), council="").status == 422
    page = page.submit(page.form("/councils"), council=other.slug)
    assert {one.council_id for one in queries.examinations_of(draft)} == {council.id, other.id}
    assert f"/desk/drafts/{draft.number}/councils" in pages.get(f"/ru/desk/drafts/{draft.number}").html
    assert now_as(client, cast.timur).get(f"/ru/desk/drafts/{draft.number}/councils", status=403)


def test_who_may_be_where(client, cast, council):
    """The secretary leads, a member reads, everybody else is outside."""
    sitting = sittings_cast.agenda(council)
    member = sittings_cast.account(sittings_cast.seats(council)[5])
    room, desk = f"/ru/desk/councils/{council.slug}", desk_of(sitting)
    reading = now_as(client, member)
    assert "/sittings/new" not in reading.get(room).html
    assert "/items/new" not in reading.get(desk).html
    for path in ("/attendance", "/call", "/items/new"):
        assert reading.get(desk + path, status=403)
    outside = now_as(client, cast.aigul)
    assert outside.get(room, status=403) and outside.get(desk, status=404)
    secretary = now_as(client, councils_cast.secretary(council))
    assert room in secretary.get("/ru/desk").html


def test_chair_absent_another_member_presides(pages, council):
    sitting = sittings_cast.called(council)
    seats, actor = sittings_cast.seats(council), councils_cast.secretary(council).actor()
    opening = pages.get(desk_of(sitting) + "/open")
    assert f"{desk_of(sitting)}/attendance" in opening.html
    for member in seats[1:12]:
        attending.note(
            sitting, member, sittings_cast.AttendanceKind.PRESENT, note=None, actor=actor, now=clock.now()
        )
    opening = pages.get(desk_of(sitting) + "/open")
    assert seats[0].name in opening.text
    assert opening.submit(opening.form("/open")).status == 422
    opening.submit(opening.form("/open"), presiding=str(seats[1].id))
    assert sitting.presiding_id == seats[1].id and (sitting.members_total, sitting.quorum) == (15, 10)
