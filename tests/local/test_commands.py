"""What `bin/run` says before it installs anything: each refusal is one sentence with what to do."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.processes import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*words: str, root: Path = ROOT, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **variables}
    command = [str(root / "bin" / "run"), *words]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=environment,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE_SECONDS,
    )


def copy_of_the_commands(folder: Path) -> Path:
    shutil.copytree(ROOT / "bin", folder / "bin")
    shutil.copy(ROOT / "requirements.txt", folder)
    return folder


def test_help_tells_the_options() -> None:
    answer = run("--help")

    assert answer.returncode == 0
    for option in ("--port", "--data", "--empty", "--fresh"):
        assert option in answer.stdout


@pytest.mark.parametrize("port", ["0", "65536", "eight"])
def test_it_refuses_what_is_no_port(port: str) -> None:
    answer = run("--port", port)

    assert answer.returncode == 2
    assert "choose a number" in answer.stderr


def test_it_does_not_delete_without_being_able_to_ask(tmp_path: Path) -> None:
    answer = run("--fresh", "--data", str(tmp_path))

    assert answer.returncode == 2
    assert "add --yes" in answer.stderr


def test_it_names_a_busy_port_and_another_one(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = run("--port", str(port), "--data", str(tmp_path / "data"))

    assert answer.returncode == 2
    assert f"Port {port} is taken" in answer.stderr
    assert "--port" in answer.stderr


def test_it_says_how_to_start_from_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    root = copy_of_the_commands(tmp_path / "clone")
    root.chmod(0o555)
    if os.access(root, os.W_OK):
        pytest.skip("this user may write everywhere")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])

    answer = run("--port", port, root=root)

    root.chmod(0o755)
    assert answer.returncode == 2
    assert "--data DIR" in answer.stderr


def test_it_says_which_python_it_needs(tmp_path: Path) -> None:
    for name in ("python", "python3", *(f"python3.{minor}" for minor in range(11, 15))):
        old = tmp_path / name
        old.write_text(
            '#!/bin/sh\ncase "$2" in *platform*) echo "this machine has Python 3.9.2";; *) exit 1;; esac\n'
        )
        old.chmod(0o755)

    answer = run("--help", PATH=f"{tmp_path}:{os.environ['PATH']}", UNQOS_PYTHON="")

    assert answer.returncode == 2
    assert "needs Python 3.11 or newer, and this machine has Python 3.9.2" in answer.stderr
