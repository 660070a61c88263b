"""The port through which mail leaves: a real mail server, a folder, or the memory of a test.

Undeliverable           this letter, now; try again later
├── AddressRefused      the server will never take mail for this address
└── ServerUnavailable   no letter can be sent at the moment
"""

import re
import secrets
import smtplib
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, current_app
from flask_mailman import Mail
from flask_mailman.backends.smtp import EmailBackend

from app import clock
from config import Settings

SENDER_NAME = "Үн қос"
SEVEN_BITS = policy.SMTP.clone(cte_type="7bit")
# Well inside the lease of a delivery: a server that hangs must not let a second sender in.
SMTP_TIMEOUT_SECONDS = 15
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Undeliverable(Exception):
    """The message of the error is not kept: servers quote addresses in it."""


class AddressRefused(Undeliverable):
    pass


class ServerUnavailable(Undeliverable):
    pass


@dataclass(frozen=True, slots=True)
class Message:
    """One letter to one address. `name` is its template's, for people who look into the folder."""

    name: str
    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]

    def __post_init__(self) -> None:
        # A line end in a header would be a second header, with another recipient in it.
        if any(CONTROLS.search(value) for value in (self.to, self.subject, *self.headers.values())):
            raise ValueError("a header of this mail has a control character in it")


class Mailer(Protocol):
    def send(self, message: Message) -> None:
        """Returns when the message was taken; raises Undeliverable."""

    def close(self) -> None:
        """Nothing follows for a while: hang up."""


def as_mime(message: Message, *, sender: str, policy: "EmailPolicy[EmailMessage[Any, Any]]") -> EmailMessage:
    """The letter as it travels: text and HTML side by side."""
    made = EmailMessage(policy=policy)
    made["Subject"] = message.subject
    made["From"] = Address(SENDER_NAME, addr_spec=sender)
    made["To"] = Address(addr_spec=_with_ascii_domain(message.to))
    made["Date"] = clock.now()
    for name, value in message.headers.items():
        made[name] = value
    made.set_content(message.text)
    made.add_alternative(message.html, subtype="html")
    return made


def _with_ascii_domain(address: str) -> str:
    """Domains such as мысал.қаз travel in their ASCII form."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode('ascii')}"


@dataclass(frozen=True, slots=True)
class _Envelope:
    """A letter as Flask-Mailman's back end asks for it. Its own message class breaks long Kazakh subjects badly, and
    sends eight bits to servers that may know only seven."""

    letter: EmailMessage
    from_email: str
    to: str
    encoding: str = "utf-8"

    def recipients(self) -> list[str]:
        return [self.to]

    def message(self) -> "_Envelope":
        return self

    def as_bytes(self, *, linesep: str) -> bytes:
        return self.letter.as_bytes(policy=SEVEN_BITS.clone(linesep=linesep))


class _VerifyingSmtp(smtplib.SMTP):
    def starttls(self, *, context: ssl.SSLContext | None = None) -> tuple[int, bytes]:  # type: ignore[override]
        # Without a context of ours the standard library encrypts but asks for nobody's certificate.
        return super().starttls(context=context or ssl.create_default_context())


class _Backend(EmailBackend):  # type: ignore[misc]
    connection_class = _VerifyingSmtp


class SmtpMailer:
    """A mail server. Each thread keeps its own connection until `close`."""

    def __init__(self, mailman: Any, *, sender: str) -> None:
        self.mailman = mailman
        self.sender = sender
        self._mine = threading.local()

    def _backend(self) -> Any:
        if not hasattr(self._mine, "backend"):
            self._mine.backend = _Backend(mailman=self.mailman)
        return self._mine.backend

    def send(self, message: Message) -> None:
        letter = as_mime(message, sender=self.sender, policy=SEVEN_BITS)
        envelope = _Envelope(letter, self.sender, _with_ascii_domain(message.to))
        backend = self._backend()
        try:
            # Opened here, the connection outlives the message.
            backend.open()
            backend.send_messages([envelope])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise (AddressRefused if all(code >= 500 for code in codes) else Undeliverable) from None
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused):
            raise Undeliverable from None
        except OSError:
            # Every other failure of smtplib is one of the connection too.
            self.close()
            raise ServerUnavailable from None

    def close(self) -> None:
        backend = self._backend()
        try:
            backend.close()
        except OSError:
            backend.connection = None


class FolderMailer:
    """A file for each letter, written beside and renamed, so that nobody reads half of one."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def send(self, message: Message) -> None:
        content = as_mime(message, sender=self.sender, policy=policy.default).as_bytes()
        moment = f"{clock.local(clock.now()):%Y%m%d-%H%M%S-%f}"
        target = self.folder / f"{moment}-{message.name}-{secrets.token_hex(3)}.eml"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = target.with_suffix(".part")
            beside.write_bytes(content)
            beside.replace(target)
        except OSError:
            raise ServerUnavailable from None

    def close(self) -> None:
        pass


@dataclass
class MemoryMailer:
    """Keeps what it was given, for tests."""

    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        self.sent.append(message)

    def close(self) -> None:
        pass


def init_app(app: Flask, settings: Settings) -> None:
    """Chooses the mailer by `settings.mail_backend`."""
    app.config.update(
        MAIL_BACKEND="smtp",
        MAIL_SERVER=settings.mail_host,
        MAIL_PORT=settings.mail_port,
        MAIL_USERNAME=settings.mail_username,
        MAIL_PASSWORD=settings.mail_password,
        MAIL_USE_TLS=settings.mail_use_tls,
        MAIL_TIMEOUT=SMTP_TIMEOUT_SECONDS,
        MAIL_DEFAULT_SENDER=settings.mail_sender,
    )
    Mail(app)
    made: Mailer
    match settings.mail_backend:
        case "smtp":
            made = SmtpMailer(app.extensions["mailman"], sender=settings.mail_sender)
        case "folder":
            made = FolderMailer(settings.mail_dir, sender=settings.mail_sender)
        case _:
            made = MemoryMailer()
    app.extensions["mailer"] = made


def mailer() -> Mailer:
    found: Mailer = current_app.extensions["mailer"]
    return found
