"""The people of a story walk through pages, and read their mail."""

import email
import email.policy

from tests.cast import PASSWORD, iin
from tests.page_client import PageClient


def browser(app) -> PageClient:
    return PageClient(app.test_client())


def citizen(
    app, n: int, given_name: str = "Айгүл", family_name: str = "Сейітова", language: str = "kk"
) -> PageClient:
    person = browser(app)
    page = person.get(f"/{language}/sign-in")
    page = page.submit(page.form("/sign-in"), iin=iin(n), given_name=given_name, family_name=family_name)
    assert page.path.startswith(f"/{language}/me"), page.text[:300]
    return person


def staff(app, address: str, language: str = "ru") -> PageClient:
    person = browser(app)
    page = person.get(f"/{language}/sign-in/staff")
    page = page.submit(page.form("/sign-in/staff"), email=address, password=PASSWORD)
    assert page.status == 200 and not page.errors, page.text[:300]
    return person


def letters(app) -> list[tuple[str, str, str]]:
    """To, subject and text of every mail that was sent."""
    found = []
    for path in sorted(app.extensions["settings"].mail_dir.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        found.append((message["To"], message["Subject"], body.get_content() if body else ""))
    return found


def told(app, address: str) -> list[str]:
    return [subject for to, subject, _ in letters(app) if address in to]
