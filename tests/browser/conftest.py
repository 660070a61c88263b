"""A real browser against a real server, relay and workers. Skipped where no Chromium is found."""

import os
import shutil
import socket
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import database_of_its_own
from tests.processes import PATIENCE_SECONDS, running, start, stop, until

CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
        if (path := shutil.which(name))
    ),
    os.environ.get("UNQOS_CHROMIUM"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(str(item.fspath)).parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium on this machine (Debian: apt install chromium)")
                )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "kk-KZ", "timezone_id": "Asia/Almaty"}


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """A loaded machine may take long to show a page; nothing here is timed."""
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of so many pixels, each with cookies of its own; all are closed after the test."""
    contexts = []

    def opened(width: int, height: int = 900, **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def own_database(
    postgres: Any, valkey: Any, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """As everywhere, but one for all tests of a file: a site takes long to start."""
    with database_of_its_own(postgres, valkey, template, tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="module")
def site(own_database: Any) -> Iterator[str]:
    """The address of a running site on the file's own database, with its relay and both workers."""
    settings = own_database.extensions["settings"]
    # Handed over open, so that nobody else can take the port meanwhile.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        more = {"UNQOS_PUBLIC_URL": address, "UNQOS_WEB_PROCESSES": "1"}
        gunicorn = ("gunicorn", "--config", "python:app.local.webserver")
        door = listening.fileno()
        web = start(settings, "--bind", f"fd://{door}", "wsgi:app", module=gunicorn, pass_fds=(door,), **more)
        try:
            with running(
                settings, ("outbox", "relay"), ("worker", "run", "default"), ("worker", "run", "mail"), **more
            ):
                until(lambda: is_ready(address))
                yield address
        finally:
            stop(web)


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
