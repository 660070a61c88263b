"""Makes the Python environment of the clone, from hash-pinned wheels, and says how to start programs in it.

Needs nothing but the standard library. The environment is `.venv` in the clone; where the clone cannot be
written to, it is `venv` in the folder that `--data DIR` names.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from _progress import Progress

ROOT = Path(__file__).resolve().parent.parent


class Refused(Exception):
    """One clear sentence why this cannot go on, and what to do."""


@dataclass(frozen=True)
class Environment:
    """Where the packages are. `packages` is set where they lie beside the machine's own Python."""

    folder: Path
    python: Path
    packages: Path | None

    def variables(self, data: Path) -> dict[str, str]:
        """The variables with which a program of the project starts."""
        paths = [str(ROOT), *([str(self.packages)] if self.packages else [])]
        found = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"}
        # Otherwise `-m` would look for our packages in the folder in which the command was typed.
        found["PYTHONSAFEPATH"] = "1"
        found.pop("PYTHONHOME", None)
        return {**found, **home(data)}

    def replace_process(self, data: Path, *words: str) -> NoReturn:
        """Goes on as another Python program, with the same process id, so that signals reach it."""
        sys.stdout.flush()
        os.execve(self.python, [str(self.python), *words], self.variables(data))


def home(data: Path) -> dict[str, str]:
    """A home for people who have none (`nobody` has /nonexistent), so that tools find a place for their caches."""
    usual = os.environ.get("HOME", "")
    if usual and os.access(usual, os.W_OK):
        return {}
    return {
        "HOME": str(data / "home"),
        "XDG_CACHE_HOME": str(data / "cache"),
        "PIP_CACHE_DIR": str(data / "cache/pip"),
    }


def data_folder(chosen: str | None) -> Path:
    """The folder of everything that changes: `--data`, else UNQOS_DATA_DIR, else `var` in the clone."""
    return Path(chosen or os.environ.get("UNQOS_DATA_DIR") or ROOT / "var").expanduser().absolute()


def prepare(requirements: Path, data: Path) -> Environment:
    """The environment with these packages; made, completed or renewed only if it has to be."""
    folder = _folder(data, requirements)
    if (ready := _ready(folder, requirements)) is not None:
        return ready
    _must_be_writable(data)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("a") as lock:
        # Two commands started together must not install over each other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _ready(folder, requirements) or _install(folder, requirements, data)


def _folder(data: Path, requirements: Path) -> Path:
    usual = ROOT / ".venv"
    if os.access(usual if usual.exists() else ROOT, os.W_OK) or _ready(usual, requirements):
        return usual
    if data.is_relative_to(ROOT):
        raise Refused(
            f"The folder {ROOT} cannot be written to. Start with --data DIR, where DIR is a folder of your own: "
            "the Python packages and all data will live there."
        )
    return data / "venv"


