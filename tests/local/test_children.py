"""The supervised processes: started again when they die, stopped when a killed run left them."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.local import processes
from app.local.children import Child, Program, programs, stop_all, stop_left_behind
from tests.processes import PATIENCE_SECONDS

# Says one line and waits; `-m timeit` is a module that everybody has.
WAITING = ("timeit", "-n", "1", "-r", "1", "print('here', flush=True); import time; time.sleep(600)")


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    (tmp_path / "marks").mkdir()
    program = Program("waiting", WAITING)
    child = Child(program, environment=os.environ, logs=tmp_path, marks=tmp_path / "marks")
    child.start()
    yield child
    stop_all([child], is_urgent=lambda: True)


def first_line(child: Child) -> str:
    lines: list[str] = []
    assert processes.wait_until(
        lambda: bool(lines.extend(child.new_lines()) or lines), timeout_seconds=PATIENCE_SECONDS
    )
    return lines[0]


def test_its_lines_are_shown_and_kept(child: Child) -> None:
    assert first_line(child) == "here"
    assert child.log.read_text() == "here\n"


def test_a_killed_child_is_started_again_after_a_pause(child: Child) -> None:
    first_line(child)
    before = child.mark
    assert before is not None
    os.kill(before.pid, signal.SIGKILL)
    assert processes.wait_until(lambda: child.poll() is not None, timeout_seconds=PATIENCE_SECONDS)

    assert child.watch() == "ended (killed by SIGKILL); starting it again in 1 s"
    assert processes.wait_until(
        lambda: child.watch() is None and child.restarts == 1, timeout_seconds=PATIENCE_SECONDS
    )
    assert child.mark is not None and child.mark != before


def test_the_next_run_stops_what_a_killed_run_left(child: Child, tmp_path: Path) -> None:
    left = child.mark
    assert left is not None

    assert stop_left_behind(tmp_path / "marks") == ["waiting"]

    assert not left.alive
    assert list((tmp_path / "marks").iterdir()) == []


def test_each_worker_has_one_queue_and_the_clock_goes_in_kazakhstan() -> None:
    by_name = {program.name: program for program in programs(port=8123, metrics=Path("metrics"))}

    assert by_name["work"].words[-1:] == ("default",)
    assert by_name["mail"].words[-1:] == ("mail",)
    assert by_name["cron"].variables == {"TZ": "Asia/Almaty"}
    assert "127.0.0.1:8123" in by_name["web"].words
