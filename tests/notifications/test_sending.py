"""Sending: each letter once, whoever is killed and however many send at once."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask_mailman import Mail
from sqlalchemy import select, update
from structlog.testing import capture_logs

from app import clock
from app.db import db
from app.notifications import mailer as port
from app.notifications.mailer import (
    AddressRefused,
    FolderMailer,
    MemoryMailer,
    Message,
    ServerUnavailable,
    SmtpMailer,
    Undeliverable,
)
from app.notifications.models import Delivery
from app.notifications.services import sending
from app.petitions.models import Petition
from tests import factories
from tests.cast import Cast, iin
from tests.notifications.people import delivery, follower


@pytest.fixture
def petition(own_database: Flask) -> Petition:
    made = factories.published(Cast())
    db.session.commit()
    return made


@pytest.fixture
def sent(own_database: Flask) -> list[Message]:
    memory: MemoryMailer = own_database.extensions["mailer"]
    return memory.sent


def write(petition: Petition, count: int, **columns: Any) -> None:
    for i in range(count):
        delivery(petition, f"reader{i}@example.kz", **columns)
    db.session.commit()


def row() -> Any:
    db.session.rollback()
    return db.session.scalars(select(Delivery)).one()


def make_due() -> None:
    db.session.execute(update(Delivery).values(next_at=clock.now(), lease_until=None))
    db.session.commit()


class Failing(MemoryMailer):
    def __init__(self, error: type[Exception]) -> None:
        super().__init__()
        self.error = error
        self.tried = 0

    def send(self, message: Message) -> None:
        self.tried += 1
        raise self.error(f"550 no such user {message.to}")


def test_what_is_due_is_sent_once(petition: Petition, sent: list[Message]) -> None:
    write(petition, 3)
    assert sending.send_waiting() == 3
    assert sending.send_waiting() == 0
    assert sorted(m.to for m in sent) == [f"reader{i}@example.kz" for i in range(3)]


def test_two_senders_at_once_send_each_letter_once(
    own_database: Flask, petition: Petition, sent: list[Message]
) -> None:
    write(petition, 100)

    def work() -> None:
        with own_database.app_context():
            sending.send_waiting()

    senders = [threading.Thread(target=work) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(sent) == 100
    assert len({m.to for m in sent}) == 100


def test_a_sender_killed_after_claiming_loses_nothing(petition: Petition, sent: list[Message]) -> None:
    write(petition, 1)
    now = clock.now()
    assert len(sending.claim(limit=10, now=now)) == 1
    # The killed one still holds the lease.
    assert sending.send_waiting() == 0
    assert sending.claim(limit=10, now=now + timedelta(seconds=59)) == []
    (later,) = sending.claim(limit=10, now=now + sending.LEASE + timedelta(seconds=1))
    assert sending.send_batch([later]) == (1, True)
    make_due()
    assert sending.send_waiting() == 0
    assert len(sent) == 1


def test_each_letter_is_marked_as_soon_as_it_is_taken(
    own_database: Flask, petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at the third letter: the first two are marked, whatever the job's own transaction does."""
    write(petition, 3)
    memory = MemoryMailer()

    class Killed(BaseException):
        pass

    def send(message: Message) -> None:
        if len(memory.sent) == 2:
            raise Killed
        memory.sent.append(message)

    dying = MemoryMailer()
    monkeypatch.setattr(dying, "send", send, raising=False)
    own_database.extensions["mailer"] = dying
    with pytest.raises(Killed):
        sending.send_waiting()
    db.session.rollback()
    own_database.extensions["mailer"] = memory
    make_due()
    assert sending.send_waiting() == 1
    assert len({m.to for m in memory.sent}) == len(memory.sent) == 3


def test_what_a_slow_sender_has_no_lease_left_for_is_given_back(
    petition: Petition, sent: list[Message]
) -> None:
    write(petition, 1)
    claimed = sending.claim(limit=10, now=clock.now() - timedelta(seconds=50))
    assert sending.send_batch(claimed) == (0, True)
    assert not sent
    assert row().lease_until is None and row().attempts == 0
    assert sending.send_waiting() == 1


def test_a_failure_is_tried_again_later_and_given_up_after_days(
    own_database: Flask, petition: Petition
) -> None:
    own_database.extensions["mailer"] = Failing(Undeliverable)
    write(petition, 1)
    before = clock.now()
    assert sending.send_waiting() == 0
    assert row().attempts == 1 and row().sent_at is None
    assert timedelta(seconds=55) < row().next_at - before < timedelta(seconds=75)
    db.session.execute(update(Delivery).values(next_at=before, created_at=before - timedelta(days=5)))
    db.session.commit()
    sending.send_waiting()
    assert row().given_up_at is not None


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (400, 360)])
def test_retries_become_rarer(attempts: int, minutes: int) -> None:
    assert sending.retry_delay(attempts) == timedelta(minutes=minutes)


def test_an_address_that_the_server_refuses_for_good_is_given_up_at_once(
    own_database: Flask, petition: Petition
) -> None:
    own_database.extensions["mailer"] = Failing(AddressRefused)
    write(petition, 1)
    sending.send_waiting()
    assert row().given_up_at is not None


def test_a_server_that_is_gone_is_not_asked_for_each_letter(own_database: Flask, petition: Petition) -> None:
    gone = Failing(ServerUnavailable)
    own_database.extensions["mailer"] = gone
    write(petition, 30)
    sending.send_waiting()
    assert gone.tried == 1
    own_database.extensions["mailer"] = back = MemoryMailer()
    make_due()
    assert sending.send_waiting() == 30
    assert len(back.sent) == 30


