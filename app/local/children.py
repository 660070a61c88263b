"""The processes beside the engines: which there are, and how one of them is kept alive."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.local import processes

ROOT = Path(__file__).resolve().parent.parent.parent
# A process that lived this long has recovered: its next end is restarted at once again.
HEALTHY_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 30.0
LOG_LIMIT_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Program:
    """What one child runs, and what its environment has besides everybody's."""

    name: str
    words: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)


def programs(*, port: int, metrics: Path) -> list[Program]:
    """Everything that runs beside the engines. One queue per worker: a worker on two, killed right after it
    took a job, loses that job."""
    bind = f"127.0.0.1:{port}"
    web = ("gunicorn", "--config", "python:app.local.webserver", "--bind", bind, "wsgi:app")
    return [
        Program("web", web, {"PROMETHEUS_MULTIPROC_DIR": str(metrics)}),
        Program("work", ("flask", "worker", "run", "default")),
        Program("mail", ("flask", "worker", "run", "mail")),
        Program("relay", ("flask", "outbox", "relay")),
        # The schedule is written in Kazakhstan's time, and rq reads it in the local time of its process.
        Program("cron", ("flask", "cron", "run"), {"TZ": "Asia/Almaty"}),
    ]


class Child:
    """One program, started again when it ends, after a pause that doubles each time."""

    def __init__(self, program: Program, *, environment: Mapping[str, str], logs: Path, marks: Path) -> None:
        self.program = program
        self.log = logs / f"{program.name}.log"
        self.restarts = 0
        self._environment = {**environment, **program.variables}
        self._mark_file = marks / f"{program.name}.json"
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._next_start: float | None = None
        self._pause_seconds = 0.5
        self._read_bytes = 0

    def start(self) -> None:
        """Starts it as the leader of a process group, which is what a later run stops if we are killed."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
            self._read_bytes = 0
        with self.log.open("ab") as output:
            self._read_bytes = output.tell() if self._started == 0.0 else min(self._read_bytes, output.tell())
            # Straight into the file, not through us: what outlives us must not die of a broken pipe.
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self.program.words],
                env=self._environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._started = time.monotonic()
        if (found := self.mark) is not None:
            found.save(self._mark_file)

    @property
    def mark(self) -> processes.Mark | None:
        return None if self._process is None else processes.mark(self._process.pid)

    def watch(self) -> str | None:
        """Starts it again when its pause is over. Yields a sentence at the moment at which its end is noticed."""
        if self._process is None:
            return None
        now = time.monotonic()
        if self._next_start is not None:
            if now >= self._next_start:
                self._next_start = None
                self.restarts += 1
                self.start()
        elif (code := self._process.poll()) is not None:
            if now - self._started > HEALTHY_SECONDS:
                self._pause_seconds = 0.5
            self._pause_seconds = min(2 * self._pause_seconds, LONGEST_PAUSE_SECONDS)
            self._next_start = now + self._pause_seconds
            # What the leader left (gunicorn's workers, a forked job) would hold the port or the queue.
            self.signal(signal.SIGTERM)
            return f"ended ({_ending(code)}); starting it again in {self._pause_seconds:.0f} s"
        return None

    def new_lines(self) -> list[str]:
        """What it has written since the last look."""
        try:
            with self.log.open("rb") as file:
                if file.seek(0, os.SEEK_END) < self._read_bytes:
                    self._read_bytes = 0
                file.seek(self._read_bytes)
                fresh = file.read()
        except FileNotFoundError:
            return []
        whole, newline, _ = fresh.rpartition(b"\n")
        self._read_bytes += len(whole) + len(newline)
        return whole.decode("utf-8", "replace").splitlines()

    def signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            processes.send(processes.Mark(self._process.pid, ""), number, group=True)

    def poll(self) -> int | None:
        return 0 if self._process is None else self._process.poll()

    def forget(self) -> None:
        self._mark_file.unlink(missing_ok=True)


def stop_left_behind(marks: Path) -> list[str]:
    """Stops the children of a run that was killed; yields their names."""
    left = {
        file.stem: found for file in marks.glob("*.json") if (found := processes.saved_mark(file)) is not None
    }
    processes.stop(list(left.values()), group=True)
    for file in marks.glob("*.json"):
        file.unlink(missing_ok=True)
    return sorted(left)


def stop_all(children: list[Child], *, is_urgent: Callable[[], bool], patience_seconds: float = 20.0) -> None:
    """Asks all of them to finish what they do, and ends those that do not in time."""
    for child in children:
        child.signal(signal.SIGTERM)

    def are_gone() -> bool:
        return all(child.poll() is not None for child in children)

    processes.wait_until(lambda: are_gone() or is_urgent(), timeout_seconds=patience_seconds)
    for child in children:
        # Also the ones that have ended: somebody of their group may be left.
        child.signal(signal.SIGKILL)
    processes.wait_until(are_gone, timeout_seconds=5.0)
    for child in children:
        child.forget()


def _ending(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
