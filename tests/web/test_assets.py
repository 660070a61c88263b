"""Static files: addresses that name their bytes, kept for ever; nothing from outside the folder."""

import gzip
import re

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from app.web import assets


@pytest.fixture
def site() -> Flask:
    app = Flask("app", static_folder=None)
    assets.init_app(app)
    return app


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    return site.test_client()


def test_an_address_names_the_bytes_and_is_kept_for_ever(site: Flask, browser: FlaskClient) -> None:
    with site.test_request_context():
        addresses = [
            url_for("static", filename="img/favicon.svg"),
            url_for("static", filename="img/icon-180.png"),
        ]
        addresses.append(url_for("assets.stylesheet"))
    for address in addresses:
        assert re.search(r"\?v=[0-9a-f]{12}$", address)
        answer = browser.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_another_digest_is_answered_but_not_kept(browser: FlaskClient) -> None:
    for address in ("/static/img/icon-180.png?v=0", "/static/css/site.css"):
        answer = browser.get(address)
        assert answer.status_code == 200 and "immutable" not in answer.headers["Cache-Control"]


def test_texts_go_gzipped_to_those_who_take_it(browser: FlaskClient) -> None:
    plain = browser.get("/static/css/site.css")
    packed = browser.get("/static/css/site.css", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data
    assert (
        "Content-Encoding"
        not in browser.get("/static/css/site.css", headers={"Accept-Encoding": "gzip;q=0"}).headers
    )


def test_a_known_text_is_not_sent_again(browser: FlaskClient) -> None:
    first = browser.get("/static/js/start.js")
    again = browser.get("/static/js/start.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data


def test_the_style_sheet_holds_every_part_and_links_that_work(browser: FlaskClient) -> None:
    css = browser.get("/static/css/site.css").get_data(as_text=True)
    assert (
        css.index(".govuk-button")
        < css.index("--uq-brand")
        < css.index(".uq-header")
        < css.index(".uq-timeline")
    )
    links = re.findall(r'url\("\.\./([^"]+)"\)', css)
    assert len(links) == 3
    for link in links:
        assert "immutable" in browser.get(f"/static/{link}").headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["../config.py", "css/../../db.py", "nothing.css", "css", "%2e%2e/config.py"]
)
def test_nothing_else_is_given_out(browser: FlaskClient, path: str) -> None:
    assert browser.get(f"/static/{path}").status_code == 404
