"""The words of letters: every announcement's, in every language, without what must not stand in them."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.duties import services as duties
from app.law import rules_version
from app.notifications import render
from app.notifications.announcements import ANNOUNCEMENTS, OF_PETITIONS, Announcement
from app.notifications.mailer import Message
from app.notifications.render import Letter
from app.petitions import events
from app.petitions.models import Petition, StepState
from app.petitions.services import reviewing
from tests import factories
from tests.cast import Cast, iin
from tests.notifications.people import follower

MAIL = Path(render.__file__).parent.parent / "templates" / "mail"
PARTS = {"subject.txt", "body.txt", "body.html"}
TITLE = "Балабақша мен мектеп арасына жарық орнату"

# The state in which each fact leaves a petition.
MAKERS: dict[type[Any], Any] = {
    events.PetitionSubmitted: factories.submitted,
    events.FirstSupportReached: factories.submitted,
    events.FirstSupportFailed: factories.lapsed,
    events.CheckPassed: factories.submitted,
    events.PetitionRejected: factories.rejected,
    events.PetitionPublished: factories.published,
    events.PetitionWithdrawn: factories.withdrawn,
    events.ThresholdReached: factories.supported,
    events.PetitionForwarded: factories.forwarded,
    events.RegistrationOverdue: factories.forwarded,
    events.RegistrationEscalated: factories.forwarded,
    events.PetitionRegistered: factories.registered,
    events.DiscussionAnnounced: factories.registered,
    events.ReviewExtended: factories.registered,
    events.ReviewOverdue: factories.registered,
    events.DecisionPublished: factories.decided,
    events.StatementMade: factories.decided,
    events.PetitionReturned: factories.returned,
    events.LetterAnswered: factories.answered,
    events.PetitionClosed: factories.closed,
    events.PetitionRemoved: factories.removed,
}


def test_every_announced_template_is_a_folder_of_three_files_and_every_folder_is_used() -> None:
    announced = {a.template for found in ANNOUNCEMENTS.values() for a in found}
    announced |= {"follow_confirmation", "draft_follow_confirmation", "council_follow_confirmation"}
    announced |= {"search_confirmation", "search_digest"}
    folders = {path.name for path in MAIL.iterdir() if path.is_dir()}
    assert folders == announced
    for name in folders:
        assert {path.name for path in (MAIL / name).iterdir()} == PARTS, name


def values_of(fact: type[Any], petition: Petition, cast: Cast) -> dict[str, Any]:
    if fact is events.ThresholdReached:
        return {"petition_id": petition.id, "threshold": 60, "log_index": 60}
    if fact is events.DiscussionAnnounced:
        return {"petition_id": petition.id, "step_id": discussion(petition, cast)}
    if fact is events.ReviewExtended:
        extend(petition, cast)
    return {"petition_id": petition.id}


def discussion(petition: Petition, cast: Cast) -> int:
    rules = rules_version(petition.rules_version or "")
    kind = petition.addressee.addressee_kind if petition.addressee else ""
    step = next(s for s in rules.review_steps(kind or "") if s.notice is not None)
    entry = reviewing.record_step(
        petition,
        step=step.id,
        state=StepState.ANNOUNCED,
        on=clock.today(clock.now() + timedelta(days=20)),
        place="Көкшетау, Абай көшесі 83",
        actor=cast.marat.actor(),
        now=clock.now(),
    )
    return entry.id


def extend(petition: Petition, cast: Cast) -> None:
    assert petition.review_duty is not None
    duties.extend(
        petition.review_duty,
        to=petition.review_duty.due_on + timedelta(days=7),
        reason="Сараптама аяқталған жоқ.",
        limit=rules_version(petition.rules_version or "").deadline("extension_limit"),
        actor=cast.gulnar.actor(),
        now=clock.now(),
    )


@pytest.mark.parametrize(
    "fact", [f for f in OF_PETITIONS if f is not events.CountDrifted], ids=lambda f: f.topic
)
def test_each_letter_is_rendered_in_three_languages(app: Flask, session: Any, fact: type[Any]) -> None:
    cast = Cast()
    petition = MAKERS[fact](cast, title=TITLE)
    values = values_of(fact, petition, cast)
    reader = follower(petition, "reader@example.kz")
    for announcement in ANNOUNCEMENTS[fact]:
        for language in ("kk", "ru", "en"):
            check(write(announcement, values, language, reader.id), petition, language)


def test_the_letter_about_a_drifting_count_needs_no_petition(app: Flask, session: Any) -> None:
    (announcement,) = ANNOUNCEMENTS[events.CountDrifted]
    for language in ("kk", "ru", "en"):
        check(write(announcement, {"proof_id": 7}, language, None), None, language)


def write(
    announcement: Announcement, values: dict[str, Any], language: str, follow_id: int | None
) -> Message:
    audience = announcement.audience
    return render.message(
        Letter(
            key="fact",
            template=announcement.template,
            email="reader@example.kz",
            language=language,
            follow_id=follow_id if audience == "followers" else None,
            values={**values, "audience": audience.value},
        )
    )


def check(message: Message, petition: Petition | None, language: str) -> None:
    assert message.subject and "\n" not in message.subject
    assert TITLE not in message.subject
    assert "None" not in message.text and "None" not in message.html
    assert "%(" not in message.text + message.html + message.subject
    links = re.findall(r"https?://[^\s\"<>]+", message.text)
    assert links and all(link.startswith(f"http://localhost/{language}/") for link in links)
    assert set(links) <= set(re.findall(r'href="([^"]+)"', message.html))
    assert f'lang="{language}"' in message.html
    assert message.headers["Content-Language"] == language
    assert message.headers["Auto-Submitted"] == "auto-generated"
    for text in (message.text, message.html, message.subject):
        assert iin(1) not in text
    if petition is not None:
        assert str(petition.number) in message.subject
        # The first lines are what a locked telephone shows.
        assert TITLE not in message.text[:120]


def test_a_removed_petition_s_title_is_not_spread(session: Any) -> None:
    cast = Cast()
    petition = factories.removed(cast, title=TITLE)
    (announcement, *_) = ANNOUNCEMENTS[events.PetitionRemoved]
    message = write(announcement, {"petition_id": petition.id}, "kk", None)
    assert TITLE not in message.text + message.html


def test_markup_in_a_title_stays_text(session: Any) -> None:
    petition = factories.published(Cast(), title="<script>alert(1)</script> & жол")
    (announcement,) = ANNOUNCEMENTS[events.PetitionPublished]
    message = write(announcement, {"petition_id": petition.id}, "ru", None)
    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html
    assert "<script>alert(1)</script> & жол" in message.text


@pytest.mark.parametrize("text", ["a\nBcc: x@example.kz", "a\rb", "a\u2028b", "a\x85b", "a\x00b"])
def test_a_header_is_one_line(text: str) -> None:
    good = {"name": "n", "to": "a@example.kz", "subject": "s", "text": "", "html": "", "headers": {}}
    Message(**good)
    for bad in ({"to": text}, {"subject": text}, {"headers": {"X": text}}):
        with pytest.raises(ValueError):
            Message(**{**good, **bad})


def test_followers_get_the_one_click_headers_and_nobody_else(session: Any) -> None:
    petition = factories.published(Cast())
    reader = follower(petition, "reader@example.kz")
    author, followers = ANNOUNCEMENTS[events.ThresholdReached]
    values = {"petition_id": petition.id, "threshold": 60, "log_index": 60}
    to_follower = write(followers, values, "ru", reader.id)
    assert to_follower.headers["List-Unsubscribe"] == f"<http://localhost/ru/unsubscribe/{reader.token}>"
    assert to_follower.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/ru/unsubscribe/{reader.token}" in to_follower.text
    to_author = write(author, values, "kk", None)
    assert "List-Unsubscribe" not in to_author.headers
    assert "unsubscribe" not in to_author.text


def test_a_letter_keeps_its_message_id_at_every_attempt(session: Any) -> None:
    petition = factories.published(Cast())
    (announcement,) = ANNOUNCEMENTS[events.PetitionPublished]
    first, second = (write(announcement, {"petition_id": petition.id}, "ru", None) for _ in range(2))
    assert first.headers["Message-ID"] == second.headers["Message-ID"]
