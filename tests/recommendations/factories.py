"""Lists of recommendations as a council issues them, and answers as officers write them."""

import itertools
from datetime import date, timedelta
from typing import Any

from app import clock
from app.councils.models import Council
from app.recommendations.events import RecommendationsIssued
from app.recommendations.jobs import start_duty
from app.recommendations.lifecycle import AnswerKind
from app.recommendations.models import RecommendationList
from app.recommendations.services import answering, listing
from app.recommendations.services.answering import AnswerWords
from app.recommendations.services.listing import RowWords
from tests import councils_cast
from tests.cast import addressee

_numbers = itertools.count(501)
DEADLINE = "council_agreed_reply"
TEXTS = (
    {
        "kk": "3-тармақтан «өтініш бойынша» деген сөздерді алып тастау.",
        "ru": "Исключить из пункта 3 слова «по заявлению».",
    },
    {"kk": "Мерзімді он жұмыс күніне дейін ұзарту.", "ru": "Продлить срок до десяти рабочих дней."},
    {"kk": "Қосымшаны екі тілде жариялау.", "ru": "Опубликовать приложение на двух языках."},
)
ACCEPTED = "Тармақ өзгертіледі, жаңа мәтін жарияланады."


def council() -> Council:
    return councils_cast.council()


def prepared(
    rows: int = 3, *, agency: Any = None, of: Council | None = None, **about: Any
) -> RecommendationList:
    listed = listing.draft_list(
        source_kind="ruling",
        source_number=next(_numbers),
        agency=agency or addressee(),
        council=of or council(),
        **about,
    )
    return listing.set_rows(listed, [RowWords(texts) for texts in TEXTS[:rows]], now=clock.now())


def issued(rows: int = 3, *, days_ago: int = 0, deadline: str = DEADLINE, **about: Any) -> RecommendationList:
    """Issued and received: the duty runs since `days_ago`."""
    listed = prepared(rows, **about)
    now = clock.now() - timedelta(days=days_ago)
    listing.issue(listed, deadline=deadline, on=clock.today(now), now=now)
    start_duty(
        RecommendationsIssued(list_id=listed.id, deadline=deadline, issued_on=clock.today(now).isoformat())
    )
    return listed


def accepted(revision: int = 0, **words: Any) -> AnswerWords:
    return AnswerWords(
        AnswerKind.ACCEPTED,
        words.get("language", "kk"),
        change=words.get("change", ACCEPTED),
        by_when=words.get("by_when", in_days(60)),
        revision=revision,
    )


def refused(revision: int = 0) -> AnswerWords:
    return AnswerWords(
        AnswerKind.REFUSED,
        "ru",
        reasons="Срок установлен законом и не может быть изменён.",
        revision=revision,
    )


def filled(listed: RecommendationList, officer: Any, *, but: int | None = None) -> RecommendationList:
    """Every row answered, except row `but`."""
    for row in listed.rows:
        if row.position != but:
            draft = refused() if row.position == 2 else accepted()
            answering.save(row, draft=draft, actor=officer.actor(), now=clock.now())
    return listed


def answered(cast: Any, rows: int = 3, **about: Any) -> RecommendationList:
    listed = filled(issued(rows, **about), cast.marat)
    return answering.publish(listed, actor=cast.gulnar.actor(), now=clock.now())


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)
