"""`/dev/mail`: the letters of the one-machine default in the browser."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.dev import views
from app.notifications.mailer import FolderMailer, Message
from config import Settings


@pytest.fixture
def letters(app: Flask, session: Any) -> list[str]:
    settings: Settings = app.extensions["settings"]
    folder = FolderMailer(settings.mail_dir, sender="no-reply@example.kz")
    for subject in ("Бірінші хат", "Екінші хат"):
        folder.send(
            Message(
                name="petition_published",
                to="reader@example.kz",
                subject=subject,
                text="Ашыңыз:\nhttp://localhost/kk/petitions/1042\n",
                html="<p>Сәлем</p><script>alert(1)</script>",
                headers={
                    "Message-ID": f"<{subject}>".encode("ascii", "replace").decode(),
                    "Content-Language": "kk",
                },
            )
        )
    yield [path.name for path in views.newest(settings.mail_dir)]
    for path in settings.mail_dir.iterdir():
        path.unlink()


def test_the_newest_letter_stands_first(client: FlaskClient, letters: list[str]) -> None:
    page = client.get("/dev/mail").text
    assert page.index("Екінші хат") < page.index("Бірінші хат")


def test_an_empty_folder_says_so(client: FlaskClient) -> None:
    assert "No letters yet" in client.get("/dev/mail", headers={"Accept-Language": "en"}).text


def test_a_letter_shows_its_text_with_links_and_its_source_escaped(
    client: FlaskClient, letters: list[str]
) -> None:
    page = client.get(f"/dev/mail/{letters[0]}").text
    assert 'href="http://localhost/kk/petitions/1042"' in page
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_the_html_is_shown_in_a_sandbox(client: FlaskClient, letters: list[str]) -> None:
    answer = client.get(f"/dev/mail/{letters[0]}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox") and "allow-scripts" not in policy and "default-src 'none'" in policy


@pytest.mark.parametrize(
    "name", ["x.eml", "..%2f..%2fsecret_key", "20260101-000000-000000-a-abcdef.eml", "secret_key"]
)
def test_other_names_open_nothing(client: FlaskClient, name: str) -> None:
    assert client.get(f"/dev/mail/{name}").status_code == 404


def test_production_has_no_such_pages(app: Flask, tmp_path: Path) -> None:
    from tests.conftest import settings_for

    settings: Settings = app.extensions["settings"]
    production = settings_for(
        settings.database_url,
        settings.redis_url,
        tmp_path,
        UNQOS_ENVIRONMENT="production",
        UNQOS_MAIL_BACKEND="smtp",
    )
    routes = create_app(production).url_map.iter_rules()
    assert not [rule for rule in routes if rule.rule.startswith("/dev")]
