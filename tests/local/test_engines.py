"""The embedded engines through their whole life: started, adopted, killed, stopped."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from app.local import keys, places, processes
from app.local.errors import LocalError, StartRefused
from app.local.postgres import EmbeddedPostgres
from app.local.valkey import EmbeddedValkey
from tests.processes import PATIENCE_SECONDS


@pytest.fixture
def postgres_directory(tmp_path: Path) -> Iterator[Path]:
    """A directory whose server is stopped at the end, however the test went."""
    directory = tmp_path / "postgres"
    yield directory
    if (directory / "data" / "postmaster.pid").exists():
        EmbeddedPostgres.start(directory, durable=False).stop()


@pytest.fixture
def valkey_directory(tmp_path: Path) -> Iterator[Path]:
    directory = tmp_path / "valkey"
    yield directory
    if processes.saved_mark(directory / "process.json"):
        EmbeddedValkey.start(directory).stop()


def ask(server: EmbeddedPostgres, question: str) -> object:
    with psycopg.connect(server.url().replace("+psycopg", ""), autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone()[0] if answer.description else None  # type: ignore[index]


def test_postgresql_is_started_adopted_and_stopped(postgres_directory: Path) -> None:
    first = EmbeddedPostgres.start(postgres_directory, durable=False)
    second = EmbeddedPostgres.start(postgres_directory)

    assert (first.adopted, second.adopted) == (False, True)
    assert first.pid == second.pid
    assert ask(second, "SHOW listen_addresses") == ""

    second.release()
    assert first.is_alive, "somebody else still uses it"
    first.release()
    assert not first.is_alive
    assert processes.working_in(postgres_directory / "data") == []


def test_postgresql_knows_kazakh_letters(postgres_directory: Path) -> None:
    server = EmbeddedPostgres.start(postgres_directory, durable=False)
    ask(server, "CREATE EXTENSION pg_trgm")

    assert ask(server, "SELECT lower('ҚАЗАҚСТАН ӘҒІ')") == "қазақстан әғі"
    assert ask(server, "SELECT similarity('Жол жөндеу туралы', 'жол жөндеу') > 0.5") is True
    server.stop()


def test_a_killed_postgresql_comes_back_with_what_was_committed(postgres_directory: Path) -> None:
    server = EmbeddedPostgres.start(postgres_directory, settings={"full_page_writes": "off"})
    ask(server, "CREATE TABLE kept AS SELECT 42 AS value")
    os.kill(server.pid, signal.SIGKILL)
    assert processes.wait_until(lambda: not server.is_alive, timeout_seconds=PATIENCE_SECONDS)

    again = EmbeddedPostgres.start(postgres_directory)

    assert not again.adopted
    assert ask(again, "SELECT value FROM kept") == 42
    again.stop()


def test_a_stale_pid_file_stops_no_stranger(postgres_directory: Path) -> None:
    EmbeddedPostgres.start(postgres_directory, durable=False).stop()
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    (postgres_directory / "data" / "postmaster.pid").write_text(
        f"{stranger.pid}\n/nowhere\n0\n5432\n/nowhere\n"
    )

    server = EmbeddedPostgres.start(postgres_directory, durable=False)

    assert not server.adopted
    assert stranger.poll() is None
    server.stop()
    stranger.communicate()


def test_a_database_is_made_from_a_template_once(postgres_directory: Path) -> None:
    server = EmbeddedPostgres.start(postgres_directory, durable=False)
    ask(server, "CREATE TABLE kept AS SELECT 42 AS value")

    server.ensure_database("copy", template="unqos")
    server.ensure_database("copy", template="unqos")

    with psycopg.connect(server.url("copy").replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT value FROM kept").fetchone() == (42,)
    server.stop()


def test_a_long_path_gets_a_short_socket_that_the_next_start_finds(tmp_path: Path) -> None:
    directory = tmp_path / ("long" * 30) / "valkey"
    first = EmbeddedValkey.start(directory)
    second = EmbeddedValkey.start(directory)

    assert len(first.url) < 100
    assert second.pid == first.pid
    socket_directory = places.known_socket_directory(directory)
    first.stop()
    assert not socket_directory.exists()


def test_valkey_is_adopted_and_keeps_what_it_was_told(valkey_directory: Path) -> None:
    first = EmbeddedValkey.start(valkey_directory)
    redis.Redis.from_url(first.url).set("kept", "42")

    assert EmbeddedValkey.start(valkey_directory).pid == first.pid
    first.stop()

    again = EmbeddedValkey.start(valkey_directory)
    assert redis.Redis.from_url(again.url).get("kept") == b"42"
    again.stop()


def test_a_killed_valkey_is_started_again(valkey_directory: Path) -> None:
    first = EmbeddedValkey.start(valkey_directory)
    os.kill(first.pid, signal.SIGKILL)
    assert processes.wait_until(lambda: not first.is_alive, timeout_seconds=PATIENCE_SECONDS)

    again = EmbeddedValkey.start(valkey_directory)

    assert not again.adopted
    assert redis.Redis.from_url(again.url).ping()
    again.stop()


def test_a_mark_does_not_fit_a_later_process_of_the_same_number(tmp_path: Path) -> None:
    mine = processes.mark(os.getpid())
    assert mine is not None and mine.alive
    file = tmp_path / "mark.json"

    mine.save(file)
    assert processes.saved_mark(file) == mine
    processes.Mark(mine.pid, "another moment").save(file)
    assert processes.saved_mark(file) is None
    file.write_text("{")
    assert processes.saved_mark(file) is None


def test_keys_are_private_and_made_once(tmp_path: Path) -> None:
    keys.make_missing(tmp_path / "secrets", has_data=False)
    signer = tmp_path / "secrets" / "signer_key"
    first = signer.read_text()

    keys.make_missing(tmp_path / "secrets", has_data=True)

    assert signer.read_text() == first
    assert len(bytes.fromhex(first)) == 32
    assert stat.S_IMODE(signer.stat().st_mode) == 0o600


def test_a_lost_signer_key_is_not_replaced_under_existing_data(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="signer_key is missing"):
        keys.make_missing(tmp_path / "secrets", has_data=True)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(LocalError, match="Choose another folder with --data DIR"):
        places.private_directory(tmp_path / "file" / "data")
