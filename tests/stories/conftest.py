"""What runs behind the pages of a story."""

from collections.abc import Iterator

import pytest

from tests.processes import running


@pytest.fixture
def behind(own_database) -> Iterator[None]:
    """The relay and both workers, as the one-machine default runs them."""
    settings = own_database.extensions["settings"]
    with running(settings, ("outbox", "relay"), ("worker", "run", "default"), ("worker", "run", "mail")):
        yield
