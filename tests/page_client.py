"""A reader without JavaScript who looks twice: every page that is got is also checked for what no page may have wrong."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from flask.testing import FlaskClient


def single_spaced(text: str) -> str:
    return " ".join(text.split())


@dataclass
class Page:
    """One answer: its status, where it came from, and its document."""

    client: "PageClient"
    path: str
    status: int
    html: str

    def __post_init__(self) -> None:
        self.document = lxml.html.fromstring(self.html)

    @cached_property
    def text(self) -> str:
        main = self.document.xpath("//main") or [self.document]
        return single_spaced(main[0].text_content())

    @property
    def h1(self) -> str:
        return single_spaced(self.document.xpath("//h1")[0].text_content())

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        found = self.document.xpath("//*[contains(@class, 'govuk-error-summary__list')]//li")
        return [single_spaced(line.text_content()) for line in found]

    def form(self, action: str = "", *, number: int = 0) -> Any:
        """The `number`-th form of the page whose address ends with `action`; the header's search does not count."""
        forms = [
            f for f in self.document.forms if (f.get("action") or self.path).split("?")[0].endswith(action)
        ]
        forms = [f for f in forms if f.get("method", "get").lower() == "post"] or forms
        assert forms, f"no form for {action!r} on {self.path}"
        return forms[number]

    def submit(
        self, form: Any, *, follow: bool = True, files: dict[str, Any] | None = None, **values: Any
    ) -> "Page":
        """Sends `form` as a browser would, with `values` typed over what stands in it."""
        data: dict[str, Any] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        for name, value in values.items():
            # Forms that share a page have prefixed names.
            full = next((known for known in form.fields if known and known.endswith(f"-{name}")), name)
            data[name if name in form.fields else full] = value if isinstance(value, list) else [value]
        for name, value in (files or {}).items():
            data[name] = value
        address = urljoin(self.path, form.get("action") or self.path)
        return self.client.post(address, data, follow=follow)

    def link(self, text: str) -> str:
        found = [a.get("href") for a in self.document.xpath("//a[@href]") if text in a.text_content()]
        assert found, f"no link {text!r} on {self.path}"
        return str(found[0])

    def check(self) -> "Page":
        """What no page may have wrong, whatever it is about."""
        where = f"{self.path} ({self.status})"
        assert len(self.document.xpath("//h1")) == 1, f"{where}: exactly one h1"
        title = (self.document.findtext(".//title") or "").strip()
        assert title and not title.startswith("–"), f"{where}: a title"
        assert self.document.get("lang") in ("kk", "ru", "en"), f"{where}: a language"
        ids = Counter(self.document.xpath("//@id"))
        assert not [name for name, n in ids.items() if n > 1], f"{where}: doubled ids {ids.most_common(2)}"
        assert not self.document.xpath("//@style"), f"{where}: inline style"
        assert not self.document.xpath("//script[not(@src)]"), f"{where}: inline script"
        assert not self.document.xpath("//@onclick | //@onchange | //@onsubmit"), f"{where}: inline handlers"
        for form in self.document.forms:
            if form.get("method", "get").lower() == "post":
                assert form.xpath(".//input[contains(@name, 'csrf_token')]"), (
                    f"{where}: a form without a token"
                )
        for label in self.document.xpath("//label[@for]"):
            assert label.get("for") in ids, f"{where}: label for nothing: {label.get('for')}"
        for image in self.document.xpath("//img[not(@alt)]"):
            raise AssertionError(f"{where}: an image without words: {image.get('src')}")
        for link in self.document.xpath("//a[@href]"):
            assert link.text_content().strip() or link.xpath(".//*[@aria-label]|.//img[@alt!='']"), (
                f"{where}: a link without words: {link.get('href')}"
            )
            assert not link.get("href").startswith("javascript:"), where
        assert "{{" not in self.text and "%(" not in self.text, f"{where}: unfinished text"
        nothing = re.search(r"\bNone\b(?! is| of)", self.text)
        assert nothing is None, f"{where}: {nothing and self.text[max(nothing.start() - 60, 0) :][:124]}"
        return self


class PageClient:
    """Walks through pages by their forms and links."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, *, status: int | None = 200) -> Page:
        response = self.client.get(path)
        hops = 0
        while response.status_code in (301, 302, 303) and hops < 5:
            path = self._path(response.location)
            response = self.client.get(path)
            hops += 1
        assert status in (None, response.status_code), (
            f"{path}: {response.status_code}\n{response.text[:1500]}"
        )
        return Page(self, path, response.status_code, response.text).check()

    def post(self, path: str, data: dict[str, Any], *, follow: bool = True) -> Page:
        path = self._path(path)
        multipart = any(
            isinstance(v, tuple) or (isinstance(v, list) and v and isinstance(v[0], tuple))
            for v in data.values()
        )
        response = self.client.post(
            path, data=data, **({"content_type": "multipart/form-data"} if multipart else {})
        )
        if follow and response.status_code in (302, 303):
            return self.get(self._path(response.location))
        return Page(self, path, response.status_code, response.text).check()

    @staticmethod
    def _path(address: str) -> str:
        parts = urlsplit(address)
        return parts.path + (f"?{parts.query}" if parts.query else "")
