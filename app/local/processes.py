"""Processes that outlive their parent: telling them apart, waiting for them, stopping them.

A process id alone proves nothing after a crash, because the system gives it to somebody else. A `Mark` adds the
moment at which the process started, so a stale file can never make us stop a stranger.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LINUX = sys.platform.startswith("linux")
STEP_SECONDS = 0.02


@dataclass(frozen=True)
class Mark:
    """One process, for as long as it lives."""

    pid: int
    started: str

    @property
    def alive(self) -> bool:
        return mark(self.pid) == self

    def save(self, file: Path) -> None:
        """Writes the mark so that a reader sees all of it or nothing."""
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_text(json.dumps({"pid": self.pid, "started": self.started}), encoding="utf-8")
        draft.replace(file)


def mark(pid: int) -> Mark | None:
    """The mark of a running process; None if there is none, or only a zombie waits for its parent."""
    started = _started_on_linux(pid) if LINUX else _started_by_ps(pid)
    return Mark(pid, started) if started else None


def saved_mark(file: Path) -> Mark | None:
    """The mark in a file if its process still lives; None if the file is absent, damaged or stale."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        found = Mark(int(content["pid"]), str(content["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.alive else None


def _started_on_linux(pid: int) -> str | None:
    try:
        after_name = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        )
    except OSError:
        return None
    fields = after_name.split()
    if fields[0] in "ZX":
        return None
    # Ticks are counted from the boot, so the same number may come back after the next one.
    with contextlib.suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{fields[19]}"
    return fields[19]


def _started_by_ps(pid: int) -> str | None:
    answer = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    state, _, started = answer.stdout.strip().partition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def working_in(directory: Path) -> list[Mark]:
    """The processes whose working directory is this one: PostgreSQL's, when it is a data directory."""
    target = os.path.realpath(directory)
    pids = _by_directory_on_linux(target) if LINUX else _by_directory_with_lsof(target)
    return [found for pid in pids if pid != os.getpid() and (found := mark(pid)) is not None]


def _by_directory_on_linux(target: str) -> Iterator[int]:
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            # Processes of other people refuse to tell, and some end while we look.
            with contextlib.suppress(OSError):
                if os.readlink(f"/proc/{entry}/cwd") == target:
                    yield int(entry)


def _by_directory_with_lsof(target: str) -> Iterator[int]:
    try:
        answer = subprocess.run(
            ["lsof", "-a", "-d", "cwd", "-c", "postgres", "-Fpn"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return
    pid = 0
    for line in answer.stdout.splitlines():
        if line.startswith("p"):
            pid = int(line[1:])
        elif line == f"n{target}":
            yield pid


def wait_until(condition: Callable[[], bool], *, timeout_seconds: float) -> bool:
    """True as soon as the condition holds, False when the time is over."""
    end = time.monotonic() + timeout_seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(STEP_SECONDS)
    return True


def stop(
    processes: Sequence[Mark],
    *,
    steps: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)),
    group: bool = False,
) -> bool:
    """Sends each signal in turn, with so many seconds' patience, to those that are left; True if all are gone.

    With `group`, the signal goes to the whole process group that each of them leads.
    """
    for number, patience_seconds in steps:
        for process in processes:
            if process.alive:
                send(process, number, group=group)
        if wait_until(lambda: not _left(processes), timeout_seconds=patience_seconds):
            return True
    return not _left(processes)


def send(process: Mark, number: signal.Signals, *, group: bool = False) -> None:
    """Sends one signal; a process that has just ended is no error."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if group:
            os.killpg(process.pid, number)
        else:
            os.kill(process.pid, number)


def _left(processes: Sequence[Mark]) -> list[Mark]:
    return [process for process in processes if process.alive]
