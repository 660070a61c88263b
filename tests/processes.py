"""Real processes of the application beside a test: workers, the relay, the web server."""

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


def start(settings: Settings, *words: str, **more: str) -> subprocess.Popen[bytes]:
    """`flask …` in a process group of its own, so that a kill can take its children too."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=environment(settings, **more),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for the process and all its children, as a power cut would."""
    # RQ's horse leads a group of its own and would finish its job as an orphan.
    for group in (*children_of(process.pid), process.pid):
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    process.wait(timeout=10)


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
    processes = [start(settings, *words, **more) for words in commands]
    try:
        yield processes
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                kill(process)


def until(condition: Callable[[], object], *, seconds: float = 30.0) -> None:
    """Waits until `condition` holds; fails if it does not within `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")
