"""Real processes of the application beside a test: workers, the relay, the web server.

What they print goes into files under the data folder, and a test that fails shows their ends (tests/conftest.py).
Waits are long, because a loaded machine may take a minute to start a Python; they cost nothing where things work.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config import Settings

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 240.0
FLASK = ("flask", "--app", "wsgi")
SHOWN_LINES = 40

# The processes of the running test, and where each writes to.
_outputs: list[tuple[subprocess.Popen[bytes], Path]] = []


def environment(settings: Settings, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "UNQOS_ENVIRONMENT": "test",
        "UNQOS_DATA_DIR": str(settings.data_dir),
        "UNQOS_SIGNER_KEY_FILE": str(settings.data_dir / "signer_key"),
        "UNQOS_SECRET_KEY_FILE": str(settings.data_dir / "secret_key"),
        "UNQOS_MAIL_BACKEND": "folder",
        "UNQOS_PUBLIC_URL": settings.public_url,
        "UNQOS_PAGE_CACHE_SECONDS": "0",
        "UNQOS_SEQUENCER_INTERVAL_SECONDS": "0.3",
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "PYTHONPATH": str(ROOT),
        "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",
        **more,
    }


def start(
    settings: Settings,
    *words: str,
    module: tuple[str, ...] = FLASK,
    pass_fds: tuple[int, ...] = (),
    **more: str,
) -> subprocess.Popen[bytes]:
    """`flask …` in a process group of its own, so that a kill can take its children too."""
    folder = settings.data_dir / "output"
    folder.mkdir(exist_ok=True)
    name = "-".join(word for word in (module[0], *words) if word.isalpha())
    output = folder / f"{name}-{time.monotonic_ns()}.log"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", *module, *words],
            cwd=ROOT,
            env=environment(settings, **more),
            start_new_session=True,
            pass_fds=pass_fds,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    _outputs.append((process, output))
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for the process and all its children, as a power cut would."""
    # RQ's horse leads a group of its own and would finish its job as an orphan.
    for group in (*children_of(process.pid), process.pid):
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    process.wait(timeout=PATIENCE_SECONDS)


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    if listed.exists():
        return [int(child) for child in listed.read_text().split()]
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]


@contextmanager
def running(
    settings: Settings, *commands: tuple[str, ...], **more: str
) -> Iterator[list[subprocess.Popen[bytes]]]:
    started = [start(settings, *words, **more) for words in commands]
    try:
        yield started
    finally:
        stop(*started)


def stop(*started: subprocess.Popen[bytes]) -> None:
    """SIGTERM and patience; SIGKILL for who does not hear."""
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in started:
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            kill(process)


def until(condition: Callable[[], object], *, seconds: float = PATIENCE_SECONDS) -> None:
    """Waits until `condition` holds; fails if it does not within `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"it did not happen within {seconds:.0f} s")


def said() -> str:
    """The last lines of every process beside the test."""
    parts = []
    for _, path in _outputs:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        parts.append("\n".join([f"--- {path.name} ({len(lines)} lines)", *lines[-SHOWN_LINES:]]))
    return "\n".join(parts)


def forget_ended() -> None:
    """Leaves out of `said` whatever does not run any more."""
    _outputs[:] = [(process, path) for process, path in _outputs if process.poll() is None]