def test_a_letter_to_somebody_who_stopped_meanwhile_is_not_sent(
    petition: Petition, sent: list[Message]
) -> None:
    reader = follower(petition, "reader@example.kz")
    delivery(petition, reader.email, follow_id=reader.id, audience="followers")
    reader.ended_at = clock.now()
    db.session.commit()
    assert sending.send_waiting() == 0
    assert not sent
    assert row().given_up_at is not None


def test_the_log_names_no_address_and_no_iin(own_database: Flask, petition: Petition) -> None:
    own_database.extensions["mailer"] = Failing(Undeliverable)
    delivery(petition, f"iin{iin(1)}@example.kz")
    db.session.commit()
    with capture_logs() as lines:
        sending.send_waiting()
        db.session.execute(update(Delivery).values(created_at=clock.now() - timedelta(days=6)))
        make_due()
        sending.send_waiting()
    written = str(lines)
    assert "mail was not sent" in written and "mail was given up" in written
    assert "@" not in written and iin(1) not in written
    assert "@" not in (row().last_error or "")


class Inbox:
    """A mail server's handler that keeps what it was given."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []

    async def handle_RCPT(self, _s: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:
        if address.startswith("nobody"):
            return "550 no such user"
        if address.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _s: Any, _session: Any, envelope: Any) -> str:
        self.envelopes.append(envelope)
        return "250 OK"


class AnyPort(Controller):
    """Listens where the system has room; the library itself would knock at port 0."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def server() -> Iterator[tuple[Inbox, int]]:
    inbox = Inbox()
    controller = AnyPort(inbox, hostname="127.0.0.1", port=0)
    controller.start()
    yield inbox, controller.port
    controller.stop()


def smtp(app: Flask, number: int) -> SmtpMailer:
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=number, MAIL_BACKEND="smtp", MAIL_TIMEOUT=5)
    Mail(app)
    return SmtpMailer(app.extensions["mailman"], sender="no-reply@example.kz")


def letter(to: str = "reader@example.kz", **more: Any) -> Message:
    values: dict[str, Any] = {
        "name": "petition_published",
        "to": to,
        "subject": "Қоғам үшін: № 1042 өтініш жарияланды",
        "text": "Сәлеметсіз бе!\n",
        "html": "<p>Сәлеметсіз бе!</p>",
        "headers": {"Message-ID": "<a@example.kz>", "Auto-Submitted": "auto-generated"},
    }
    return Message(**{**values, **more})


def test_a_letter_goes_through_a_real_mail_server(
    own_database: Flask, petition: Petition, server: tuple[Inbox, int]
) -> None:
    inbox, number = server
    own_database.extensions["mailer"] = smtp(own_database, number)
    reader = follower(petition, "reader@example.kz", language="kk")
    delivery(petition, reader.email, follow_id=reader.id, audience="followers", language="kk")
    db.session.commit()
    assert sending.send_waiting() == 1
    (envelope,) = inbox.envelopes
    assert envelope.rcpt_tos == ["reader@example.kz"]
    read: EmailMessage = message_from_bytes(envelope.content, policy=default)
    assert read["To"] == "reader@example.kz"
    assert "Үн қос" in str(read["From"])
    assert str(petition.number) in read["Subject"]
    assert read["List-Unsubscribe"] == f"<http://localhost/kk/unsubscribe/{reader.token}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        body = read.get_body(preferencelist=(kind,))
        assert body is not None and petition.title in body.get_content()


def test_a_kazakh_subject_arrives(app: Flask, server: tuple[Inbox, int]) -> None:
    inbox, number = server
    with app.app_context():
        sender = smtp(app, number)
        sender.send(letter())
        sender.send(letter(to="other@example.kz"))
        sender.close()
    read = [message_from_bytes(e.content, policy=default) for e in inbox.envelopes]
    assert [m["Subject"] for m in read] == ["Қоғам үшін: № 1042 өтініш жарияланды"] * 2


def test_what_the_server_says_becomes_one_of_three_errors(app: Flask, server: tuple[Inbox, int]) -> None:
    _, number = server
    with app.app_context():
        sender = smtp(app, number)
        with pytest.raises(AddressRefused):
            sender.send(letter(to="nobody@example.kz"))
        with pytest.raises(Undeliverable) as error:
            sender.send(letter(to="full@example.kz"))
        assert error.type is Undeliverable
        sender.send(letter())
        sender.close()
        with pytest.raises(ServerUnavailable):
            smtp(app, 1).send(letter())


def test_the_folder_gets_whole_letters_with_names_that_tell_no_address(app: Flask, tmp_path: Any) -> None:
    folder = FolderMailer(tmp_path / "mail", sender="no-reply@example.kz")
    with app.app_context():
        folder.send(letter())
        folder.send(letter(to="other@example.kz"))
    names = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert len(names) == 2
    assert all(name.endswith(".eml") and "petition_published" in name and "@" not in name for name in names)
    first = message_from_bytes((tmp_path / "mail" / names[0]).read_bytes(), policy=default)
    assert first["To"] == "reader@example.kz"


def test_the_settings_choose_the_mailer(app: Flask) -> None:
    assert isinstance(app.extensions["mailer"], MemoryMailer)
    with app.app_context():
        assert port.mailer() is app.extensions["mailer"]
