"""`bin/test`: everything that CI checks, in order, with one exit code.

The closing line of pytest comes last, because it is what people and machines look for; what failed before the
tests is said before them, and once more at the end.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from _environment import ROOT, Environment, Refused, data_folder, prepare

HELP = """\
usage: bin/test [arguments of pytest]

Checks style (ruff), types (mypy) and templates (djlint), then runs all tests on an own PostgreSQL and Valkey.
With arguments, only pytest runs, with these: bin/test tests/law -k calendar

UNQOS_REQUIRE_BROWSER=1 makes it a failure if the browser tests were skipped for want of a Chromium."""

CHECKS = {
    "style (ruff check)": ("ruff", "check", "."),
    "layout (ruff format)": ("ruff", "format", "--check", "."),
    "types (mypy)": ("mypy",),
    "templates (djlint)": ("djlint", "app/templates", "--lint", "--quiet"),
}


def variables(environment: Environment, data: Path) -> dict[str, str]:
    """The environment of the checks: caches out of the tree, and no server of the operator's for tests to empty."""
    cache = data / "cache"
    found = environment.variables(data)
    for name in ("DATABASE_URL", "REDIS_URL", "FLASK_APP", "UNQOS_DATA_DIR", "UNQOS_ENVIRONMENT"):
        found.pop(name, None)
    # Dozens of processes start during the tests, and each would compile the whole application for itself.
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **found,
        "RUFF_CACHE_DIR": str(cache / "ruff"),
        "MYPY_CACHE_DIR": str(cache / "mypy"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(cache / "hypothesis"),
    }


def heading(text: str) -> None:
    print(f"\n--- {text} ---", flush=True)


def run(environment: Environment, data: Path, words: tuple[str, ...]) -> int:
    command = [str(environment.python), "-m", *words]
    return subprocess.run(command, cwd=ROOT, env=variables(environment, data)).returncode


def check(environment: Environment, data: Path) -> list[str]:
    """The names of the checks that failed; all of them run, so that one start tells everything."""
    failed, lines = [], []
    for name, words in CHECKS.items():
        heading(name)
        began = time.monotonic()
        code = run(environment, data, words)
        failed += [name] if code else []
        lines.append(f"{'FAILED' if code else 'passed':<6}  {name}  {time.monotonic() - began:.0f} s")
    heading("summary of the checks")
    print("\n".join(lines), flush=True)
    return failed


def pytest(environment: Environment, data: Path, words: list[str]) -> tuple[int, Path]:
    report = data / "cache" / "tests.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    arguments = ["pytest", "-o", f"cache_dir={data / 'cache' / 'pytest'}", f"--junitxml={report}"]
    if not any(
        word == "-n" or word.startswith(("-n", "--numprocesses", "--pdb", "--collect")) for word in words
    ):
        # Two cores is what the slowest of our machines has, and each process needs a database of its own.
        # Each begins with one half in order, so that what a file's tests share is made once, and helps out at the end.
        arguments += ["-n", "2", "--dist", "worksteal"]
    return run(environment, data, (*arguments, *words)), report


def were_browsers_skipped(report: Path) -> bool:
    """Whether a browser test was skipped, or there was none."""
    cases = [
        case
        for case in ElementTree.parse(report).iter("testcase")
        if "browser" in case.get("classname", "").split(".")
    ]
    return not cases or any(case.find("skipped") is not None for case in cases)


def main(words: list[str]) -> int:
    if words[:1] in (["--help"], ["-h"]):
        print(HELP)
        return 0
    data = data_folder(None)
    environment = prepare(ROOT / "tests" / "requirements.txt", data)
    failed = [] if words else check(environment, data)
    heading("tests (pytest)")
    code, report = pytest(environment, data, words)
    if code:
        failed.append("tests (pytest)")
    elif not words and os.environ.get("UNQOS_REQUIRE_BROWSER") == "1" and were_browsers_skipped(report):
        failed.append("browser tests (skipped: no Chromium was found)")
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refused as refusal:
        sys.exit(print(refusal, file=sys.stderr) or 2)
    except KeyboardInterrupt:
        sys.exit(130)