def _must_be_writable(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        if home(data):
            (data / "home").mkdir(exist_ok=True)
    except OSError as error:
        raise Refused(
            f"Cannot write to {data} ({error.strerror}). Choose a folder of your own with --data DIR."
        ) from None


# What is installed


def _ready(folder: Path, requirements: Path) -> Environment | None:
    """The environment if its stamp says that these very packages are installed and its Python still starts."""
    try:
        stamp = json.loads(_stamp(folder, requirements).read_text(encoding="utf-8"))
        found = Environment(
            Path(stamp["folder"]),
            Path(stamp["python"]),
            Path(stamp["packages"]) if stamp["packages"] else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    fits = stamp.get("requirements") == _digest(requirements) and found.folder == folder
    return found if fits and _version(found.python) == stamp.get("version") else None


def _stamp(folder: Path, requirements: Path) -> Path:
    return folder / f"installed-{requirements.parent.name if requirements.parent != ROOT else 'run'}.json"


def _digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def _version(python: Path) -> str | None:
    try:
        answer = subprocess.run(
            [python, "-S", "-c", "import sys; print(*sys.version_info[:2], sep='.')"],
            capture_output=True,
            text=True,
        )
    except OSError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


# Installing


def _install(folder: Path, requirements: Path, data: Path) -> Environment:
    progress = Progress()
    environment = _existing(folder) or _fresh(folder, progress)
    total = sum(
        "==" in line and not line.startswith((" ", "#")) and "win32" not in line
        for line in requirements.read_text(encoding="utf-8").splitlines()
    )
    progress.phase(f"Installing {total} packages into {folder} (once; needs the network)")
    log = folder / "install.log"
    words = [
        *_pip(environment),
        "install",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(requirements),
    ]
    words += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    words += ["--target", str(environment.packages), "--upgrade"] if environment.packages else []
    variables = {**os.environ, **home(data), "PIP_ROOT_USER_ACTION": "ignore"}
    if not _watch(words, variables, log, total, progress):
        reason = next((line for line in reversed(_lines(log)) if line.startswith("ERROR")), "")
        raise Refused(
            f"The packages could not be installed. {reason}\nEverything that pip said is in {log}. If the network "
            "was away, start again: what was fetched is kept."
        )
    progress.done()
    stamp = {
        "requirements": _digest(requirements),
        "version": _version(environment.python),
        "folder": str(folder),
        "python": str(environment.python),
        "packages": str(environment.packages) if environment.packages else None,
    }
    _stamp(folder, requirements).write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    return environment


def _existing(folder: Path) -> Environment | None:
    """An environment that can be completed: half installed, or with other packages than those now wanted."""
    python, packages = folder / "bin" / "python", folder / "packages"
    if packages.is_dir():
        return None
    return Environment(folder, python, None) if _version(python) and _knows(python, "pip") else None


def _fresh(folder: Path, progress: Progress) -> Environment:
    """An empty environment, made in the best way that this machine's Python offers."""
    progress.phase(f"Making the Python environment in {folder}")
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    python = folder / "bin" / "python"
    # Debian has `venv` without `ensurepip` unless python3-venv is installed.
    complete = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    if (
        complete
        and subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True).returncode == 0
    ):
        return Environment(folder, python, None)
    if not _knows(Path(sys.executable), "pip"):
        raise Refused(
            f"{sys.executable} has neither venv nor pip, so no packages can be installed. On Debian and Ubuntu: "
            "sudo apt install python3-venv. Then start again."
        )
    # `pip install` outside an environment is refused on such systems, but not into a folder of our own.
    packages = folder / "packages"
    packages.mkdir(parents=True)
    return Environment(folder, Path(sys.executable), packages)


def _knows(python: Path, module: str) -> bool:
    words = [python, "-c", f"import {module}"]
    return subprocess.run(words, capture_output=True).returncode == 0


def _pip(environment: Environment) -> list[str]:
    return [str(environment.python), "-m", "pip"]


def _watch(words: list[str], variables: dict[str, str], log: Path, total: int, progress: Progress) -> bool:
    """Runs pip to its end and tells how far it is; True if it succeeded."""
    fetched, installing = 0, False
    with log.open("w", encoding="utf-8") as output:
        pip = subprocess.Popen(
            words,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            for line in _lines_of(pip):
                output.write(line or "")
                fetched += bool(line and re.match(r"Collecting |Requirement already satisfied: ", line))
                installing = installing or bool(line and line.startswith("Installing collected"))
                progress.step("unpacking" if installing else f"fetching {min(fetched, total)} of {total}")
        finally:
            # On Ctrl-C or SIGTERM pip must not go on behind our back.
            pip.terminate()
            pip.wait()
            signal.signal(signal.SIGTERM, before)
            progress.done()
    return pip.returncode == 0


def _lines_of(program: "subprocess.Popen[str]") -> Iterator[str | None]:
    """What the program prints, and None five times a second while it prints nothing."""
    waiting: queue.Queue[str] = queue.Queue()
    assert program.stdout is not None
    reader = threading.Thread(target=lambda: [waiting.put(line) for line in program.stdout], daemon=True)
    reader.start()
    while reader.is_alive() or not waiting.empty():
        try:
            yield waiting.get(timeout=0.2)
        except queue.Empty:
            yield None
    program.wait()


def _lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").splitlines()
