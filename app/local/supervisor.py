"""Runs everything on one machine and keeps it running: what `bin/run` becomes once the packages are there.

1. Take the lock of the data folder; stop what an earlier run left that was killed.
2. Start or adopt both engines; migrate; seed the demo country once.
3. Start the children, wait for `/readyz`, say where everything is.
4. Start again what ends, until SIGINT, SIGTERM or SIGHUP; then stop the children, then the engines.
"""

import argparse
import fcntl
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from app.local import children, places, postgres, processes, valkey
from app.local.children import ROOT, Child
from app.local.engines import Engines, refuse_foreign_folder
from app.local.errors import LocalError, StartRefused
from app.local.places import private_directory

READY_SECONDS = 90.0
LOOK_SECONDS = 0.2
# What a run makes in its data folder; `--fresh` deletes these and nothing else that may lie there.
OURS = ("postgres", "valkey", "mail", "files", "secrets", "log")


class Supervisor:
    def __init__(self, data: Path, *, port: int, empty: bool) -> None:
        self.data = data
        self.port = port
        self.empty = empty
        self.engines = Engines(data)
        self.children: list[Child] = []
        self._signals = 0
        self._run = private_directory(data / "run", mode=0o755)
        self._logs = private_directory(data / "log", mode=0o755)
        self._lock = (data / "run" / "lock").open("a+")

    # Life

    def run(self, *, fresh: bool) -> int:
        """The exit code: 0 after a wished stop, 1 if the application did not get ready, 2 if it was refused."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # `nohup bin/run` wants to survive its terminal.
            if signal.getsignal(number) is not signal.SIG_IGN or number is signal.SIGTERM:
                signal.signal(number, self._heard)
        self._take_lock()
        if left := children.stop_left_behind(self._marks()):
            self.say(f"Stopped what an earlier run left: {', '.join(left)}")
        if fresh:
            self._delete()
        self._refuse_busy_port()
        self.say("Starting PostgreSQL and Valkey")
        (self._run / "port").write_text(str(self.port), encoding="ascii")
        self.engines = Engines.start(self.data)
        try:
            return self._serve(self.engines.environment(port=self.port))
        finally:
            children.stop_all(self.children, is_urgent=lambda: self._signals > 1)
            self._show_logs()
            self.engines.release()
            self.say("Stopped.")

    def _serve(self, environment: dict[str, str]) -> int:
        people = None if self._is_stopping() else self._prepare(environment)
        if people is None:
            return 0 if self._is_stopping() else 1
        self.say("Starting the web pages, the workers, the relay and the clock")
        metrics = self._run / "metrics"
        shutil.rmtree(metrics, ignore_errors=True)
        metrics.mkdir()
        for program in children.programs(port=self.port, metrics=metrics):
            child = Child(program, environment=environment, logs=self._logs, marks=self._marks())
            self.children.append(child)
            child.start()
        if not self._wait_until_ready(environment["UNQOS_PUBLIC_URL"]):
            return 0 if self._is_stopping() else 1
        self._announce(people, environment)
        while not self._is_stopping():
            self._look_after()
        self.say("\nStopping")
        return 0

    def _look_after(self) -> None:
        try:
            for name in self.engines.revive():
                self.say(f"{name} had died and was started again")
        except LocalError as error:
            self.say(str(error))
        for child in self.children:
            if (news := child.watch()) is not None:
                self.say(f"{child.program.name:>5} | {news}")
        self._show_logs()
        time.sleep(LOOK_SECONDS)

    def _is_stopping(self) -> bool:
        return self._signals > 0

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1

    # Before the start

    def _marks(self) -> Path:
        return private_directory(self._run / "children")

    def _take_lock(self) -> None:
        """The kernel gives the lock back when we end, however we end; children do not inherit it."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.seek(0)
            where = self._lock.read().strip() or "another process"
            raise StartRefused(
                f"Únqos already runs with this data: {where}. Stop it first, or choose another folder with --data DIR."
            ) from None
        self._lock.truncate(0)
        self._lock.write(f"http://127.0.0.1:{self.port}")
        self._lock.flush()

    def _refuse_busy_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                raise StartRefused(
                    f"Port {self.port} is taken by another program. Choose another one, for example: "
                    f"bin/run --port {self.port + 1 if self.port < 65535 else 8000}"
                ) from None

    def _delete(self) -> None:
        """Deletes the data of earlier runs, after stopping the engines that may still hold them."""
        self.say(f"Deleting the data in {self.data}")
        postgres.stop_left_behind(self.data / "postgres")
        valkey.stop_left_behind(self.data / "valkey")
        for engine in ("postgres", "valkey"):
            places.forget_socket_directory(self.data / engine)
        for name in OURS:
            if (self.data / name).exists():
                shutil.rmtree(self.data / name)
        (self._run / "seeded").unlink(missing_ok=True)
        private_directory(self._logs, mode=0o755)

    def _prepare(self, environment: dict[str, str]) -> str | None:
        """The list of demo people after migrating and seeding; None if that failed, which is said."""
        log, people = self._logs / "prepare.log", self._run / "people"
        words = [sys.executable, "-m", "app.local.prepare", "--log", str(log)]
        demo = not self.empty and environment["UNQOS_ENVIRONMENT"] == "demo"
        if demo:
            words += ["--seeded", str(self._run / "seeded"), "--people", str(people)]
        with log.open("ab") as errors:
            program = subprocess.Popen(
                words,
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        processes.wait_until(
            lambda: program.poll() is not None or self._is_stopping(), timeout_seconds=float("inf")
        )
        if program.poll() is None:
            program.terminate()
            program.wait()
            return None
        if program.returncode:
            self.say(f"The database could not be brought up to date; {log} ends with:\n{_tail(log)}")
            return None
        return people.read_text(encoding="utf-8") if demo and people.exists() else ""

    # After the start

    def _wait_until_ready(self, public_url: str) -> bool:
        end = time.monotonic() + READY_SECONDS
        while not self._is_stopping():
            if _is_ready(self.port, public_url):
                return True
            if time.monotonic() > end:
                web = self.children[0].log
                self.say(
                    f"The pages did not get ready in {READY_SECONDS:.0f} s; {web} ends with:\n{_tail(web)}"
                )
                return False
            self._look_after()
        return False

    def _announce(self, people: str, environment: dict[str, str]) -> None:
        address = f"http://127.0.0.1:{self.port}"
        lines = ["", f"Únqos is running at {address}"]
        if people.strip():
            lines += ["", people.rstrip()]
        if environment["UNQOS_MAIL_BACKEND"] == "folder":
            lines += [
                "",
                f"No mail leaves this machine: read them at {address}/dev/mail or in {self.data / 'mail'}",
            ]
        lines += [f"Logs are in {self._logs}. Ctrl-C stops everything.", ""]
        self.say("\n".join(lines))

    def _show_logs(self) -> None:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 200
        for child in self.children:
            for line in child.new_lines():
                self.say(f"{child.program.name:>5} | {line}"[:width])

    def say(self, text: str) -> None:
        # The terminal may be gone while we still have to stop what runs.
        try:
            print(text, flush=True)
        except OSError:
            sys.stdout = (self._logs / "run.log").open("a", encoding="utf-8")


def _is_ready(port: int, public_url: str) -> bool:
    """Whether the pages answer; asked under the name that the application trusts, and never through a proxy."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/readyz", headers={"Host": urlsplit(public_url).netloc}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _tail(log: Path, lines: int = 6) -> str:
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return "\n".join(f"  {line}" for line in text.splitlines()[-lines:])


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    chosen = parser.parse_args(words)
    try:
        refuse_foreign_folder(chosen.data)
        private_directory(chosen.data, mode=0o755)
        return Supervisor(chosen.data, port=chosen.port, empty=chosen.empty).run(fresh=chosen.fresh)
    except LocalError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
