"""Readers of letters, and letters read back."""

import re
from dataclasses import replace

from app import clock
from app.consultations.models import DraftAct
from app.councils.models import Council
from app.db import db
from app.notifications import render
from app.notifications.mailer import Message
from app.notifications.models import Delivery, Follow, Frequency, SavedSearch
from app.notifications.render import Letter
from app.petitions.models import Petition
from tests.cast import Cast


def follower(
    subject: Petition | DraftAct | Council, email: str, *, language: str = "ru", confirmed: bool = True
) -> Follow:
    now = clock.now()
    made = Follow(
        petition_id=subject.id if isinstance(subject, Petition) else None,
        draft_id=subject.id if isinstance(subject, DraftAct) else None,
        council_id=subject.id if isinstance(subject, Council) else None,
        email=email,
        language=language,
        token=f"token-of-{email.split('@')[0]}",
        asked_at=now,
        confirmed_at=now if confirmed else None,
    )
    db.session.add(made)
    db.session.flush()
    return made


def saved_search(email: str, *, confirmed: bool = True) -> SavedSearch:
    now = clock.now()
    made = SavedSearch(
        email=email,
        language="ru",
        token=f"search-of-{email.split('@')[0]}",
        frequency=Frequency.DAILY,
        asked_at=now,
        confirmed_at=now if confirmed else None,
    )
    db.session.add(made)
    db.session.flush()
    return made


def delivery(
    petition: Petition, email: str, *, template: str = "petition_published", **columns: object
) -> Delivery:
    now = clock.now()
    made = Delivery(
        fact_key=f"petition:{petition.id}:published",
        template=template,
        email=email,
        language=columns.pop("language", "ru"),
        values={"petition_id": petition.id, "audience": columns.pop("audience", "author")},
        created_at=now,
        next_at=now,
        **columns,
    )
    db.session.add(made)
    db.session.flush()
    return made


def told(fact_key: str) -> set[tuple[str, str]]:
    """Who was told of a fact, by which template."""
    rows = db.session.query(Delivery.email, Delivery.template).filter(Delivery.fact_key == fact_key)
    return {(email, template) for email, template in rows}


def with_mailboxes(cast: Cast, *names: str) -> Cast:
    """Citizens have an address once they gave one."""
    for name in names:
        getattr(cast, name).email = f"{name}@example.kz"
    db.session.flush()
    return cast


def letters(fact_key: str) -> dict[str, list[Message]]:
    """By the address, the letter of each that was told of the fact, in every language; read as a sender would."""
    db.session.flush()
    db.session.expire_all()
    rows = db.session.query(Delivery).filter(Delivery.fact_key == fact_key).all()
    made = {}
    for row in rows:
        letter = Letter(row.fact_key, row.template, row.email, "kk", row.follow_id, row.values)
        made[row.email] = [render.message(replace(letter, language=one)) for one in ("kk", "ru", "en")]
        for language, message in zip(("kk", "ru", "en"), made[row.email], strict=True):
            check_letter(message, language)
    return made


def check_letter(message: Message, language: str) -> None:
    """Every link leads to a page of the site in the reader's language, and stands in both bodies."""
    assert message.subject and "\n" not in message.subject
    whole = message.subject + message.text + message.html
    assert "None" not in whole and "%(" not in whole and "@" not in message.text
    links = set(re.findall(r"https?://[^\s\"<>]+", message.text))
    assert links and all(link.startswith(f"http://localhost/{language}/") for link in links), links
    assert links <= {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', message.html)}
    assert f'lang="{language}"' in message.html
