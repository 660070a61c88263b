"""One request at a time, redirects and refusals shown as they come: for tests about exactly those.

`page_client` walks through whole stories instead, and checks every page on its way.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import lxml.html
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Answer:
    """What came back, as a person meets it."""

    client: FlaskClient
    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        """Where the page stands; for a redirect, where it leads."""
        return self.response.headers.get("Location") or self.response.request.full_path.rstrip("?")

    @cached_property
    def document(self) -> Any:
        return lxml.html.fromstring(self.response.get_data(as_text=True))

    @property
    def text(self) -> str:
        """What can be read on it, white space made single."""
        return " ".join(self.document.xpath("//body")[0].text_content().split())

    @property
    def heading(self) -> str:
        return " ".join(self.document.xpath("//h1")[0].text_content().split())

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        found = self.document.xpath("//*[contains(@class, 'govuk-error-summary__list')]/li")
        return [" ".join(line.text_content().split()) for line in found]

    def links(self) -> list[str]:
        return [str(href) for href in self.document.xpath("//main//a/@href")]

    def fields(self, action: str = "") -> dict[str, str]:
        """What the form whose address ends in `action` would send as it stands."""
        return dict(self._form(action).form_values())

    def submit(self, action: str = "", **fields: str) -> Self:
        """Sends the form whose address ends in `action` (one without an address, if empty), `fields` filled in."""
        form = self._form(action)
        sent = {**dict(form.form_values()), **fields}
        here = self.response.request.url
        response = self.client.post(form.get("action") or self.path, data=sent, headers={"Referer": here})
        return type(self)(self.client, response)

    def follow(self) -> Self:
        assert self.status in (302, 303), self.status
        return type(self)(self.client, self.client.get(self.path))

    def _form(self, action: str) -> Any:
        """The only such form of the page's own part."""
        forms = [f for f in self.document.xpath("//main//form") if _fits(f.get("action") or "", action)]
        assert len(forms) == 1, [f.action for f in self.document.forms]
        return forms[0]


def _fits(address: str, wanted: str) -> bool:
    return address.endswith(wanted) if wanted else not address


def visit(client: FlaskClient, path: str) -> Answer:
    return Answer(client, client.get(path))
