"""What the whole tree keeps to: size, unfinished marks, secrets of the workshop, who commits, who sends."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "app").rglob("*.py"))
LONGEST_FILE = 400


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_file_hides_a_noun():
    long = [
        f"{p.relative_to(ROOT)}: {n}"
        for p in SOURCES
        if (n := len(p.read_text().splitlines())) > LONGEST_FILE
    ]
    assert not long, f"longer than {LONGEST_FILE} lines: {long}"


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert not found


def test_no_machine_and_no_registry_is_named():
    # Spelled in pieces, so that this file does not name them either.
    forbidden = re.compile(
        "|".join(
            ["/wo" + "rk/", "--(extra-)?index-" + "url", "://regi" + "stry\\.", "files\\.python" + "hosted"]
        )
    )
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if forbidden.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert not found


def test_services_neither_commit_nor_read_the_request():
    wrong = []
    for path in SOURCES:
        relative = str(path.relative_to(ROOT / "app"))
        if "services" not in relative and "queries" not in relative:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("commit", "rollback"):
                wrong.append(f"{relative}:{node.lineno} {node.attr}")
            if isinstance(node, ast.ImportFrom) and node.module == "flask":
                names = {alias.name for alias in node.names} & {"request", "session", "g"}
                wrong += [f"{relative}:{node.lineno} {name}" for name in names]
    # Sending mail commits each mail by itself, in a transaction of its own; the file says why.
    allowed = ("notifications/services",)
    assert not [line for line in wrong if not line.startswith(allowed)]


def test_the_state_of_a_petition_has_one_writer():
    writers = {
        str(path.relative_to(ROOT / "app"))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute)
        and target.attr == "state"
        and re.search(r"\bpetition", ast.unparse(target.value))
    }
    assert writers == {"petitions/services/transitions.py"}


def test_requirements_are_hash_pinned():
    for name in ("requirements.txt", "tests/requirements.txt"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"(?m)^[a-z0-9][^\s;]*==", text)
        assert len(pins) > 50 and text.count("--hash=sha256:") >= len(pins)
