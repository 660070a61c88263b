"""What happened stands in the minutes: in both languages, on the page and in the files."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.documents.docx_writer import write_docx
from app.documents.paper import Paper
from app.documents.pdf_writer import write_pdf
from app.i18n import use_language
from app.sittings import papers
from app.sittings.lifecycle import AttendanceKind, Choice
from app.sittings.models import Sitting
from app.sittings.services import attending, calling, minutes, voting
from tests import councils_cast, drafts, sittings_cast

OPINION = "Келе алмаймын, бірақ жобаны қолдаймын."
DISSENT = "Алаңды тексеру жиілігі бұрынғыдай қалуы керек."
ADDITION = "№ 2 мәселе бойынша сөйлеген азаматтың аты: Сәуле Ахметова."


def words(paper: Paper) -> str:
    """Every word of the paper, as its parts hold them."""
    return repr(list(paper.parts))


@pytest.fixture
def sitting(session: Any, cast: Any) -> Sitting:
    """One of everything: the chair absent, somebody late, remote, gone; an interest, a dissent, a correction, an
    annulled vote, a written opinion, a postponed item, a ruling, an addition."""
    now = clock.now()
    council = councils_cast.council()
    councils_cast.seated(council)
    secretary = councils_cast.secretary(council).actor()
    people = sittings_cast.seats(council)
    draft = drafts.opened(cast)
    items = [
        sittings_cast.on_draft(draft),
        sittings_cast.other(),
        sittings_cast.other("Сайлау туралы", "О выборах"),
    ]
    called = sittings_cast.called(council, items, now=now)
    chair, deputy = people[0], next(m for m in people if m.account_id == councils_cast.deputy(council).id)
    others = [m for m in people if m not in (chair, deputy)]
    for member in (deputy, *others[:10]):
        attending.note(called, member, AttendanceKind.PRESENT, note=None, actor=secretary, now=now)
    remote, late = others[10], others[11]
    attending.note(called, remote, AttendanceKind.REMOTE, note=None, actor=secretary, now=now)
    attending.note(called, chair, AttendanceKind.EXCUSED, note="ауырып қалды", actor=secretary, now=now)
    voting.give_opinion(
        sittings_cast.item_of(called),
        text=OPINION,
        language="kk",
        actor=sittings_cast.account(chair).actor(),
        now=now,
    )
    attending.open_sitting(called, presiding=deputy, actor=secretary, now=now)
    soon = now + timedelta(minutes=20)
    attending.note(called, late, AttendanceKind.PRESENT, note=None, actor=secretary, now=soon)
    item = sittings_cast.item_of(called)
    attending.write_proceedings(item.id, called, "Баяндамашы жобаны таныстырды.", actor=secretary, now=soon)
    voting.declare_conflict(item, others[0], reason=sittings_cast.REASON, actor=secretary, now=soon)
    wrong = sittings_cast.put_to_vote(item, now=soon)
    voting.annul(wrong, reason="Сұрақ дұрыс қойылмады.", actor=secretary, now=soon)
    against = {others[1].id: Choice.AGAINST, others[2].id: Choice.ABSTAINED}
    vote = sittings_cast.voted(item, against, now=soon)
    voting.dissent(
        vote, text=DISSENT, language="kk", actor=sittings_cast.account(others[1]).actor(), now=soon
    )
    voting.correct(vote, others[2], choice=Choice.FOR, reason="Хатшы қателесті.", actor=secretary, now=soon)
    later = soon + timedelta(minutes=40)
    attending.note(called, others[3], AttendanceKind.LEFT, note=None, actor=secretary, now=later)
    calling.postpone(sittings_cast.item_of(called, 3), reason="Кандидат келмеді.", actor=secretary, now=later)
    sittings_cast.closed(called, now=later)
    minutes.add(called, text=ADDITION, language="kk", actor=secretary, now=later)
    minutes.sign(called, actor=secretary, now=later)
    minutes.sign(called, actor=councils_cast.deputy(council).actor(), now=later)
    session.expire_all()
    return called


def test_what_happened_stands_in_the_minutes(sitting: Sitting) -> None:
    with use_language("kk"):
        said = words(papers.minutes(sitting, language="kk"))
    council, [item, plan, elections] = sitting.council, sitting.items
    for text in (
        council.name_kk,
        sitting.gathering.place,
        sitting.presiding.name,  # type: ignore[union-attr]
        str(sitting.quorum),
        *(member.name for member in council.members),
        item.title,
        plan.title,
        elections.title,
        "Кандидат келмеді.",
        "Баяндамашы жобаны таныстырды.",
        sittings_cast.REASON,
        sittings_cast.QUESTION["kk"],
        "Сұрақ дұрыс қойылмады.",
        DISSENT,
        OPINION,
        "Хатшы қателесті.",
        ADDITION,
        "Жібек Ахметов",
    ):
        assert text in said, text
    # Why somebody could not come is nobody's business.
    assert "ауырып" not in said


def test_the_figures_and_the_rule_are_said_in_words(sitting: Sitting) -> None:
    with use_language("en"):
        said = words(papers.minutes(sitting, language="en"))
    for text in (
        "The chair, ",
        "For 10, against 1, abstained 1. Members present 13, of them entitled to vote 12.",
        "Votes needed: 7.",
        "Not established, our assumption",
        "The question is adopted.",
        "Corrected; the roll call said “Abstained”.",
        "Took part remotely.",
        "Stood aside",
        "In the room from ",
        "Left at ",
        "The vote was annulled: ",
        "Written opinions, not counted as votes",
        "Dissenting opinion: ",
        "Nothing was put to the vote.",
    ):
        assert text in said, text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_both_files_are_written(sitting: Sitting, language: str) -> None:
    paper = papers.minutes(sitting, language=language)
    assert write_docx(paper).startswith(b"PK")
    assert write_pdf(paper).startswith(b"%PDF")
